//! How a command ends when it does not end well.

use crate::{metrics::Outcome, outbox::Answer, text::Message};
use controllers::Error as DataError;
use poise::serenity_prelude as serenity;

/// Why a command did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Failure {
    /// The person's business: says what happened and what to do. Nothing was written.
    #[error("refused: {}", .0.id)]
    Refused(Message),
    /// The database is known to be away; it was not even asked.
    #[error("the database is away")]
    StorageAway,
    /// The database failed or could not be reached.
    #[error("the database failed")]
    Data(#[from] DataError),
    /// Discord failed or could not be reached.
    #[error("Discord failed")]
    Discord(#[from] Box<serenity::Error>),
    /// A stored value is not what this version writes.
    #[error("a stored value cannot be read")]
    Stored(#[from] serde_json::Error),
    /// A screen asks for a component whose custom id Discord would not take.
    #[error("no custom id can be made for the screen {0}")]
    CustomId(&'static str),
}

/// What a command returns.
pub type Result<T = (), E = Failure> = std::result::Result<T, E>;

impl From<serenity::Error> for Failure {
    fn from(error: serenity::Error) -> Self {
        Self::Discord(Box::new(error))
    }
}

impl From<Message> for Failure {
    fn from(refusal: Message) -> Self {
        Self::Refused(refusal)
    }
}

/// A refusal by the id of its text.
pub fn refuse(id: &'static str) -> Failure {
    Failure::Refused(Message::new(id))
}

impl Failure {
    /// How a command that ends with this is counted.
    pub fn outcome(&self) -> Outcome {
        match self {
            Self::Refused(_) => Outcome::Refused,
            Self::StorageAway => Outcome::StorageAway,
            Self::Data(error) if error.is_unavailable() => Outcome::StorageAway,
            _ => Outcome::Failed,
        }
    }

    /// What to tell the person, when there is more to say than that something went wrong.
    pub fn refusal(&self) -> Option<Message> {
        match self {
            Self::Refused(message) => Some(message.clone()),
            // Whether it was stored is not known: nothing may be claimed.
            Self::Data(DataError::CommitUnknown(_)) => Some(Message::new("err-db-unknown")),
            Self::StorageAway => Some(Message::new("err-db-down")),
            Self::Data(error) if error.is_unavailable() => Some(Message::new("err-db-down")),
            Self::Discord(error)
                if matches!(Answer::of(error), Answer::Failed { .. } | Answer::Limited) =>
            {
                Some(Message::new("err-discord-down"))
            }
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use controllers::DbErr;

    #[test]
    fn an_unknown_outcome_is_never_told_as_nothing_done() {
        let lost = || DbErr::Custom("connection reset".to_owned());
        let id = |error| Failure::Data(error).refusal().map(|message| message.id);
        assert_eq!(id(DataError::CommitUnknown(lost())), Some("err-db-unknown"));
        assert_eq!(id(DataError::Connection(lost())), Some("err-db-down"));
        assert_eq!(id(DataError::PoolTimeout), Some("err-db-down"));
        assert_eq!(
            id(DataError::PoolInTransaction),
            None,
            "a bug is told by an id"
        );
    }
}

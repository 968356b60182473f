//! Waiting for what a bot cannot start without.

use crate::on_error::chain;
use poise::serenity_prelude::{self as serenity, HttpError};
use std::{error::Error, time::Duration};

/// Before the second attempt; it doubles with every further one.
const FIRST_WAIT: Duration = Duration::from_secs(1);
const LONGEST_WAIT: Duration = Duration::from_secs(30);

/// Calls until it succeeds or fails for a reason that time does not mend, with a line in the log
/// for each attempt that found `what` away.
pub(super) async fn until_there<T, E, F>(
    what: &'static str,
    is_away: fn(&E) -> bool,
    mut call: impl FnMut() -> F + Send,
) -> Result<T, E>
where
    E: Error + Send,
    F: Future<Output = Result<T, E>> + Send,
{
    let mut wait = FIRST_WAIT;
    loop {
        match call().await {
            Err(error) if is_away(&error) => tracing::warn!(
                error = chain(&error),
                wait_s = wait.as_secs(),
                "{what} cannot be reached; trying again"
            ),
            done => return done,
        }
        tokio::time::sleep(wait).await;
        wait = LONGEST_WAIT.min(wait * 2);
    }
}

/// Whether Discord is away, rather than against us.
pub(super) fn discord_is_away(error: &serenity::Error) -> bool {
    match error {
        serenity::Error::Http(HttpError::Request(error)) => !error.is_builder(),
        serenity::Error::Http(HttpError::UnsuccessfulRequest(answer)) => {
            answer.status_code.is_server_error() || answer.status_code.as_u16() == 429
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, thiserror::Error, PartialEq)]
    #[error("{0}")]
    struct Away(bool);

    async fn attempts(answers: &[Result<u8, Away>]) -> (Result<u8, Away>, usize) {
        let mut asked = 0;
        let result = until_there(
            "the thing",
            |error: &Away| error.0,
            || {
                asked += 1;
                let answer = match &answers[asked - 1] {
                    Ok(value) => Ok(*value),
                    Err(Away(away)) => Err(Away(*away)),
                };
                async move { answer }
            },
        )
        .await;
        (result, asked)
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_away_is_asked_again_until_it_is_there() {
        let answers = [Err(Away(true)), Err(Away(true)), Err(Away(true)), Ok(7)];
        let before = tokio::time::Instant::now();
        assert_eq!(attempts(&answers).await, (Ok(7), 4));
        assert_eq!(before.elapsed(), Duration::from_secs(1 + 2 + 4));
    }

    #[tokio::test(start_paused = true)]
    async fn what_time_does_not_mend_ends_at_once() {
        let answers = [Err(Away(true)), Err(Away(false)), Ok(7)];
        assert_eq!(attempts(&answers).await, (Err(Away(false)), 2));
    }
}

//! Nothing is lost without consent.

use std::io::{self, IsTerminal as _, Write as _};

use clap::Args;
use settings::Environment;

/// How somebody agrees to lose data.
#[derive(Args)]
pub(crate) struct Consent {
    /// Agrees to lose data, where nobody can be asked.
    #[arg(long, global = true)]
    yes: bool,
    /// Names the database that may lose data: that of PostgreSQL, or the SQLite file without its
    /// folder. Required in production.
    #[arg(long, global = true, value_name = "NAME")]
    database_name: Option<String>,
}

/// Why data is kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Refused {
    #[error("in production, name the database that loses data with --database-name NAME")]
    NameMissing,
    #[error(
        "--database-name is not the name of the database in the settings; check which one they name"
    )]
    NameDiffers,
    #[error("this loses data of the database {0}; agree with --yes")]
    Unasked(String),
    #[error("nothing was changed")]
    Declined,
    #[error("the answer cannot be read; agree with --yes")]
    Unreadable(#[source] io::Error),
}

impl Consent {
    /// Makes sure that somebody agrees to lose `loss` of the database `name`.
    pub(crate) fn require(
        &self,
        loss: &str,
        name: &str,
        environment: Environment,
    ) -> Result<(), Refused> {
        match &self.database_name {
            Some(given) if given != name => return Err(Refused::NameDiffers),
            None if environment == Environment::Production => return Err(Refused::NameMissing),
            _ => {}
        }
        if self.yes {
            return Ok(());
        }
        if !io::stdin().is_terminal() {
            return Err(Refused::Unasked(name.to_owned()));
        }
        ask(&format!("The database {name} loses {loss}. Go on? [y/N] "))
    }
}

fn ask(question: &str) -> Result<(), Refused> {
    let mut answer = String::new();
    let mut terminal = io::stderr();
    let asked = terminal.write_all(question.as_bytes());
    let answered = asked.and_then(|()| terminal.flush());
    let answered = answered.and_then(|()| io::stdin().read_line(&mut answer));
    answered.map_err(Refused::Unreadable)?;
    match answer.trim().to_lowercase().as_str() {
        "y" | "yes" => Ok(()),
        _ => Err(Refused::Declined),
    }
}

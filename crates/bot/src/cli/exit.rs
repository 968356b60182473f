//! Which exit code an error has.

use bot::app::{EndError, StartError};
use std::process::ExitCode;

pub(super) const CONFIG: u8 = 3;
pub(super) const DAMAGED: u8 = 6;
pub(super) const INTERRUPTED: u8 = 130;
const FAILED: u8 = 1;
const DATABASE: u8 = 4;
const SCHEMA: u8 = 5;

pub(super) fn code_of(error: &anyhow::Error) -> ExitCode {
    ExitCode::from(number(error))
}

fn number(error: &anyhow::Error) -> u8 {
    // What matters may lie below: the sandbox says first that its bot did not start.
    let found = error.chain().find_map(|cause| {
        if cause.is::<settings::Error>() {
            return Some(CONFIG);
        }
        let start = cause.downcast_ref().map(of_start);
        start
            .or_else(|| cause.downcast_ref().map(of_end))
            .or_else(|| cause.downcast_ref().map(of_database))
            .or_else(|| cause.is::<controllers::Error>().then_some(DATABASE))
    });
    found.unwrap_or(FAILED)
}

fn of_start(error: &StartError) -> u8 {
    match error {
        StartError::NoToken | StartError::TokenRefused | StartError::Listen { .. } => CONFIG,
        StartError::Database(error) => of_database(error),
        StartError::Data(_) => DATABASE,
        _ => FAILED,
    }
}

fn of_database(error: &service::Error) -> u8 {
    if error.is_schema() { SCHEMA } else { DATABASE }
}

fn of_end(error: &EndError) -> u8 {
    match error {
        EndError::TokenRefused | EndError::IntentsRefused(_) => CONFIG,
        _ => FAILED,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_of_error_has_the_code_that_scripts_expect() {
        let code = |error: StartError| number(&anyhow::Error::new(error).context("while starting"));
        assert_eq!(code(StartError::NoToken), 3);
        assert_eq!(code(StartError::Database(service::Error::Pending(2))), 5);
        assert_eq!(code(StartError::Database(service::Error::Scheme)), 4);
        assert_eq!(code(StartError::Panicked), 1);
        let below = bot::sandbox::StageError::from(StartError::NoToken);
        assert_eq!(number(&anyhow::Error::new(below)), 3);
        assert_eq!(number(&anyhow::anyhow!("something else")), 1);
        assert_eq!(number(&anyhow::Error::new(EndError::DeadShard(0))), 1);
        let refused = EndError::IntentsRefused(vec!["x"]);
        assert_eq!(number(&anyhow::Error::new(refused)), 3);
    }
}

//! Behaviour of the settings from the outside.
#![expect(
    clippy::expect_used,
    reason = "a failed expectation is how a test fails"
)]

mod example;
mod layers;
mod mistakes;
mod robust;

use settings::{Error, Settings};

/// Loads a configuration file and variables.
fn load(file: &str, env: &[(&str, &str)]) -> Result<Settings, Error> {
    let env = env
        .iter()
        .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    Settings::from_parts(Some(file), env)
}

/// Loads what must be right.
fn settings(file: &str, env: &[(&str, &str)]) -> Settings {
    load(file, env).expect("valid settings")
}

/// Loads what must be wrong, and returns the message.
fn message(file: &str, env: &[(&str, &str)]) -> String {
    load(file, env).expect_err("invalid settings").to_string()
}

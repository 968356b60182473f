//! What people get wrong, and what they are told.

use crate::{load, message};

#[test]
fn an_unknown_key_is_refused_with_the_likely_one() {
    assert_eq!(
        message("[databse]\nurl = \"x\"", &[]),
        "unknown setting `databse.url` in rookery.toml; did you mean `database.url`?"
    );
    assert_eq!(
        message("[bot]\ntoken = \"x\"", &[]),
        "unknown setting `bot.token` in rookery.toml; did you mean `discord.token`?"
    );
    assert_eq!(
        message("colour = 1", &[]),
        "unknown setting `colour` in rookery.toml"
    );
}

#[test]
fn an_unknown_variable_is_refused_with_the_likely_one() {
    assert_eq!(
        message("", &[("ROOKERY__LOG__LEVLE", "info")]),
        "unknown setting in the environment: `ROOKERY__LOG__LEVLE`; did you mean `ROOKERY__LOG__LEVEL`?"
    );
    assert!(load("", &[("ROOKERY__log__level", "info")]).is_err());
    assert!(
        load(
            "",
            &[("HOME", "/home/rookery"), ("ROOKERY_IMAGE", "latest")]
        )
        .is_ok()
    );
}

#[test]
fn a_value_of_the_wrong_kind_names_key_expectation_and_kind() {
    assert_eq!(
        message("[discord]\nmessage_content = \"yes\"", &[]),
        "`discord.message_content` in rookery.toml: expected true or false, found a string"
    );
    assert_eq!(
        message("[scheduler]\npoll = 5", &[]),
        "`scheduler.poll` in rookery.toml: expected a duration such as \"500ms\", \"2s\", \"5m\" or \"1h\", \
         found a whole number"
    );
    assert_eq!(
        message("[database]\npool_max = 0", &[]),
        "`database.pool_max` in rookery.toml: expected a whole number from 1 to 1000, found a whole number"
    );
    assert_eq!(
        message("", &[("DISCORD_API_URL", "localhost:80")]),
        "`discord.api_url` in DISCORD_API_URL: expected an address that begins with http:// or https://, \
         found another text"
    );
}

#[test]
fn values_out_of_range_are_refused() {
    for (file, env) in [
        ("operators.user_ids = [0]", ("", "")),
        ("operators.user_ids = [-5]", ("", "")),
        ("bot.default_prefix = \"a b\"", ("", "")),
        ("bot.default_prefix = \"toolong\"", ("", "")),
        ("bot.default_prefix = \"/\"", ("", "")),
        ("log.level = \"\"", ("", "")),
        ("database.pool_max = 4294967297", ("", "")),
        ("", ("ROOKERY__SCHEDULER__LEASE", "0s")),
        ("", ("ROOKERY__SCHEDULER__LEASE", "99999999999999999999h")),
        ("", ("ROOKERY__SCHEDULER__LEASE", "5 m")),
        ("", ("ROOKERY__OPERATORS__USER_IDS", "1,,2")),
        ("", ("ROOKERY__OPERATORS__USER_IDS", "9223372036854775808")),
    ] {
        assert!(load(file, &[env]).is_err(), "{file} {env:?}");
    }
}

#[test]
fn no_message_shows_what_may_be_a_secret() {
    for (file, env) in [
        ("[discord]\ntoken = hunter2", vec![]),
        ("[discord]\ntoken = [\"hunter2\"]", vec![]),
        ("[discord]\ntokn = \"hunter2\"", vec![]),
        ("[database]\nurl = { password = \"hunter2\" }", vec![]),
        (
            "",
            vec![
                ("DISCORD_TOKEN", "hunter2"),
                ("ROOKERY__DISCORD__TOKEN", "hunter2"),
            ],
        ),
        ("", vec![("ROOKERY__DATABASE__POOL_MAX", "hunter2")]),
    ] {
        let error = load(file, &env).expect_err("a mistake");
        assert!(
            !format!("{error} {error:?}").contains("hunter2"),
            "{error:?}"
        );
    }
}

#[test]
fn a_file_that_is_not_toml_is_refused_with_the_place() {
    let message = message("[discord]\ntoken = hunter2", &[]);

    assert!(
        message.starts_with("rookery.toml is not valid TOML at line 2, column 9: "),
        "{message}"
    );
}

#[test]
fn a_missing_secret_file_is_named() {
    let message = message("", &[("DATABASE_URL_FILE", "/does/not/exist")]);

    assert!(
        message.starts_with("`database.url`: cannot read the secret from /does/not/exist: "),
        "{message}"
    );
}

#[test]
fn one_key_under_two_names_is_refused() {
    assert_eq!(
        message(
            "",
            &[("DATABASE_URL", "a"), ("ROOKERY__DATABASE__URL", "b")]
        ),
        "`database.url` is set by both DATABASE_URL and ROOKERY__DATABASE__URL: keep one of them"
    );
}

#[test]
fn all_mistakes_are_reported_at_once() {
    let message = message(
        "[log]\nlevle = 1\nformat = \"xml\"",
        &[("ROOKERY__LOG__LEVEL2", "1")],
    );

    assert_eq!(message.lines().count(), 3, "{message}");
}

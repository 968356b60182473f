//! Which layer wins.

use std::time::Duration;

use settings::{Environment, LogFormat, Origin, Settings, Timeout};

use crate::settings;

#[test]
fn nothing_written_gives_the_defaults() {
    let settings = Settings::from_parts(None, std::iter::empty()).expect("valid settings");

    assert_eq!(settings, Settings::default());
    assert_eq!(settings.environment, Environment::Development);
    assert_eq!(settings.database.url.expose(), "sqlite://data/rookery.db");
    assert_eq!(settings.database.acquire_timeout, Duration::from_secs(2));
    assert_eq!(
        settings.database.statement_timeout.limit(),
        Some(Duration::from_secs(30))
    );
    assert_eq!(settings.scheduler.lease, Duration::from_secs(20));
    assert_eq!(settings.log.format, LogFormat::Auto);
    assert!(settings.discord.message_content && settings.discord.guild_members);
}

#[test]
fn every_kind_of_value_is_read_from_the_file() {
    let settings = settings(
        r#"
        environment = "production"
        operators.user_ids = [80351110224678912, "80351110224678913"]
        [database]
        statement_timeout = "off"
        acquire_timeout = "1500ms"
        migrate = false
        pool_max = 3
        [log]
        format = "json"
        "#,
        &[],
    );

    assert_eq!(settings.environment, Environment::Production);
    assert_eq!(
        settings.operators.user_ids,
        [80_351_110_224_678_912, 80_351_110_224_678_913]
    );
    assert_eq!(settings.database.statement_timeout, Timeout::Off);
    assert_eq!(
        settings.database.acquire_timeout,
        Duration::from_millis(1500)
    );
    assert_eq!(settings.database.pool_max, 3);
    assert!(!settings.database.migrate);
    assert_eq!(settings.log.format, LogFormat::Json);
}

#[test]
fn every_kind_of_value_is_read_from_the_environment() {
    let settings = settings(
        "",
        &[
            ("ROOKERY_ENV", "production"),
            (
                "ROOKERY__OPERATORS__USER_IDS",
                "80351110224678912, 80351110224678913",
            ),
            ("ROOKERY__DATABASE__STATEMENT_TIMEOUT", "5m"),
            ("ROOKERY__DATABASE__MIGRATE", "false"),
            ("ROOKERY__DATABASE__POOL_MAX", "3"),
            ("ROOKERY__LOG__FORMAT", "pretty"),
            ("DISCORD_API_URL", "http://127.0.0.1:8642"),
        ],
    );

    assert_eq!(settings.environment, Environment::Production);
    assert_eq!(
        settings.operators.user_ids,
        [80_351_110_224_678_912, 80_351_110_224_678_913]
    );
    assert_eq!(
        settings.database.statement_timeout,
        Timeout::After(Duration::from_mins(5))
    );
    assert_eq!(settings.database.pool_max, 3);
    assert!(!settings.database.migrate);
    assert_eq!(settings.log.format, LogFormat::Pretty);
    assert_eq!(
        settings.discord.api_url.as_deref(),
        Some("http://127.0.0.1:8642")
    );
}

#[test]
fn a_secret_file_wins_over_the_configuration_file_and_loses_to_the_environment() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("token");
    std::fs::write(&path, "from the secret file\n").expect("written");
    let path = path.to_str().expect("a readable path");
    let token = |settings: Settings| {
        settings
            .discord
            .token
            .map(|token| token.expose().to_owned())
    };

    let file = "[discord]\ntoken = \"from the configuration\"";
    let variable = [("DISCORD_TOKEN_FILE", path)];
    assert_eq!(
        token(settings(file, &variable)).as_deref(),
        Some("from the secret file")
    );

    let file = format!("[discord]\ntoken_file = {path:?}");
    assert_eq!(
        token(settings(&file, &[])).as_deref(),
        Some("from the secret file")
    );

    let variable = [("DISCORD_TOKEN", "from the environment")];
    assert_eq!(
        token(settings(&file, &variable)).as_deref(),
        Some("from the environment")
    );
}

#[test]
fn the_file_of_the_signing_key_is_a_setting_because_the_bot_creates_it() {
    let settings = settings("", &[("ROOKERY__SECRETS__KEY_FILE", "/does/not/exist")]);

    assert_eq!(settings.secrets.key_file.to_str(), Some("/does/not/exist"));
    assert_eq!(settings.secrets.key, None);
}

#[test]
fn an_empty_variable_counts_as_not_set() {
    let settings = settings(
        "[bot]\ndefault_prefix = \"?\"",
        &[("ROOKERY__BOT__DEFAULT_PREFIX", "")],
    );

    assert_eq!(settings.bot.default_prefix, "?");
}

#[test]
fn each_effective_value_says_where_it_came_from_and_no_secret_is_among_them() {
    let settings = settings(
        "[log]\nlevel = \"debug\"\n[database]\ndirect_url = \"postgres://rookery:hunter2@db/rookery\"",
        &[("DISCORD_TOKEN", "hunter2")],
    );
    let effective = settings.effective();
    let find = |key| {
        let found = effective
            .iter()
            .find(|one| one.entry.key == key)
            .expect("a known key");
        (found.value.clone(), found.origin.clone())
    };

    assert_eq!(
        find("log.level"),
        (
            Some("\"debug\"".into()),
            Origin::File("rookery.toml".into())
        )
    );
    assert_eq!(
        find("log.format"),
        (Some("\"auto\"".into()), Origin::Default)
    );
    assert_eq!(
        find("database.url"),
        (Some("\"sqlite://data/rookery.db\"".into()), Origin::Default)
    );
    assert_eq!(
        find("discord.token"),
        (
            Some("\"********\"".into()),
            Origin::Environment("DISCORD_TOKEN".into())
        )
    );
    assert_eq!(find("database.read_url"), (None, Origin::Default));
    assert!(!format!("{effective:?}{settings:?}").contains("hunter2"));
}

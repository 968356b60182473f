//! The program, run as an operator runs it.

use std::process::{Command, Output, Stdio};

use test_support::{FreshDatabase, sqlite};

struct Operator {
    database: FreshDatabase,
    environment: &'static str,
}

impl Operator {
    fn new(environment: &'static str) -> Self {
        Self {
            database: sqlite::empty(),
            environment,
        }
    }

    fn run(&self, arguments: &str) -> Output {
        Command::new(env!("CARGO_BIN_EXE_migration"))
            .args(arguments.split_whitespace())
            .env_clear()
            .env("DATABASE_URL", &self.database.url)
            .env("ROOKERY_ENV", self.environment)
            // No settings file lies in the folder of the source.
            .stdin(Stdio::null())
            .output()
            .unwrap()
    }

    /// The lines on stdout of a command that succeeds.
    fn does(&self, arguments: &str) -> Vec<String> {
        let output = self.run(arguments);
        assert!(
            output.status.success(),
            "{arguments}: {}",
            text(&output.stderr)
        );
        text(&output.stdout).lines().map(str::to_owned).collect()
    }

    /// The exit code and the one line on stderr of a command that does not, and says nothing else.
    fn fails(&self, arguments: &str) -> (i32, String) {
        let output = self.run(arguments);
        let said = text(&output.stderr);
        assert!(!output.status.success(), "{arguments}");
        assert_eq!(said.lines().count(), 1, "{said}");
        (output.status.code().unwrap(), said)
    }
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn lines(what: &str, names: impl IntoIterator<Item = String>) -> Vec<String> {
    names
        .into_iter()
        .map(|name| format!("{what} {name}"))
        .collect()
}

#[test]
fn without_a_command_it_migrates_and_says_what_was_applied() {
    let operator = Operator::new("development");
    assert_eq!(
        operator.does("status"),
        lines("pending", migration::names())
    );
    assert_eq!(operator.does(""), lines("applied", migration::names()));
    assert_eq!(operator.does("up"), ["nothing to be applied"]);
    assert_eq!(
        operator.does("status"),
        lines("applied", migration::names())
    );
}

#[test]
fn destructive_commands_want_consent_where_nobody_can_be_asked() {
    let operator = Operator::new("development");
    operator.does("up");
    for command in ["down", "down 2", "fresh", "refresh", "reset"] {
        let (code, said) = operator.fails(command);
        assert_eq!(code, 2);
        assert!(
            said.contains("rookery.db") && said.contains("--yes"),
            "{said}"
        );
    }
    assert_eq!(
        operator.does("status"),
        lines("applied", migration::names())
    );

    let newest: Vec<_> = migration::names().into_iter().rev().take(2).collect();
    assert_eq!(
        operator.does("down --yes"),
        lines("reverted", newest[..1].to_vec())
    );
    operator.does("up");
    assert_eq!(operator.does("down 2 --yes"), lines("reverted", newest));
    assert_eq!(
        operator.does("fresh --yes"),
        lines("applied", migration::names())
    );
    assert_eq!(
        operator.does("refresh --yes"),
        lines("applied", migration::names())
    );
    let newest_first = migration::names().into_iter().rev();
    assert_eq!(
        operator.does("reset --yes"),
        lines("reverted", newest_first)
    );
}

#[test]
fn in_production_they_want_the_name_of_the_database_too() {
    let operator = Operator::new("production");
    operator.does("up");
    for command in [
        "fresh --yes",
        "fresh --yes --database-name other.db",
        "fresh",
    ] {
        let (code, said) = operator.fails(command);
        assert_eq!(code, 2);
        assert!(said.contains("--database-name"), "{said}");
    }
    let (code, _) = operator.fails("fresh --database-name rookery.db");
    assert_eq!(code, 2, "the name alone is no consent");
    operator.does("fresh --yes --database-name rookery.db");
}

#[test]
fn exit_codes_tell_usage_settings_an_absent_database_and_a_newer_schema_apart() {
    let mut operator = Operator::new("development");
    assert_eq!(operator.run("sideways").status.code(), Some(2));
    assert_eq!(operator.fails("generate Nonsense").0, 2);

    operator.does("up");
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let newer = "INSERT INTO seaql_migrations VALUES ('m99991231_000001_newer', 0)";
    runtime.block_on(crate::sql::execute(&operator.database.url, newer));
    for command in ["up", "status", "down --yes"] {
        let output = operator.run(command);
        assert_eq!(output.status.code(), Some(5), "{command}");
        assert!(text(&output.stderr).contains("m99991231_000001_newer"));
    }

    operator.database.url = "postgres://me:hush@127.0.0.1:1/rookery".to_owned();
    let (code, said) = operator.fails("up");
    assert_eq!(code, 4);
    assert!(
        said.contains("refused") && said.contains("DATABASE_URL"),
        "{said}"
    );
    assert!(!said.contains("hush"), "{said}");

    operator.environment = "elsewhere";
    assert_eq!(operator.fails("up").0, 3);
}

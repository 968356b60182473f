//! The program `rookery` itself: what it prints, and how it ends.

use crate::world::{World, discord};
use discord_sim::Sim;
use std::{
    io::Write as _,
    path::Path,
    process::{Command, Output, Stdio},
};
use tempfile::TempDir;

/// The program in a folder of its own, with nothing of the surrounding settings.
fn rookery(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_rookery"));
    command
        .args(arguments)
        .current_dir(folder)
        .env_clear()
        // Tests run side by side, and there is one port 8080.
        .env("ROOKERY__HTTP__LISTEN", "off")
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    command
}

fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

fn piped(arguments: &[&str], input: &str) -> Output {
    let folder = folder();
    let mut command = rookery(folder.path(), arguments);
    let mut child = command.stdin(Stdio::piped()).spawn().unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(input.as_bytes())
        .unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn without_a_token_two_lines_say_what_to_do() {
    let folder = folder();
    for arguments in [&["run"][..], &[]] {
        let output = rookery(folder.path(), arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        let told = text(&output.stderr);
        assert_eq!(told.lines().count(), 2, "{told}");
        assert!(
            told.contains("DISCORD_TOKEN") && told.contains("rookery sandbox"),
            "{told}"
        );
        assert_eq!(text(&output.stdout), "");
    }
    assert_eq!(
        folder.path().read_dir().unwrap().count(),
        0,
        "nothing was created"
    );
}

#[test]
fn a_check_of_the_settings_masks_secrets_and_says_where_each_value_is_from() {
    let folder = folder();
    std::fs::write(
        folder.path().join("rookery.toml"),
        "[bot]\ndefault_prefix = \"?\"\n",
    )
    .unwrap();
    let output = rookery(folder.path(), &["config", "check"])
        .env("DISCORD_TOKEN", "very-secret")
        .env(
            "DATABASE_URL",
            "postgres://rookery:password@localhost/rookery",
        )
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0));
    let shown = text(&output.stdout);
    assert!(
        !shown.contains("very-secret") && !shown.contains("password"),
        "{shown}"
    );
    assert!(
        shown.contains("bot.default_prefix = \"?\"  # rookery.toml"),
        "{shown}"
    );
    assert!(shown.contains("DISCORD_TOKEN"), "{shown}");
}

#[test]
fn a_wrong_setting_ends_with_its_own_code_and_a_suggestion() {
    let folder = folder();
    std::fs::write(
        folder.path().join("rookery.toml"),
        "[discord]\ntokn = \"very-secret\"\n",
    )
    .unwrap();
    for arguments in [&["config", "check"][..], &["run"]] {
        let output = rookery(folder.path(), arguments).output().unwrap();
        assert_eq!(output.status.code(), Some(3));
        let told = text(&output.stderr);
        assert!(
            told.contains("discord.tokn") && told.contains("discord.token"),
            "{told}"
        );
        assert!(!told.contains("very-secret"), "{told}");
    }
}

#[test]
fn a_database_that_is_none_ends_with_its_own_code() {
    let folder = folder();
    let output = rookery(folder.path(), &["run"])
        .env("DISCORD_TOKEN", "a-token")
        .env("DATABASE_URL", "mysql://localhost/rookery")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(4));
    assert!(text(&output.stderr).contains("sqlite: or postgres:"));
}

#[test]
fn the_tour_is_played_where_nobody_can_type() {
    let folder = folder();
    let output = rookery(folder.path(), &["sandbox"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    assert_eq!(
        text(&output.stderr),
        "",
        "no line was misunderstood, and nothing went wrong"
    );
    let shown = text(&output.stdout);
    for part in [
        "was put in timeout by",
        "was banned by",
        "was unbanned by",
        "cannot:",
        "#4",
    ] {
        assert!(shown.contains(part), "{part} is missing:\n{shown}");
    }
    assert!(
        !shown.contains('\u{1b}'),
        "no colour where there is no terminal"
    );
    assert_eq!(
        folder.path().read_dir().unwrap().count(),
        0,
        "nothing is left behind"
    );
}

#[test]
fn the_same_lines_give_the_same_objects_each_time() {
    let lines = "mod: !warn @troll -reason spam\nmod: /timeout member:@troll duration:1h\nwait 2h\n\
                 restart\nmod: !ban @troll -reason again\nalice: !ban @bob\n";
    let first = piped(&["sandbox", "--json"], lines);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let second = piped(&["sandbox", "--json"], lines);
    assert_eq!(text(&first.stdout), text(&second.stdout));
    let objects: Vec<serde_json::Value> = text(&first.stdout)
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    let ban = objects
        .iter()
        .find(|object| object["kind"] == "ban")
        .unwrap();
    assert_eq!(
        (&ban["author"], &ban["target"]),
        (&"Rookery".into(), &"troll".into())
    );
    assert!(objects.iter().all(|object| object["kind"].is_string()));
}

#[test]
fn a_line_that_cannot_be_meant_is_named_and_the_others_are_played() {
    let lines =
        "alice: hello\nwhat is this\nnobody: hello\nmod: /nothing\nmod: click Nothing\nbob: bye\n";
    let output = piped(&["sandbox", "--json"], lines);
    assert_eq!(output.status.code(), Some(1));
    let told = text(&output.stderr);
    let numbers: Vec<&str> = told
        .lines()
        .filter_map(|line| line.split(':').next())
        .collect();
    assert_eq!(numbers, ["line 2", "line 3", "line 4", "line 5"], "{told}");
    assert_eq!(text(&output.stdout).lines().count(), 2, "alice and bob");
}

#[test]
fn what_discord_forbids_a_person_is_shown_and_is_no_mistake() {
    let lines = "mod: !timeout @troll 1h -reason loud\ntroll: let me talk\nalice#mod-log: hello\n";
    let output = piped(&["sandbox", "--json"], lines);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let shown = text(&output.stdout);
    let refused = shown
        .lines()
        .filter(|line| line.contains("\"kind\":\"refused\""))
        .count();
    assert_eq!(refused, 2, "{shown}");
}

#[test]
fn a_saved_transcript_can_be_played_again() {
    let folder = folder();
    let saved = folder.path().join("saved.script");
    let save = saved.display().to_string();
    let lines =
        "mod: !warn @troll -reason spam\n# a remark\nwait 1h\nmod: !ban @troll -reason again\n";
    let first = piped(&["sandbox", "--json", "--save", &save], lines);
    assert!(
        std::fs::read_to_string(&saved)
            .unwrap()
            .contains("was banned by")
    );
    let again = rookery(folder.path(), &["sandbox", "--json", "--script", &save])
        .output()
        .unwrap();
    assert_eq!(again.status.code(), Some(0), "{}", text(&again.stderr));
    assert_eq!(text(&first.stdout), text(&again.stdout));
}

#[test]
fn a_token_in_the_environment_is_not_read_by_the_sandbox() {
    let folder = folder();
    let output = rookery(folder.path(), &["sandbox"])
        .env("DISCORD_TOKEN", "very-secret")
        .env("DATABASE_URL", "postgres://nowhere.invalid/nothing")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
}

/// A port that nobody has at the moment.
fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

#[test]
fn an_address_that_somebody_has_is_named_with_its_setting() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = folder();
    let output = rookery(folder.path(), &["run"])
        .env("DISCORD_TOKEN", "a-token")
        .env("ROOKERY__HTTP__LISTEN", &address)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(3));
    let told = text(&output.stderr);
    assert!(
        told.contains(&address) && told.contains("http.listen"),
        "{told}"
    );
}

#[cfg(unix)]
mod signals {
    use super::*;
    use discord_sim::{Act, FaultAction, FaultRule, ShownKind};
    use std::{
        io::{BufRead as _, BufReader, Read as _},
        process::Child,
        time::{Duration, Instant},
    };

    /// `run` against a simulated Discord, when it has started; `rest` is what it logs from then on.
    struct Run {
        child: Child,
        /// What it has logged until it had started.
        before: String,
        rest: BufReader<std::process::ChildStderr>,
        invite: String,
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_healthcheck_says_by_its_exit_code_whether_the_bot_is_alive() {
        let folder = folder();
        let sim = discord().start().await.unwrap();
        let listen = format!("127.0.0.1:{}", free_port());
        let check = || {
            rookery(folder.path(), &["healthcheck"])
                .env("ROOKERY__HTTP__LISTEN", &listen)
                .output()
                .unwrap()
        };
        let dead = check();
        assert_eq!(dead.status.code(), Some(1));
        assert!(text(&dead.stderr).contains(&listen), "{dead:?}");
        let mut run = run_with(folder.path(), &sim, &[("ROOKERY__HTTP__LISTEN", &listen)]);
        let alive = check();
        assert_eq!(alive.status.code(), Some(0), "{alive:?}");
        signal(&run.child, "TERM");
        assert_eq!(run.child.wait().unwrap().code(), Some(0));
        assert_eq!(check().status.code(), Some(1));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_whole_run_logs_no_secret_and_nothing_that_people_wrote() {
        const KEY: &str = "the-key-that-signs-buttons";
        let folder = folder();
        let sim = discord().start().await.unwrap();
        let env = [
            ("ROOKERY__LOG__LEVEL", "trace"),
            ("ROOKERY__SECRETS__KEY", KEY),
        ];
        let Run {
            mut child,
            before,
            mut rest,
            ..
        } = run_with(folder.path(), &sim, &env);
        // Read all the time: a full pipe would hold the bot up.
        let rest = std::thread::spawn(move || {
            let mut log = String::new();
            rest.read_to_string(&mut log).unwrap();
            log
        });
        sim.connected().await;
        for line in [
            "mod: !ban @troll a-reason-to-keep",
            "mod: /warn member:@alice reason:a-reason-to-keep",
            "mod: !ban @nobody a-reason-to-keep",
            "alice: words-of-alice",
        ] {
            let Ok(discord_sim::Line::Act(act)) = discord_sim::Line::parse(line) else {
                panic!("{line}");
            };
            sim.perform(&act).await.unwrap();
        }
        sim.settled().await;
        signal(&child, "TERM");
        assert_eq!(child.wait().unwrap().code(), Some(0));
        let log = before + &rest.join().unwrap();
        assert!(log.lines().count() > 10, "{log}");
        for secret in [sim.token(), KEY, "a-reason-to-keep", "words-of-alice"] {
            let told: Vec<&str> = log.lines().filter(|line| line.contains(secret)).collect();
            assert!(told.is_empty(), "{secret}: {told:#?}");
        }
    }

    fn run(folder: &Path, sim: &Sim) -> Run {
        run_with(folder, sim, &[])
    }

    fn run_with(folder: &Path, sim: &Sim, env: &[(&str, &str)]) -> Run {
        let mut child = rookery(folder, &["run"])
            .envs(env.iter().copied())
            .env("DISCORD_TOKEN", sim.token())
            .env("DISCORD_API_URL", sim.url())
            .spawn()
            .unwrap();
        let mut rest = BufReader::new(child.stderr.take().unwrap());
        let (mut before, mut invite) = (String::new(), String::new());
        while !invite.contains("oauth2/authorize") {
            invite.clear();
            assert_ne!(rest.read_line(&mut invite).unwrap(), 0, "it ended");
            before.push_str(&invite);
        }
        Run {
            child,
            before,
            rest,
            invite,
        }
    }

    fn signal(child: &Child, name: &str) {
        let id = child.id().to_string();
        assert!(
            Command::new("kill")
                .args(["-s", name, &id])
                .status()
                .unwrap()
                .success()
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_signal_stops_the_bot_cleanly_within_ten_seconds() {
        for name in ["TERM", "INT"] {
            let folder = folder();
            let sim = discord().start().await.unwrap();
            let mut run = run(folder.path(), &sim);
            sim.connected().await;
            let before = Instant::now();
            signal(&run.child, name);
            assert_eq!(run.child.wait().unwrap().code(), Some(0), "{name}");
            assert!(before.elapsed() < Duration::from_secs(10));
        }
    }

    /// A ban that Discord does not answer.
    async fn held_ban(sim: &Sim) {
        sim.connected().await;
        sim.fault(FaultRule {
            method: Some("PUT".to_owned()),
            path: "/guilds/*/bans/*".to_owned(),
            skip: 0,
            times: Some(1),
            action: FaultAction::Hold,
        });
        let ban = Act::say("mod", "!ban @troll -reason spam");
        sim.perform(&ban).await.unwrap();
        let held = |request: &discord_sim::Request| {
            request.method == "PUT" && request.path.contains("/bans/")
        };
        while !sim.requests().iter().any(held) {
            sim.settled().await;
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_second_signal_ends_at_once() {
        let folder = folder();
        let sim = discord().start().await.unwrap();
        let mut run = run(folder.path(), &sim);
        held_ban(&sim).await;
        signal(&run.child, "TERM");
        let mut line = String::new();
        while !line.contains("stopping") {
            line.clear();
            assert_ne!(run.rest.read_line(&mut line).unwrap(), 0, "it ended");
        }
        let before = Instant::now();
        signal(&run.child, "INT");
        assert_eq!(run.child.wait().unwrap().code(), Some(130));
        assert!(
            before.elapsed() < Duration::from_secs(3),
            "{:?}",
            before.elapsed()
        );
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_ban_that_a_killed_process_had_begun_is_done_once_by_the_next() {
        let folder = folder();
        let sim = discord().start().await.unwrap();
        let mut killed = run(folder.path(), &sim);
        held_ban(&sim).await;
        signal(&killed.child, "KILL");
        killed.child.wait().unwrap();
        assert!(sim.bans().is_empty(), "the held request did nothing");
        let mut next = run(folder.path(), &sim);
        while sim.bans().is_empty() {
            sim.settled().await;
        }
        signal(&next.child, "TERM");
        assert_eq!(next.child.wait().unwrap().code(), Some(0));
        let shown = sim.shown(0);
        let kinds = |kind| shown.iter().filter(|shown| shown.kind == kind).count();
        assert_eq!((kinds(ShownKind::Ban), kinds(ShownKind::Dm)), (1, 1));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn logs_are_json_where_nobody_reads_them_and_hold_no_token() {
        let folder = folder();
        let sim = discord().start().await.unwrap();
        let mut run = run(folder.path(), &sim);
        let link: serde_json::Value = serde_json::from_str(&run.invite).unwrap();
        let url = link["url"].as_str().unwrap();
        assert!(
            url.contains(&format!("client_id={}", sim.application_id())),
            "{url}"
        );
        sim.connected().await;
        signal(&run.child, "TERM");
        let mut log = String::new();
        std::io::Read::read_to_string(&mut run.rest, &mut log).unwrap();
        run.child.wait().unwrap();
        for line in log.lines() {
            serde_json::from_str::<serde_json::Value>(line).unwrap();
        }
        assert!(!log.contains(sim.token()));
    }
}

#[tokio::test]
async fn an_audit_proves_the_histories_while_the_bot_runs() {
    World::each(async |world| {
        world.play("mod: !warn @troll spam").await;
        let folder = folder();
        let output = rookery(folder.path(), &["audit", "verify"])
            .env("DATABASE_URL", world.database_url())
            .output()
            .unwrap();
        let told = text(&output.stdout);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert!(told.starts_with("All whole: 1 cases with "), "{told}");
    })
    .await;
}

#[test]
fn an_audit_of_an_old_schema_says_so_and_changes_nothing() {
    let folder = folder();
    let output = rookery(folder.path(), &["audit", "verify"])
        .env("DATABASE_URL", "sqlite://old.db")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(5), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("migrations are pending"));
}

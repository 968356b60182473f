//! Lines of a script: what they mean, and that what is written can be read.

use std::time::Duration;

use discord_sim::{Act, Line, LineError, Place, What};
use proptest::collection::vec;
use proptest::prelude::*;

#[test]
fn a_line_says_who_does_what_where() {
    let text = |text: &str| text.to_owned();
    for (line, act) in [
        (
            "mod: !ban @troll -reason spam",
            Act::say("mod", "!ban @troll -reason spam"),
        ),
        (
            "alice#random: hello: all",
            Act::say("alice", "hello: all").in_channel("random"),
        ),
        ("mod@bot: hi", Act::say("mod", "hi").in_dm()),
        (
            "mod:   /cases list  type:ban",
            Act::slash("mod", "cases list  type:ban"),
        ),
        (
            "mod: type /case number:1",
            Act::new("mod", What::Type(text("case number:1"))),
        ),
        (
            "mod: type slower please",
            Act::say("mod", "type slower please"),
        ),
        ("mod: click Yes, do it", Act::click("mod", "Yes, do it")),
        (
            r#"mod: select Owner, "one, two""#,
            Act::new("mod", What::Select(vec![text("Owner"), text("one, two")])),
        ),
        (
            r#"mod: submit subject:hello body:"two words""#,
            Act::new(
                "mod",
                What::Submit(vec![
                    (text("subject"), text("hello")),
                    (text("body"), text("two words")),
                ]),
            ),
        ),
        (
            "alice: react 👍",
            Act::new("alice", What::React(text("👍"))),
        ),
        ("troll: leave", Act::new("troll", What::Leave)),
        ("troll: join", Act::new("troll", What::Join)),
        ("mod: join us", Act::say("mod", "join us")),
        (r"mod: \click here", Act::say("mod", "click here")),
        (r"mod: one\ntwo \\n", Act::say("mod", "one\ntwo \\n")),
    ] {
        assert_eq!(Line::parse(line), Ok(Line::Act(act)), "{line}");
    }
}

#[test]
fn some_lines_are_nobodys_act() {
    for (line, meaning) in [
        ("", Line::Empty),
        ("  ", Line::Empty),
        ("help", Line::Help),
        (" restart ", Line::Restart),
        ("# mod: hello", Line::Comment("mod: hello".to_owned())),
        ("wait 1h30m", Line::Wait(Duration::from_mins(90))),
        ("wait 2d 5s", Line::Wait(Duration::from_secs(172_805))),
    ] {
        assert_eq!(Line::parse(line), Ok(meaning), "{line}");
    }
}

#[test]
fn a_line_that_makes_no_sense_is_told_what_would() {
    for (line, error) in [
        ("hello", LineError::NotUnderstood("hello".to_owned())),
        ("the mod: hi", LineError::NotAPerson("the mod".to_owned())),
        (": hi", LineError::NotAPerson(String::new())),
        ("mod#: hi", LineError::NotAPerson("mod#".to_owned())),
        ("mod:", LineError::NothingDone("mod".to_owned())),
        ("mod: click", LineError::NothingDone("mod".to_owned())),
        ("mod: select ,", LineError::NothingDone("mod".to_owned())),
        (r"mod: \n", LineError::NothingDone("mod".to_owned())),
        ("wait soon", LineError::NotATime("soon".to_owned())),
        ("wait 5", LineError::NotATime("5".to_owned())),
        (
            "wait 99999999999999999999s",
            LineError::NotATime("99999999999999999999s".to_owned()),
        ),
        (
            "mod: submit hello",
            LineError::NotAField("hello".to_owned()),
        ),
        (
            r#"mod: select "open"#,
            LineError::NotAField("\"open".to_owned()),
        ),
    ] {
        assert_eq!(Line::parse(line), Err(error), "{line}");
    }
}

/// A text of one line, as someone would type it: without spaces around it.
fn typed() -> impl Strategy<Value = String> {
    let text = "\\PC{1,30}".prop_map(|text| text.trim().to_owned());
    text.prop_filter("nothing was typed", |text| !text.is_empty())
}

/// A text that looks like something else: a command, an act, an escape, a quote.
fn tricky() -> impl Strategy<Value = String> {
    let pieces = [
        "click", "select", "submit", "type", "react", "join", "leave", " ", "/", "\\", "\n", "n",
        ":", "\"", ",", "#", "@", "a",
    ];
    let text = vec(prop::sample::select(pieces.to_vec()), 1..8)
        .prop_map(|pieces| pieces.concat().trim().to_owned());
    text.prop_filter("nothing was typed", |text| !text.is_empty())
}

fn name() -> impl Strategy<Value = String> {
    "[a-zäß0-9_.-]{1,12}"
}

fn what() -> impl Strategy<Value = What> {
    let text = || prop_oneof![typed(), tricky()];
    let one_line = || text().prop_filter("one line", |text| !text.contains('\n'));
    prop_oneof![
        text().prop_map(What::Say),
        one_line().prop_map(What::Slash),
        one_line().prop_map(What::Type),
        one_line().prop_map(What::Click),
        one_line().prop_map(What::React),
        vec(one_line(), 1..4).prop_map(What::Select),
        vec((name(), one_line()), 1..4).prop_map(What::Submit),
        Just(What::Join),
        Just(What::Leave),
    ]
}

fn place() -> impl Strategy<Value = Place> {
    prop_oneof![
        Just(Place::default()),
        name().prop_map(Place::Channel),
        Just(Place::Dm)
    ]
}

fn line() -> impl Strategy<Value = Line> {
    let act = (name(), place(), what()).prop_map(|(person, place, what)| {
        Line::Act(Act {
            person,
            place,
            what,
        })
    });
    prop_oneof![
        8 => act,
        1 => (0_u64..100_000_000).prop_map(|s| Line::Wait(Duration::from_secs(s))),
        1 => typed().prop_map(Line::Comment),
        1 => Just(Line::Restart),
        1 => Just(Line::Help),
        1 => Just(Line::Empty),
    ]
}

proptest! {
    #[test]
    fn a_written_line_is_read_as_what_it_was(line in line()) {
        prop_assert_eq!(Line::parse(&line.to_string()), Ok(line));
    }

    #[test]
    fn no_line_is_too_strange(line in "\\PC{0,60}") {
        // What matters is that there is an answer.
        if let Ok(read) = Line::parse(&line) {
            prop_assert_eq!(Line::parse(&read.to_string()), Ok(read));
        }
    }
}

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use entity::value::{CaseEventKind, CaseKind, CaseSource, CaseState, LogKind};
use fluent_bundle::FluentResource;

use super::texts::LOCALES;
use super::{Args, Lang, Message, Texts};
use crate::parse::flags::{FlagError, Kind};
use crate::parse::targets::TargetError;
use crate::parse::time::{Limits, TimeError};

/// The ids of refusals in the specification of the bot.
const REFUSALS: [&str; 46] = [
    "err-already-active",
    "err-arg-missing",
    "err-barred",
    "err-bot-hierarchy",
    "err-bot-perm",
    "err-case-not-found",
    "err-case-state",
    "err-config-missing",
    "err-cooldown",
    "err-db-down",
    "err-dm-only",
    "err-feature-off",
    "err-flag-unknown",
    "err-flag-value",
    "err-guild-only",
    "err-internal",
    "err-locked",
    "err-maintenance",
    "err-name-invalid",
    "err-name-taken",
    "err-not-active",
    "err-not-owner",
    "err-not-yours",
    "err-number-range",
    "err-operator-only",
    "err-perm-bit",
    "err-perm-channel",
    "err-perm-disabled",
    "err-perm-rank",
    "err-quota",
    "err-service-down",
    "err-service-off",
    "err-stale-component",
    "err-target-admin",
    "err-target-bot",
    "err-target-hierarchy",
    "err-target-me",
    "err-target-not-found",
    "err-target-not-member",
    "err-target-owner",
    "err-target-rank",
    "err-target-self",
    "err-text-length",
    "err-time-format",
    "err-time-past",
    "err-time-range",
];

fn english(id: &str, args: &Args) -> String {
    Texts::new().get(&Lang::english(), id, args)
}

fn refusal(error: impl Into<Message>) -> String {
    Texts::new().render(&Lang::english(), &error.into())
}

#[test]
fn every_file_can_be_read_and_no_id_comes_twice() {
    for (code, sources) in LOCALES {
        let mut ids = BTreeSet::new();
        for source in sources {
            let resource = match FluentResource::try_new((*source).to_owned()) {
                Ok(resource) => resource,
                Err((_, errors)) => panic!("{code}: {errors:?}"),
            };
            for id in super::texts::ids(&resource) {
                assert!(ids.insert(id.clone()), "{code}: {id} is there twice");
            }
        }
    }
}

#[test]
fn every_refusal_of_the_specification_has_a_text() {
    let texts = Texts::new();
    let ids: BTreeSet<&str> = texts.ids().collect();
    let missing: Vec<_> = REFUSALS.iter().filter(|id| !ids.contains(**id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn every_text_that_the_code_names_exists() {
    let texts = Texts::new();
    let root = PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/src"));
    let mut folders = vec![root];
    let mut named = 0;
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") && !path.ends_with("tests.rs")
            {
                for id in ids_in(&fs::read_to_string(&path).unwrap()) {
                    assert!(texts.has(&id), "{id} in {}", path.display());
                    named += 1;
                }
            }
        }
    }
    assert!(named > 100, "only {named} were found");
}

/// The ids that a source file hands to the functions that look texts up.
fn ids_in(source: &str) -> Vec<String> {
    [
        "Message::new(\"",
        "refuse(\"",
        "call.text(\"",
        "viewer.text(\"",
        "viewer().text(\"",
    ]
    .iter()
    .flat_map(|call| source.split(call).skip(1))
    .filter_map(|after| after.split('"').next())
    .map(str::to_owned)
    .collect()
}

#[test]
fn with_its_values_every_text_is_complete() {
    let args = variables()
        .into_iter()
        .fold(Args::new(), |args, name| args.with(name, "value"));
    let texts = Texts::new();
    for id in texts.ids() {
        let text = texts.get(&Lang::english(), id, &args);
        // An unknown value or text is shown as a placeable in braces.
        assert!(!text.contains(['{', '}']), "{id}: {text}");
        assert!(!text.contains(['\u{2068}', '\u{2069}']), "{id}: {text}");
        assert!(!text.contains("  "), "{id}: {text}");
    }
}

/// Every variable that a text mentions.
fn variables() -> BTreeSet<&'static str> {
    LOCALES
        .iter()
        .flat_map(|(_, sources)| sources.iter())
        .flat_map(|source| source.split('$').skip(1))
        .filter_map(|after| {
            after
                .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-'))
                .next()
        })
        .collect()
}

#[test]
fn every_word_of_a_case_has_a_text_of_its_own() {
    let shown = |id, name, word: &str| english(id, &words(name, word));
    for kind in CaseKind::ALL {
        assert_ne!(shown("case-kind", "kind", kind.as_str()), kind.as_str());
    }
    for state in CaseState::ALL {
        assert_ne!(
            shown("case-state", "state", state.as_str()),
            shown("case-state", "state", "other")
        );
    }
    for source in CaseSource::ALL {
        assert_ne!(
            shown("case-source", "source", source.as_str()),
            source.as_str()
        );
    }
    for event in CaseEventKind::ALL {
        assert_ne!(shown("case-event", "event", event.as_str()), event.as_str());
    }
    for log in LogKind::ALL {
        assert_ne!(shown("log-kind", "log", log.as_str()), log.as_str());
    }
}

fn words(name: &'static str, word: &str) -> Args {
    Args::new()
        .with(name, word)
        .with("actor", "Ada")
        .with("detail", "a detail")
}

#[test]
fn every_mistake_of_the_parsers_has_a_complete_text() {
    let limits = Limits {
        least: "1s",
        most: "1y",
        forever: false,
    };
    let flag = "delete";
    let unfit = |kind| FlagError::Unfit { flag, kind };
    let unknown = |suggestions| FlagError::Unknown {
        name: "resaon".to_owned(),
        suggestions,
    };
    let texts = [
        refusal(TimeError::Format),
        refusal(TimeError::Range),
        refusal(TimeError::Past),
        refusal(TimeError::Limits(limits)),
        refusal(TimeError::Endless(limits)),
        refusal(unknown(vec![])),
        refusal(unknown(vec!["reason"])),
        refusal(unknown(vec!["reason", "season"])),
        refusal(FlagError::Missing { flag }),
        refusal(FlagError::Twice { flag }),
        refusal(unfit(Kind::Switch)),
        refusal(unfit(Kind::Days { max: 7 })),
        refusal(unfit(Kind::Integer { min: 0, max: 7 })),
        refusal(FlagError::Range {
            flag,
            min: 0,
            max: 7,
        }),
        refusal(TargetError::Missing),
        refusal(TargetError::TooMany(21)),
        refusal(TargetError::NotAnId("x{y".to_owned())),
    ];
    assert_eq!(
        texts.iter().collect::<BTreeSet<_>>().len(),
        texts.len(),
        "{texts:#?}"
    );
    assert!(texts.iter().all(|text| !text.contains("{$")), "{texts:#?}");
    assert_eq!(
        texts[6],
        "There is no flag `-resaon` here, so nothing was done. Did you mean `-reason`?"
    );
    assert_eq!(texts[13], "`-delete` takes a number from 0 to 7.");
}

#[test]
fn one_target_is_one_line_that_says_what_became_of_it() {
    let done = Args::new()
        .with("case", 12)
        .with("action", "ban")
        .with("target", "Ada (ada)")
        .with("until", "none")
        .with("dm", "delivered")
        .with("log", "posted");
    assert_eq!(
        english("mod-done", &done),
        "**#12** banned Ada (ada), DM delivered, log posted."
    );
}

#[test]
fn numbers_choose_the_plural_and_ids_are_not_rounded() {
    let seconds = |seconds: i64| english("err-cooldown", &Args::new().with("seconds", seconds));
    assert_eq!(seconds(1), "Not so fast. Try again in one second.");
    assert_eq!(seconds(12), "Not so fast. Try again in 12 seconds.");

    let id = 9_007_199_254_740_993_u64;
    let text = english("err-case-not-found", &Args::new().with("case", id));
    assert!(text.contains("#9007199254740993 "), "{text}");
}

#[test]
fn a_text_missing_in_a_language_comes_in_english_and_one_missing_everywhere_as_its_id() {
    let german = ["hello = Hallo { $name }"];
    let english = ["hello = Hello { $name }\nbye = Goodbye"];
    let texts = Texts::from_locales(&[("de", &german), ("en", &english)]);
    let lang = |code| Lang::parse(code).expect("a language");
    let args = Args::new().with("name", "Ada");

    assert_eq!(texts.get(&lang("de"), "hello", &args), "Hallo Ada");
    assert_eq!(texts.get(&lang("de-AT"), "hello", &args), "Hallo Ada");
    assert_eq!(texts.get(&lang("de"), "bye", &args), "Goodbye");
    assert_eq!(texts.get(&lang("fr"), "hello", &args), "Hello Ada");
    assert_eq!(texts.get(&lang("en-US"), "nothing", &args), "nothing");
}

#[test]
fn texts_are_shared_between_threads() {
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&Texts::new());
}

use std::collections::BTreeSet;

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

//! Every screen, by the name that custom ids carry.

use super::{Confirm, Press, Screen};
use crate::{
    command::{Command, Spec},
    commands::{cases, help, permissions},
    failure::Result,
    moderation::dead_letter,
};
use futures_util::future::BoxFuture;

/// Every screen. A new one, or a new [`super::Confirm`], is a line here.
const ROUTES: &[Route] = &[
    Route::to::<cases::Pages>(),
    Route::to::<cases::CasesOf>(),
    Route::to::<dead_letter::DeadLetter>(),
    Route::to::<help::Browse>(),
    Route::to::<Confirm<permissions::FirstRank>>(),
];

/// Where a press goes.
pub(super) struct Route {
    name: &'static str,
    /// The command that the press stands for.
    pub(super) spec: &'static Spec,
    /// What the screen does.
    pub(super) pressed: for<'p> fn(&'p Press<'p>) -> BoxFuture<'p, Result>,
}

impl Route {
    const fn to<S: Screen>() -> Self {
        Self {
            name: S::NAME,
            spec: const { &<S::Command as Command>::SPEC },
            pressed: |press| Box::pin(S::pressed(press)),
        }
    }

    /// The screen of this name.
    pub(super) fn named(name: &str) -> Option<&'static Self> {
        ROUTES.iter().find(|route| route.name == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_screen_has_a_name_of_its_own_that_custom_ids_can_carry() {
        for (i, route) in ROUTES.iter().enumerate() {
            let readable = route
                .name
                .bytes()
                .all(|byte| byte.is_ascii_lowercase() || byte == b'-');
            assert!(
                readable && (1..=40).contains(&route.name.len()),
                "{}",
                route.name
            );
            let others = &ROUTES[..i];
            assert!(
                others.iter().all(|other| other.name != route.name),
                "{} is there twice",
                route.name
            );
        }
    }
}

//! `cases list`, and the buttons that turn its pages.

use super::{STAFF, draw, filter};
use crate::{
    command::{Call, Category, Command, DbContext as _, Spec, Visibility},
    failure::{Result, refuse},
    screen::{Press, Screen, Viewer, unbase62},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use controllers::{CaseFilter, Cursor, Turn};
use sha2::{Digest, Sha256};
use std::time::Duration;

/// How long a list that nobody looks at can still be turned.
const KEPT: Duration = Duration::from_hours(365 * 24);

/// `cases list`.
pub(crate) struct List;

impl Command for List {
    const SPEC: Spec = Spec {
        path: "cases list",
        aliases: &["search", "filter", "find"],
        category: Category::Cases,
        access: STAFF,
        visibility: Visibility::Private,
        params: &[
            filter::USER,
            filter::MODERATOR,
            filter::TYPE,
            filter::STATE,
            filter::SOURCE,
            filter::SINCE,
            filter::UNTIL,
            filter::REASON,
            filter::ACTIVE,
        ],
    };

    async fn run(call: &Call<'_>) -> Result {
        let filter = filter::read(call).await?;
        show(call, filter).await
    }
}

/// Answers a call with the first page.
pub(super) async fn show(call: &Call<'_>, filter: CaseFilter) -> Result {
    let page = draw(call.viewer(), &filter, Turn::First).await?;
    call.reply(page).await?;
    Ok(())
}

/// The buttons under a list.
///
/// Their arguments are a letter, with the position of the page where it needs one, and the key of the
/// filter: `n<cursor>.<key>`.
pub(crate) struct Pages;

impl Screen for Pages {
    const NAME: &'static str = "cases";
    type Command = List;

    async fn pressed(press: &Press<'_>) -> Result {
        let viewer = press.viewer();
        let stale = || refuse("err-stale-component");
        let (turn, key) = press.args().split_once('.').ok_or_else(stale)?;
        let turn = read_turn(turn).ok_or_else(stale)?;
        let filter = recall(viewer, key).await?;
        press.redraw(draw(viewer, &filter, turn).await?).await?;
        Ok(())
    }
}

/// A turn as a button says it.
pub(super) fn write_turn(turn: &Turn) -> controllers::Result<String> {
    Ok(match turn {
        Turn::First => "f".to_owned(),
        Turn::Last => "l".to_owned(),
        Turn::To(cursor) => format!("t{}", cursor.encode()?),
    })
}

fn read_turn(text: &str) -> Option<Turn> {
    match text.split_at_checked(1)? {
        ("f", "") => Some(Turn::First),
        ("l", "") => Some(Turn::Last),
        ("t", cursor) => Cursor::decode(cursor).ok().map(Turn::To),
        _ => None,
    }
}

/// Keeps a filter for the buttons, under a key of 22 characters; none for a list of everything.
///
/// The key is a digest, so the same filter of the same person is kept once.
pub(super) async fn keep(viewer: Viewer<'_>, filter: &CaseFilter) -> Result<String> {
    if filter.is_empty() {
        return Ok(String::new());
    }
    let guild_id = viewer.in_guild()?.guild.id.get().cast_signed();
    let user_id = viewer.user_id.get().cast_signed();
    let data = serde_json::to_value(filter)?;
    let digest = Sha256::digest(format!("{guild_id}:{user_id}:{data}"));
    let (half, _) = digest.split_at(16);
    let key = URL_SAFE_NO_PAD.encode(half);
    viewer
        .db()
        .ui_states()
        .keep_same(
            key.clone(),
            Some(guild_id),
            user_id,
            Pages::NAME,
            data,
            KEPT,
        )
        .await?;
    Ok(key)
}

async fn recall(viewer: Viewer<'_>, key: &str) -> Result<CaseFilter> {
    if key.is_empty() {
        return Ok(CaseFilter::default());
    }
    let kept = viewer.db().ui_states().recall(key).await?;
    let kept = kept.ok_or_else(|| refuse("err-stale-component"))?;
    Ok(serde_json::from_value(kept.data)?)
}

/// The button "their cases": opens a list of its own. Its argument is the person.
pub(crate) struct CasesOf;

impl Screen for CasesOf {
    const NAME: &'static str = "cases-of";
    type Command = List;

    async fn pressed(press: &Press<'_>) -> Result {
        let user_id = unbase62(press.args()).ok_or_else(|| refuse("err-stale-component"))?;
        let filter = CaseFilter {
            target_id: Some(user_id.cast_signed()),
            ..CaseFilter::default()
        };
        let page = draw(press.viewer(), &filter, Turn::First).await?;
        press.tell(page).await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn first_and_last_are_read_back() {
        for turn in [Turn::First, Turn::Last] {
            assert_eq!(read_turn(&write_turn(&turn).unwrap()), Some(turn));
        }
    }

    proptest! {
        #[test]
        fn no_argument_panics(text in any::<String>()) {
            if let Some(turn) = read_turn(&text) {
                prop_assert_eq!(read_turn(&write_turn(&turn).unwrap()), Some(turn));
            }
        }
    }
}

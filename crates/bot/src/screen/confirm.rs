//! A question before something that cannot be taken back: asked once, answered once, at any time
//! until it ends, also after a restart.

use super::{Press, Screen, Viewer, base62, unbase62};
use crate::{
    command::{Call, Command, DbContext as _, Reply},
    failure::{Result, refuse},
    on_error,
    text::{Message, relative},
};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::{DateTime, Utc};
use poise::serenity_prelude::{ButtonStyle, CreateActionRow};
use serde::{Serialize, de::DeserializeOwned};
use std::{marker::PhantomData, time::Duration};
use uuid::Uuid;

/// How long a question waits for its answer.
const GOOD_FOR: Duration = Duration::from_mins(15);

/// Something that is done after a second press only. Its fields are stored with the question, so
/// they hold all that doing it needs.
///
/// Asked by [`ask`]; listed as `Route::to::<Confirm<…>>()` in `screen/routes.rs`.
pub trait Confirmation: Serialize + DeserializeOwned + Send + Sync + 'static {
    /// Its name as a screen; see [`Screen::NAME`].
    const NAME: &'static str;

    /// The command that asks. Whoever may no longer use it may no longer confirm.
    type Command: Command;

    /// Does it, and says what was done in the place of the question.
    ///
    /// Runs at most once per question. What was true when the question was asked may have changed,
    /// so it is checked again here. A failure takes the place of the question as well.
    fn confirmed(self, press: &Press<'_>) -> impl Future<Output = Result<Reply>> + Send;
}

/// Asks the caller whether to go on with `action`: `question` with a line that says until when, and
/// the buttons Confirm and Cancel.
///
/// # Errors
/// Those of the controllers, and [`crate::failure::Failure::Discord`].
pub async fn ask<A: Confirmation>(call: &Call<'_>, action: &A, question: Reply) -> Result {
    let viewer = call.viewer();
    let key = URL_SAFE_NO_PAD.encode(Uuid::new_v4().as_bytes());
    let guild_id = viewer.place.map(|place| place.guild.id.get().cast_signed());
    let db = call.db();
    // What nobody has answered or looked at in time goes with the next question.
    db.ui_states().forget_expired().await?;
    let state = db
        .ui_states()
        .keep(
            key,
            guild_id,
            viewer.user_id.get().cast_signed(),
            A::NAME,
            serde_json::to_value(action)?,
            GOOD_FOR,
        )
        .await?;
    let until = Message::new("confirm-expires").with("when", relative(state.expires_at));
    let content = [question.content.as_str(), &viewer.say(&until)]
        .join("\n")
        .trim_start()
        .to_owned();
    let buttons = buttons::<A>(viewer, &state.id, state.expires_at)?;
    let question = Reply {
        content,
        ..question
    };
    call.reply(question.with_components(vec![buttons])).await?;
    Ok(())
}

fn buttons<A: Confirmation>(
    viewer: Viewer<'_>,
    key: &str,
    ends: DateTime<Utc>,
) -> Result<CreateActionRow> {
    let button = |answer, label| {
        let args = Args {
            answer,
            key: key.to_owned(),
            ends: ends.timestamp(),
        };
        viewer.button::<Confirm<A>>(args.write(), label)
    };
    Ok(CreateActionRow::Buttons(vec![
        button(Answer::Confirm, "button-confirm")?.style(ButtonStyle::Danger),
        button(Answer::Cancel, "button-cancel")?,
    ]))
}

/// The screen of a question.
pub struct Confirm<A>(PhantomData<fn() -> A>);

impl<A: Confirmation> Screen for Confirm<A> {
    const NAME: &'static str = A::NAME;
    type Command = A::Command;

    async fn pressed(press: &Press<'_>) -> Result {
        let too_late = || refuse("err-stale-component");
        let viewer = press.viewer();
        let args = Args::read(press.args()).ok_or_else(too_late)?;
        if press.data.clock.now().timestamp() >= args.ends {
            let text = viewer.text("confirm-expired");
            press.redraw(Reply::text(text)).await?;
            return Ok(());
        }
        // Of two presses one gets it; the other one comes too late.
        let state = viewer.db().ui_states().redeem(&args.key).await?;
        let state = state.ok_or_else(too_late)?;
        let reply = match args.answer {
            Answer::Cancel => Reply::text(viewer.text("confirm-cancelled")),
            Answer::Confirm => {
                let action: A = serde_json::from_value(state.data)?;
                // The question has had its answer, so it goes, whatever came of it.
                action.confirmed(press).await.unwrap_or_else(|failure| {
                    Reply::text(on_error::in_words(press.data, &press.lang, &failure))
                })
            }
        };
        press.redraw(reply).await?;
        Ok(())
    }
}

/// What the custom id of a button says.
#[derive(Debug, PartialEq, Eq)]
struct Args {
    answer: Answer,
    /// Where the question is kept.
    key: String,
    /// When it ends, in seconds since the epoch. Also in the database, where it may be gone already.
    ends: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    Confirm,
    Cancel,
}

impl Args {
    fn write(&self) -> String {
        let answer = match self.answer {
            Answer::Confirm => 'y',
            Answer::Cancel => 'n',
        };
        let ends = base62(self.ends.unsigned_abs());
        format!("{answer}.{}.{ends}", self.key)
    }

    fn read(text: &str) -> Option<Self> {
        let mut parts = text.split('.');
        let answer = match parts.next()? {
            "y" => Answer::Confirm,
            "n" => Answer::Cancel,
            _ => return None,
        };
        let (key, ends) = (parts.next()?.to_owned(), unbase62(parts.next()?)?);
        parts.next().is_none().then_some(Self {
            answer,
            key,
            ends: ends.try_into().ok()?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn what_a_button_says_is_read_back(confirm: bool, key in "[A-Za-z0-9_-]{22}", ends in 0i64..) {
            let answer = if confirm { Answer::Confirm } else { Answer::Cancel };
            let args = Args { answer, key, ends };
            prop_assert_eq!(Args::read(&args.write()), Some(args));
        }
    }

    #[test]
    fn anything_else_is_nothing() {
        for text in [
            "",
            "y",
            "y.key",
            "x.key.1",
            "y.key.1.2",
            "y.key.",
            "y.key.-1",
        ] {
            assert_eq!(Args::read(text), None, "{text}");
        }
    }
}

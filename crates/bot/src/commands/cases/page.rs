//! One page of a list of cases.

use super::list::{Pages, keep, write_turn};
use crate::{
    command::{DbContext as _, Reply},
    failure::Result,
    screen::Viewer,
    text::{Message, escape_markdown, excerpt, relative},
};
use controllers::{CaseFilter, CasePage, Tally, Turn};
use entity::{mod_case, value::CaseState};
use poise::serenity_prelude::{CreateActionRow, CreateEmbed, CreateEmbedFooter};

/// Cases on a page.
const SIZE: u64 = 10;
/// Longest name and reason in a line: ten lines fit into an embed, whatever had to be escaped.
const NAME: usize = 32;
const REASON: usize = 80;

/// Draws a page of the cases that pass `filter`.
///
/// # Errors
/// `err-guild-only`, and those of the controllers.
pub(crate) async fn draw(viewer: Viewer<'_>, filter: &CaseFilter, turn: Turn) -> Result<Reply> {
    let page = viewer.guild_db()?.cases().page(filter, turn, SIZE).await?;
    let embed = CreateEmbed::new().title(title(viewer, filter, &page));
    if page.cases.is_empty() {
        let none = if filter.is_empty() {
            "cases-none"
        } else {
            "cases-none-found"
        };
        return Ok(Reply::embed(embed.description(viewer.text(none))));
    }
    let mut lines: Vec<String> = page.cases.iter().map(|case| line(viewer, case)).collect();
    lines.push(String::new());
    lines.push(summary(viewer, &page.tally));
    let number = Message::new("cases-page")
        .with("page", page.number)
        .with("pages", page.pages);
    let embed = embed
        .description(lines.join("\n"))
        .footer(CreateEmbedFooter::new(viewer.say(&number)));
    let reply = Reply::embed(embed);
    if page.pages == 1 {
        return Ok(reply);
    }
    let key = keep(viewer, filter).await?;
    Ok(reply.with_components(vec![buttons(viewer, &page, &key)?]))
}

fn title(viewer: Viewer<'_>, filter: &CaseFilter, page: &CasePage) -> String {
    match page.cases.first().filter(|_| filter.target_id.is_some()) {
        Some(newest) => {
            let name = escape_markdown(&excerpt(&newest.target_name, NAME));
            viewer.say(&Message::new("cases-title-user").with("target", name))
        }
        None => viewer.text("cases-title"),
    }
}

fn line(viewer: Viewer<'_>, case: &mod_case::Model) -> String {
    viewer.say(
        &Message::new("cases-line")
            .with("case", case.number)
            .with("kind", case.kind.as_str())
            .with("state", case.state.as_str())
            .with("target", escape_markdown(&excerpt(&case.target_name, NAME)))
            .with("when", relative(case.created_at))
            .with("reason", escape_markdown(&excerpt(&case.reason, REASON))),
    )
}

/// How many there are, family by family and state by state.
fn summary(viewer: Viewer<'_>, tally: &[Tally]) -> String {
    let separator = viewer.text("list-separator");
    let group = |(word, states): (&str, Vec<(CaseState, u64)>)| {
        let states: Vec<String> = states
            .into_iter()
            .map(|(state, count)| {
                viewer.say(
                    &Message::new("cases-summary-state")
                        .with("count", count)
                        .with("state", state.as_str()),
                )
            })
            .collect();
        viewer.say(
            &Message::new("cases-summary-group")
                .with("group", word)
                .with("states", states.join(&separator)),
        )
    };
    let total: u64 = tally.iter().map(|tally| tally.count).sum();
    let groups: Vec<String> = groups(tally).into_iter().map(group).collect();
    viewer.say(
        &Message::new("cases-summary")
            .with("count", total)
            .with("groups", groups.join(" · ")),
    )
}

/// Sums by family, and by kind where a kind stands alone; both in the order in which they come.
fn groups(tally: &[Tally]) -> Vec<(&'static str, Vec<(CaseState, u64)>)> {
    let mut groups: Vec<(&'static str, Vec<(CaseState, u64)>)> = Vec::new();
    for Tally { kind, state, count } in tally.iter().copied() {
        let word = kind
            .family()
            .map_or(kind.as_str(), |family| family.as_str());
        let known = groups.iter().position(|(group, _)| *group == word);
        let at = known.unwrap_or_else(|| {
            groups.push((word, Vec::new()));
            groups.len() - 1
        });
        let states = &mut groups[at].1;
        match states.iter_mut().find(|(known, _)| *known == state) {
            Some((_, sum)) => *sum += count,
            None => states.push((state, count)),
        }
    }
    groups
}

fn buttons(viewer: Viewer<'_>, page: &CasePage, key: &str) -> Result<CreateActionRow> {
    let button = |turn: String, possible: bool, label| {
        let button = viewer.button::<Pages>(format!("{turn}.{key}"), label);
        button.map(|button| button.disabled(!possible))
    };
    // A button that cannot be pressed needs an id that no other one has.
    let there = |turn: &Option<Turn>, nowhere: &str| match turn {
        Some(turn) => write_turn(turn),
        None => Ok(nowhere.to_owned()),
    };
    let (back, on) = (page.previous.is_some(), page.next.is_some());
    let previous = there(&page.previous, "p")?;
    let next = there(&page.next, "n")?;
    Ok(CreateActionRow::Buttons(vec![
        button(write_turn(&Turn::First)?, back, "button-first")?,
        button(previous, back, "button-previous")?,
        button(next, on, "button-next")?,
        button(write_turn(&Turn::Last)?, on, "button-last")?,
    ]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use entity::value::CaseKind;

    #[test]
    fn kinds_of_a_family_are_counted_together() {
        let tally = |kind, state, count| Tally { kind, state, count };
        let groups = groups(&[
            tally(CaseKind::Ban, CaseState::Active, 2),
            tally(CaseKind::Ban, CaseState::Lifted, 1),
            tally(CaseKind::Tempban, CaseState::Active, 3),
            tally(CaseKind::Warn, CaseState::Done, 4),
        ]);
        assert_eq!(
            groups,
            [
                ("ban", vec![(CaseState::Active, 5), (CaseState::Lifted, 1)]),
                ("warn", vec![(CaseState::Done, 4)]),
            ]
        );
    }
}

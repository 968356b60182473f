//! Which refusals say that a line cannot be meant, and which are part of the story.

use discord_sim::Refusal;

/// Whether whoever wrote the line has to change it. The others are what Discord would tell the
/// person: someone in timeout cannot talk, and a story may well show that.
pub(super) fn is_mistake(refusal: &Refusal) -> bool {
    !matches!(
        refusal,
        Refusal::NotMember(_)
            | Refusal::AlreadyMember(_)
            | Refusal::Banned(_)
            | Refusal::HiddenChannel { .. }
            | Refusal::TimedOut(_)
            | Refusal::NoPermission { .. }
            | Refusal::EmptyMessage
            | Refusal::TooLong { .. }
            | Refusal::NoCommonGuild(_)
            | Refusal::HiddenCommand { .. }
            | Refusal::Discord { .. }
    )
}

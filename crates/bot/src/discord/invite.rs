//! The link by which somebody adds the bot to their guild.

use poise::serenity_prelude::Permissions;

/// Everything that a command or a log needs in a guild, and nothing else.
pub const PERMISSIONS: Permissions = Permissions::VIEW_CHANNEL
    .union(Permissions::SEND_MESSAGES)
    .union(Permissions::SEND_MESSAGES_IN_THREADS)
    .union(Permissions::EMBED_LINKS)
    .union(Permissions::READ_MESSAGE_HISTORY)
    .union(Permissions::KICK_MEMBERS)
    .union(Permissions::BAN_MEMBERS)
    .union(Permissions::MODERATE_MEMBERS)
    .union(Permissions::VIEW_AUDIT_LOG);

/// The link, with exactly those permissions.
pub fn link(application_id: u64) -> String {
    format!(
        "https://discord.com/oauth2/authorize?client_id={application_id}&scope=bot+applications.commands&permissions={}",
        PERMISSIONS.bits()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_asks_for_what_commands_need_and_for_no_administrator() {
        // The positions of the bits in Discord's documentation.
        let bits: u64 = [1, 2, 7, 10, 11, 14, 16, 38, 40]
            .map(|at| 1 << at)
            .iter()
            .sum();
        assert_eq!(
            link(42),
            format!(
                "https://discord.com/oauth2/authorize?client_id=42&scope=bot+applications.commands&permissions={bits}"
            )
        );
        assert!(!PERMISSIONS.administrator());
    }

    #[test]
    fn the_bot_can_do_what_every_sanction_needs() {
        let sanctions =
            Permissions::KICK_MEMBERS | Permissions::BAN_MEMBERS | Permissions::MODERATE_MEMBERS;
        let catalog = crate::command::Catalog::of(&crate::commands::tree());
        let specs = catalog.entries().filter_map(|entry| entry.spec);
        let needed = specs.fold(Permissions::empty(), |all, spec| {
            all | (spec.access.bits & sanctions)
        });
        assert!(!needed.is_empty());
        assert!(PERMISSIONS.contains(needed), "{needed}");
    }
}

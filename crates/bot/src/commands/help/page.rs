//! What every view of the help needs.

use crate::{
    command::{Category, Entry, text_id},
    guild_settings::GuildSettings,
    screen::Viewer,
};
use std::sync::Arc;

/// Who looks at the help, and the guild's prefix.
pub(super) struct Page<'a> {
    pub(super) viewer: Viewer<'a>,
    settings: Arc<GuildSettings>,
}

impl<'a> Page<'a> {
    pub(super) async fn of(viewer: Viewer<'a>) -> Self {
        let guild = viewer.place.map(|place| place.guild.id);
        let settings = viewer.data.guilds.settings(guild).await;
        Self { viewer, settings }
    }

    /// What prefix commands begin with here.
    pub(super) fn prefix(&self) -> &str {
        &self.settings.prefix
    }

    /// The commands that the viewer may use here, and the groups with one of them.
    pub(super) fn usable(&self) -> impl Iterator<Item = &'a Entry> {
        let viewer = self.viewer;
        let commands = viewer.data.commands.entries();
        commands.filter(move |entry| viewer.may_use(entry))
    }

    /// Those at the top of a category. A group is where the command is that it stands for.
    pub(super) fn category(&self, category: Category) -> Vec<&'a Entry> {
        let is_in = |entry: &&Entry| entry.spec.is_some_and(|spec| spec.category == category);
        self.children("").into_iter().filter(is_in).collect()
    }

    /// Those directly under a path.
    pub(super) fn children(&self, path: &str) -> Vec<&'a Entry> {
        let commands = &self.viewer.data.commands;
        self.usable()
            .filter(|entry| commands.is_child(path, entry))
            .collect()
    }

    /// The command of this name, if the viewer may use it.
    pub(super) fn named(&self, name: &str) -> Option<&'a Entry> {
        let named = self.viewer.data.commands.find(name)?;
        self.usable().find(|entry| entry.path == named.path)
    }

    /// What a command does, in a few words.
    pub(super) fn summary(&self, entry: &Entry) -> String {
        self.viewer.text(&text_id(&entry.path))
    }
}

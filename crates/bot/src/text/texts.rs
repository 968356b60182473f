//! The texts of all languages.

use std::collections::{BTreeMap, BTreeSet};

use fluent_bundle::FluentResource;
use fluent_bundle::concurrent::FluentBundle;
use fluent_syntax::ast::Entry;

use super::{Args, Lang, Message};

/// Languages with their files. A new language is a folder in `locales` and an entry here.
pub(super) const LOCALES: [(&str, &[&str]); 1] = [(
    "en",
    &[
        include_str!("../../locales/en/cases.ftl"),
        include_str!("../../locales/en/commands.ftl"),
        include_str!("../../locales/en/core.ftl"),
        include_str!("../../locales/en/errors.ftl"),
        include_str!("../../locales/en/logs.ftl"),
        include_str!("../../locales/en/moderation.ftl"),
        include_str!("../../locales/en/permissions.ftl"),
        include_str!("../../locales/en/reasons.ftl"),
    ],
)];

/// The texts of all languages, by their ids.
pub struct Texts {
    languages: BTreeMap<Lang, FluentBundle<FluentResource>>,
    ids: BTreeSet<String>,
}

impl Texts {
    /// The texts that are compiled in.
    pub fn new() -> Self {
        Self::from_locales(&LOCALES)
    }

    /// Texts from the sources of each language. What cannot be read in a source is left out, and found by a test.
    pub(super) fn from_locales(locales: &[(&str, &[&str])]) -> Self {
        let mut texts = Self {
            languages: BTreeMap::new(),
            ids: BTreeSet::new(),
        };
        for (code, sources) in locales {
            let Some(lang) = Lang::parse(code) else {
                continue;
            };
            let mut bundle = FluentBundle::new_concurrent(vec![lang.0.clone()]);
            // The marks would be visible in Discord's clients, and get into names that people copy.
            bundle.set_use_isolating(false);
            for source in *sources {
                let resource = FluentResource::try_new((*source).to_owned())
                    .unwrap_or_else(|(readable, _)| readable);
                if lang == Lang::english() {
                    texts.ids.extend(ids(&resource));
                }
                bundle.add_resource_overriding(resource);
            }
            texts.languages.insert(lang, bundle);
        }
        texts
    }

    /// The text `id` in `lang`, else in that language without its region, else in English, else the id itself.
    pub fn get(&self, lang: &Lang, id: &str, args: &Args) -> String {
        let args = args.to_fluent();
        for lang in [lang, &lang.without_region(), &Lang::english()] {
            let Some(bundle) = self.languages.get(lang) else {
                continue;
            };
            let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
                continue;
            };
            let mut errors = Vec::new();
            let text = bundle
                .format_pattern(pattern, Some(&args), &mut errors)
                .into_owned();
            if !errors.is_empty() {
                tracing::warn!(text.id = id, text.lang = %lang, ?errors, "text with a value missing");
            }
            return text;
        }
        tracing::warn!(text.id = id, "text missing");
        id.to_owned()
    }

    /// The text of `message` in `lang`, as [`Texts::get`].
    pub fn render(&self, lang: &Lang, message: &Message) -> String {
        self.get(lang, message.id, &message.args)
    }

    /// Whether English has this text.
    pub fn has(&self, id: &str) -> bool {
        self.ids.contains(id)
    }

    /// The languages that have texts.
    pub fn languages(&self) -> impl Iterator<Item = &Lang> {
        self.languages.keys()
    }

    /// The ids of all texts, in alphabetical order.
    pub fn ids(&self) -> impl Iterator<Item = &str> {
        self.ids.iter().map(String::as_str)
    }
}

impl Default for Texts {
    fn default() -> Self {
        Self::new()
    }
}

/// The ids of the texts in one file.
pub(super) fn ids(resource: &FluentResource) -> impl Iterator<Item = String> {
    resource.entries().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name.to_owned()),
        _ => None,
    })
}

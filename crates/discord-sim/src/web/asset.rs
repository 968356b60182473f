//! The page's files, which are part of the program.

use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};

/// A file and what it is.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asset {
    kind: &'static str,
    text: &'static str,
}

impl Asset {
    pub(super) fn answer(self) -> Response {
        ([(CONTENT_TYPE, self.kind)], self.text).into_response()
    }
}

const CSS: &str = "text/css; charset=utf-8";
const JS: &str = "text/javascript; charset=utf-8";

/// The document.
pub(super) const INDEX: Asset = Asset {
    kind: "text/html; charset=utf-8",
    text: include_str!("../../web/index.html"),
};

macro_rules! assets {
    ($($name:literal: $kind:ident),* $(,)?) => {
        /// Everything that the document asks for, by name.
        const ASSETS: &[(&str, Asset)] = &[
            $(($name, Asset { kind: $kind, text: include_str!(concat!("../../web/", $name)) })),*
        ];
    };
}

assets! {
    "base.css": CSS,
    "chat.css": CSS,
    "side.css": CSS,
    "blocks.js": JS,
    "channels.js": JS,
    "components.js": JS,
    "composer.js": JS,
    "connection.js": JS,
    "dom.js": JS,
    "embed.js": JS,
    "keys.js": JS,
    "main.js": JS,
    "markdown.js": JS,
    "members.js": JS,
    "message.js": JS,
    "messages.js": JS,
    "modal.js": JS,
    "names.js": JS,
    "notices.js": JS,
    "persona.js": JS,
    "side.js": JS,
    "slash.js": JS,
    "store.js": JS,
    "suggest.js": JS,
    "theme.js": JS,
    "time.js": JS,
    "transcript.js": JS,
}

pub(super) fn named(name: &str) -> Option<Asset> {
    let found = ASSETS.iter().find(|(known, _)| *known == name);
    found.map(|(_, asset)| *asset)
}

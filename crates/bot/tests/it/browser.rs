//! The sandbox's page in a real browser, as somebody uses it who has just started it.
//!
//! These need Chromium. Without one they say so and do nothing, unless `ROOKERY_REQUIRE_CHROMIUM` is set.
//! Pictures of what they saw are in the folder that they print.

mod devtools;
mod keyboard;
mod layout;
mod moderation;
mod sandbox;
mod trouble;
mod trust;

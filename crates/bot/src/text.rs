//! Everything the bot says, in the language of whoever reads it.

mod excerpt;
mod fit;
mod lang;
mod markdown;
mod message;
mod stamp;
#[cfg(test)]
mod tests;
mod texts;

pub use excerpt::excerpt;
pub use fit::fit;
pub use lang::Lang;
pub use markdown::{code, escape_markdown};
pub use message::{Args, Message};
pub use stamp::{date_time, relative};
pub use texts::Texts;

//! Writing a line so that it can be read again.

use std::fmt;

use super::{Line, VERBS};
use crate::act::{Act, DEFAULT_CHANNEL, Place, What};
use crate::words::quote;

impl fmt::Display for Line {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Act(act) => act.fmt(f),
            Self::Wait(time) => write!(f, "wait {}s", time.as_secs()),
            Self::Restart => f.write_str("restart"),
            Self::Comment(text) => write!(f, "# {text}"),
            Self::Empty => Ok(()),
            Self::Help => f.write_str("help"),
        }
    }
}

impl fmt::Display for Act {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.person)?;
        match &self.place {
            Place::Channel(name) if name == DEFAULT_CHANNEL => {}
            Place::Channel(name) => write!(f, "#{name}")?,
            Place::Dm => f.write_str("@bot")?,
        }
        write!(f, ": {}", self.what)
    }
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Say(text) => f.write_str(&escaped(text)),
            Self::Slash(text) => write!(f, "/{text}"),
            Self::Type(text) => write!(f, "type /{text}"),
            Self::Click(label) => write!(f, "click {label}"),
            Self::Select(options) => {
                let options: Vec<_> = options.iter().map(|option| quote(option, ',')).collect();
                write!(f, "select {}", options.join(", "))
            }
            Self::Submit(fields) => {
                let field =
                    |(name, value): &(String, String)| format!("{name}:{}", quote(value, ' '));
                let fields: Vec<_> = fields.iter().map(field).collect();
                write!(f, "submit {}", fields.join(" "))
            }
            Self::Reply(text) => write!(f, "reply {}", one_line(text)),
            Self::Edit(text) => write!(f, "edit {}", one_line(text)),
            Self::Delete(None) => f.write_str("delete"),
            Self::Delete(Some(of)) => write!(f, "delete @{of}"),
            Self::Menu { command, target } => {
                write!(f, "menu {}", quote(command, ' '))?;
                match target {
                    Some(target) => write!(f, " @{target}"),
                    None => Ok(()),
                }
            }
            Self::React(emoji) => write!(f, "react {emoji}"),
            Self::Unreact(emoji) => write!(f, "unreact {emoji}"),
            Self::Join => f.write_str("join"),
            Self::Leave => f.write_str("leave"),
        }
    }
}

/// Text with its backslashes and new lines escaped, and with a backslash before it when it would
/// otherwise be read as something else than a message.
fn escaped(text: &str) -> String {
    let escaped = one_line(text);
    let verb = escaped.split(' ').next().unwrap_or_default();
    if escaped.starts_with('/') || VERBS.contains(&verb) {
        format!("\\{escaped}")
    } else {
        escaped
    }
}

fn one_line(text: &str) -> String {
    text.replace('\\', "\\\\").replace('\n', "\\n")
}

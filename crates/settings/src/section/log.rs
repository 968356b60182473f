//! `[log]`: what the process writes about itself.

use super::section;
use crate::value::value_enum;

section! {
    /// What the process writes about itself.
    pub struct Log("log.") {
        /// A level (`error`, `warn`, `info`, `debug`, `trace`), or a filter such as `info,bot=debug`.
        level: String = "info".to_owned();
        /// `auto` is `pretty` on a terminal and `json` otherwise.
        format: LogFormat = LogFormat::Auto;
    }
}

value_enum! {
    /// The form of log lines.
    pub enum LogFormat {
        /// `Pretty` on a terminal, `Json` otherwise.
        Auto = "auto",
        /// For people.
        Pretty = "pretty",
        /// One JSON object per line.
        Json = "json",
    }
}

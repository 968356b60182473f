//! Flags that several commands take, under the same names everywhere.

use super::{Flag, Kind};

/// `-reason`: where the free text is not the reason, or a flag should end it.
pub const REASON: Flag = Flag {
    name: "reason",
    aliases: &["r"],
    kind: Kind::Text,
};

/// `-silent`: no direct message.
pub const SILENT: Flag = Flag {
    name: "silent",
    aliases: &["s", "quiet"],
    kind: Kind::Switch,
};

/// `-duration`: when it ends by itself.
pub const DURATION: Flag = Flag {
    name: "duration",
    aliases: &["d", "t", "e"],
    kind: Kind::Time,
};

/// `-delete`: so many days of the target's messages, as Discord offers with a ban.
pub const DELETE: Flag = Flag {
    name: "delete",
    aliases: &["purge", "p"],
    kind: Kind::Days { max: 7 },
};

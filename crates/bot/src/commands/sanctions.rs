//! `warn`, `kick`, `ban`, `tempban`, `softban`, `unban`, `timeout`, `untimeout`: one pipeline, eight
//! descriptions.

use crate::{
    command::{Access, Call, Category, Command, Node, Param, ParamKind, Spec, Visibility},
    failure::Result,
    moderation::{self, Action},
};
use poise::serenity_prelude::Permissions;

const TARGETS: Param = Param::next("member", ParamKind::Targets);
const REASON: Param = Param::rest("reason", 1_000).or(&["r"]).optional();
const SILENT: Param = Param::flag("silent", &["s", "quiet"], ParamKind::Switch);
const DURATION: &[&str] = &["d", "t", "e"];

const DELETE: Param = Param::flag("delete", &["purge", "p"], ParamKind::Days(7));

/// Declares a command of the pipeline.
macro_rules! sanction {
    ($name:ident, $action:ident, $path:literal, $aliases:expr, $rank:literal, $bits:ident, $params:expr) => {
        #[doc = concat!("`", $path, "`")]
        struct $name;

        impl Command for $name {
            const SPEC: Spec = Spec {
                path: $path,
                aliases: $aliases,
                category: Category::Moderation,
                access: Access::guild($rank, Permissions::$bits),
                visibility: Visibility::Moderation,
                params: $params,
            };

            async fn run(call: &Call<'_>) -> Result {
                moderation::run(call, Action::$action).await
            }
        }
    };
}

sanction!(
    Warn,
    Warn,
    "warn",
    &["w"],
    2,
    MODERATE_MEMBERS,
    &[TARGETS, REASON, SILENT]
);
sanction!(
    Kick,
    Kick,
    "kick",
    &["k"],
    3,
    KICK_MEMBERS,
    &[TARGETS, REASON, SILENT]
);
sanction!(
    Ban,
    Ban,
    "ban",
    &["b"],
    3,
    BAN_MEMBERS,
    &[
        TARGETS,
        REASON,
        Param::flag("duration", DURATION, ParamKind::Time),
        DELETE,
        SILENT,
    ]
);
sanction!(
    Tempban,
    Tempban,
    "tempban",
    &["tb"],
    3,
    BAN_MEMBERS,
    &[
        TARGETS,
        Param::next("duration", ParamKind::Time).or(DURATION),
        REASON,
        DELETE,
        SILENT,
    ]
);
sanction!(
    Softban,
    Softban,
    "softban",
    &["sban"],
    3,
    BAN_MEMBERS,
    &[TARGETS, REASON, DELETE, SILENT]
);
sanction!(
    Unban,
    Unban,
    "unban",
    &["ub"],
    3,
    BAN_MEMBERS,
    &[TARGETS, REASON, SILENT]
);
sanction!(
    Timeout,
    Timeout,
    "timeout",
    &["to", "mute"],
    2,
    MODERATE_MEMBERS,
    &[
        TARGETS,
        Param::next("duration", ParamKind::Time).or(DURATION),
        REASON,
        SILENT,
    ]
);
sanction!(
    Untimeout,
    Untimeout,
    "untimeout",
    &["uto", "unmute"],
    2,
    MODERATE_MEMBERS,
    &[TARGETS, REASON, SILENT,]
);

/// All of them.
pub(crate) fn nodes() -> Vec<Node> {
    vec![
        Node::leaf::<Warn>(),
        Node::leaf::<Kick>(),
        Node::leaf::<Ban>(),
        Node::leaf::<Tempban>(),
        Node::leaf::<Softban>(),
        Node::leaf::<Unban>(),
        Node::leaf::<Timeout>(),
        Node::leaf::<Untimeout>(),
    ]
}

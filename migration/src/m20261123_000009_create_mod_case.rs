//! `mod_case`: one row per case, numbered from 1 in each guild. (CASE is reserved in SQL.)

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const KINDS: &[&str] = &[
    "ban",
    "tempban",
    "softban",
    "unban",
    "kick",
    "warn",
    "note",
    "timeout",
    "untimeout",
    "jail",
    "unjail",
    "snippetban",
    "snippetunban",
    "pollban",
    "pollunban",
    "purge",
    "slowmode",
    "lockdown",
    "nick",
    "role",
];
/// Kinds that stay in force until another kind of the family lifts them: one at a time.
const SANCTIONS: &[&str] = &[
    "ban",
    "tempban",
    "softban",
    "timeout",
    "jail",
    "snippetban",
    "pollban",
];
/// Kinds that must not run twice at once against the same person.
const ONE_PENDING: &[&str] = &["unban", "untimeout", "unjail", "kick"];
const FAMILIES: &[&str] = &["ban", "timeout", "jail", "snippet", "poll"];
const STATES: &[&str] = &[
    "pending",
    "active",
    "done",
    "failed",
    "expired",
    "lifted",
    "superseded",
    "voided",
];
const SOURCES: &[&str] = &[
    "command",
    "native",
    "automod",
    "escalation",
    "expiry",
    "appeal",
    "plan",
    "import",
    "operator",
];

fn one_of(column: &'static str, words: &[&'static str]) -> Expr {
    Expr::col(column).is_in(words.iter().copied())
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("mod_case", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.integer_from("number", 1))
            .col(t.enumeration("kind", KINDS))
            .col(t.enumeration("family", FAMILIES).null())
            .col(t.enumeration("state", STATES))
            .col(t.enumeration("source", SOURCES))
            .col(t.enumeration("target_type", &["user", "channel"]))
            .col(t.snowflake("target_id"))
            .col(t.text_up_to("target_name", 100))
            .col(ColumnDef::new("target_was_member").boolean().not_null())
            .col(t.person("moderator_id"))
            .col(t.text_up_to("reason", 1000))
            .col(ColumnDef::new("silent").boolean().not_null())
            .col(t.json("params"))
            .col(t.created_at())
            .col(t.timestamp("effective_at").null())
            .col(t.timestamp("expires_at").null())
            .col(t.timestamp("closed_at").null())
            .col(t.integer_from("superseded_by", 1).null())
            .col(t.integer_from("closed_by", 1).null())
            .col(t.integer_from("related_to", 1).null())
            .col(t.integer_from("plan_number", 1).null())
            .col(t.snowflake("audit_entry_id").null())
            .col(t.snowflake("log_channel_id").null())
            .col(t.snowflake("log_message_id").null())
            .col(t.text_up_to("error_code", 40).null())
            .col(t.integer_from("event_seq", 1))
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["guild_id", "number"]))
            .foreign_key(&mut t.of_guild())
            .check(t.check(
                "expiry",
                Expr::col("expires_at").gt(Expr::col("created_at")),
            ))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(
                t.unique("sanction")
                    .col("guild_id")
                    .col("target_id")
                    .col("family")
                    .and_where(one_of("state", &["pending", "active"]))
                    .and_where(one_of("kind", SANCTIONS))
                    .take(),
            )
            .await?;
        manager
            .create_index(
                t.unique("pending")
                    .col("guild_id")
                    .col("target_id")
                    .col("kind")
                    .and_where(Expr::col("state").eq("pending"))
                    .and_where(one_of("kind", ONE_PENDING))
                    .take(),
            )
            .await?;
        manager
            .create_index(
                t.unique("audit_entry")
                    .col("guild_id")
                    .col("audit_entry_id")
                    .take(),
            )
            .await?;
        manager
            .create_index(
                t.index("target")
                    .col("guild_id")
                    .col("target_id")
                    .col(("number", IndexOrder::Desc))
                    .take(),
            )
            .await?;
        manager
            .create_index(
                t.index("moderator")
                    .col("guild_id")
                    .col("moderator_id")
                    .col(("number", IndexOrder::Desc))
                    .take(),
            )
            .await?;
        manager
            .create_index(
                t.index("kind")
                    .col("guild_id")
                    .col("kind")
                    .col(("number", IndexOrder::Desc))
                    .take(),
            )
            .await?;
        manager
            .create_index(
                t.index("active")
                    .col("state")
                    .col("expires_at")
                    .and_where(Expr::col("state").eq("active"))
                    .take(),
            )
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("mod_case", manager).await
    }
}

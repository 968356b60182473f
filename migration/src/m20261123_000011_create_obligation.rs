//! `obligation`: what the bot still owes Discord or a person. A work table: own key, no reference.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const KINDS: &[&str] = &[
    "ban",
    "unban",
    "kick",
    "timeout",
    "timeout_clear",
    "roles",
    "role",
    "nick",
    "overwrite",
    "slowmode",
    "delete_messages",
    "dm",
    "log",
    "log_edit",
    "reply",
    "expire",
    "renew",
    "remind",
    "afk_end",
    "poll_close",
    "star_sync",
    "voice_end",
    "report_post",
    "evidence",
    "plan_step",
    "digest",
    "reconcile",
    "purge_guild",
    "retention",
];
const STATES: &[&str] = &["pending", "leased", "done", "failed", "cancelled", "paused"];

fn in_state(state: &'static str) -> Expr {
    Expr::col("state").eq(state)
}

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("obligation", manager);
        let table = t
            .create()
            .col(t.uuid("id"))
            .col(t.snowflake("guild_id").null())
            .col(t.integer_from("case_number", 1).null())
            .col(t.enumeration("kind", KINDS))
            .col(t.snowflake("subject_id").null())
            .col(t.json("payload"))
            .col(t.text_up_to("dedupe_key", 120))
            .col(t.uuid("after_id").null())
            .col(t.enumeration("state", STATES))
            .col(t.timestamp("due_at"))
            .col(t.integer_from("attempts", 0).default(0))
            .col(t.text_up_to("lease_owner", 64).null())
            .col(t.timestamp("lease_until").null())
            .col(t.text_up_to("nonce", 25).null())
            .col(t.text_up_to("last_error", 300).null())
            .col(t.created_at())
            .col(t.timestamp("finished_at").null())
            .col(t.updated_at())
            .col(t.version())
            .primary_key(&mut t.key(&["id"]))
            .take();
        manager.create_table(table).await?;
        manager
            .create_index(t.unique("dedupe").col("dedupe_key").take())
            .await?;
        manager
            .create_index(
                t.index("due")
                    .col("due_at")
                    .col("id")
                    .and_where(in_state("pending"))
                    .take(),
            )
            .await?;
        manager
            .create_index(
                t.index("lease")
                    .col("lease_until")
                    .and_where(in_state("leased"))
                    .take(),
            )
            .await?;
        manager
            .create_index(t.index("case").col("guild_id").col("case_number").take())
            .await?;
        manager
            .create_index(t.index("state").col("guild_id").col("state").take())
            .await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("obligation", manager).await
    }
}

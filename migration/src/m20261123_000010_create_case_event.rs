//! `case_event`: everything that happened to a case, each event hashing the one before. Only appended to.

use sea_orm_migration::prelude::*;

use crate::table::{self, Parts};

#[derive(DeriveMigrationName)]
pub(crate) struct Migration;

const KINDS: &[&str] = &[
    "created",
    "effective",
    "failed",
    "retried",
    "edited",
    "commented",
    "dm",
    "logged",
    "expired",
    "lifted",
    "superseded",
    "voided",
    "restored",
    "evidence",
    "appeal",
    "redacted",
];

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let t = Parts::of("case_event", manager);
        let table = t
            .create()
            .col(t.snowflake("guild_id"))
            .col(t.integer("number"))
            .col(t.integer_from("seq", 1))
            .col(t.timestamp_of_writing("at"))
            .col(t.person("actor_id"))
            .col(t.enumeration("kind", KINDS))
            .col(t.json("data"))
            .col(t.digest("text_commit").null())
            .col(t.digest("prev_hash"))
            .col(t.digest("hash"))
            .primary_key(&mut t.key(&["guild_id", "number", "seq"]))
            .foreign_key(&mut t.of_guild())
            .foreign_key(&mut t.reference(
                ["guild_id", "number"],
                "mod_case",
                ["guild_id", "number"],
            ))
            .take();
        manager.create_table(table).await
    }

    async fn down(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        table::drop("case_event", manager).await
    }
}

//! What reads or writes a few rows.

use anyhow::ensure;
use chrono::Utc;
use uuid::Uuid;

use super::{PostgresFloor, SqliteFloor, case};
use crate::{
    contender::{Contender, Turn},
    ground::{self, BATCH, CROWD, FEW, MANY, OWN, REASON, TARGETS, TIMELINE},
    op::Op,
    table::Row,
};

/// The columns of [`Row`], as a literal: a text put together at run time would not be a floor.
macro_rules! columns {
    () => {
        "guild_id, id, kind, target_id, moderator_id, reason, weight, active, created_at, updated_at, version"
    };
}

const FIND: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM sample WHERE guild_id = $1 AND id = $2"
);
const CREATE: &str = concat!(
    "INSERT INTO sample (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1) RETURNING ",
    columns!()
);
const UPDATE: &str = concat!(
    "UPDATE sample SET weight = $3, updated_at = $4, version = $5 + 1 WHERE guild_id = $1 AND id = $2 AND version = $5 RETURNING ",
    columns!()
);
const UPSERT: &str = concat!(
    "INSERT INTO sample (",
    columns!(),
    ") VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, 1) \
     ON CONFLICT (guild_id, id) DO UPDATE SET weight = excluded.weight, updated_at = excluded.updated_at, \
     version = sample.version + 1 WHERE sample.weight IS DISTINCT FROM excluded.weight RETURNING ",
    columns!()
);
const LIST: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM sample WHERE guild_id = $1 AND target_id = $2 ORDER BY guild_id, id LIMIT 20001"
);
const WINDOW: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM sample WHERE guild_id = $1 AND (created_at, id) > ($2, $3) \
     ORDER BY created_at, id LIMIT 51"
);
const PAGE: &str = concat!(
    "SELECT ",
    columns!(),
    " FROM sample WHERE guild_id = $1 ORDER BY guild_id, id LIMIT 50 OFFSET $2"
);
const TOTAL: &str = "SELECT count(*) FROM sample WHERE guild_id = $1";
const COUNT: &str = "SELECT count(*) FROM sample WHERE guild_id = $1 AND target_id = $2";
const EXISTS: &str = "SELECT 1 FROM sample WHERE guild_id = $1 AND target_id = $2 LIMIT 1";

/// The values of a new row.
macro_rules! new_row {
    ($statement:expr, $guild:expr, $id:expr, $weight:expr) => {
        sqlx::query_as::<_, Row>($statement)
            .bind($guild)
            .bind($id)
            .bind("warn")
            .bind(7_i64)
            .bind(50_i64)
            .bind(REASON)
            .bind($weight)
            .bind(true)
            .bind(Utc::now())
    };
}

macro_rules! contender {
    ($floor:ty) => {
        #[async_trait::async_trait]
        impl Contender for $floor {
            async fn prepare(&self, op: Op, turn: Turn) -> anyhow::Result<()> {
                self.lay_out(op, turn).await
            }

            async fn run(&self, op: Op, turn: Turn) -> anyhow::Result<()> {
                let size = self.size;
                match op {
                    Op::Find => {
                        let (guild, number) = ground::small(turn.pick(size.rows));
                        let row: Option<Row> = sqlx::query_as(FIND)
                            .bind(guild)
                            .bind(ground::id(number))
                            .fetch_optional(&self.reader)
                            .await?;
                        ensure!(row.is_some(), "there is no such row");
                    }
                    Op::Create => {
                        let (guild, _) = ground::small(turn.pick(size.rows));
                        let new = new_row!(CREATE, guild, Uuid::now_v7(), 0_i64);
                        new.fetch_one(&self.writer).await?;
                    }
                    Op::Update => {
                        let (own, version) = self.own.next(turn);
                        let row: Option<Row> = sqlx::query_as(UPDATE)
                            .bind(OWN)
                            .bind(own)
                            .bind(version)
                            .bind(Utc::now())
                            .bind(version)
                            .fetch_optional(&self.writer)
                            .await?;
                        ensure!(row.is_some(), "somebody else changed the row");
                    }
                    Op::UpsertExisting => {
                        let (guild, number) = ground::small(turn.pick(size.rows));
                        let weight = turn.weight();
                        let new = new_row!(UPSERT, guild, ground::id(number), weight);
                        new.fetch_optional(&self.writer).await?;
                    }
                    Op::UpsertNew => {
                        let (guild, _) = ground::small(turn.pick(size.rows));
                        let new = new_row!(UPSERT, guild, Uuid::now_v7(), 0_i64);
                        new.fetch_one(&self.writer).await?;
                    }
                    Op::List50 => {
                        let target = 1 + turn.pick(TARGETS).cast_signed();
                        let rows: Vec<Row> = sqlx::query_as(LIST)
                            .bind(CROWD)
                            .bind(target)
                            .fetch_all(&self.reader)
                            .await?;
                        ensure!(rows.len() == FEW, "{} rows", rows.len());
                    }
                    Op::WindowShallow | Op::WindowDeep => {
                        let after = size.depth(op);
                        let rows: Vec<Row> = sqlx::query_as(WINDOW)
                            .bind(TIMELINE)
                            .bind(ground::created_at(after))
                            .bind(ground::id(after))
                            .fetch_all(&self.reader)
                            .await?;
                        ensure!(rows.len() == 51, "{} rows", rows.len());
                    }
                    Op::PageFirst | Op::PageDeep => {
                        let total: i64 = sqlx::query_scalar(TOTAL)
                            .bind(TIMELINE)
                            .fetch_one(&self.reader)
                            .await?;
                        let rows: Vec<Row> = sqlx::query_as(PAGE)
                            .bind(TIMELINE)
                            .bind(size.depth(op).cast_signed())
                            .fetch_all(&self.reader)
                            .await?;
                        ensure!(rows.len() == 50 && total > 0, "{} rows", rows.len());
                    }
                    Op::Count => {
                        let count: i64 = sqlx::query_scalar(COUNT)
                            .bind(CROWD)
                            .bind(MANY)
                            .fetch_one(&self.reader)
                            .await?;
                        ensure!(count == BATCH.cast_signed(), "{count} rows");
                    }
                    Op::Exists => {
                        let found = sqlx::query(EXISTS)
                            .bind(CROWD)
                            .bind(MANY)
                            .fetch_optional(&self.reader)
                            .await?;
                        ensure!(found.is_some(), "nothing found");
                    }
                    Op::Health => {
                        sqlx::query("SELECT 1").execute(&self.writer).await?;
                    }
                    Op::OpenCase => case::open!(self.writer),
                    Op::InsertMany => self.insert_many(BATCH).await?,
                    Op::UpdateMany => self.update_many().await?,
                    Op::DeleteMany => self.delete_many().await?,
                    Op::Import => self.import(size.import).await?,
                }
                Ok(())
            }
        }
    };
}
contender!(PostgresFloor);
contender!(SqliteFloor);

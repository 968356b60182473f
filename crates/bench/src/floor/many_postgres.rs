//! Thousands of rows on PostgreSQL: arrays into one statement, and COPY.

use std::fmt::Write as _;

use chrono::Utc;
use uuid::Uuid;

use super::PostgresFloor;
use crate::{
    contender::Turn,
    ground::{self, BATCH, BULK, REASON},
    op::Op,
};

const INSERT: &str = "INSERT INTO sample (guild_id, id, kind, target_id, moderator_id, reason, weight, active, created_at, updated_at, version) \
     SELECT * FROM unnest($1::bigint[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::text[], $7::bigint[], $8::boolean[], \
     $9::timestamptz[], $10::timestamptz[], $11::bigint[]) \
     RETURNING guild_id, id, kind, target_id, moderator_id, reason, weight, active, created_at, updated_at, version";
const UPDATE: &str = "UPDATE sample SET weight = r.weight, updated_at = $4, version = version + 1 \
     FROM unnest($2::uuid[], $3::bigint[]) AS r (id, weight) WHERE guild_id = $1 AND sample.id = r.id";
/// Rows per statement.
const CHUNK: u64 = 1_000;

impl PostgresFloor {
    pub(super) async fn lay_out(&self, op: Op, _: Turn) -> anyhow::Result<()> {
        if !op.is_bulk() {
            return Ok(());
        }
        self.delete_many().await?;
        if matches!(op, Op::UpdateMany | Op::DeleteMany) {
            self.insert_many(BATCH).await?;
        }
        Ok(())
    }

    pub(super) async fn insert_many(&self, rows: u64) -> anyhow::Result<()> {
        let mut tx = self.writer.begin().await?;
        for chunk in chunks(rows) {
            let ids: Vec<Uuid> = chunk.map(ground::id).collect();
            let (n, now) = (ids.len(), Utc::now());
            sqlx::query_as::<_, crate::table::Row>(INSERT)
                .bind(vec![BULK; n])
                .bind(ids)
                .bind(vec!["warn"; n])
                .bind(vec![7_i64; n])
                .bind(vec![50_i64; n])
                .bind(vec![REASON; n])
                .bind(vec![0_i64; n])
                .bind(vec![true; n])
                .bind(vec![now; n])
                .bind(vec![now; n])
                .bind(vec![1_i64; n])
                .fetch_all(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn update_many(&self) -> anyhow::Result<()> {
        let mut tx = self.writer.begin().await?;
        for chunk in chunks(BATCH) {
            let weights: Vec<i64> = chunk.clone().map(|n| n.cast_signed() + 1).collect();
            sqlx::query(UPDATE)
                .bind(BULK)
                .bind(chunk.map(ground::id).collect::<Vec<_>>())
                .bind(weights)
                .bind(Utc::now())
                .execute(&mut *tx)
                .await?;
        }
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn delete_many(&self) -> anyhow::Result<()> {
        let delete = sqlx::query("DELETE FROM sample WHERE guild_id = $1").bind(BULK);
        delete.execute(&self.writer).await?;
        Ok(())
    }

    /// COPY straight into the table.
    pub(super) async fn import(&self, rows: u64) -> anyhow::Result<()> {
        let mut connection = self.writer.acquire().await?;
        let mut copy = connection
            .copy_in_raw("COPY sample (guild_id, id, kind, target_id, moderator_id, reason, weight, active, created_at, updated_at, version) FROM STDIN")
            .await?;
        let now = Utc::now().to_rfc3339();
        for chunk in chunks(rows) {
            let mut text = String::new();
            for n in chunk {
                let id = ground::id(n);
                writeln!(
                    text,
                    "{BULK}\t{id}\twarn\t7\t50\t{REASON}\t0\tt\t{now}\t{now}\t1"
                )?;
            }
            copy.send(text.as_bytes()).await?;
        }
        copy.finish().await?;
        Ok(())
    }
}

fn chunks(rows: u64) -> impl Iterator<Item = std::ops::Range<u64>> {
    (0..rows)
        .step_by(usize::try_from(CHUNK).unwrap_or(1))
        .map(move |start| start..rows.min(start + CHUNK))
}

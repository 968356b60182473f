//! Thousands of rows on SQLite: many VALUES in one statement, and one prepared statement per update.

use chrono::Utc;
use sqlx::{QueryBuilder, Sqlite};

use super::SqliteFloor;
use crate::{
    contender::Turn,
    ground::{self, BATCH, BULK, REASON},
    op::Op,
    table::{COLUMNS, Row},
};

const UPDATE: &str = "UPDATE sample SET weight = $3, updated_at = $4, version = version + 1 WHERE guild_id = $1 AND id = $2";
/// Rows per statement.
const CHUNK: u64 = 1_000;

impl SqliteFloor {
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
        let mut next = 0;
        while next < rows {
            let end = rows.min(next + CHUNK);
            let now = Utc::now();
            let mut insert =
                QueryBuilder::<Sqlite>::new(format!("INSERT INTO sample ({COLUMNS}) "));
            insert.push_values(next..end, |mut row, n| {
                row.push_bind(BULK)
                    .push_bind(ground::id(n))
                    .push_bind("warn")
                    .push_bind(7_i64)
                    .push_bind(50_i64)
                    .push_bind(REASON)
                    .push_bind(0_i64)
                    .push_bind(true)
                    .push_bind(now)
                    .push_bind(now)
                    .push_bind(1_i64);
            });
            insert.push(format!(" RETURNING {COLUMNS}"));
            let rows = insert.build_query_as::<Row>();
            rows.fetch_all(&mut *tx).await?;
            next = end;
        }
        tx.commit().await?;
        Ok(())
    }

    pub(super) async fn update_many(&self) -> anyhow::Result<()> {
        let mut tx = self.writer.begin().await?;
        for n in 0..BATCH {
            sqlx::query(UPDATE)
                .bind(BULK)
                .bind(ground::id(n))
                .bind(n.cast_signed() + 1)
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

    pub(super) async fn import(&self, rows: u64) -> anyhow::Result<()> {
        self.insert_many(rows).await
    }
}

//! The data that everything is measured on.

use chrono::{DateTime, TimeDelta, Utc};
use clap::ValueEnum;
use sqlx::{AssertSqlSafe, PgPool, SqlitePool};
use uuid::Uuid;

use crate::{contender::Own, op::Op, table};

/// Rows of this guild are spread over time: the windows and pages.
pub(crate) const TIMELINE: i64 = 1;
/// Rows of this guild are found by their target.
pub(crate) const CROWD: i64 = 2;
/// Ten thousand rows of [`CROWD`] concern this target.
pub(crate) const MANY: i64 = 1_000_000;
/// Fifty rows of [`CROWD`] concern each target from 1 on.
pub(crate) const FEW: usize = 50;
/// How many such targets there are.
pub(crate) const TARGETS: u64 = 100;
/// The other rows are spread over guilds from this one on.
pub(crate) const SMALL: i64 = 1_000;
/// How many small guilds there are.
pub(crate) const GUILDS: u64 = 1_000;
/// The guild whose rows are written in bulk, and removed again.
pub(crate) const BULK: i64 = 3;
/// The guild whose cases are opened.
pub(crate) const CASES: i64 = 4;
/// The guild of the rows that one contender each changes.
pub(crate) const OWN: i64 = 5;
/// How many rows a bulk write has.
pub(crate) const BATCH: u64 = 10_000;

/// Which database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(crate) enum Backend {
    Postgres,
    Sqlite,
}

impl Backend {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Postgres => "postgres",
            Self::Sqlite => "sqlite",
        }
    }
}

/// How many rows there are.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Size {
    /// In the small guilds together.
    pub(crate) rows: u64,
    /// In [`TIMELINE`].
    pub(crate) timeline: u64,
    /// In an import.
    pub(crate) import: u64,
}

impl Size {
    /// How many rows lie before a window or page.
    pub(crate) fn depth(self, op: Op) -> u64 {
        match op {
            Op::WindowShallow => 10,
            Op::WindowDeep | Op::PageDeep => self.timeline / 5 * 4,
            _ => 0,
        }
    }
}

/// The key of the `n`-th row of a guild.
pub(crate) fn id(n: u64) -> Uuid {
    Uuid::from_u64_pair(0x0190_0000_0000_7000, 0x8000_0000_0000_0000 | n)
}

/// When the `n`-th row of a guild was created.
pub(crate) fn created_at(n: u64) -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + TimeDelta::seconds(1_700_000_000 + i64::try_from(n).unwrap_or_default())
}

/// The guild and number of the `n`-th row of the small guilds.
pub(crate) fn small(n: u64) -> (i64, u64) {
    (SMALL + (n % GUILDS).cast_signed(), n / GUILDS)
}

/// The reason of every row.
pub(crate) const REASON: &str = "advertising in the general channel, third time";

/// What tells the seeded rows apart.
struct Seed {
    guild_id: i64,
    number: u64,
    target_id: i64,
}

fn seeds(size: Size) -> impl Iterator<Item = Seed> {
    let row = |guild_id, number, target_id| Seed {
        guild_id,
        number,
        target_id,
    };
    let timeline = (0..size.timeline).map(move |n| row(TIMELINE, n, 1 + (n % 97).cast_signed()));
    let many = (0..BATCH).map(move |n| row(CROWD, n, MANY));
    let few = (0..TARGETS * FEW as u64)
        .map(move |n| row(CROWD, BATCH + n, 1 + (n % TARGETS).cast_signed()));
    let small = (0..size.rows).map(move |n| {
        let (guild, number) = small(n);
        row(guild, number, 7)
    });
    let own = (0..(Own::WORKERS * Own::SEATS) as u64).map(move |n| row(OWN, n, 7));
    timeline.chain(many).chain(few).chain(small).chain(own)
}

/// Creates and fills the table.
pub(crate) async fn lay_postgres(pool: &PgPool, size: Size) -> anyhow::Result<()> {
    for statement in table::create(true) {
        sqlx::query(AssertSqlSafe(statement)).execute(pool).await?;
    }
    let insert = format!(
        "INSERT INTO sample ({}) SELECT g, i, 'warn', t, 50, $5, 0, true, c, c, 1 \
         FROM unnest($1::bigint[], $2::uuid[], $3::bigint[], $4::timestamptz[]) AS r (g, i, t, c)",
        table::COLUMNS
    );
    let mut seeds = seeds(size).peekable();
    while seeds.peek().is_some() {
        let rows: Vec<Seed> = seeds.by_ref().take(20_000).collect();
        let column = |f: fn(&Seed) -> i64| rows.iter().map(f).collect::<Vec<_>>();
        sqlx::query(AssertSqlSafe(insert.as_str()))
            .bind(column(|row| row.guild_id))
            .bind(rows.iter().map(|row| id(row.number)).collect::<Vec<_>>())
            .bind(column(|row| row.target_id))
            .bind(
                rows.iter()
                    .map(|row| created_at(row.number))
                    .collect::<Vec<_>>(),
            )
            .bind(REASON)
            .execute(pool)
            .await?;
    }
    sqlx::query("VACUUM ANALYZE sample").execute(pool).await?;
    Ok(())
}

/// Creates and fills the table.
pub(crate) async fn lay_sqlite(pool: &SqlitePool, size: Size) -> anyhow::Result<()> {
    for statement in table::create(false) {
        sqlx::query(AssertSqlSafe(statement)).execute(pool).await?;
    }
    let insert = format!(
        "INSERT INTO sample ({}) VALUES ($1, $2, 'warn', $3, 50, $4, 0, true, $5, $5, 1)",
        table::COLUMNS
    );
    let mut tx = pool.begin().await?;
    for row in seeds(size) {
        sqlx::query(AssertSqlSafe(insert.as_str()))
            .bind(row.guild_id)
            .bind(id(row.number))
            .bind(row.target_id)
            .bind(REASON)
            .bind(created_at(row.number))
            .execute(&mut *tx)
            .await?;
    }
    tx.commit().await?;
    sqlx::query("ANALYZE").execute(pool).await?;
    Ok(())
}

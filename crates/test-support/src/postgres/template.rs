//! The migrated database that all others are cloned from.

use sqlx::PgConnection;
use sqlx::postgres::PgConnectOptions;

use super::databases::{execute, url};

/// The migrations that this binary was built with.
const HASH: &str = env!("MIGRATIONS_HASH");
/// Whoever holds this lock makes a template: "template" in ASCII.
const MAKER: i64 = 0x7465_6d70_6c61_7465;

/// The template and its key; see `sweep`.
pub(super) struct Template {
    pub(super) name: String,
    pub(super) key: i64,
}

impl Template {
    pub(super) fn current() -> Self {
        let hash: u64 = HASH.parse().unwrap_or_default();
        let key = (hash >> 1).cast_signed();
        Self {
            name: format!("rookery_template_{key:016x}"),
            key,
        }
    }

    /// Makes the template, unless another process did or does: then waits for it.
    pub(super) async fn require(
        &self,
        admin: &mut PgConnection,
        options: &PgConnectOptions,
    ) -> Result<(), sqlx::Error> {
        let lock = sqlx::query("SELECT pg_advisory_lock($1)");
        lock.bind(MAKER).execute(&mut *admin).await?;
        let finished =
            "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1 AND datistemplate)";
        let finished = sqlx::query_scalar(finished).bind(&self.name);
        if !finished.fetch_one(&mut *admin).await? {
            self.make(admin, options).await?;
        }
        let unlock = sqlx::query("SELECT pg_advisory_unlock($1)");
        unlock.bind(MAKER).execute(admin).await.map(drop)
    }

    async fn make(
        &self,
        admin: &mut PgConnection,
        options: &PgConnectOptions,
    ) -> Result<(), sqlx::Error> {
        let name = &self.name;
        // A maker may have been killed half-way.
        execute(
            admin,
            format!("DROP DATABASE IF EXISTS {name} WITH (FORCE)"),
        )
        .await?;
        execute(admin, format!("CREATE DATABASE {name}")).await?;
        let applied = migration::up(&url(options, name)).await;
        applied.expect("the migrations can be applied to PostgreSQL");
        // A template cannot be cloned while somebody is connected to it.
        let finish = format!("ALTER DATABASE {name} WITH IS_TEMPLATE true ALLOW_CONNECTIONS false");
        execute(admin, finish).await
    }
}

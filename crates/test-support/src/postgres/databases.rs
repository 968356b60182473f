//! Databases that come and go.
//!
//! Every database carries the key of whoever uses it in its name, and its user holds an advisory
//! lock on that key. A lock that is free therefore marks what a killed process left behind.

use std::str::FromStr as _;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, ConnectOptions as _, Connection as _, PgConnection};
use tokio::runtime::{Builder, Runtime};

use super::template::Template;

/// The databases of this process, and the session that makes and drops them.
pub(super) struct Databases {
    options: PgConnectOptions,
    template: String,
    key: i64,
    made: AtomicU32,
    /// A runtime of its own, because each test has one that ends with the test.
    admin: Mutex<(Runtime, PgConnection)>,
}

impl Databases {
    /// Connects, makes the template when it is missing, and drops what nobody uses any more.
    pub(super) fn at(url: &str) -> Self {
        let options = PgConnectOptions::from_str(url).expect("the URL of the server can be read");
        let options = options.disable_statement_logging();
        let template = Template::current();
        let key = rand::random::<i64>() & i64::MAX;
        let runtime = Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime can be built");
        let admin = runtime.block_on(async {
            let mut admin = PgConnection::connect_with(&options).await?;
            let hold = sqlx::query("SELECT pg_advisory_lock_shared(key) FROM unnest($1) key");
            hold.bind(vec![key, template.key])
                .execute(&mut admin)
                .await?;
            template.require(&mut admin, &options).await?;
            sweep(&mut admin, [key, template.key]).await?;
            Ok::<_, sqlx::Error>(admin)
        });
        let admin = admin.expect("the PostgreSQL server answers and lets us create databases");
        Self {
            options,
            template: template.name,
            key,
            made: AtomicU32::new(0),
            admin: Mutex::new((runtime, admin)),
        }
    }

    /// A new database; blocks.
    pub(super) fn create(&'static self, migrated: bool) -> (String, Dropped) {
        let number = self.made.fetch_add(1, Ordering::Relaxed);
        let name = format!("rookery_test_{:016x}_{number}", self.key);
        let template = if migrated {
            &self.template
        } else {
            "template0"
        };
        // WAL_LOG needs no checkpoint, which is what makes small databases quick.
        let sql = format!("CREATE DATABASE {name} TEMPLATE {template} STRATEGY WAL_LOG");
        self.execute(sql).expect("a database can be created");
        let url = url(&self.options, &name);
        let databases = self;
        (url, Dropped { databases, name })
    }

    fn execute(&self, sql: String) -> Result<(), sqlx::Error> {
        let mut admin = self.admin.lock().unwrap_or_else(PoisonError::into_inner);
        let (runtime, connection) = &mut *admin;
        runtime.block_on(execute(connection, sql))
    }
}

/// Drops its database when it is dropped itself.
pub(crate) struct Dropped {
    databases: &'static Databases,
    name: String,
}

impl Drop for Dropped {
    fn drop(&mut self) {
        // FORCE, because pools close their connections in the background.
        let sql = format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name);
        // On a thread of its own: this one may be inside the runtime of a test. A failure is left to
        // the next sweep, since the test may be panicking already.
        let dropped = thread::scope(|scope| scope.spawn(|| self.databases.execute(sql)).join());
        drop(dropped);
    }
}

/// Drops the databases whose users are gone, except those of the keys `ours`.
async fn sweep(admin: &mut PgConnection, ours: [i64; 2]) -> Result<(), sqlx::Error> {
    let names = "SELECT datname::text FROM pg_database WHERE datname ~ $1";
    let pattern = "^rookery_(test|template)_[0-9a-f]{16}";
    let names = sqlx::query_scalar(names).bind(pattern);
    let names: Vec<String> = names.fetch_all(&mut *admin).await?;
    for name in names {
        let digits = name.split('_').nth(2).unwrap_or_default();
        let key = i64::from_str_radix(digits, 16).unwrap_or_default();
        let free = sqlx::query_scalar("SELECT pg_try_advisory_lock($1)").bind(key);
        if ours.contains(&key) || !free.fetch_one(&mut *admin).await? {
            continue;
        }
        // Its user, or another sweep, may have dropped it after it was listed.
        let there = "SELECT EXISTS (SELECT FROM pg_database WHERE datname = $1)";
        let there = sqlx::query_scalar(there).bind(&name);
        if there.fetch_one(&mut *admin).await? {
            let plain = format!("ALTER DATABASE {name} WITH IS_TEMPLATE false");
            execute(admin, plain).await?;
            execute(admin, format!("DROP DATABASE {name} WITH (FORCE)")).await?;
        }
        let unlock = sqlx::query("SELECT pg_advisory_unlock($1)").bind(key);
        unlock.execute(&mut *admin).await?;
    }
    Ok(())
}

/// Runs a statement whose names were made here.
pub(super) async fn execute(admin: &mut PgConnection, sql: String) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(AssertSqlSafe(sql))
        .execute(admin)
        .await
        .map(drop)
}

pub(super) fn url(options: &PgConnectOptions, database: &str) -> String {
    options.clone().database(database).to_url_lossy().into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::postgres::Server;

    fn names(databases: &Databases) -> Vec<String> {
        let mut admin = databases.admin.lock().unwrap();
        let (runtime, connection) = &mut *admin;
        let names = sqlx::query_scalar("SELECT datname::text FROM pg_database");
        runtime.block_on(names.fetch_all(connection)).unwrap()
    }

    #[tokio::test]
    async fn what_a_killed_process_left_is_dropped_and_what_is_in_use_stays() {
        let Some(server) = Server::get().await else {
            return;
        };
        let used = server.empty_database().await;
        // Nobody holds the lock of this key.
        let left = format!("rookery_test_{:016x}_0", rand::random::<u32>());
        let url = server.databases.options.to_url_lossy();
        let name = left.clone();
        let after = super::super::blocking(move || {
            let create = format!("CREATE DATABASE {name}");
            server.databases.execute(create).unwrap();
            names(&Databases::at(url.as_str()))
        })
        .await;
        assert!(!after.contains(&left));
        assert!(after.iter().any(|name| used.url.contains(name.as_str())));
        assert!(after.contains(&server.databases.template));
    }
}

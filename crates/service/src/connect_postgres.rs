//! Connections to `PostgreSQL`: always a clean, writable primary.

use crate::{
    Error, Options,
    keeper::{Keeper, Manners, RESTED},
};
use sqlx::{
    ConnectOptions as _, PgConnection, Postgres,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, sync::Arc, time::Duration};

/// Connections are renewed, so that a server's failover or a changed role setting reaches all of them.
const LIFETIME: Duration = Duration::from_mins(30);

/// Keeps connections to `url`, opened when they are needed. A writer waits for a primary.
///
/// Everything that a connection needs is set when it is opened, so that each one has it (`P15`), and nothing later,
/// so that a pooler may pass the session on.
pub(crate) fn keeper(
    url: &str,
    options: &Options,
    writer: bool,
) -> Result<Arc<Keeper<Postgres>>, Error> {
    let mut connect = PgConnectOptions::from_str(url)
        .map_err(Error::Url)?
        .application_name("rookery")
        // sqlx keeps 100 prepared statements by default and is three times slower once they rotate.
        .statement_cache_capacity(500)
        // The observer does that, and tells the wait from the work.
        .disable_statement_logging();
    if let Some(timeout) = options.statement_timeout {
        let millis = timeout.as_millis().to_string();
        connect = connect.options([
            ("statement_timeout", millis.as_str()),
            ("lock_timeout", millis.as_str()),
            ("idle_in_transaction_session_timeout", "60000"),
        ]);
    }
    let pool = PgPoolOptions::new()
        .max_connections(options.pool_max)
        .acquire_timeout(options.acquire_timeout)
        .max_lifetime(LIFETIME)
        .test_before_acquire(false)
        // A standby is refused; the pool then tries again until the acquire timeout, which is how it
        // waits for the primary during a failover.
        .after_connect(move |connection, _| {
            Box::pin(async move {
                let standby: bool = sqlx::query_scalar("SELECT pg_is_in_recovery()")
                    .fetch_one(connection)
                    .await?;
                if writer && standby {
                    return Err(sqlx::Error::Protocol("the server is a standby".to_owned()));
                }
                Ok(())
            })
        })
        // Takes the place of the usual ping.
        .before_acquire(move |connection, usage| {
            Box::pin(
                async move { Ok(usage.idle_for < RESTED || is_fit(connection, writer).await?) },
            )
        })
        .connect_lazy_with(connect);
    let manners = Manners {
        max: options.pool_max,
        patience: options.acquire_timeout,
        answer: Some(options.answer_timeout),
        writer,
    };
    Ok(Keeper::over(pool, manners))
}

/// Whether a connection is good: alive, outside a transaction that a cancelled BEGIN left open, and its server not
/// demoted meanwhile. One round trip.
pub(crate) async fn is_fit(
    connection: &mut PgConnection,
    writer: bool,
) -> Result<bool, sqlx::Error> {
    let (clean, standby): (bool, bool) =
        sqlx::query_as("SELECT now() = statement_timestamp(), pg_is_in_recovery()")
            .fetch_one(connection)
            .await?;
    Ok(clean && !(writer && standby))
}

/// COPY of rows in its text format; how many they were. Two round trips.
pub(crate) async fn copy_in(
    connection: &mut PgConnection,
    sql: &str,
    rows: Vec<u8>,
) -> Result<u64, sqlx::Error> {
    // Dropped in the middle it leaves the connection in COPY: the next answer is an error, and it is closed.
    let mut copy = connection.copy_in_raw(sql).await?;
    copy.send(rows).await?;
    copy.finish().await
}

//! Connections to `PostgreSQL`: always a clean, writable primary.

use crate::{Error, Options};
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};
use std::{str::FromStr, time::Duration};

/// A connection that was used this recently is handed out without asking the server first, so that
/// a warm single-row call is one round trip.
const RESTED: Duration = Duration::from_millis(500);
/// Connections are renewed, so that a server's failover or a changed role setting reaches all of them.
const LIFETIME: Duration = Duration::from_mins(30);

/// A pool on `url` that opens its connections when they are needed. A writer waits for a primary.
pub(crate) fn pool(url: &str, options: &Options, writer: bool) -> Result<PgPool, Error> {
    let mut connect = PgConnectOptions::from_str(url)
        .map_err(Error::Url)?
        .application_name("rookery")
        // sqlx keeps 100 prepared statements by default and is three times slower once they rotate.
        .statement_cache_capacity(500);
    if let Some(timeout) = options.statement_timeout {
        let millis = timeout.as_millis().to_string();
        connect = connect.options([
            ("statement_timeout", millis.as_str()),
            ("lock_timeout", millis.as_str()),
            ("idle_in_transaction_session_timeout", "60000"),
        ]);
    }
    Ok(PgPoolOptions::new()
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
        // Takes the place of the usual ping and also discards a connection that a cancelled BEGIN
        // left inside a transaction, or whose server was demoted.
        .before_acquire(move |connection, usage| {
            Box::pin(async move {
                if usage.idle_for < RESTED {
                    return Ok(true);
                }
                let (clean, standby): (bool, bool) =
                    sqlx::query_as("SELECT now() = statement_timestamp(), pg_is_in_recovery()")
                        .fetch_one(connection)
                        .await?;
                Ok(clean && !(writer && standby))
            })
        })
        .connect_lazy_with(connect))
}

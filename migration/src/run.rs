//! What can be done with the schema of a database.

use sea_orm_migration::prelude::*;

use crate::session::Session;
use crate::target::Target;
use crate::{Error, Migrator, Status};

/// What was applied.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Applied {
    /// The names of the migrations, oldest first; empty when the schema was current.
    pub names: Vec<String>,
}

/// What was reverted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reverted {
    /// The names of the migrations, newest first.
    pub names: Vec<String>,
}

/// The names of the migrations of this binary, oldest first.
pub fn names() -> Vec<String> {
    let migrations = Migrator::migrations();
    migrations.iter().map(|one| one.name().to_owned()).collect()
}

/// The name of the PostgreSQL database, or of the SQLite file, which `url` names.
///
/// # Errors
/// [`Error::Scheme`], [`Error::Url`], [`Error::InMemory`].
pub fn database_name(url: &str) -> Result<String, Error> {
    Ok(Target::parse(url)?.name())
}

/// What the database has of the migrations. Creates nothing: a SQLite file that does not exist has
/// none of them.
///
/// # Errors
/// [`Error::Connect`] and those of [`database_name`].
pub async fn status(url: &str) -> Result<Status, Error> {
    of(Target::parse(url)?).await
}

/// Applies every migration that is pending. Waits while another process migrates the same database;
/// a missing SQLite file is created together with its folder.
///
/// # Errors
/// [`Error::Newer`], then nothing was changed; [`Error::Migration`], then the migrations before the
/// named one are applied; [`Error::Folder`], [`Error::Lock`] and those of [`status`].
pub async fn up(url: &str) -> Result<Applied, Error> {
    let target = Target::parse(url)?;
    // The usual case at every start, without a lock.
    if of(target.clone())
        .await?
        .require_known()?
        .pending
        .is_empty()
    {
        return Ok(Applied::default());
    }
    let mut session = Session::open(target.create()?).await?;
    let names = session.up().await;
    session.close().await?;
    Ok(Applied { names: names? })
}

/// Reverts the `steps` newest migrations, and with them the data that only they could hold.
///
/// # Errors
/// As [`up`].
pub async fn down(url: &str, steps: u32) -> Result<Reverted, Error> {
    let target = Target::parse(url)?;
    if target.is_absent() {
        return Ok(Reverted::default());
    }
    let mut session = Session::open(target).await?;
    let names = session.down(steps).await;
    session.close().await?;
    Ok(Reverted { names: names? })
}

/// Reverts every migration.
///
/// # Errors
/// As [`up`].
pub async fn reset(url: &str) -> Result<Reverted, Error> {
    down(url, u32::MAX).await
}

/// Reverts every migration and applies them again. Other migrators wait until both are done.
///
/// # Errors
/// As [`up`].
pub async fn refresh(url: &str) -> Result<Applied, Error> {
    let mut session = Session::open(Target::parse(url)?.create()?).await?;
    let names = match session.down(u32::MAX).await {
        Ok(_) => session.up().await,
        Err(error) => Err(error),
    };
    session.close().await?;
    Ok(Applied { names: names? })
}

/// Drops every table, whoever made it, and applies every migration. Works on a newer schema too.
///
/// # Errors
/// [`Error::Clear`], and as [`up`].
pub async fn fresh(url: &str) -> Result<Applied, Error> {
    let mut session = Session::open(Target::parse(url)?.create()?).await?;
    let names = match session.clear().await {
        Ok(()) => session.up().await,
        Err(error) => Err(error),
    };
    session.close().await?;
    Ok(Applied { names: names? })
}

async fn of(target: Target) -> Result<Status, Error> {
    if target.is_absent() {
        return Ok(Status::of(Vec::new()));
    }
    let session = Session::open(target).await?;
    let status = session.status().await;
    session.close().await?;
    status
}

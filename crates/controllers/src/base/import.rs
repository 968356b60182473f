//! Rows by the million, as a stream.

use super::{batch, many};
use crate::{Controller, Draft, Executor, Progress, Result, Tx, dialect};
use futures_util::{Stream, StreamExt as _};
use sea_orm::ConnectionTrait;
use std::pin::pin;

/// Drafts that are in memory at a time.
const CHUNK: usize = 10_000;

/// Stores all drafts or none; see [`crate::Bulk::import`].
pub(super) async fn import<T: Controller + ?Sized>(
    controller: &T,
    drafts: impl Stream<Item = Draft<T::Entity>> + Send,
) -> Result<u64> {
    let tx = controller.conn().begin_nested().await?;
    let stored = store(controller, &tx, drafts).await;
    tx.finish(stored).await
}

async fn store<T: Controller + ?Sized>(
    controller: &T,
    tx: &Tx,
    drafts: impl Stream<Item = Draft<T::Entity>> + Send,
) -> Result<u64> {
    let mut chunks = pin!(drafts.chunks(CHUNK));
    let mut done = 0;
    while let Some(chunk) = chunks.next().await {
        let count = chunk.len() as u64;
        let drafts = chunk.into_iter().map(|draft| controller.stamp_new(draft));
        let drafts = drafts.collect::<Result<Vec<_>>>()?;
        if dialect::has_copy::<T::Entity>(tx.get_database_backend()) {
            copied::<T>(tx, drafts).await?;
        } else {
            inserted::<T>(tx, drafts).await?;
        }
        done += count;
        controller.progressed(Progress { done, total: None });
    }
    Ok(done)
}

async fn copied<T: Controller + ?Sized>(tx: &Tx, drafts: Vec<Draft<T::Entity>>) -> Result<()> {
    for (columns, rows) in batch::tables::<T::Entity>(drafts, many::is_set::<T::Entity>) {
        tx.copy_in(
            dialect::copy::<T::Entity>(&columns),
            dialect::copy_text(&rows)?,
        )
        .await?;
    }
    Ok(())
}

async fn inserted<T: Controller + ?Sized>(tx: &Tx, drafts: Vec<Draft<T::Entity>>) -> Result<()> {
    let backend = tx.get_database_backend();
    for batch in batch::cut::<T::Entity>(drafts, many::is_set::<T::Entity>, backend) {
        let (columns, table) = batch.into_table(backend);
        let insert = many::insert::<T::Entity>(&columns, table, None, backend);
        tx.execute_raw(backend.build(&insert)).await?;
    }
    Ok(())
}

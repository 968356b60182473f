//! Ten minutes with the data layer, on an embedded database that is gone afterwards:
//!
//! ```console
//! $ cargo run -p controllers --example tour
//! ```
//!
//! The table is that of stored reasons; everything here works for any table of the schema.

#![expect(clippy::print_stdout, reason = "it shows what happens")]

use controllers::{
    Bulk as _, Clock, Conflict, Controller as _, Crud as _, CursorKey, Error, Everything, Executor,
    Keyset, Paginate as _, Performance as _, Query as _, Repo, Result, Transact as _, Upsert as _,
    Upserted,
};
use entity::reason_preset::{ActiveModel, Column, Entity};
use futures_util::{TryStreamExt as _, stream};
use sea_orm::{
    ActiveValue::Set, ColumnTrait as _, DerivePartialModel, IntoActiveModel as _, QueryFilter as _,
};
use serde::Serialize;
use service::{Database, Options};

const GUILD: i64 = 81_384_788_765_712_384;
const MODERATOR: i64 = 80_351_110_224_678_912;

type Reasons<'c, C> = Repo<'c, Entity, C>;

#[tokio::main]
async fn main() -> std::result::Result<(), Box<dyn std::error::Error>> {
    let file = test_support::sqlite::empty();
    let database = Database::connect(&Options::new(&file.url), Clock::system()).await?;
    let guild = database.db().guild(GUILD);
    guild.guild().ensure("Rookery", MODERATOR).await?;
    let reasons = guild.repo();

    crud(&reasons).await?;
    upsert(&reasons).await?;
    bulk(&reasons).await?;
    query(&reasons).await?;
    paginate(&reasons).await?;
    transact(&reasons).await?;
    performance(&reasons).await?;
    println!("\nWhat it all took:");
    for operation in database.operations().iter().take(5) {
        println!(
            "  {:<7} {:<14} {:>4} times, half of them within {:?}",
            operation.verb.name(),
            operation.table,
            operation.calls,
            operation.running.p50,
        );
    }
    database.close().await;
    Ok(())
}

/// Neither guild nor times nor version: the handle fills them.
fn reason(name: impl Into<String>, text: &str) -> ActiveModel {
    ActiveModel {
        name: Set(name.into()),
        text: Set(text.to_owned()),
        author_id: Set(MODERATOR),
        ..Default::default()
    }
}

async fn crud<C: Executor>(reasons: &Reasons<'_, C>) -> Result<()> {
    println!("Crud: one row by its key, one round trip each");
    let row = reasons.create(reason("spam", "Advertising")).await?;
    println!("  created at {}, version {}", row.created_at, row.version);

    let mut draft = row.clone().into_active_model();
    draft.text = Set("Advertising is not allowed".to_owned());
    let changed = reasons.update(draft.clone()).await?;
    println!("  updated: version {}, {:?}", changed.version, changed.text);
    let stale = reasons.update(draft).await;
    println!("  the same draft again: {}", told(stale));
    let long = reasons.create(reason("long", &"a".repeat(1_001))).await;
    println!("  a text that is too long: {}", told(long));
    let gone = reasons.delete((GUILD, "spam".to_owned())).await?;
    println!("  deleted: {gone}");
    Ok(())
}

async fn upsert<C: Executor>(reasons: &Reasons<'_, C>) -> Result<()> {
    println!("\nUpsert: one statement, and what it did");
    for text in ["Raid", "Raid", "Joining to disturb"] {
        let on = Conflict::on_key().updating([Column::Text]);
        let did = match reasons.upsert(reason("raid", text), on).await? {
            Upserted::Created(_) => "created",
            Upserted::Updated(_) => "updated",
            Upserted::Unchanged(_) => "unchanged, nothing was written",
        };
        println!("  raid = {text:?}: {did}");
    }
    Ok(())
}

async fn bulk<C: Executor>(reasons: &Reasons<'_, C>) -> Result<()> {
    println!("\nBulk: all or nothing");
    let many = (0..2_500).map(|n| reason(format!("rule-{n:04}"), "A rule of the server"));
    let rows = reasons.insert_many(many).await?;
    println!("  inserted {} rows, in the order of the drafts", rows.len());

    let twice = [reason("new", "New"), reason("raid", "There already")];
    println!(
        "  one of two is taken: {}",
        told(reasons.insert_many(twice).await)
    );
    let there = reasons.exists(Column::Name.eq("new")).await?;
    println!("  is the other one there? {there}");

    let progress = reasons.reporting(|progress: controllers::Progress| {
        println!("  … {} rows are on their way", progress.done);
    });
    let more = (0..20_000).map(|n| reason(format!("import-{n}"), "Imported"));
    let imported = progress.import(stream::iter(more)).await?;
    println!("  imported {imported} from a stream");

    let unfiltered = reasons.delete_where(sea_orm::Condition::all()).await;
    println!(
        "  deleting by a filter that says nothing: {}",
        told(unfiltered)
    );
    let met = reasons
        .delete_where(Column::Name.starts_with("import-"))
        .await?;
    println!("  deleted by a filter: {met}");
    Ok(())
}

/// What leaves the process: a projection that names its columns.
#[derive(Debug, DerivePartialModel, Serialize)]
#[sea_orm(entity = "Entity")]
struct Shown {
    name: String,
    text: String,
}

async fn query<C: Executor>(reasons: &Reasons<'_, C>) -> Result<()> {
    println!("\nQuery: bounded, and confined to the guild");
    println!("  count: {}", reasons.count(Everything).await?);
    println!("  all at once: {}", told(reasons.list(Everything).await));
    let shown: Vec<Shown> = reasons.list_as(Column::Name.eq("raid")).await?;
    let json = serde_json::to_string(&shown).unwrap_or_default();
    println!("  a projection: {json}");
    Ok(())
}

async fn paginate<C: Executor>(reasons: &Reasons<'_, C>) -> Result<()> {
    println!("\nPaginate: the same cost at any depth");
    let by = || Keyset::descending(Column::Name);
    let first = reasons.window(Everything, by(), None, 3).await?;
    let names = |rows: &[entity::reason_preset::Model]| {
        let names: Vec<&str> = rows.iter().map(|row| row.name.as_str()).collect();
        names.join(", ")
    };
    println!("  first window: {}", names(&first.items));
    let second = reasons.window(Everything, by(), first.next, 3).await?;
    println!("  the next one: {}", names(&second.items));

    let key = CursorKey::new(b"sixteen bytes or more")?;
    let page = reasons.page(Everything, Keyset::key(), 2, 100).await?;
    println!("  page {} of {}", page.number, page.pages());
    let forged = key.open("AAAA", "reasons");
    println!("  a cursor that nobody signed: {}", told(forged));

    let mut batches = std::pin::pin!(reasons.batches(Everything, 1_000));
    while let Some(batch) = batches.try_next().await? {
        println!("  a batch of {}", batch.len());
    }
    Ok(())
}

async fn transact<C: Executor>(reasons: &Reasons<'_, C>) -> Result<()> {
    println!("\nTransact: several calls that succeed or fail together");
    let failed = reasons.transaction(|db| {
        Box::pin(async move {
            let reasons: Reasons<'_, _> = db.guild(GUILD).repo();
            reasons.create(reason("half", "Written first")).await?;
            reasons.create(reason("raid", "Taken")).await
        })
    });
    println!("  the second call fails: {}", told(failed.await));
    let there = reasons.exists(Column::Name.eq("half")).await?;
    println!("  is the first one there? {there}");
    Ok(())
}

async fn performance<C: Executor>(reasons: &Reasons<'_, C>) -> Result<()> {
    println!("\nPerformance: what the database makes of it");
    let query = reasons.select().filter(Column::Name.eq("raid"));
    let plan = reasons.explain(query).await?;
    println!("  {}", plan.text.trim());
    let stats = reasons.table_stats().await?;
    let bytes = stats.table_bytes.unwrap_or_default();
    println!("  {} rows in {bytes} bytes", stats.rows);
    Ok(())
}

fn told<T>(result: std::result::Result<T, Error>) -> String {
    match result {
        Ok(_) => "done".to_owned(),
        Err(error) => format!("refused: {error}"),
    }
}

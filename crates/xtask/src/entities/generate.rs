//! From a migrated database to formatted source text.

use std::io::Write as _;
use std::process::{Command, Stdio};

use anyhow::{Context as _, ensure};
use sea_orm_codegen::{
    BannerVersion, BigIntegerType, DateTimeCrate, EntityFormat, EntityTransformer,
    EntityWriterContext, WithPrelude, WithSerde,
};
use sea_schema::postgres::discovery::SchemaDiscovery;
use sqlx::PgPool;
use test_support::postgres::Server;

use super::{Files, correct, retype};

/// The generated files as they belong into the tree.
pub(crate) async fn files() -> anyhow::Result<Files> {
    let server = Server::get().await;
    let database = server.context("the entities are generated from PostgreSQL")?;
    let database = database.fresh_database().await;
    let pool = PgPool::connect(&database.url)
        .await
        .context("cannot connect to the migrated database")?;
    // The generator would read a unique index on an expression as a unique first column.
    let expression_indexes: Vec<String> = sqlx::query_scalar(
        "SELECT i.relname::text FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid \
         WHERE x.indexprs IS NOT NULL",
    )
    .fetch_all(&pool)
    .await?;
    let schema = SchemaDiscovery::new(pool, "public").discover().await?;
    let tables = schema
        .tables
        .into_iter()
        .filter(|table| !table.info.name.starts_with("seaql_"))
        .map(|mut table| {
            table.columns.retain(|column| column.generated.is_none());
            table
                .unique_constraints
                .retain(|key| !key.is_partial && !expression_indexes.contains(&key.name));
            correct::correct(&table.write())
        })
        .collect();
    EntityTransformer::transform(tables)?
        .generate(&context())
        .files
        .into_iter()
        .map(|file| {
            ensure!(
                !file.content.contains("via ="),
                "{} was taken for a junction table; see `correct`",
                file.name
            );
            let text = retype::retype(&file.name, &file.content)?;
            Ok((file.name, formatted(&text)?))
        })
        .collect()
}

fn context() -> EntityWriterContext {
    EntityWriterContext::new(
        EntityFormat::Dense,
        WithPrelude::None,
        WithSerde::None, // models are no wire format
        true,            // enums are Copy
        DateTimeCrate::Chrono,
        BigIntegerType::I64,
        None,
        false, // mod.rs rather than lib.rs
        false,
        false,
        vec![],
        vec![],
        vec![],
        vec![],
        vec![],
        false,
        false, // the hooks are written by hand, beside the generated file
        BannerVersion::Patch,
    )
}

/// The text as `cargo fmt` would leave it.
fn formatted(text: &str) -> anyhow::Result<String> {
    let mut rustfmt = Command::new("rustfmt")
        .args(["--edition", "2024", "--config-path"])
        .arg(concat!(env!("CARGO_MANIFEST_DIR"), "/../../rustfmt.toml"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .context("cannot run rustfmt; install it with `rustup component add rustfmt`")?;
    rustfmt
        .stdin
        .take()
        .context("rustfmt has no input")?
        .write_all(text.as_bytes())?;
    let output = rustfmt.wait_with_output()?;
    ensure!(output.status.success(), "rustfmt refused a generated file");
    Ok(String::from_utf8(output.stdout)?)
}

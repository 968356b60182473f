#![doc = include_str!("../README.md")]

mod base;
mod classify;
mod clock;
mod controller;
mod cursor;
mod cursor_key;
mod db;
mod dialect;
mod error;
mod error_class;
mod executor;
mod filter;
mod key;
mod keyset;
mod model;
mod operation;
mod progress;
mod raw;
mod schema;
mod session;
mod text;
mod tx;

pub use base::{
    Bulk, Conflict, Crud, IndexStats, Page, Paginate, Performance, Plan, PlanNode, Query, Scan,
    ScanKind, Slice, TableStats, Transact, Upsert, Upserted, Window,
};
pub use clock::Clock;
pub use controller::{Controller, Repo, Scope};
pub use cursor::{Cursor, Side};
pub use cursor_key::CursorKey;
pub use db::{Db, GuildDb};
pub use dialect::PRESENCE;
pub use error::{ConstraintKind, Error, Result};
pub use error_class::ErrorClass;
pub use executor::{Executor, in_transaction, refuse_in_transaction};
pub use filter::{Everything, Filter, Given};
pub use key::{Draft, Id, Row};
pub use keyset::Keyset;
pub use model::*;
pub use operation::operation_name;
pub use progress::{Progress, Reporting};
pub use raw::Raw;
pub use schema::{Column, ColumnKind, Table, tables};
pub use sea_orm::{Condition, DbErr};
pub use session::Session;
pub use tx::{Tx, to_its_end};

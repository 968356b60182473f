//! The capabilities, generic over any [`entity::Managed`] entity.

mod batch;
mod bulk;
mod conflict;
mod crud;
mod import;
mod in_order;
mod lookup;
mod many;
mod one;
mod paginate;
mod performance;
mod query;
mod relation;
mod transact;
mod upsert;

pub use bulk::Bulk;
pub use conflict::Conflict;
pub use crud::Crud;
pub use paginate::{Page, Paginate, Slice, Window};
pub use performance::{IndexStats, Performance, Plan, PlanNode, Scan, ScanKind, TableStats};
pub use query::Query;
pub use transact::Transact;
pub use upsert::{Upsert, Upserted};

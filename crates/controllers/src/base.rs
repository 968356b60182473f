//! The capabilities, generic over any [`entity::Managed`] entity.

mod batch;
mod bulk;
mod crud;
mod in_order;
mod many;
mod paginate;
mod performance;
mod query;
mod transact;
mod upsert;

pub use bulk::Bulk;
pub use crud::Crud;
pub use paginate::{Paginate, Window};
pub use performance::{IndexStats, Performance, Plan, PlanNode, Scan, ScanKind, TableStats};
pub use query::Query;
pub use transact::Transact;
pub use upsert::{Conflict, Upsert, Upserted};

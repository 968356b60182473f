//! What kind of transaction.

/// How far a transaction is kept apart from others that run at the same time.
///
/// `SQLite` always gives the strictest: one transaction writes at a time, and readers see one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Isolation {
    /// Each statement sees what was committed before it.
    #[default]
    ReadCommitted,
    /// All statements see one moment. A write to a row that changed since fails with
    /// [`Retryable`](controllers::Error::Retryable).
    RepeatableRead,
    /// As if transactions ran one after the other; else [`Retryable`](controllers::Error::Retryable).
    Serializable,
}

/// What a transaction may do and see. The default writes, and reads what is committed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct TransactionKind {
    /// How far it is kept apart from others.
    pub isolation: Isolation,
    /// Whether the database refuses every write in it. On `SQLite` it does not wait for the writer either.
    pub read_only: bool,
}

impl TransactionKind {
    /// Reads of one moment, for reports and exports that must agree with themselves.
    pub const SNAPSHOT: Self = Self {
        isolation: Isolation::RepeatableRead,
        read_only: true,
    };

    /// Writes as if nobody else did.
    pub const SERIALIZABLE: Self = Self {
        isolation: Isolation::Serializable,
        read_only: false,
    };

    /// BEGIN, in one message.
    pub(crate) fn postgres(self) -> String {
        let isolation = match self.isolation {
            Isolation::ReadCommitted => "READ COMMITTED",
            Isolation::RepeatableRead => "REPEATABLE READ",
            Isolation::Serializable => "SERIALIZABLE",
        };
        // Not READ WRITE: a standby refuses that with another code than it has for a write.
        let access = if self.read_only { ", READ ONLY" } else { "" };
        format!("BEGIN ISOLATION LEVEL {isolation}{access}")
    }

    /// A writer takes the write lock at once, so that no transaction fails later when it first writes (code 517,
    /// which waiting cannot help, `P14`).
    pub(crate) fn sqlite(self) -> String {
        let mode = if self.read_only {
            "DEFERRED"
        } else {
            "IMMEDIATE"
        };
        format!("BEGIN {mode}")
    }
}

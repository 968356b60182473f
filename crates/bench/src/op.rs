//! What is measured.

/// One operation of the data layer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Op {
    Find,
    Create,
    Update,
    UpsertExisting,
    UpsertNew,
    List50,
    WindowShallow,
    WindowDeep,
    PageFirst,
    PageDeep,
    Count,
    Exists,
    OpenCase,
    InsertMany,
    UpdateMany,
    DeleteMany,
    Import,
    Health,
}

impl Op {
    pub(crate) const ALL: [Self; 18] = [
        Self::Find,
        Self::Create,
        Self::Update,
        Self::UpsertExisting,
        Self::UpsertNew,
        Self::List50,
        Self::WindowShallow,
        Self::WindowDeep,
        Self::PageFirst,
        Self::PageDeep,
        Self::Count,
        Self::Exists,
        Self::OpenCase,
        Self::InsertMany,
        Self::UpdateMany,
        Self::DeleteMany,
        Self::Import,
        Self::Health,
    ];

    /// What the report and `--only` call it.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Find => "find",
            Self::Create => "create",
            Self::Update => "update",
            Self::UpsertExisting => "upsert existing",
            Self::UpsertNew => "upsert new",
            Self::List50 => "list 50",
            Self::WindowShallow => "window at 10",
            Self::WindowDeep => "window at 400,000",
            Self::PageFirst => "page first",
            Self::PageDeep => "page deep",
            Self::Count => "count",
            Self::Exists => "exists",
            Self::OpenCase => "open case",
            Self::InsertMany => "insert_many 10,000",
            Self::UpdateMany => "update_many 10,000",
            Self::DeleteMany => "delete_where 10,000",
            Self::Import => "import",
            Self::Health => "health",
        }
    }

    /// How many callers at once it is measured with.
    pub(crate) fn concurrencies(self) -> &'static [usize] {
        match self {
            Self::OpenCase => &[1, 32],
            op if op.is_bulk() => &[1],
            _ => &[1, 16],
        }
    }

    /// Whether one call writes thousands of rows. What it needs is laid out before each call, outside
    /// the measurement.
    pub(crate) fn is_bulk(self) -> bool {
        matches!(
            self,
            Self::InsertMany | Self::UpdateMany | Self::DeleteMany | Self::Import
        )
    }
}

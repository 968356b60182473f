//! The recurring parts of a table, so that a migration reads like the table in the specification.
//!
//! Everything that has to be the same in every table lives here and nowhere else: the SQL type of a
//! kind of column, the CHECK that belongs to it, and the names of constraints and indexes:
//! `<table>_<column>_check`, `<table>_pkey`, `<table>_<columns>_fkey`, `<table>_<what>_key` for
//! unique indexes and `<table>_<what>_idx` for the others.
//!
//! A change here changes migrations that were already applied somewhere. Add a new kind instead.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

/// The parts of one table on one of the two databases.
#[derive(Clone, Copy)]
pub(crate) struct Parts {
    table: &'static str,
    backend: DbBackend,
}

#[expect(
    clippy::unused_self,
    reason = "every kind of column is asked for in the same way"
)]
impl Parts {
    pub(crate) fn of(table: &'static str, manager: &SchemaManager<'_>) -> Self {
        Self {
            table,
            backend: manager.get_database_backend(),
        }
    }

    /// The table itself, still empty.
    pub(crate) fn create(self) -> TableCreateStatement {
        Table::create().table(self.table).take()
    }

    // Columns: NOT NULL unless `.null()` is added.

    /// An id that Discord gave out: positive.
    pub(crate) fn snowflake(self, name: &'static str) -> ColumnDef {
        self.integer(name)
            .check(self.check(name, Expr::col(name).gt(0)))
            .take()
    }

    /// An id that Discord gave out, or 0 once the person was anonymised.
    pub(crate) fn person(self, name: &'static str) -> ColumnDef {
        self.integer_from(name, 0)
    }

    /// A whole number. Always `bigint`: other widths differ between the databases.
    pub(crate) fn integer(self, name: &'static str) -> ColumnDef {
        ColumnDef::new(name).big_integer().not_null().take()
    }

    /// A whole number that is not below `least`.
    pub(crate) fn integer_from(self, name: &'static str, least: i64) -> ColumnDef {
        self.integer(name)
            .check(self.check(name, Expr::col(name).gte(least)))
            .take()
    }

    /// A whole number between `least` and `most`, both included.
    pub(crate) fn integer_between(self, name: &'static str, least: i64, most: i64) -> ColumnDef {
        let range = Expr::col(name).between(least, most);
        self.integer(name).check(self.check(name, range)).take()
    }

    /// Text of at most `most` characters.
    pub(crate) fn text_up_to(self, name: &'static str, most: i64) -> ColumnDef {
        let length = Expr::expr(Func::char_length(Expr::col(name))).lte(most);
        ColumnDef::new(name)
            .text()
            .not_null()
            .check(self.check(name, length))
            .take()
    }

    /// One of the listed words. Text with a CHECK, because native enums exist on one database only.
    pub(crate) fn enumeration(self, name: &'static str, words: &[&'static str]) -> ColumnDef {
        let listed = Expr::col(name).is_in(words.iter().copied());
        ColumnDef::new(name)
            .text()
            .not_null()
            .check(self.check(name, listed))
            .take()
    }

    /// An instant, microseconds on PostgreSQL, RFC 3339 text on SQLite.
    pub(crate) fn timestamp(self, name: &'static str) -> ColumnDef {
        ColumnDef::new(name)
            .timestamp_with_time_zone()
            .not_null()
            .take()
    }

    /// An instant that is the time of writing when nobody says otherwise. The application always
    /// does; the default is for people with a database shell.
    pub(crate) fn timestamp_of_writing(self, name: &'static str) -> ColumnDef {
        let now = match self.backend {
            // CURRENT_TIMESTAMP would be text that sorts before every time bound on the same day.
            DbBackend::Sqlite => Expr::cust("strftime('%Y-%m-%dT%H:%M:%f+00:00', 'now')"),
            _ => Expr::cust("now()"),
        };
        self.timestamp(name).default(now).take()
    }

    /// JSON that is read and written as a whole.
    pub(crate) fn json(self, name: &'static str) -> ColumnDef {
        ColumnDef::new(name).json_binary().not_null().take()
    }

    /// A SHA-256 digest: 32 bytes.
    pub(crate) fn digest(self, name: &'static str) -> ColumnDef {
        let length = Expr::expr(Func::cust("length").arg(Expr::col(name))).eq(32);
        ColumnDef::new(name)
            .blob()
            .not_null()
            .check(self.check(name, length))
            .take()
    }

    /// An id made by the application (UUIDv7).
    pub(crate) fn uuid(self, name: &'static str) -> ColumnDef {
        ColumnDef::new(name).uuid().not_null().take()
    }

    /// A switch and its default.
    pub(crate) fn switch(self, name: &'static str, default: bool) -> ColumnDef {
        ColumnDef::new(name)
            .boolean()
            .not_null()
            .default(default)
            .take()
    }

    /// `created_at`, of every table whose rows change.
    pub(crate) fn created_at(self) -> ColumnDef {
        self.timestamp_of_writing("created_at")
    }

    /// `updated_at`, of every table whose rows change.
    pub(crate) fn updated_at(self) -> ColumnDef {
        self.timestamp_of_writing("updated_at")
    }

    /// `version`, of every table that is upserted or edited: 1 on insert, one more on each change.
    pub(crate) fn version(self) -> ColumnDef {
        self.integer_from("version", 1).default(1).take()
    }

    // Constraints and indexes.

    /// A CHECK named after the column or the rule that it guards.
    pub(crate) fn check(self, what: &'static str, rule: impl Into<Expr>) -> Check {
        Check::named(format!("{}_{what}_check", self.table), rule)
    }

    /// The primary key.
    pub(crate) fn key(self, columns: &[&'static str]) -> IndexCreateStatement {
        let mut key = Index::create();
        key.name(format!("{}_pkey", self.table)).primary();
        for column in columns {
            key.col(*column);
        }
        key
    }

    /// A reference that forbids deleting what it points to.
    pub(crate) fn reference<const N: usize>(
        self,
        columns: [&'static str; N],
        table: &'static str,
        target: [&'static str; N],
    ) -> ForeignKeyCreateStatement {
        let mut key = ForeignKey::create();
        key.name(format!("{}_{}_fkey", self.table, columns.join("_")));
        key.from_tbl(self.table).to_tbl(table);
        for (column, target) in columns.into_iter().zip(target) {
            key.from_col(column).to_col(target);
        }
        key.on_delete(ForeignKeyAction::Restrict).take()
    }

    /// The reference of a guild-owned table. Rows go before their guild, in the purge job only.
    pub(crate) fn of_guild(self) -> ForeignKeyCreateStatement {
        self.reference(["guild_id"], "guild", ["id"])
    }

    /// An index for reading.
    pub(crate) fn index(self, what: &str) -> IndexCreateStatement {
        Index::create()
            .name(format!("{}_{what}_idx", self.table))
            .table(self.table)
            .take()
    }

    /// An index that keeps rows apart.
    pub(crate) fn unique(self, what: &str) -> IndexCreateStatement {
        Index::create()
            .name(format!("{}_{what}_key", self.table))
            .table(self.table)
            .unique()
            .take()
    }
}

/// Undoes the creation of a table, its indexes included.
pub(crate) async fn drop(table: &'static str, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
    manager.drop_table(Table::drop().table(table).take()).await
}

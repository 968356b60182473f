//! What a statement is about, from its text: the verb and the table, never a value.

/// What a call does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Verb {
    /// SELECT.
    Select,
    /// INSERT that fails on a conflict.
    Insert,
    /// INSERT .. ON CONFLICT.
    Upsert,
    /// UPDATE.
    Update,
    /// DELETE.
    Delete,
    /// SQL that a caller wrote and named ([`controllers::Raw`]).
    Named,
    /// Any other prepared statement.
    Other,
    /// COPY of rows into a table.
    Copy,
    /// SQL without values: settings, schema.
    Script,
    /// BEGIN.
    Begin,
    /// COMMIT.
    Commit,
    /// ROLLBACK, of a savepoint too.
    Rollback,
    /// SAVEPOINT.
    Savepoint,
    /// RELEASE of a savepoint.
    Release,
}

impl Verb {
    pub(super) const ALL: [Self; 14] = [
        Self::Select,
        Self::Insert,
        Self::Upsert,
        Self::Update,
        Self::Delete,
        Self::Named,
        Self::Other,
        Self::Copy,
        Self::Script,
        Self::Begin,
        Self::Commit,
        Self::Rollback,
        Self::Savepoint,
        Self::Release,
    ];
    pub(super) const COUNT: usize = Self::ALL.len();

    /// The name, as a label of a metric has it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Select => "select",
            Self::Insert => "insert",
            Self::Upsert => "upsert",
            Self::Update => "update",
            Self::Delete => "delete",
            Self::Named => "named",
            Self::Other => "other",
            Self::Copy => "copy",
            Self::Script => "script",
            Self::Begin => "begin",
            Self::Commit => "commit",
            Self::Rollback => "rollback",
            Self::Savepoint => "savepoint",
            Self::Release => "release",
        }
    }
}

/// The verb of a statement and its first table; an empty text when it names none.
pub(super) fn of(sql: &str) -> (Verb, &str) {
    let (word, rest) = sql.split_once(' ').unwrap_or((sql, ""));
    match word {
        "SELECT" => (Verb::Select, after(rest, "FROM ")),
        "UPDATE" => (Verb::Update, identifier(rest)),
        "DELETE" => (Verb::Delete, after(rest, "FROM ")),
        "INSERT" => {
            let verb = if rest.contains(" ON CONFLICT ") {
                Verb::Upsert
            } else {
                Verb::Insert
            };
            (verb, after(rest, "INTO "))
        }
        _ => (Verb::Other, after(rest, "FROM ")),
    }
}

fn after<'s>(sql: &'s str, keyword: &str) -> &'s str {
    let found = sql.split_once(keyword);
    found.map_or("", |(_, rest)| identifier(rest))
}

/// The last part of the name at the start of a text: `t` of `"s"."t" WHERE`.
fn identifier(sql: &str) -> &str {
    let end = |c: char| !(c.is_alphanumeric() || matches!(c, '_' | '"' | '.'));
    let path = &sql[..sql.find(end).unwrap_or(sql.len())];
    let name = path.rsplit('.').next().unwrap_or(path);
    name.trim_matches('"')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn verb_and_table_are_read_from_the_text() {
        for (sql, expected) in [
            (
                r#"SELECT "mod_case"."id" FROM "mod_case" WHERE "mod_case"."id" = $1"#,
                (Verb::Select, "mod_case"),
            ),
            (
                r#"SELECT count(*) AS "n" FROM "guild""#,
                (Verb::Select, "guild"),
            ),
            (
                r#"INSERT INTO "guild" ("id") VALUES ($1) RETURNING "id""#,
                (Verb::Insert, "guild"),
            ),
            (
                r#"INSERT INTO "counter" ("n") VALUES (?) ON CONFLICT ("n") DO NOTHING"#,
                (Verb::Upsert, "counter"),
            ),
            (r#"UPDATE "guild" SET "name" = $1"#, (Verb::Update, "guild")),
            (
                r#"DELETE FROM "public"."guild" WHERE 1"#,
                (Verb::Delete, "guild"),
            ),
            ("SELECT 1", (Verb::Select, "")),
            ("SELECT FROM ", (Verb::Select, "")),
            ("", (Verb::Other, "")),
            ("UPDATE", (Verb::Update, "")),
            ("PRAGMA query_only", (Verb::Other, "")),
        ] {
            assert_eq!(of(sql), expected, "{sql}");
        }
    }

    #[test]
    fn verbs_are_numbered_as_they_are_listed() {
        for (n, verb) in Verb::ALL.into_iter().enumerate() {
            assert_eq!(verb as usize, n, "{verb:?}");
        }
    }
}

//! How a database tells its plan, in either's words, as one tree.

use crate::{Plan, PlanNode, Scan, ScanKind};
use sea_orm::{DbBackend, DbErr, QueryResult};
use serde_json::Value as Json;

/// What to put before a statement to be told its plan.
pub(crate) fn explain(analyze: bool, backend: DbBackend) -> &'static str {
    match (backend, analyze) {
        (DbBackend::Sqlite, _) => "EXPLAIN QUERY PLAN ",
        (_, false) => "EXPLAIN (FORMAT JSON) ",
        (_, true) => "EXPLAIN (FORMAT JSON, ANALYZE, BUFFERS) ",
    }
}

/// Whether the plan itself tells what running the statement took.
pub(crate) fn explain_runs(backend: DbBackend) -> bool {
    backend != DbBackend::Sqlite
}

/// The rows of an EXPLAIN as a tree.
pub(crate) fn plan(rows: &[QueryResult], backend: DbBackend) -> Result<Plan, DbErr> {
    match backend {
        DbBackend::Sqlite => sqlite(rows),
        _ => postgres(rows),
    }
}

fn postgres(rows: &[QueryResult]) -> Result<Plan, DbErr> {
    let unread = || DbErr::Custom("PostgreSQL told a plan in an unknown form".to_owned());
    let told: Json = rows.first().ok_or_else(unread)?.try_get_by_index(0)?;
    let root = &told[0]["Plan"];
    if !root.is_object() {
        return Err(unread());
    }
    Ok(Plan {
        roots: vec![postgres_node(root)],
        milliseconds: told[0]["Execution Time"].as_f64(),
        text: format!("{told:#}"),
    })
}

fn postgres_node(told: &Json) -> PlanNode {
    let text = |key: &str| told[key].as_str().map(ToOwned::to_owned);
    let operation = text("Node Type").unwrap_or_default();
    let kind = match &*operation {
        "Seq Scan" | "Sample Scan" | "Tid Scan" => Some(ScanKind::Table),
        "Index Scan" => Some(ScanKind::Index),
        "Index Only Scan" => Some(ScanKind::Covering),
        "Bitmap Index Scan" | "Bitmap Heap Scan" => Some(ScanKind::Bitmap),
        _ => None,
    };
    let loops = told["Actual Loops"].as_f64();
    let actual = told["Actual Rows"].as_f64();
    PlanNode {
        scan: kind.map(|kind| Scan {
            kind,
            table: text("Relation Name"),
            index: text("Index Name"),
            seeks: told["Index Cond"].is_string(),
            condition: text("Index Cond").or_else(|| text("Recheck Cond")),
        }),
        is_sort: operation.contains("Sort"),
        operation,
        filter: text("Filter"),
        estimated_rows: told["Plan Rows"].as_f64(),
        actual_rows: actual.zip(loops).map(|(rows, loops)| rows * loops),
        discarded_rows: told["Rows Removed by Filter"]
            .as_f64()
            .zip(loops)
            .map(|(rows, loops)| rows * loops),
        children: told["Plans"]
            .as_array()
            .map(|plans| plans.iter().map(postgres_node).collect())
            .unwrap_or_default(),
    }
}

fn sqlite(rows: &[QueryResult]) -> Result<Plan, DbErr> {
    let mut told = Vec::with_capacity(rows.len());
    for row in rows {
        let (id, parent): (i64, i64) = (row.try_get("", "id")?, row.try_get("", "parent")?);
        told.push((id, parent, row.try_get::<String>("", "detail")?));
    }
    let details = told.iter().map(|(_, _, detail)| detail.as_str());
    Ok(Plan {
        text: details.collect::<Vec<_>>().join("\n"),
        roots: sqlite_children(0, &told),
        milliseconds: None,
    })
}

/// The lines below one; each line names the one that it is below.
fn sqlite_children(parent: i64, told: &[(i64, i64, String)]) -> Vec<PlanNode> {
    let below = told
        .iter()
        .filter(|(id, above, _)| *above == parent && *id != parent);
    below
        .map(|(id, _, detail)| PlanNode {
            operation: detail.clone(),
            scan: sqlite_scan(detail),
            is_sort: detail.starts_with("USE TEMP B-TREE"),
            filter: None,
            estimated_rows: None,
            actual_rows: None,
            discarded_rows: None,
            children: sqlite_children(*id, told),
        })
        .collect()
}

/// `SCAN t`, `SEARCH t USING INDEX i (a=? AND b>?)`, `SEARCH t USING COVERING INDEX i (a=?)`,
/// `SEARCH t USING INTEGER PRIMARY KEY (rowid=?)`.
fn sqlite_scan(detail: &str) -> Option<Scan> {
    let (verb, rest) = detail.split_once(' ')?;
    let seeks = match verb {
        "SEARCH" => true,
        "SCAN" if rest != "CONSTANT ROW" => false,
        _ => return None,
    };
    let (table, how) = rest.split_once(" USING ").unwrap_or((rest, ""));
    let (named, condition) = match how.split_once(" (") {
        Some((named, condition)) => (named, condition.strip_suffix(')')),
        None => (how, None),
    };
    let index = named.rsplit(' ').next().filter(|name| !name.is_empty());
    Some(Scan {
        kind: match how {
            "" => ScanKind::Table,
            how if how.starts_with("COVERING INDEX") => ScanKind::Covering,
            _ => ScanKind::Index,
        },
        table: Some(table.to_owned()),
        index: index
            .filter(|_| how.contains("INDEX"))
            .map(ToOwned::to_owned),
        seeks,
        condition: condition.map(ToOwned::to_owned),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scans_of_sqlite_are_read_from_its_lines() {
        let seek = sqlite_scan("SEARCH t USING INDEX t_by_time (guild_id=? AND at>?)").unwrap();
        assert_eq!(seek.kind, ScanKind::Index);
        assert_eq!(seek.table.as_deref(), Some("t"));
        assert_eq!(seek.index.as_deref(), Some("t_by_time"));
        assert_eq!(seek.condition.as_deref(), Some("guild_id=? AND at>?"));
        assert!(seek.seeks);

        let whole = sqlite_scan("SCAN t").unwrap();
        assert_eq!((whole.kind, whole.seeks), (ScanKind::Table, false));
        assert_eq!(whole.index, None);

        let covering = sqlite_scan("SCAN t USING COVERING INDEX i").unwrap();
        assert_eq!((covering.kind, covering.seeks), (ScanKind::Covering, false));
        let key = sqlite_scan("SEARCH t USING INTEGER PRIMARY KEY (rowid=?)").unwrap();
        assert_eq!((key.kind, key.index), (ScanKind::Index, None));
        for line in [
            "SCAN CONSTANT ROW",
            "USE TEMP B-TREE FOR ORDER BY",
            "MATERIALIZE",
            "",
        ] {
            assert!(sqlite_scan(line).is_none(), "{line}");
        }
    }
}

//! A plan as a tree.

use std::fmt;

/// How a database means to answer a query, or did.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    /// The steps; `PostgreSQL` has one at the top, `SQLite` one for each part of the query.
    pub roots: Vec<PlanNode>,
    /// How long it ran, in milliseconds; `None` when it did not.
    pub milliseconds: Option<f64>,
    /// The plan in the database's own words.
    pub text: String,
}

/// One step of a plan.
#[derive(Debug, Clone, PartialEq)]
pub struct PlanNode {
    /// What it does, in the database's own words.
    pub operation: String,
    /// How it reads a table, if it does.
    pub scan: Option<Scan>,
    /// Whether it puts rows in an order that no index gave it.
    pub is_sort: bool,
    /// The condition by which it throws away what it has read (`PostgreSQL`).
    pub filter: Option<String>,
    /// How many rows the database expects of it (`PostgreSQL`).
    pub estimated_rows: Option<f64>,
    /// How many rows came out of it, in all its runs together; `None` when it did not run.
    pub actual_rows: Option<f64>,
    /// How many rows it read and threw away (`PostgreSQL`, after a run).
    pub discarded_rows: Option<f64>,
    /// Where its rows come from.
    pub children: Vec<Self>,
}

/// How a step reads a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Scan {
    /// By what.
    pub kind: ScanKind,
    /// The table, or what the query calls it; a bitmap of an index names none.
    pub table: Option<String>,
    /// The index, where it has a name.
    pub index: Option<String>,
    /// Whether it goes to where its rows are, instead of reading everything in the order of an index.
    pub seeks: bool,
    /// The condition by which it finds its rows.
    pub condition: Option<String>,
}

/// By what a table is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ScanKind {
    /// Every row.
    Table,
    /// An index, and the rows that it leads to.
    Index,
    /// An index that has every column that is asked for.
    Covering,
    /// An index, whose rows are then read in the order of the table.
    Bitmap,
}

impl Plan {
    /// All steps, each before those that it draws on.
    pub fn nodes(&self) -> impl Iterator<Item = &PlanNode> {
        let mut open: Vec<&PlanNode> = self.roots.iter().rev().collect();
        std::iter::from_fn(move || {
            let node = open.pop()?;
            open.extend(node.children.iter().rev());
            Some(node)
        })
    }

    /// How tables are read.
    pub fn scans(&self) -> impl Iterator<Item = &Scan> {
        self.nodes().filter_map(|node| node.scan.as_ref())
    }

    /// Whether every table is read by going to where the rows are.
    pub fn seeks(&self) -> bool {
        let mut scans = self.scans().peekable();
        // The heap's part of a bitmap goes where the index's part says.
        scans.peek().is_some()
            && scans
                .all(|scan| scan.seeks || (scan.kind == ScanKind::Bitmap && scan.index.is_none()))
    }

    /// Whether rows are put in order by sorting them.
    pub fn sorts(&self) -> bool {
        self.nodes().any(|node| node.is_sort)
    }
}

/// In the database's own words.
impl fmt::Display for Plan {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

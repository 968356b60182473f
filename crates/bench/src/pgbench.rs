//! The server's own load tool, as the floor below the floor.

use std::{fs, io::Write as _, path::PathBuf};

use tokio::process::Command;

use crate::{
    ground::{self, CROWD, FEW, GUILDS, MANY, SMALL, Size, TARGETS, TIMELINE},
    op::Op,
    table::COLUMNS,
};

/// Runs scripts on one database.
pub(crate) struct PgBench {
    program: PathBuf,
    url: String,
    folder: tempfile::TempDir,
    size: Size,
}

impl PgBench {
    /// The installed program; `None` when there is none.
    pub(crate) fn found(url: &str, size: Size) -> Option<Self> {
        let debian = fs::read_dir("/usr/lib/postgresql")
            .ok()
            .into_iter()
            .flatten();
        let folders = debian.flatten().map(|version| version.path().join("bin"));
        let installed = folders
            .map(|folder| folder.join("pgbench"))
            .find(|file| file.exists());
        Some(Self {
            program: installed.unwrap_or_else(|| PathBuf::from("pgbench")),
            url: url.to_owned(),
            folder: tempfile::tempdir().ok()?,
            size,
        })
    }

    /// Transactions per second of the operation, if a script can do it and the program runs.
    pub(crate) async fn run(&self, op: Op, concurrency: usize, seconds: u64) -> Option<f64> {
        let file = self.folder.path().join("script.sql");
        fs::File::create(&file)
            .ok()?
            .write_all(self.script(op)?.as_bytes())
            .ok()?;
        let output = Command::new(&self.program)
            .args(["-n", "-M", "prepared", "-T", &seconds.max(1).to_string()])
            .args(["-c", &concurrency.to_string(), "-j", "1", "-f"])
            .arg(&file)
            .arg(&self.url)
            .output()
            .await
            .ok()?;
        tps(&String::from_utf8_lossy(&output.stdout))
    }

    fn script(&self, op: Op) -> Option<String> {
        let known = "'01900000-0000-7000-8000-' || lpad(to_hex(:n), 12, '0')";
        let last = self.size.rows / GUILDS - 1;
        let row = format!(
            "\\set g random({SMALL}, {})\n\\set n random(0, {last})\n",
            SMALL + GUILDS.cast_signed() - 1
        );
        let values = format!(
            "'warn', 7, 50, '{}', 0, true, now(), now(), 1",
            ground::REASON
        );
        Some(match op {
            Op::Find => format!(
                "{row}SELECT {COLUMNS} FROM sample WHERE guild_id = :g AND id = ({known})::uuid;\n"
            ),
            Op::Create => format!(
                "{row}INSERT INTO sample ({COLUMNS}) VALUES (:g, gen_random_uuid(), {values}) RETURNING {COLUMNS};\n"
            ),
            Op::UpsertNew => format!(
                "{row}INSERT INTO sample ({COLUMNS}) VALUES (:g, gen_random_uuid(), {values}) ON CONFLICT (guild_id, id) \
                 DO UPDATE SET weight = excluded.weight RETURNING {COLUMNS};\n"
            ),
            Op::List50 => format!(
                "\\set t random(1, {TARGETS})\nSELECT {COLUMNS} FROM sample WHERE guild_id = {CROWD} AND target_id = :t ORDER BY guild_id, id LIMIT {FEW};\n"
            ),
            Op::WindowShallow | Op::WindowDeep => {
                let after = self.size.depth(op);
                format!(
                    "SELECT {COLUMNS} FROM sample WHERE guild_id = {TIMELINE} AND (created_at, id) > ('{}', '{}') ORDER BY created_at, id LIMIT 51;\n",
                    ground::created_at(after).to_rfc3339(),
                    ground::id(after),
                )
            }
            Op::Count => format!(
                "SELECT count(*) FROM sample WHERE guild_id = {CROWD} AND target_id = {MANY};\n"
            ),
            Op::Exists => format!(
                "SELECT 1 FROM sample WHERE guild_id = {CROWD} AND target_id = {MANY} LIMIT 1;\n"
            ),
            Op::Health => "SELECT 1;\n".to_owned(),
            _ => return None,
        })
    }
}

fn tps(output: &str) -> Option<f64> {
    let line = output
        .lines()
        .find_map(|line| line.strip_prefix("tps = "))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_rate_is_read_from_the_report() {
        let report = "latency average = 0.5 ms\ntps = 12071.5 (without initial connection time)\n";
        assert_eq!(super::tps(report), Some(12071.5));
        assert_eq!(super::tps("pgbench: error"), None);
    }
}

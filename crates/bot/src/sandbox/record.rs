//! A transcript that is a script: it can be played again.

use super::audience::describe;
use discord_sim::{Line, Shown};
use std::{
    fs::File,
    io::{self, BufWriter, Write as _},
    path::Path,
};

/// Writes each line as it was played, and below it, as comments, what came of it.
#[derive(Debug)]
pub struct Record(BufWriter<File>);

impl Record {
    /// Creates the file, or empties it.
    ///
    /// # Errors
    /// Those of the system.
    pub fn create(path: &Path) -> io::Result<Self> {
        Ok(Self(BufWriter::new(File::create(path)?)))
    }

    pub(super) fn line(&mut self, line: &Line) -> io::Result<()> {
        writeln!(self.0, "{line}")?;
        self.0.flush()
    }

    pub(super) fn saw(&mut self, shown: &Shown) -> io::Result<()> {
        for line in describe(shown).lines() {
            writeln!(self.0, "#   {line}")?;
        }
        self.0.flush()
    }
}

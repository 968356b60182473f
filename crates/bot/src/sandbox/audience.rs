//! Who watches: a person at a terminal, or a program that reads JSON.

mod words;

use discord_sim::Shown;
use serde_json::json;
use std::{
    fmt::{self, Display},
    io::{self, Write},
};
pub use words::describe;

/// In which form to show.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// Lines for people.
    Text,
    /// One JSON object per line, for programs.
    Json,
}

/// Where everything is shown. Mistakes in lines go elsewhere, so that they are never read as something
/// that Discord shows.
pub struct Audience {
    form: Form,
    out: Box<dyn Write + Send>,
    mistakes: Box<dyn Write + Send>,
}

impl Audience {
    /// Shows in `form` on `out`. Colour is written for people; an `out` that is no terminal should
    /// take it away.
    pub fn new(
        form: Form,
        out: impl Write + Send + 'static,
        mistakes: impl Write + Send + 'static,
    ) -> Self {
        Self {
            form,
            out: Box::new(out),
            mistakes: Box::new(mistakes),
        }
    }

    /// Something that Discord shows.
    pub(super) fn see(&mut self, shown: &Shown) -> io::Result<()> {
        match self.form {
            Form::Text => writeln!(self.out, "{}", words::coloured(shown)),
            Form::Json => writeln!(self.out, "{}", serde_json::to_string(shown)?),
        }
    }

    /// Discord's own client stops somebody.
    pub(super) fn refused(&mut self, person: &str, why: &str) -> io::Result<()> {
        match self.form {
            Form::Text => writeln!(self.out, "{}", words::refused(person, why)),
            Form::Json => {
                let object = json!({"kind": "refused", "author": person, "content": why});
                writeln!(self.out, "{object}")
            }
        }
    }

    /// A remark of the script, set apart as the heading of what follows; programs do not get it.
    pub(super) fn remark(&mut self, text: &str) -> io::Result<()> {
        match self.form {
            Form::Text => writeln!(self.out, "\n{}", words::note(text)),
            Form::Json => Ok(()),
        }
    }

    /// Something that the sandbox says itself; programs do not get it.
    pub(super) fn note(&mut self, text: &str) -> io::Result<()> {
        match self.form {
            Form::Text => writeln!(self.out, "{}", words::note(text)),
            Form::Json => Ok(()),
        }
    }

    /// A line that could not be understood.
    pub(super) fn mistake(&mut self, number: usize, why: &dyn Display) -> io::Result<()> {
        self.out.flush()?;
        writeln!(self.mistakes, "line {number}: {why}")
    }

    pub(super) fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

impl fmt::Debug for Audience {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Audience")
            .field("form", &self.form)
            .finish_non_exhaustive()
    }
}

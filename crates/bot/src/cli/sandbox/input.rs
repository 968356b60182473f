//! Where the lines come from: a script, a pipe, a prompt, or the tour.

use anyhow::{Context as _, Result};
use std::{
    collections::VecDeque,
    fs,
    io::{self, BufRead as _, Write as _},
    path::Path,
    thread,
};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

const PROMPT: &str = "> ";

/// Lines, one at a time.
pub(super) enum Input {
    /// Known from the start.
    Script(VecDeque<String>),
    /// As they come through a pipe; the first one is here already.
    Pipe(Option<String>, Lines),
    /// As somebody types them.
    Prompt(Lines),
}

type Lines = UnboundedReceiver<io::Result<String>>;

impl Input {
    /// The script when there is one, else a prompt at a terminal, else what is piped in; the tour
    /// when nothing is.
    pub(super) async fn choose(script: Option<&Path>, terminal: bool, tour: &str) -> Result<Self> {
        if let Some(path) = script {
            let text = fs::read_to_string(path)
                .with_context(|| format!("the script {} cannot be read", path.display()))?;
            return Ok(Self::script(&text));
        }
        let mut lines = stdin_lines();
        if terminal {
            println!(
                "Rookery's sandbox: Discord is imitated, nothing leaves this computer. Type help, or Ctrl-D to end."
            );
            return Ok(Self::Prompt(lines));
        }
        // An input that ends at once, such as /dev/null, is none.
        match lines.recv().await.transpose() {
            Ok(Some(first)) => Ok(Self::Pipe(Some(first), lines)),
            Ok(None) | Err(_) => Ok(Self::script(tour)),
        }
    }

    fn script(text: &str) -> Self {
        Self::Script(text.lines().map(str::to_owned).collect())
    }

    pub(super) fn is_prompt(&self) -> bool {
        matches!(self, Self::Prompt(_))
    }

    /// The next line; nothing at the end.
    pub(super) async fn next(&mut self) -> io::Result<Option<String>> {
        match self {
            Self::Script(lines) => Ok(lines.pop_front()),
            Self::Pipe(first, lines) => match first.take() {
                Some(line) => Ok(Some(line)),
                None => lines.recv().await.transpose(),
            },
            Self::Prompt(lines) => {
                print!("{PROMPT}");
                io::stdout().flush()?;
                lines.recv().await.transpose()
            }
        }
    }

    /// Makes room where the prompt stands, for something that happened meanwhile.
    pub(super) fn leave_prompt(&self) -> io::Result<()> {
        if !self.is_prompt() {
            return Ok(());
        }
        print!("\r");
        io::stdout().flush()
    }
}

/// Lines of standard input, read on a thread: nothing can end a read that waits for somebody to
/// type, and a thread of the runtime would keep the process from ending.
fn stdin_lines() -> Lines {
    let (send, lines) = unbounded_channel();
    thread::spawn(move || {
        for line in io::stdin().lock().lines() {
            if send.send(line).is_err() {
                return;
            }
        }
    });
    lines
}

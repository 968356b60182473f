//! A sandbox of its own for each test, with a browser that looks at its page.

use super::devtools::Browser;
use std::{
    io::{BufRead as _, BufReader},
    process::{Child, Command, Stdio},
};
use tempfile::TempDir;

/// The program `rookery sandbox --page`, and its page in a browser.
pub(super) struct Sandbox {
    pub(super) browser: Browser,
    pub(super) url: String,
    program: Child,
    _folder: TempDir,
}

impl Sandbox {
    /// Nothing where no browser is installed.
    pub(super) async fn open() -> Option<Self> {
        let mut browser = Browser::start().await?;
        let folder = tempfile::tempdir().unwrap();
        let mut program = Command::new(env!("CARGO_BIN_EXE_rookery"))
            .args(["sandbox", "--page"])
            .current_dir(folder.path())
            .env_clear()
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let mut lines = BufReader::new(program.stdout.take().unwrap()).lines();
        let url = lines
            .by_ref()
            .map_while(Result::ok)
            .find_map(|line| line.find("http://").map(|at| line[at..].to_owned()))
            .expect("the sandbox prints the address of its page");
        std::thread::spawn(move || lines.for_each(drop));
        browser.open(&url).await;
        let mut sandbox = Self {
            browser,
            url,
            program,
            _folder: folder,
        };
        sandbox.browser.sees(".channel", "general").await;
        sandbox.browser.sees("#link-state", "Bot online").await;
        Some(sandbox)
    }

    /// Writes something into the message box and sends it.
    pub(super) async fn say(&mut self, text: &str) {
        self.browser.click("#composer-text").await;
        self.browser.types(text).await;
        // What is suggested is not wanted.
        self.browser.key("Escape").await;
        self.browser.key("Enter").await;
    }

    pub(super) async fn tab(&mut self, name: &str) {
        self.browser.click(&format!("#tab-{name}")).await;
    }

    pub(super) async fn control(&mut self, name: &str) {
        self.browser.click(&format!("[data-control={name}]")).await;
    }

    /// Ends the test: the page has not complained about anything.
    pub(super) fn end(self) {
        let complaints = &self.browser.complaints;
        assert!(complaints.is_empty(), "{complaints:#?}");
    }
}

impl Drop for Sandbox {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ended = self.program.kill();
        let _status = self.program.wait();
    }
}

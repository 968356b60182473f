//! The example files and the table of the documentation, from the settings' own descriptions.

use std::fmt::Write;

use crate::entry::{Entry, reference};

/// The text of `rookery.example.toml`: every setting with its default, commented out.
pub fn example_toml() -> String {
    let mut text = String::from(
        "# Settings of Rookery. Copy this file to rookery.toml in the directory where the bot is started\n\
         # (or point ROOKERY_CONFIG to it). Every line shows the default; remove its `#` to change it.\n\
         # Each secret can also come from a file: write `token_file = \"/run/secrets/token\"` for `token`.\n",
    );
    let mut section = None;
    for entry in reference() {
        text.push('\n');
        if entry.section() != section {
            section = entry.section();
            push(
                &mut text,
                format_args!("[{}]\n", section.unwrap_or_default()),
            );
        }
        push_doc(&mut text, &entry);
        let value = entry.default.as_deref().unwrap_or("\"\"");
        push(&mut text, format_args!("#{} = {value}\n", entry.name()));
    }
    text
}

/// The text of `.env.example`: every setting as an environment variable, commented out.
pub fn example_env() -> String {
    let mut text = String::from(
        "# Settings of Rookery as environment variables; they win over rookery.toml.\n\
         # Each secret can also come from a file: DISCORD_TOKEN_FILE=/run/secrets/token.\n",
    );
    for entry in reference() {
        text.push('\n');
        push_doc(&mut text, &entry);
        push(
            &mut text,
            format_args!("#{}={}\n", entry.env(), plain_default(&entry)),
        );
    }
    text
}

/// A Markdown table of all settings: key, variable, default, meaning.
pub fn markdown_table() -> String {
    let mut text = String::from("| Setting | Variable | Default | Meaning |\n|---|---|---|---|\n");
    for entry in reference() {
        let default = entry
            .default
            .as_ref()
            .map_or_else(String::new, |value| format!("`{value}`"));
        let meaning = entry.doc.replace('\n', " ").replace('|', "\\|");
        push(
            &mut text,
            format_args!(
                "| `{}` | `{}` | {default} | {meaning} |\n",
                entry.key,
                entry.env()
            ),
        );
    }
    text
}

/// The default as a variable would be written.
fn plain_default(entry: &Entry) -> String {
    let default = entry.default.clone().unwrap_or_default();
    default.trim_matches(['"', '[', ']']).to_owned()
}

fn push_doc(text: &mut String, entry: &Entry) {
    for line in entry.doc.lines() {
        push(text, format_args!("# {line}\n"));
    }
}

fn push(text: &mut String, line: std::fmt::Arguments<'_>) {
    text.write_fmt(line).unwrap_or_default(); // writing to a `String` cannot fail
}

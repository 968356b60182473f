//! The generated examples.

use settings::{Settings, example_env, example_toml, markdown_table, reference};

#[test]
fn the_uncommented_example_file_holds_exactly_the_defaults() {
    let unset = |line: &str| line.ends_with(" = \"\"");
    let file: Vec<_> = example_toml()
        .lines()
        .filter_map(|line| match line.strip_prefix('#') {
            Some(setting) if !setting.starts_with(' ') && !unset(setting) => {
                Some(setting.to_owned())
            }
            Some(_) => None,
            None => Some(line.to_owned()),
        })
        .collect();
    let settings = Settings::from_parts(Some(&file.join("\n")), std::iter::empty()).expect("valid");

    let written = settings
        .effective()
        .iter()
        .filter(|one| one.value.is_some())
        .count();
    let from_file = file.iter().filter(|line| line.contains(" = ")).count();
    assert_eq!(from_file, written);
    for (read, default) in settings
        .effective()
        .iter()
        .zip(Settings::default().effective())
    {
        assert_eq!(read.value, default.value, "{}", read.entry.key);
    }
}

#[test]
fn the_uncommented_example_environment_holds_exactly_the_defaults() {
    let example = example_env();
    let variables = example
        .lines()
        .filter_map(|line| line.strip_prefix('#')?.split_once('='))
        .filter(|(name, _)| !name.contains(' '))
        .map(|(name, value)| (name.to_owned(), value.to_owned()));
    let settings = Settings::from_parts(None, variables.clone()).expect("valid");

    assert_eq!(variables.count(), reference().len());
    for (read, default) in settings
        .effective()
        .iter()
        .zip(Settings::default().effective())
    {
        assert_eq!(read.value, default.value, "{}", read.entry.key);
    }
}

#[test]
fn the_table_has_a_row_of_four_cells_for_each_setting() {
    let table = markdown_table();

    assert_eq!(table.lines().count(), reference().len() + 2);
    for line in table.lines() {
        assert_eq!(line.replace("\\|", "").matches('|').count(), 5, "{line}");
    }
}

#[test]
fn every_setting_is_documented_in_sentences() {
    for entry in reference() {
        assert!(entry.doc.ends_with('.'), "{}: {}", entry.key, entry.doc);
    }
}

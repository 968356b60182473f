//! No input panics.

use proptest::prelude::*;
use settings::{Settings, reference};

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _outcome = Settings::from_parts(Some(&text), std::iter::empty());
    }

    #[test]
    fn any_value_of_any_variable_is_read_or_refused(
        index in any::<prop::sample::Index>(),
        value in any::<String>(),
        number in any::<i128>(),
        unit in "[a-z]{0,2}",
    ) {
        let entries = reference();
        let name = index.get(&entries).long_env();
        for value in [value, format!("{number}{unit}")] {
            let outcome = Settings::from_parts(None, [(name.clone(), value.clone())].into_iter());
            if let Err(error) = outcome {
                prop_assert!(error.to_string().contains(&name), "{}", error);
            }
        }
    }

    #[test]
    fn a_duration_is_shown_as_it_is_read(millis in 1_u64..10_000_000_000) {
        let load = |text: String| {
            Settings::from_parts(None, [("ROOKERY__SCHEDULER__POLL".to_owned(), text)].into_iter())
                .expect("a duration")
        };
        let settings = load(format!("{millis}ms"));
        let shown = settings
            .effective()
            .into_iter()
            .find(|one| one.entry.key == "scheduler.poll")
            .and_then(|one| one.value)
            .expect("a value");

        prop_assert_eq!(load(shown.trim_matches('"').to_owned()).scheduler.poll, settings.scheduler.poll);
    }
}

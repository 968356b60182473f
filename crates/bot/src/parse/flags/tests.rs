use proptest::prelude::*;

use super::*;

const COUNT: Flag = Flag {
    name: "count",
    aliases: &[],
    kind: Kind::Integer { min: -10, max: 10 },
};
const NAME: Flag = Flag {
    name: "name",
    aliases: &[],
    kind: Kind::Token,
};
const ALL: [Flag; 6] = [REASON, SILENT, DURATION, DELETE, COUNT, NAME];

fn flags(tail: &str) -> Parsed {
    parse(tail, &ALL).expect("well-formed flags")
}

fn error(tail: &str) -> FlagError {
    parse(tail, &ALL).expect_err("a mistake")
}

#[test]
fn flags_stand_anywhere_and_the_free_text_stays_in_order() {
    let parsed = flags("-s @troll -duration 2d spamming  all day -delete 7");
    assert_eq!(parsed.rest, "@troll spamming  all day");
    assert_eq!(parsed.switch("silent"), Some(true));
    assert_eq!(parsed.text("duration"), Some("2d"));
    assert_eq!(parsed.integer("delete"), Some(7));
    assert_eq!(parsed.text("reason"), None);
}

#[test]
fn every_form_and_every_alias_is_the_same_flag() {
    for tail in [
        "-duration 2d",
        "--duration 2d",
        "--duration=2d",
        "-d=2d",
        "-T 2d",
        "-e \"2d\"",
        "--Duration \"2d\"",
    ] {
        assert_eq!(flags(tail).text("duration"), Some("2d"), "{tail}");
    }
}

#[test]
fn a_text_runs_to_the_next_flag_or_is_one_group_in_quotes() {
    let parsed = flags("-reason spam and  eggs -silent");
    assert_eq!(
        (parsed.text("reason"), parsed.rest.as_str()),
        (Some("spam and  eggs"), "")
    );

    let parsed = flags("-reason \"spam -silent\" more");
    assert_eq!(
        (parsed.text("reason"), parsed.rest.as_str()),
        (Some("spam -silent"), "more")
    );
    assert_eq!(parsed.switch("silent"), None);

    let parsed = flags("-reason said \"-silent\" twice --count=1");
    assert_eq!(parsed.text("reason"), Some("said \"-silent\" twice"));

    assert_eq!(flags("-reason=-silent x").text("reason"), Some("-silent x"));
    assert_eq!(flags("-reason \"\"").text("reason"), Some(""));
}

#[test]
fn a_quoted_flag_in_the_free_text_is_text() {
    let parsed = flags("he said \"-silent\"");
    assert_eq!(parsed.rest, "he said \"-silent\"");
    assert_eq!(parsed.switch("silent"), None);
}

#[test]
fn two_dashes_end_the_flags() {
    let parsed = flags("a -silent -- b -reason c --");
    assert_eq!(parsed.rest, "a b -reason c --");
    assert_eq!(flags("-reason x -- y").text("reason"), Some("x"));
}

#[test]
fn negative_numbers_are_values() {
    assert_eq!(flags("-count -5").integer("count"), Some(-5));
    assert_eq!(flags("-duration -5m").text("duration"), Some("-5m"));
    assert_eq!(flags("@a -5m").rest, "@a -5m");
}

#[test]
fn a_switch_is_true_unless_it_says_otherwise() {
    for (tail, value, rest) in [
        ("-silent spam", true, "spam"),
        ("-silent false spam", false, "spam"),
        ("-silent=TRUE spam", true, "spam"),
        ("-no-silent spam", false, "spam"),
        ("-no-silent=false", true, ""),
        ("--NO-QUIET", false, ""),
        ("-silent=", true, ""),
    ] {
        let parsed = flags(tail);
        assert_eq!(
            (parsed.switch("silent"), parsed.rest.as_str()),
            (Some(value), rest),
            "{tail}"
        );
    }
    assert_eq!(
        error("-silent=perhaps"),
        FlagError::Unfit {
            flag: "silent",
            kind: Kind::Switch
        }
    );
}

#[test]
fn only_a_switch_can_be_negated() {
    assert!(matches!(error("-no-reason x"), FlagError::Unknown { .. }));
}

#[test]
fn days_are_a_number_with_or_without_the_unit() {
    for tail in ["-delete 7", "-p 7d", "--purge=7D", "-delete \"7 days\""] {
        assert_eq!(flags(tail).integer("delete"), Some(7), "{tail}");
    }
    assert_eq!(
        error("-delete 1h"),
        FlagError::Unfit {
            flag: "delete",
            kind: Kind::Days { max: 7 }
        }
    );
    assert_eq!(
        error("-delete d"),
        FlagError::Unfit {
            flag: "delete",
            kind: Kind::Days { max: 7 }
        }
    );
}

#[test]
fn numbers_out_of_range_are_told_from_what_is_no_number() {
    let range = |flag, min, max| FlagError::Range { flag, min, max };
    assert_eq!(error("-delete 8"), range("delete", 0, 7));
    assert_eq!(error("-delete -1"), range("delete", 0, 7));
    assert_eq!(error("-count 11"), range("count", -10, 10));
    assert_eq!(
        error("-count 99999999999999999999"),
        range("count", -10, 10)
    );
    assert_eq!(
        error("-count five"),
        FlagError::Unfit {
            flag: "count",
            kind: COUNT.kind
        }
    );
}

#[test]
fn an_unknown_flag_is_refused_with_the_likely_one() {
    assert_eq!(
        error("@a -resaon x"),
        FlagError::Unknown {
            name: "resaon".to_owned(),
            suggestions: vec!["reason"]
        }
    );
    assert_eq!(
        error("-ü"),
        FlagError::Unknown {
            name: "ü".to_owned(),
            suggestions: vec![]
        }
    );
}

#[test]
fn a_flag_without_its_value_or_given_twice_is_refused() {
    assert_eq!(error("-reason"), FlagError::Missing { flag: "reason" });
    assert_eq!(
        error("-duration -silent"),
        FlagError::Missing { flag: "duration" }
    );
    assert_eq!(
        error("-duration --"),
        FlagError::Missing { flag: "duration" }
    );
    assert_eq!(error("-s -quiet"), FlagError::Twice { flag: "silent" });
}

#[test]
fn a_line_break_around_a_flag_stays_a_line_break() {
    assert_eq!(flags("one\n-silent\ntwo").rest, "one\ntwo");
    assert_eq!(flags("one -silent two\nthree").rest, "one two\nthree");
    assert_eq!(flags("one -name \"a\nb\" two").rest, "one two");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in any::<String>()) {
        let _outcome = parse(&text, &ALL);
    }

    #[test]
    fn text_made_of_the_pieces_of_flags_is_read_or_refused(
        pieces in prop::collection::vec(
            prop::sample::select(&[
                "-", "--", "-s", "-reason", "--count", "-d", "-no-s", "=", " ", "\n", "\"", "\u{201C}",
                "true", "5", "-5", "7d", "é", "\u{3000}", "x",
            ]),
            0..16,
        ),
    ) {
        let _outcome = parse(&pieces.concat(), &ALL);
    }

    #[test]
    fn without_flags_the_free_text_is_the_text(words in prop::collection::vec("[^-\"“”„]{0,6}", 0..6)) {
        let text = words.concat();
        prop_assert_eq!(flags(&text).rest, text.trim());
    }

    #[test]
    fn what_is_written_is_what_is_read(
        before in "[a-zé]{1,8}( [a-zé]{1,8}){0,3}",
        after in "[a-zé]{1,8}( [a-zé]{1,8}){0,3}",
        count in -10_i64..=10,
        name in "[^\"“”„]{1,20}",
    ) {
        let parsed = flags(&format!("{before} --name \"{name}\" -count {count} {after}"));
        prop_assert_eq!(parsed.rest.as_str(), format!("{before} {after}"));
        prop_assert_eq!(parsed.integer("count"), Some(count));
        prop_assert_eq!(parsed.text("name"), Some(name.as_str()));
    }
}

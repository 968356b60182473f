//! What is shown of the options.

use service::Options;

#[test]
fn no_url_is_shown() {
    let options = Options {
        read_url: Some("postgres://reader:hush@replica/rookery".to_owned()),
        direct_url: Some("postgres://owner:hush@primary/rookery".to_owned()),
        ..Options::new("postgres://rookery:hush@pooler/rookery")
    };
    let shown = format!("{options:?} {options:#?}");
    for secret in ["hush", "postgres", "pooler", "replica", "primary"] {
        assert!(!shown.contains(secret), "{shown}");
    }
    assert!(shown.contains("pool_max: 10"), "{shown}");
}

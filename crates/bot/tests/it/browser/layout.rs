//! The page on screens of all widths.

use super::sandbox::Sandbox;

#[tokio::test]
async fn a_phone_shows_one_thing_at_a_time_and_never_scrolls_sideways() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    sandbox.say("!warn @troll -reason no advertising").await;
    sandbox.browser.sees(".message", "warned troll").await;
    sandbox.say("/case number:1").await;
    sandbox
        .say(&"a-very-long-word-without-a-space".repeat(8))
        .await;
    sandbox.browser.sees(".embed-title", "Timeline").await;
    for width in [360, 390, 760, 900, 1360] {
        sandbox.browser.size(width, 800).await;
        for view in ["channels", "chat", "side"] {
            let show = format!("document.body.dataset.view = '{view}'");
            sandbox.browser.value(&show).await;
            let wide = "[document.documentElement, document.body, ...document.querySelectorAll('.messages, \
                        .tab-body, .sidebar, .channels')].filter((node) => node.scrollWidth > node.clientWidth && \
                        node.clientWidth > 0).map((node) => `${node.className} ${node.scrollWidth} ${node.clientWidth}`)";
            let wide = sandbox.browser.value(wide).await;
            assert_eq!(wide, serde_json::json!([]), "{view} at {width}");
            if width == 390 {
                sandbox.browser.picture(&format!("phone-{view}")).await;
            }
        }
    }
    sandbox.end();
}

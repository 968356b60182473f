//! Everything with the keyboard alone.

use super::sandbox::Sandbox;

#[tokio::test]
async fn a_moderator_needs_no_mouse() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    let browser = &mut sandbox.browser;
    // A letter that is typed anywhere goes into the message box.
    browser.key("Escape").await;
    browser
        .until("document.activeElement.id === 'composer-text'")
        .await;
    browser.types("/cases l").await;
    browser
        .sees(".suggestion[aria-selected=true]", "/cases list")
        .await;
    browser.key("Enter").await;
    browser.key("Enter").await;
    browser.sees(".message", "/cases list").await;
    // Another persona, by the menu.
    browser.key("Alt+p").await;
    browser
        .until("document.activeElement.dataset.person !== undefined")
        .await;
    browser.key("ArrowUp").await;
    browser.key("Enter").await;
    browser.sees("#persona-button", "admin").await;
    browser
        .until("document.activeElement.id === 'persona-button'")
        .await;
    // Another channel, another tab, and the shortcuts themselves.
    browser.key("Alt+ArrowDown").await;
    browser.sees("#place", "random").await;
    browser.key("Alt+2").await;
    browser
        .until("document.querySelector('#tab-Members').getAttribute('aria-selected') === 'true'")
        .await;
    // From the message box on, Tab leads to what stands beside it.
    browser.key("Escape").await;
    browser.key("Tab").await;
    browser.until("document.activeElement.id === 'send'").await;
    browser.key("Tab").await;
    browser
        .until("document.activeElement.id === 'tab-Members'")
        .await;
    sandbox.end();
}

#[tokio::test]
async fn everything_that_can_be_used_has_a_name() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    sandbox.say("/help").await;
    sandbox.browser.sees(".message", "Help").await;
    for tab in [
        "Tour", "Members", "Log", "Case", "Database", "Faults", "Script",
    ] {
        sandbox.tab(tab).await;
        let nameless = "[...document.querySelectorAll('button, a, input, select, textarea')].filter((node) => \
                        !(node.getAttribute('aria-label') || node.textContent.trim() || \
                        node.labels?.[0]?.textContent.trim())).map((node) => node.outerHTML)";
        let nameless = sandbox.browser.value(nameless).await;
        assert_eq!(nameless, serde_json::json!([]), "{tab}");
    }
    sandbox.end();
}

//! Text stays text, and nobody comes in without the token.

use super::sandbox::Sandbox;

/// Attempts to become more than text, in Markdown and out of it.
const HOSTILE: [&str; 4] = [
    "<img src=x onerror=\"window.hit = 1\"><script>window.hit = 1</script>",
    "[press](javascript:window.hit=1) <a href=javascript:alert(1)>here</a>",
    "**<b onmouseover=window.hit=1>bold</b>** ||<svg onload=window.hit=1>|| `<i>`",
    "<t:99999999999999:F> <@999> <#999> <@&999> \u{202e}",
];

#[tokio::test]
async fn text_of_the_chat_is_never_html() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    for text in HOSTILE {
        sandbox.say(text).await;
    }
    sandbox
        .say("!warn @troll -reason <img src=x onerror=window.hit=1>")
        .await;
    sandbox.browser.sees(".message", "warned troll").await;
    sandbox.tab("Database").await;
    sandbox
        .browser
        .sees("[data-table=mod_case]", "<img src=x onerror=window.hit=1>")
        .await;
    sandbox.tab("Script").await;
    sandbox
        .browser
        .sees(".transcript", "<script>window.hit = 1</script>")
        .await;
    let inside = "document.querySelectorAll('.message img, .message script, .message b, .message i, .message \
                  [onerror], .tab-body img, .tab-body script, a[href^=javascript]').length";
    assert_eq!(sandbox.browser.value(inside).await, 0);
    assert!(sandbox.browser.value("window.hit").await.is_null());
    sandbox
        .browser
        .sees(".message", "<script>window.hit = 1</script>")
        .await;
    sandbox.end();
}

#[tokio::test]
async fn an_address_with_a_wrong_token_shows_no_page() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    let token = sandbox.url.split('/').nth(3).unwrap().to_owned();
    let wrong = sandbox.url.replace(&token, &"0".repeat(token.len()));
    sandbox.browser.open(&wrong).await;
    sandbox
        .browser
        .sees("body", "its address holds a secret")
        .await;
    assert!(
        sandbox
            .browser
            .value("document.querySelector('#app')")
            .await
            .is_null()
    );
}

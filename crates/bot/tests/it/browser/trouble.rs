//! What is broken on the page, and how it looks when the bot copes.

use super::sandbox::Sandbox;

#[tokio::test]
async fn without_a_database_a_command_says_so_and_with_it_again_works() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    sandbox.tab("Faults").await;
    sandbox.control("stop-database").await;
    sandbox
        .browser
        .sees(".note", "The bot has no database")
        .await;
    sandbox.say("/warn member:@troll").await;
    sandbox
        .browser
        .sees(".message", "The database does not answer")
        .await;
    sandbox.browser.picture("no-database").await;
    sandbox.control("stop-database").await;
    sandbox.say("/warn member:@troll").await;
    sandbox.browser.sees(".message", "warned troll").await;
    sandbox.end();
}

#[tokio::test]
async fn a_bot_that_was_killed_comes_back_and_the_page_goes_on() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    sandbox.say("!warn @troll -reason one").await;
    sandbox.browser.sees(".message", "warned troll").await;
    sandbox.tab("Faults").await;
    // It is away for a moment only, which a look at each frame may miss.
    let notice = "new MutationObserver(() => {
            if (document.querySelector('#link-state').textContent === 'Bot offline') window.wasOffline = true;
        }).observe(document.querySelector('#link-state'), {childList: true})";
    sandbox.browser.value(notice).await;
    sandbox.control("restart").await;
    sandbox.browser.until("window.wasOffline === true").await;
    sandbox.browser.sees("#link-state", "Bot online").await;
    sandbox.say("!warn @troll -reason two").await;
    sandbox.browser.sees(".message", "#2").await;
    sandbox.tab("Script").await;
    sandbox.browser.sees(".played", "restart").await;
    sandbox.end();
}

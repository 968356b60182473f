//! What a moderator does on the page, and what they see of it.

use super::sandbox::Sandbox;

#[tokio::test]
async fn a_ban_from_the_page_is_a_case_that_the_page_shows() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    sandbox.tab("Database").await;
    sandbox.browser.click("#composer-text").await;
    sandbox.browser.types("/ban").await;
    sandbox.browser.sees(".suggestion", "/ban").await;
    sandbox.browser.key("Tab").await;
    sandbox.browser.types("tro").await;
    sandbox.browser.sees(".suggestion", "@troll").await;
    sandbox.browser.picture("suggestions").await;
    sandbox.browser.key("Tab").await;
    sandbox.browser.types("reason:too much spam").await;
    sandbox.browser.key("Escape").await;
    sandbox.browser.key("Enter").await;
    sandbox.browser.sees(".message", "banned troll").await;
    sandbox
        .browser
        .sees("[data-table=mod_case] [data-row='1']", "active")
        .await;
    sandbox
        .browser
        .sees("[data-table=mod_case] [data-row='1']", "too much spam")
        .await;
    sandbox
        .browser
        .sees("[data-table=obligation]", "done")
        .await;
    sandbox.browser.picture("database").await;
    sandbox.tab("Case").await;
    sandbox
        .browser
        .sees(".moment", "confirmed by Discord")
        .await;
    sandbox.tab("Members").await;
    sandbox
        .browser
        .sees("[data-banned=troll]", "too much spam")
        .await;
    sandbox.browser.picture("members").await;
    sandbox.tab("Log").await;
    sandbox.browser.sees(".log .message", "troll").await;
    sandbox.end();
}

#[tokio::test]
async fn the_tour_is_done_by_doing_it() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    let done = |step: u8| {
        format!("document.querySelector('[data-step=\"{step}\"]').dataset.done === 'true'")
    };
    sandbox.browser.picture("tour").await;
    for step in 1..=3 {
        sandbox
            .browser
            .click(&format!("[data-step='{step}'] .step-actions .quiet"))
            .await;
        sandbox.browser.until(&done(step)).await;
    }
    sandbox.tab("Faults").await;
    sandbox.control("sanctions-fail").await;
    sandbox.browser.sees(".control.on", "cannot ban").await;
    sandbox.say("!ban @bob -reason while Discord fails").await;
    sandbox.tab("Database").await;
    sandbox
        .browser
        .sees("[data-table=mod_case] [data-row='5']", "pending")
        .await;
    sandbox.tab("Faults").await;
    sandbox.browser.picture("faults").await;
    sandbox.control("sanctions-fail").await;
    sandbox.tab("Tour").await;
    sandbox.browser.until(&done(4)).await;
    sandbox.say("/case number:5").await;
    sandbox.browser.sees(".embed-title", "Timeline").await;
    sandbox.browser.sees(".tour", "That was the tour").await;
    sandbox.browser.dark(true).await;
    sandbox.browser.picture("dark").await;
    sandbox.end();
}

#[tokio::test]
async fn an_ephemeral_answer_is_seen_by_the_persona_that_asked_only() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    sandbox.say("/cases list").await;
    sandbox
        .browser
        .sees(".message.private", "Only you can see this")
        .await;
    sandbox.browser.click("#persona-button").await;
    sandbox.browser.picture("personas").await;
    let alice = sandbox.browser.value("Object.assign([...document.querySelectorAll('.menu-item')].find((item) => item.textContent.includes('alice')), {id: 'alice'}).id");
    assert_eq!(alice.await, "alice");
    sandbox.browser.click("#alice").await;
    sandbox.browser.sees("#persona-button", "alice").await;
    sandbox
        .browser
        .until("document.querySelector('.message.private') === null")
        .await;
    sandbox
        .browser
        .until("document.querySelectorAll('[data-channel]').length === 3")
        .await;
    sandbox.end();
}

#[tokio::test]
async fn the_bot_completes_an_option_while_it_is_typed() {
    let Some(mut sandbox) = Sandbox::open().await else {
        return;
    };
    sandbox.browser.click("#composer-text").await;
    sandbox.browser.types("/why command:unb").await;
    sandbox.browser.sees(".option.now", "command").await;
    sandbox
        .browser
        .sees(".suggestion[aria-selected=true]", "unban")
        .await;
    sandbox.browser.key("Enter").await;
    sandbox
        .browser
        .until("document.querySelector('#composer-text').value.startsWith('/why command:unban ')")
        .await;
    sandbox.end();
}

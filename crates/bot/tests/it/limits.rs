//! What somebody is told who uses commands too fast.

use crate::world::World;
use bot::text::Message;

#[tokio::test]
async fn who_is_too_fast_is_told_how_long_to_wait_and_then_served() {
    let on = |_: &_, settings: &mut settings::Settings| settings.bot.rate_limits = true;
    World::each_with(on, async |world| {
        for line in ["!about", "/about", "!help", "/help", "!ping"] {
            world.play(&format!("alice: {line}")).await;
        }
        let told = world.words(&Message::new("err-cooldown").with("seconds", 10));
        assert_eq!(world.play("alice: !help").await.answer(), told);
        assert_eq!(world.play("alice: /help").await.answer(), told);
        let other = world.play("mod: !warn @troll spam").await.answer();
        assert!(other.contains("#1"), "{other}");
        world.play("wait 10s").await;
        let served = world.play("alice: !about").await.answer();
        assert_ne!(served, told);
    })
    .await;
}

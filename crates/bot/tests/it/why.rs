//! `why`.

use crate::{changes::changes, world::World};
use bot::text::Message;

async fn first_rank(world: &mut World) {
    world
        .play("admin: !permissions role set @Moderator 3")
        .await;
    world.play("admin: click Confirm").await;
}

#[tokio::test]
async fn it_names_the_step_the_rule_and_the_rank_that_decide() {
    World::each(async |world| {
        first_rank(world).await;
        world.play("admin: !permissions command set cases 4").await;
        let before = changes(world).await.len();
        let refused = world.play("mod: !why cases edit").await.answer();
        for part in [
            "Why `cases edit`",
            "8. Needs rank **4** (the rule of `cases`); has rank **3** (from @Moderator) → refused",
            "**REFUSED** by step 8.",
        ] {
            assert!(refused.contains(part), "{part}: {refused}");
        }
        let slash = world
            .play("mod: /why command:\"cases edit\"")
            .await
            .answer();
        assert_eq!(slash, refused);
        let allowed = world.play("mod: !why ban").await.answer();
        assert!(
            allowed.contains("(its default)") && allowed.contains("**ALLOWED** by step 8."),
            "{allowed}"
        );
        assert_eq!(changes(world).await.len(), before);
    })
    .await;
}

#[tokio::test]
async fn without_ranks_it_names_the_permission() {
    World::each(async |world| {
        let refused = world.play("alice: !why ban").await.answer();
        assert!(
            refused.contains("7. Needs the permission **Ban Members**; has it: no → refused"),
            "{refused}"
        );
        assert!(
            refused.contains("The permission **Ban Members** would change it."),
            "{refused}"
        );
        let owner = world.play("owner: !why ban").await.answer();
        assert!(
            owner.contains("5. Owner of the server: yes → allowed"),
            "{owner}"
        );
        assert!(!owner.contains("7. "), "{owner}");
    })
    .await;
}

#[tokio::test]
async fn only_staff_ask_about_others() {
    World::each(async |world| {
        let refused = world.play("alice: !why ban @mod").await.answer();
        assert_eq!(refused, world.words(&Message::new("why-others")));
        let refused = world
            .play("alice: /why command:ban target:@mod")
            .await
            .answer();
        assert_eq!(refused, world.words(&Message::new("why-others")));
        let own = world.play("alice: !why ban @alice").await.answer();
        assert!(own.contains("**REFUSED** by step 7."), "{own}");
        let other = world.play("mod: !why ban @alice #general").await.answer();
        assert!(
            other.contains("Why `ban` for alice") && other.contains("**REFUSED**"),
            "{other}"
        );
    })
    .await;
}

#[tokio::test]
async fn a_target_is_checked_after_the_command() {
    World::each(async |world| {
        let allowed = world.play("mod: !why ban -target @troll").await.answer();
        for part in [
            "T1. troll is somebody else: yes",
            "T4. Highest role above that of troll: yes",
            "**ALLOWED** by step 7.",
        ] {
            assert!(allowed.contains(part), "{part}: {allowed}");
        }
        let refused = world.play("mod: !why kick -target @admin").await.answer();
        assert!(
            refused.contains("T4. Highest role above that of admin: no → refused"),
            "{refused}"
        );
        assert!(
            refused
                .contains("**REFUSED** by step T4. Your highest role is not above that of admin."),
            "{refused}"
        );
        let owner = world
            .play("mod: /why command:warn target:@owner")
            .await
            .answer();
        assert!(owner.contains("**REFUSED** by step T3."), "{owner}");
        let aimless = world.play("mod: !why ping -target @troll").await.answer();
        let message = Message::new("why-target-none").with("command", "ping");
        assert_eq!(aimless, world.words(&message));
    })
    .await;
}

#[tokio::test]
async fn bad_input_is_refused() {
    World::each(async |world| {
        for (line, says) in [
            ("mod: !why", "Which command?"),
            ("mod: !why bann", "Did you mean `ban`?"),
            ("mod: !why permissions role", "That is a group of commands"),
            ("mod: !why ban 12345678901234567", "is not in this server"),
            (
                "mod: !why ban -channel 12345678901234567",
                "is not a channel of this server",
            ),
            ("mod: !why ban so", "I do not know what to do with `so`"),
            ("mod@bot: !why ban", "works in a server only"),
        ] {
            let answer = world.play(line).await.answer();
            assert!(answer.contains(says), "{line}: {answer}");
        }
    })
    .await;
}

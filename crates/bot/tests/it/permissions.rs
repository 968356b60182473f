//! `permissions …`, and that its changes count from the next command on.

use crate::{changes::changes, world::World};
use bot::text::Message;
use controllers::{Everything, Query as _};
use discord_sim::{Edit, ShownKind};

/// Gives `@Moderator` a rank: the first one of the guild, which is asked about.
async fn first_rank(world: &mut World, rank: i64) {
    world
        .play(&format!("admin: !permissions role set @Moderator {rank}"))
        .await;
    let done = world.play("admin: click Confirm").await.answer();
    let message = Message::new("permissions-role-set")
        .with("role", "@Moderator")
        .with("rank", rank);
    assert_eq!(done, world.words(&message));
}

fn create_role(world: &World, name: &str) {
    let create = Edit::CreateRole {
        by: "owner".to_owned(),
        name: name.to_owned(),
        bits: 0,
    };
    world.sim.mutate(&create).expect("the owner may");
}

fn give_role(world: &World, target: &str, role: &str) {
    let give = Edit::GiveRole {
        by: "owner".to_owned(),
        target: target.to_owned(),
        role: role.to_owned(),
    };
    world.sim.mutate(&give).expect("the owner may");
}

#[tokio::test]
async fn the_first_use_creates_the_default_ranks_and_bits_still_decide() {
    World::each(async |world| {
        assert!(
            world
                .db()
                .ranks()
                .ladder()
                .await
                .expect("the database")
                .is_empty()
        );
        let shown = world.play("admin: !perms").await.answer();
        for part in [
            "Discord's own permissions decide",
            "**7** Owner: no role",
            "**0** Member: no role",
            "No command is changed",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
        assert_eq!(
            world.play("admin: /permissions overview").await.answer(),
            shown
        );
        assert_eq!(
            world
                .db()
                .ranks()
                .ladder()
                .await
                .expect("the database")
                .len(),
            8
        );
        assert!(
            world
                .play("mod: !warn @troll spam")
                .await
                .answer()
                .contains("#1")
        );
    })
    .await;
}

#[tokio::test]
async fn the_first_role_is_asked_about_and_says_who_loses_commands() {
    World::each(async |world| {
        create_role(world, "Helper");
        let question = world.play("admin: !permissions role set @Helper 2").await;
        let answer = question.answer();
        assert!(
            answer.contains("@Helper would be the first role"),
            "{answer}"
        );
        assert!(
            answer.contains("until they get ranks as well: @Moderator."),
            "{answer}"
        );
        assert!(
            world
                .db()
                .role_ranks()
                .all()
                .await
                .expect("the database")
                .is_empty()
        );

        world.play("restart").await;
        let foreign = world.play("mod: click Confirm").await;
        assert_eq!(
            foreign.only(ShownKind::Ephemeral).to.as_deref(),
            Some("mod")
        );
        let done = world.play("admin: click Confirm").await.answer();
        assert!(done.contains("@Helper now has rank 2"), "{done}");
        let refused = world.play("mod: !ban @troll").await.answer();
        assert!(refused.starts_with("You need rank "), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn a_question_can_be_cancelled() {
    World::each(async |world| {
        world
            .play("admin: /permissions role set role:@Moderator rank:3")
            .await;
        let cancelled = world.play("admin: click Cancel").await.answer();
        assert_eq!(cancelled, world.words(&Message::new("confirm-cancelled")));
        assert!(
            world
                .db()
                .role_ranks()
                .all()
                .await
                .expect("the database")
                .is_empty()
        );
        assert!(changes(world).await.is_empty());
    })
    .await;
}

#[tokio::test]
async fn a_changed_rank_counts_with_the_next_command() {
    World::each(async |world| {
        first_rank(world, 2).await;
        let refused = world.play("mod: !ban @troll").await.answer();
        assert!(refused.starts_with("You need rank "), "{refused}");
        world
            .play("admin: !permissions role set @Moderator 3")
            .await;
        assert!(world.play("mod: !ban @troll").await.answer().contains("#1"));
        world
            .play("admin: /permissions command set command:unban rank:4")
            .await;
        let refused = world.play("mod: /unban member:@troll").await.answer();
        assert!(refused.starts_with("You need rank "), "{refused}");
        world.play("admin: !permissions command clear unban").await;
        assert!(
            world
                .play("mod: !unban @troll")
                .await
                .answer()
                .contains("#2")
        );
        // The last role with a rank: Discord's permissions decide again.
        world
            .play("owner: !permissions role clear @Moderator")
            .await;
        let warned = world.play("mod: !warn @alice").await.answer();
        assert!(warned.contains("#3"), "{warned}");
    })
    .await;
}

#[tokio::test]
async fn a_rule_of_a_group_counts_for_its_commands_and_says_for_how_many() {
    World::each(async |world| {
        first_rank(world, 3).await;
        let set = world
            .play("admin: !permissions command set cases 4")
            .await
            .answer();
        assert!(
            set.contains("`cases` now needs rank 4, and so do 3 commands below it"),
            "{set}"
        );
        let refused = world.play("mod: !cases edit 1 -reason x").await.answer();
        assert!(refused.starts_with("You need rank "), "{refused}");
        let overview = world.play("admin: !permissions").await.answer();
        assert!(overview.contains("`cases` needs rank 4"), "{overview}");
        assert!(
            overview.contains("**3** Moderator: @Moderator"),
            "{overview}"
        );
        let cleared = world
            .play("admin: !permissions command clear c")
            .await
            .answer();
        assert!(cleared.contains("`cases` is back to rank 2"), "{cleared}");
        let again = world
            .play("admin: !permissions command clear cases")
            .await
            .answer();
        assert!(again.contains("nothing to clear"), "{again}");
    })
    .await;
}

#[tokio::test]
async fn nobody_promotes_themselves_and_nothing_is_recorded() {
    World::each(async |world| {
        create_role(world, "Staff");
        give_role(world, "alice", "Staff");
        first_rank(world, 3).await;
        world.play("owner: !permissions role set @Staff 5").await;
        let before = changes(world).await.len();
        for (line, says) in [
            (
                "alice: !permissions role set @Staff 6",
                "it is above your own",
            ),
            (
                "alice: !permissions role set @Staff 4",
                "which is not below your own, 5",
            ),
            (
                "alice: !permissions role clear @Staff",
                "which is not below your own, 5",
            ),
            (
                "alice: /permissions command set command:ban rank:6",
                "it is above your own",
            ),
            (
                "admin: !permissions role set @Moderator 8",
                "it is above your own",
            ),
        ] {
            let answer = world.play(line).await.answer();
            assert!(answer.contains(says), "{line}: {answer}");
        }
        assert_eq!(changes(world).await.len(), before);

        world
            .play("owner: !permissions command set permissions 6")
            .await;
        let refused = world
            .play("alice: !permissions command set permissions 3")
            .await
            .answer();
        assert!(refused.starts_with("You need rank "), "{refused}");
    })
    .await;
}

#[tokio::test]
async fn the_first_rank_that_would_lock_its_giver_out_is_refused() {
    World::each(async |world| {
        create_role(world, "Manager");
        let manage_guild = 1 << 5;
        world
            .sim
            .set_permissions("Manager", manage_guild)
            .expect("a role");
        give_role(world, "alice", "Manager");
        let refused = world
            .play("alice: !permissions role set @Moderator 3")
            .await
            .answer();
        let message = Message::new("permissions-self-lockout").with("rank", 5);
        assert_eq!(refused, world.words(&message));
        world.play("alice: !permissions role set @Manager 5").await;
        let done = world.play("alice: click Confirm").await.answer();
        assert!(done.contains("@Manager now has rank 5"), "{done}");
        let next = world
            .play("alice: !permissions role set @Moderator 3")
            .await
            .answer();
        assert!(next.contains("@Moderator now has rank 3"), "{next}");
    })
    .await;
}

#[tokio::test]
async fn what_no_longer_fits_is_pointed_out() {
    World::each(async |world| {
        create_role(world, "Old");
        let old = world.sim.role_id("Old").expect("a role");
        first_rank(world, 3).await;
        world.play("owner: !permissions role set @Old 2").await;
        world.play("owner: !permissions command set ban 9").await;
        let delete = Edit::DeleteRole {
            by: "owner".to_owned(),
            role: "Old".to_owned(),
        };
        world.sim.mutate(&delete).expect("the owner may");
        let shown = world.play("owner: !permissions").await.answer();
        assert!(
            shown.contains(&format!("no longer exists (`{old}`)")),
            "{shown}"
        );
        assert!(shown.contains("Rank 9 is required by a command"), "{shown}");
        let cleared = world
            .play(&format!("owner: !permissions role clear {old}"))
            .await
            .answer();
        assert!(cleared.contains("no longer has a rank"), "{cleared}");
        let shown = world.play("owner: !permissions").await.answer();
        assert!(!shown.contains("no longer exists"), "{shown}");
    })
    .await;
}

#[tokio::test]
async fn every_change_is_recorded_with_before_and_after() {
    World::each(async |world| {
        first_rank(world, 3).await;
        world
            .play("admin: !permissions role set @Moderator 3")
            .await;
        world
            .play("owner: !permissions role clear @Moderator")
            .await;
        world.play("owner: !permissions command set ban 4").await;
        world.play("owner: !permissions command clear ban").await;
        let role = format!(
            "permissions.role.{}",
            world.sim.role_id("Moderator").expect("a role")
        );
        let command = "permissions.command.ban".to_owned();
        let seen: Vec<_> = changes(world)
            .await
            .into_iter()
            .map(|change| (change.key, change.before, change.after))
            .collect();
        let expected = [
            (role.clone(), None, Some(3.into())),
            (role, Some(3.into()), None),
            (command.clone(), None, Some(4.into())),
            (command, Some(4.into()), None),
        ];
        assert_eq!(seen, expected);
        assert!(
            world
                .db()
                .command_rules()
                .list(Everything)
                .await
                .expect("the database")
                .is_empty()
        );
    })
    .await;
}

#[tokio::test]
async fn bad_input_and_people_who_may_not_are_refused() {
    World::each(async |world| {
        for (line, says) in [
            (
                "alice: !permissions",
                "You need the permission **Manage Server**",
            ),
            (
                "mod: /permissions role set role:@Moderator rank:3",
                "You need the permission **Manage Server**",
            ),
            ("owner: !permissions role", "That is a group of commands"),
            ("owner: !permissions role set", "Which role?"),
            ("owner: !permissions role set @Moderator", "Which rank?"),
            (
                "owner: !permissions role set @alice 3",
                "takes a mention or an id",
            ),
            ("owner: !permissions role set @Moderator 11", "from 0 to 10"),
            (
                "owner: !permissions role set @Moderator three",
                "takes a whole number",
            ),
            (
                "owner: !permissions role set 12345678901234567 3",
                "There is no role `12345678901234567`",
            ),
            (
                "owner: !permissions role set @Moderator 9",
                "would be the first role with a rank (9)",
            ),
            ("owner: !permissions role clear @Moderator", "has no rank"),
            (
                "owner: !permissions command set bann 3",
                "Did you mean `ban`?",
            ),
            ("owner: !permissions command set ban", "Which rank?"),
            ("owner: !permissions command clear ban", "is not changed"),
            ("owner@bot: !permissions", "works in a server only"),
        ] {
            let answer = world.play(line).await.answer();
            assert!(answer.contains(says), "{line}: {answer}");
        }
        let unknown = world.play("owner: click Confirm").await.answer();
        let message = Message::new("permissions-rank-unknown").with("rank", 9);
        assert_eq!(unknown, world.words(&message));
        assert!(changes(world).await.is_empty());
    })
    .await;
}

//! Two workers and one obligation: whoever has lost it neither acts nor closes.

use crate::{seen::Seen, world::World};
use controllers::Crud as _;
use discord_sim::{FaultAction, FaultId, FaultRule, ShownKind};
use entity::{
    obligation,
    value::{ObligationKind, ObligationState},
};
use service::{Listener, Options};
use std::time::Duration;

const LEASE: Duration = Duration::from_secs(3);

fn hold(world: &World, method: &str, path: &str) -> FaultId {
    world.sim.fault(FaultRule {
        method: Some(method.to_owned()),
        path: path.to_owned(),
        skip: 0,
        times: Some(1),
        action: FaultAction::Hold,
    })
}

async fn ban_of(world: &World) -> obligation::Model {
    let guild = world.sim.guild_id().cast_signed();
    let owed = world.app().data().database.db().obligations();
    let owed = owed.of_case(guild, 1).await.unwrap();
    let ban = owed.into_iter().find(|o| o.kind == ObligationKind::Ban);
    ban.expect("a ban is owed")
}

async fn with_short_leases(test: impl AsyncFn(&mut World)) {
    World::each_with(|_, settings| settings.scheduler.lease = LEASE, test).await;
}

#[tokio::test]
async fn a_lease_is_renewed_for_as_long_as_its_attempt_runs() {
    with_short_leases(async |world| {
        let held = hold(world, "PUT", "/guilds/*/bans/*");
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        let first = ban_of(world).await;
        // The others see more time go by than a lease, and the lease moves with it.
        for _ in 0..3 {
            let before = ban_of(world).await.lease_until;
            world.let_pass(LEASE / 2);
            while ban_of(world).await.lease_until == before {
                tokio::task::yield_now().await;
            }
        }
        let others = world.app().data().database.db().obligations();
        let claimed = others.claim_due("other", LEASE, 9, &[]).await.unwrap();
        let bans = claimed.iter().filter(|o| o.kind == ObligationKind::Ban);
        assert_eq!(bans.count(), 0, "only what nobody has begun");
        assert!(world.sim.release(held));
        world.settle().await;
        assert_eq!(world.look().of(ShownKind::Ban).len(), 1);
        let done = ban_of(world).await;
        assert_eq!(done.state, ObligationState::Done);
        assert_eq!(done.attempts, first.attempts);
    })
    .await;
}

#[tokio::test]
async fn a_slow_worker_stops_when_it_has_lost_its_lease_and_closes_nothing() {
    with_short_leases(async |world| {
        let held = hold(world, "POST", "/users/@me/channels");
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("POST", "/users/@me/channels").await;
        // Long enough for the lease to have run out in everybody else's eyes.
        world.let_pass(LEASE * 2);
        let other = world.app().data().database.db().obligations();
        let claimed = other.claim_due("other", LEASE, 9, &[]).await.unwrap();
        let dm = claimed.iter().find(|o| o.kind == ObligationKind::Dm);
        let dm = dm.expect("the message was taken over");
        // The bot notices at the next renewal and goes on with what it still holds: nothing.
        world.app().tasks().idle().await;
        assert!(world.sim.release(held));
        world.sim.settled().await;
        let seen = Seen(world.sim.shown(0));
        assert!(seen.dms("troll").is_empty(), "{seen}");
        assert!(seen.of(ShownKind::Ban).is_empty(), "{seen}");
        let now = other.get(dm.id).await.unwrap();
        assert_eq!(now.lease_owner.as_deref(), Some("other"));
        assert_eq!(now.state, ObligationState::Leased);

        // The other one dies too, and the bot takes everything back.
        world.play("wait 1m").await;
        let seen = Seen(world.sim.shown(0));
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert!(seen.dms("troll").len() <= 1, "{seen}");
    })
    .await;
}

#[tokio::test]
async fn what_a_dead_process_held_is_taken_over_at_the_next_start_without_waiting() {
    World::each(async |world| {
        hold(world, "PUT", "/guilds/*/bans/*");
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        world.restart().await;
        // No time has passed: the lease of the dead one is still good.
        let seen = Seen(world.sim.shown(0));
        assert_eq!(seen.of(ShownKind::Ban).len(), 1, "{seen}");
        assert!(seen.answer().contains("**#1** banned troll"), "{seen}");
    })
    .await;
}

#[tokio::test]
async fn what_a_living_process_holds_is_left_to_it_by_another_that_starts() {
    World::each(async |world| {
        let url = world.database_url().to_owned();
        let options = Options::new(&url);
        let Some(alive) = Listener::connect(&options, "other", &[]).await.unwrap() else {
            // One process has the file for itself, and holds a lock on it.
            return;
        };
        hold(world, "PUT", "/guilds/*/bans/*");
        world.begin("mod: !ban @troll -reason spam").await;
        world.held("PUT", "/bans/").await;
        world.let_pass(Duration::from_mins(1));
        let other = world.app().data().database.db().obligations();
        let claimed = other.claim_due("other", LEASE, 9, &[]).await.unwrap();
        assert!(!claimed.is_empty());
        world.restart().await;
        assert!(world.look().of(ShownKind::Ban).is_empty());
        assert_eq!(ban_of(world).await.lease_owner.as_deref(), Some("other"));
        drop(alive);
        world.play("wait 1m").await;
        assert_eq!(Seen(world.sim.shown(0)).of(ShownKind::Ban).len(), 1);
    })
    .await;
}

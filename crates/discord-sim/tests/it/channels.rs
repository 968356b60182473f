//! Channels: categories, overwrites, and what a request may say of them.

use discord_sim::{Edit, permissions as p};
use serde_json::{Value, json};

use crate::support::{Strict, id, text};

#[tokio::test]
async fn a_channel_is_made_as_asked_and_its_overwrites_are_recorded() {
    let place = Strict::new().await;
    let channels = format!("{}/channels", place.guild);
    let group = json!({"name": "Group", "type": 4});
    let group = place.rest.ok("POST", &channels, group).await;
    let closed = json!({"id": place.role("Below"), "type": 0, "allow": "0", "deny": "2048"});
    let body = json!({"name": "inside", "parent_id": group["id"], "topic": "in", "nsfw": true});
    let inside = place.rest.ok("POST", &channels, body).await;
    assert_eq!(
        (&inside["parent_id"], &inside["nsfw"]),
        (&group["id"], &json!(true))
    );
    let path = format!("/channels/{}", text(&inside["id"]));
    let edit = json!({"permission_overwrites": [closed]});
    place.rest.ok("PATCH", &path, edit).await;
    place
        .rest
        .ok("PATCH", &path, json!({"permission_overwrites": []}))
        .await;
    let log: Vec<u16> = place
        .sim
        .audit_log()
        .iter()
        .map(|entry| entry.action_type)
        .collect();
    assert_eq!(log, [10, 10, 13, 15]);

    // Of a category that goes, the channels stay.
    let group = format!("/channels/{}", text(&group["id"]));
    place
        .refuses(
            (400, 50008),
            "POST",
            &format!("{group}/messages"),
            json!({"content": "a"}),
        )
        .await;
    place.rest.ok("DELETE", &group, Value::Null).await;
    let inside = place.rest.ok("GET", &path, Value::Null).await;
    assert_eq!(inside["parent_id"], Value::Null);
}

#[tokio::test]
async fn nobody_gives_in_a_channel_what_they_do_not_have() {
    let place = Strict::new().await;
    let overwrite = format!("{}/permissions/{}", place.general, place.role("Below"));
    let grant = |bits: u64| json!({"type": 0, "allow": bits.to_string(), "deny": "0"});
    place
        .refuses((403, 50013), "PUT", &overwrite, grant(p::MANAGE_GUILD))
        .await;
    place
        .rest
        .ok("PUT", &overwrite, grant(p::ATTACH_FILES))
        .await;
}

#[tokio::test]
async fn what_a_channel_cannot_be_is_refused() {
    let place = Strict::new().await;
    let channels = format!("{}/channels", place.guild);
    let general = text(&json!(place.general.trim_start_matches("/channels/")));
    for body in [
        json!({"name": ""}),
        json!({"name": "a".repeat(101)}),
        json!({"name": "a", "topic": "a".repeat(1_025)}),
        json!({"name": "a", "rate_limit_per_user": 21_601}),
        json!({"name": "a", "parent_id": general}),
        json!({"name": "a", "type": 15}),
    ] {
        place.refuses((400, 50035), "POST", &channels, body).await;
    }
}

#[tokio::test]
async fn members_in_voice_are_silenced_moved_and_disconnected() {
    let place = Strict::new().await;
    let channels = format!("{}/channels", place.guild);
    for name in ["hall", "cellar"] {
        let hall = json!({"name": name, "type": 2});
        place.rest.ok("POST", &channels, hall).await;
    }
    let member = format!("{}/members/{}", place.guild, place.user("member"));
    let mute = json!({"mute": true, "deaf": true});
    place
        .refuses((400, 40032), "PATCH", &member, mute.clone())
        .await;
    let enter = Edit::Voice {
        person: "member".to_owned(),
        channel: Some("hall".to_owned()),
    };
    place.sim.mutate(&enter).unwrap();
    let told = place.rest.ok("PATCH", &member, mute).await;
    assert_eq!((&told["mute"], &told["deaf"]), (&json!(true), &json!(true)));
    let cellar = id(place.sim.channel_id("cellar"));
    place
        .rest
        .ok("PATCH", &member, json!({"channel_id": cellar}))
        .await;
    place
        .rest
        .ok("PATCH", &member, json!({"channel_id": null}))
        .await;
    let log = place.sim.audit_log();
    let entries: Vec<u16> = log.iter().map(|entry| entry.action_type).collect();
    assert_eq!(entries[2..], [24, 26, 27]);
}

#[tokio::test]
async fn a_guild_is_edited_within_its_ranges() {
    let place = Strict::new().await;
    place.sim.set_permissions("Rookery", p::ALL).unwrap();
    let edits = || {
        let log = place.sim.audit_log().into_iter();
        log.filter(|entry| entry.action_type == 1)
            .collect::<Vec<_>>()
    };
    let general = place.general.trim_start_matches("/channels/").to_owned();
    let edit =
        json!({"verification_level": 2, "system_channel_id": general, "description": "Tidy"});
    let told = place.rest.ok("PATCH", &place.guild, edit.clone()).await;
    assert_eq!(
        (&told["verification_level"], &told["system_channel_id"]),
        (&json!(2), &json!(general))
    );
    assert_eq!(edits()[0].changes.len(), 3);
    // The same again is no change.
    place.rest.ok("PATCH", &place.guild, edit).await;
    assert_eq!(edits().len(), 1);
    for wrong in [
        json!({"verification_level": 5}),
        json!({"system_channel_id": "5"}),
        json!({"description": "a".repeat(301)}),
        json!({"name": "a"}),
    ] {
        place
            .refuses((400, 50035), "PATCH", &place.guild, wrong)
            .await;
    }
}

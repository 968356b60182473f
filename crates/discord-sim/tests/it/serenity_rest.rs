//! Answers, as serenity's own client understands them: what it does not parse is an error.

use discord_sim::{Act, Sim, permissions};
use poise::serenity_prelude::{
    AutoArchiveDuration, ChannelId, ChannelType, CreateAllowedMentions, CreateAttachment,
    CreateChannel, CreateInvite, CreateMessage, CreateThread, CreateWebhook, EditMember, EditRole,
    EditThread, ExecuteWebhook, GuildId, Http, HttpBuilder, HttpError, ReactionType, Timestamp,
    UserId,
};

use crate::support::{act, sim};

struct Place {
    sim: Sim,
    http: Http,
    guild: GuildId,
    general: ChannelId,
}

async fn place() -> Place {
    let sim = sim().await;
    sim.set_permissions("Rookery", permissions::ALL).unwrap();
    let http = HttpBuilder::new(sim.token())
        .proxy(sim.url())
        .ratelimiter_disabled(true)
        .application_id(sim.application_id().into())
        .build();
    Place {
        guild: sim.guild_id().into(),
        general: sim.channel_id("general").unwrap().into(),
        http,
        sim,
    }
}

impl Place {
    fn user(&self, name: &str) -> UserId {
        self.sim.user_id(name).unwrap().into()
    }
}

#[tokio::test]
async fn threads_pins_and_reactions() {
    let Place {
        http,
        general,
        guild,
        ..
    } = &place().await;
    let message = general.say(http, "talk about it").await.unwrap();
    let spec = CreateThread::new("Talk").auto_archive_duration(AutoArchiveDuration::OneHour);
    let thread = general
        .create_thread_from_message(http, message.id, spec)
        .await
        .unwrap();
    assert_eq!(
        (thread.kind, thread.parent_id),
        (ChannelType::PublicThread, Some(*general))
    );
    thread.id.say(http, "here").await.unwrap();
    assert_eq!(
        guild.get_active_threads(http).await.unwrap().threads.len(),
        1
    );
    let closed = EditThread::new().archived(true).locked(true);
    let closed = thread.id.edit_thread(http, closed).await.unwrap();
    assert!(closed.thread_metadata.unwrap().locked);
    let archived = general
        .get_archived_public_threads(http, None, None)
        .await
        .unwrap();
    assert_eq!(archived.threads.len(), 1);

    message.pin(http).await.unwrap();
    assert_eq!(general.pins(http).await.unwrap()[0].id, message.id);
    message.unpin(http).await.unwrap();

    let tick = ReactionType::Unicode("✅".to_owned());
    message.react(http, tick.clone()).await.unwrap();
    let who = message
        .reaction_users(http, tick.clone(), None, None)
        .await
        .unwrap();
    assert_eq!(who.len(), 1);
    let told = general.message(http, message.id).await.unwrap();
    assert!(told.reactions[0].me);
    message.delete_reaction_emoji(http, tick).await.unwrap();
}

#[tokio::test]
async fn webhooks_invites_emoji_and_channels() {
    let Place {
        http,
        general,
        guild,
        ..
    } = &place().await;
    let hook = general
        .create_webhook(http, CreateWebhook::new("Mail"))
        .await
        .unwrap();
    let letter = ExecuteWebhook::new().content("a letter").username("Owl");
    let letter = hook.execute(http, true, letter).await.unwrap().unwrap();
    assert_eq!(
        (letter.author.name.as_str(), letter.webhook_id),
        ("Owl", Some(hook.id))
    );
    assert_eq!(general.webhooks(http).await.unwrap().len(), 1);
    hook.delete_message(http, None, letter.id).await.unwrap();
    hook.delete(http).await.unwrap();

    let invite = general
        .create_invite(http, CreateInvite::new().max_uses(3))
        .await
        .unwrap();
    assert_eq!(invite.max_uses, 3);
    assert_eq!(guild.invites(http).await.unwrap()[0].code, invite.code);
    invite.delete(http).await.unwrap();

    let image = "data:image/png;base64,iVBORw0KGgo=";
    let emoji = guild.create_emoji(http, "rook", image).await.unwrap();
    assert_eq!(guild.emojis(http).await.unwrap()[0].name, emoji.name);
    guild.delete_emoji(http, emoji.id).await.unwrap();

    let group = CreateChannel::new("Group").kind(ChannelType::Category);
    let group = guild.create_channel(http, group).await.unwrap();
    let inside = CreateChannel::new("inside").category(group.id).topic("in");
    let inside = guild.create_channel(http, inside).await.unwrap();
    assert_eq!(inside.parent_id, Some(group.id));
    guild
        .reorder_channels(http, [(inside.id, 0)])
        .await
        .unwrap();
    assert_eq!(guild.channels(http).await.unwrap().len(), 5);
    inside.delete(http).await.unwrap();
}

#[tokio::test]
async fn members_roles_and_files() {
    let place = place().await;
    let Place {
        http,
        general,
        guild,
        ..
    } = &place;
    let until = Timestamp::parse("2024-01-02T00:00:00Z").unwrap();
    let quiet = EditMember::new().disable_communication_until_datetime(until);
    let alice = guild
        .edit_member(http, place.user("alice"), quiet.nickname("Al"))
        .await
        .unwrap();
    assert_eq!(
        (alice.nick.as_deref(), alice.communication_disabled_until),
        (Some("Al"), Some(until))
    );
    let role = guild
        .create_role(http, EditRole::new().name("Quiet").hoist(true))
        .await
        .unwrap();
    alice.add_role(http, role.id).await.unwrap();
    guild.edit_role_position(http, role.id, 2).await.unwrap();
    guild.delete_role(http, role.id).await.unwrap();
    let found = guild.search_members(http, "al", Some(5)).await.unwrap();
    assert_eq!(found.len(), 1);
    let raiders = [place.user("troll"), place.user("bob")];
    let banned = guild.bulk_ban(http, &raiders, 60, Some("raid"));
    assert_eq!(banned.await.unwrap().banned_users.len(), 2);
    guild.unban(http, place.user("bob")).await.unwrap();
    let log = guild
        .audit_logs(http, None, None, None, Some(10))
        .await
        .unwrap();
    assert_eq!(log.entries[1].reason.as_deref(), Some("raid"));

    let file = CreateAttachment::bytes(b"moved".to_vec(), "log.txt");
    let quiet = CreateAllowedMentions::new();
    let sent = CreateMessage::new()
        .content("@everyone")
        .add_file(file)
        .allowed_mentions(quiet);
    let sent = general.send_message(http, sent).await.unwrap();
    assert!(!sent.mention_everyone);
    assert_eq!(sent.attachments[0].filename, "log.txt");
    assert_eq!(sent.attachments[0].download().await.unwrap(), b"moved");
    general.broadcast_typing(http).await.unwrap();
}

#[tokio::test]
async fn a_refusal_keeps_its_code_and_the_field() {
    let Place {
        http, general, sim, ..
    } = &place().await;
    act(sim, &Act::say("alice", "mine"));
    let long = general.say(http, "a".repeat(2_001)).await.unwrap_err();
    assert!(
        long.to_string().contains("too large"),
        "serenity itself refuses: {long}"
    );
    let embed = serde_json::json!({"embeds": [{"title": "a".repeat(257)}]});
    let error = http
        .send_message(*general, Vec::new(), &embed)
        .await
        .unwrap_err();
    let poise::serenity_prelude::Error::Http(HttpError::UnsuccessfulRequest(refusal)) = error
    else {
        panic!("not a refusal: {error}");
    };
    assert_eq!(
        (refusal.status_code.as_u16(), refusal.error.code),
        (400, 50035)
    );
    assert_eq!(refusal.error.errors[0].path, "embeds.0.title");
}

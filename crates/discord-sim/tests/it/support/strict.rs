//! A world in which much is refused.

use discord_sim::{Act, GuildSpec, Sim, SimClock, World, permissions as p};
use serde_json::{Value, json};

use super::{Rest, START_MS, act, id, text};

/// A world in which much is refused, and the paths of what is in it.
pub(crate) struct Strict {
    pub(crate) sim: Sim,
    pub(crate) rest: Rest,
    pub(crate) guild: String,
    pub(crate) general: String,
    /// The bot does not see it.
    pub(crate) hidden: String,
    pub(crate) app: String,
}

impl Strict {
    pub(crate) async fn new() -> Self {
        let bot = p::ALL & !(p::ADMINISTRATOR | p::MANAGE_GUILD);
        let guild = GuildSpec::new("Strict", "owner")
            .role("Above", 0)
            .role("Admin", p::ADMINISTRATOR)
            .bot_role(bot)
            .role("Below", 0)
            .channel("general")
            .private_channel("hidden", &["Above"])
            .member("chief", &["Above"])
            .member("member", &["Below"])
            .member("shut", &[]);
        let world = World::new()
            .guild(guild)
            .guild(
                GuildSpec::new("Powerless", "owner")
                    .channel("quiet")
                    .everyone(p::VIEW_CHANNEL),
            )
            .person("stranger");
        let clock = SimClock::fixed(START_MS);
        let sim = Sim::builder()
            .world(world)
            .clock(clock)
            .start()
            .await
            .unwrap();
        sim.set_dms_open("shut", false).unwrap();
        Self {
            guild: format!("/guilds/{}", sim.guild_id()),
            general: format!("/channels/{}", id(sim.channel_id("general"))),
            hidden: format!("/channels/{}", id(sim.channel_id("hidden"))),
            app: format!("/applications/{}", sim.application_id()),
            rest: Rest::new(&sim),
            sim,
        }
    }

    pub(crate) fn user(&self, name: &str) -> String {
        id(self.sim.user_id(name))
    }

    pub(crate) fn role(&self, name: &str) -> String {
        id(self.sim.role_id(name))
    }

    /// Sends a request that must be refused so.
    pub(crate) async fn refuses(
        &self,
        expected: (u16, u64),
        method: &str,
        path: &str,
        body: Value,
    ) -> Value {
        let (status, answer) = self.rest.call(method, path, body.clone()).await;
        assert_eq!(
            (status, answer["code"].as_u64()),
            (expected.0, Some(expected.1)),
            "{method} {path} {body}: {answer}"
        );
        assert!(
            answer["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty())
        );
        answer
    }

    /// Where the bot writes to a person.
    pub(crate) async fn conversation(&self, person: &str) -> String {
        let recipient = json!({"recipient_id": self.user(person)});
        let channel = self.rest.ok("POST", "/users/@me/channels", recipient).await;
        format!("/channels/{}/messages", text(&channel["id"]))
    }

    /// The path of a message that the bot has just sent.
    pub(crate) async fn own_message(&self) -> String {
        let path = format!("{}/messages", self.general);
        let sent = self
            .rest
            .ok("POST", &path, json!({"content": "mine"}))
            .await;
        format!("{path}/{}", text(&sent["id"]))
    }

    /// The path of a message that someone has just sent, and its id.
    pub(crate) async fn message_of(&self, person: &str) -> (String, String) {
        act(&self.sim, &Act::say(person, "theirs"));
        let path = format!("{}/messages", self.general);
        let newest = self
            .rest
            .ok("GET", &format!("{path}?limit=1"), Value::Null)
            .await;
        let id = text(&newest[0]["id"]);
        (format!("{path}/{id}"), id)
    }
}

//! The world, and what people do in it.

use discord_sim::{Act, Edit, GuildSpec, Refusal, Sim, What, World, permissions as p};
use rand::rngs::StdRng;
use rand::{RngExt as _, SeedableRng as _};

const MODERATOR: p::Bits = p::MODERATE_MEMBERS | p::KICK_MEMBERS | p::BAN_MEMBERS;
const BOT: p::Bits = MODERATOR
    | p::MANAGE_MESSAGES
    | p::VIEW_AUDIT_LOG
    | p::VIEW_CHANNEL
    | p::SEND_MESSAGES
    | p::EMBED_LINKS
    | p::READ_MESSAGE_HISTORY;

/// A world in which `members` people live in `guilds` guilds, evenly: in each an owner, a moderator
/// and others, and one channel.
pub(crate) fn world(guilds: usize, members: usize) -> World {
    (0..guilds).fold(World::new(), |world, g| {
        let owner = format!("owner-{g}");
        let guild = GuildSpec::new(&format!("guild-{g}"), &owner)
            .bot_role(BOT)
            .role("Moderator", MODERATOR)
            .channel(&channel(g))
            .member(&format!("mod-{g}"), &["Moderator"]);
        let others = 0..others(guilds, members);
        world.guild(others.fold(guild, |guild, n| guild.member(&person(g, n), &[])))
    })
}

/// How many are neither the owner nor the moderator of their guild.
fn others(guilds: usize, members: usize) -> usize {
    (members / guilds).saturating_sub(2)
}

fn channel(guild: usize) -> String {
    format!("general-{guild}")
}

fn person(guild: usize, n: usize) -> String {
    format!("user-{guild}-{n}")
}

/// Something that happens.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Message,
    Join,
    Reaction,
    Command,
}

/// Makes people act. The seed decides who does what.
pub(crate) struct Crowd {
    sim: Sim,
    random: StdRng,
    guilds: usize,
    others: usize,
    joined: usize,
    /// How many commands were given in each guild.
    pub(crate) commands: Vec<u64>,
}

impl Crowd {
    pub(crate) fn new(sim: Sim, guilds: usize, members: usize, seed: u64) -> Self {
        Self {
            sim,
            random: StdRng::seed_from_u64(seed),
            guilds,
            others: others(guilds, members),
            joined: 0,
            commands: vec![0; guilds],
        }
    }

    /// Someone does something somewhere. Nobody reacts where nothing was said yet.
    ///
    /// # Errors
    /// What Discord's client would say.
    pub(crate) async fn act(&mut self, kind: Kind) -> Result<(), Refusal> {
        let guild = self.random.random_range(0..self.guilds);
        let someone = person(guild, self.random.random_range(0..self.others));
        let act = match kind {
            Kind::Message => Act::say(&someone, "good morning, how is everybody?"),
            Kind::Reaction => Act::new(&someone, What::React("👍".to_owned())),
            Kind::Join => {
                self.joined += 1;
                let name = format!("newcomer-{}", self.joined);
                self.sim.mutate(&Edit::AddPerson { name: name.clone() })?;
                Act::new(&name, What::Join)
            }
            Kind::Command => self.command(guild, &someone),
        };
        match self.sim.perform(&act.in_channel(&channel(guild))).await {
            Err(Refusal::NoMessage(_)) => Ok(()),
            done => done,
        }
    }

    /// A warning, in turns by prefix and by slash.
    fn command(&mut self, guild: usize, target: &str) -> Act {
        let turn: u64 = self.commands.iter().sum();
        if let Some(commands) = self.commands.get_mut(guild) {
            *commands += 1;
        }
        let moderator = format!("mod-{guild}");
        let target = self.sim.user_id(target).unwrap_or_default();
        if turn.is_multiple_of(2) {
            Act::say(&moderator, &format!("!warn <@{target}> -reason load"))
        } else {
            let line = format!("warn member:<@{target}> reason:load");
            Act::slash(&moderator, &line)
        }
    }

    /// The ids of the guilds, in order, each with how many commands were given there.
    pub(crate) fn guilds(&self) -> Vec<(u64, u64)> {
        let sim = &self.sim;
        let id = |g: usize| sim.channel_guild(&channel(g)).unwrap_or_default();
        (0..).map(id).zip(self.commands.iter().copied()).collect()
    }
}

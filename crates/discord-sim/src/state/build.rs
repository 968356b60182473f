//! From the description of a world to its first moment.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{Channel, Guild, Kind, Member, Role, State, User};
use crate::checks::Checks;
use crate::clock::SimClock;
use crate::fault::Faults;
use crate::gateway::Gateway;
use crate::interaction::{Commands, Interactions};
use crate::permissions::Overwrite;
use crate::rest::{Ledger, Limiter};
use crate::shown::Transcript;
use crate::snowflake::{SeededIds, Snowflakes, time_of};
use crate::world::{BOT_ROLE, GuildSpec, World};

impl State {
    /// The world at its first moment. The seed decides all ids.
    pub(crate) fn new(world: &World, seed: u64, clock: SimClock) -> Self {
        let mut ids = SeededIds::new(seed);
        let application_id = ids.next();
        let bot_name = world.bot.clone().unwrap_or_else(|| "Rookery".to_owned());
        let bot = User {
            id: application_id,
            name: bot_name,
            bot: true,
            dms_open: false,
        };
        let mut state = Self {
            ids: Snowflakes::new(clock.clone()),
            clock,
            application_id,
            bot_id: application_id,
            main_guild: 0,
            users: BTreeMap::new(),
            names: HashMap::new(),
            guilds: BTreeMap::new(),
            outages: BTreeSet::new(),
            presences: BTreeMap::new(),
            voice: BTreeMap::new(),
            channels: BTreeMap::new(),
            messages: BTreeMap::new(),
            nonces: HashMap::new(),
            webhooks: BTreeMap::new(),
            invites: BTreeMap::new(),
            files: BTreeMap::new(),
            commands: Commands::default(),
            interactions: Interactions::default(),
            gateway: Gateway::default(),
            transcript: Transcript::default(),
            faults: Faults::new(seed),
            ledger: Ledger::default(),
            limiter: Limiter::default(),
            watcher: None,
            work: None,
            checks: Checks::default(),
            history: Vec::new(),
            expected: 0,
        };
        state.add_user(bot);
        for guild in &world.guilds {
            let id = state.add_guild(guild, &mut ids);
            if state.main_guild == 0 {
                state.main_guild = id;
            }
        }
        for name in &world.people {
            state.person(name, &mut ids);
        }
        state
    }

    fn person(&mut self, name: &str, ids: &mut SeededIds) -> u64 {
        if let Some(known) = self.user_named(name) {
            return known;
        }
        let id = ids.next();
        let user = User {
            id,
            name: name.to_owned(),
            bot: false,
            dms_open: true,
        };
        self.add_user(user);
        id
    }

    fn add_guild(&mut self, spec: &GuildSpec, ids: &mut SeededIds) -> u64 {
        let id = ids.next();
        let owner = self.person(&spec.owner, ids);
        let mut guild = Guild {
            id,
            name: spec.name.clone(),
            owner,
            joined_ms: time_of(id),
            roles: BTreeMap::new(),
            members: BTreeMap::new(),
            bans: BTreeMap::new(),
            properties: BTreeMap::new(),
            emojis: BTreeMap::new(),
            audit: Vec::new(),
        };
        let everyone = ("@everyone".to_owned(), spec.everyone);
        let unplaced_bot_role = (BOT_ROLE.to_owned(), 0);
        let mut highest_first = spec.roles.clone();
        if !highest_first.iter().any(|(name, _)| name == BOT_ROLE) {
            highest_first.push(unplaced_bot_role);
        }
        let lowest_first = std::iter::once(everyone).chain(highest_first.into_iter().rev());
        for (position, (name, bits)) in (0..).zip(lowest_first) {
            let managed_by = (name == BOT_ROLE).then_some(self.bot_id);
            let name = if managed_by.is_some() {
                self.name_of(self.bot_id)
            } else {
                name
            };
            let id = if position == 0 { id } else { ids.next() };
            let (color, hoist, mentionable) = (0, false, false);
            let role = Role {
                id,
                name,
                bits,
                position,
                managed_by,
                color,
                hoist,
                mentionable,
            };
            guild.roles.insert(id, role);
        }
        let bot = (self.name_of(self.bot_id), vec![BOT_ROLE.to_owned()]);
        let owner_spec = (spec.owner.clone(), Vec::new());
        for (name, roles) in [owner_spec, bot].iter().chain(&spec.members) {
            let user_id = self.person(name, ids);
            let roles = roles
                .iter()
                .filter_map(|role| self.spec_role(&guild, role))
                .collect();
            let joined_ms = guild.joined_ms;
            let member = Member {
                user_id,
                roles,
                nick: None,
                joined_ms,
                timeout_ms: None,
                mute: false,
                deaf: false,
            };
            guild.members.insert(user_id, member);
        }
        for (position, channel) in (0..).zip(&spec.channels) {
            let kind = if channel.voice {
                Kind::Voice(id)
            } else {
                Kind::Text(id)
            };
            let mut made = Channel::new(ids.next(), &channel.name, kind);
            made.overwrites = self.spec_overwrites(&guild, &channel.overwrites);
            made.position = position;
            self.channels.insert(made.id, made);
        }
        self.guilds.insert(id, guild);
        id
    }

    fn spec_role(&self, guild: &Guild, name: &str) -> Option<u64> {
        if name == BOT_ROLE {
            return guild
                .roles
                .values()
                .find(|r| r.managed_by == Some(self.bot_id))
                .map(|r| r.id);
        }
        guild
            .roles
            .values()
            .find(|role| role.name == name)
            .map(|role| role.id)
    }

    fn spec_overwrites(&self, guild: &Guild, specs: &[(String, u64, u64)]) -> Vec<Overwrite> {
        let overwrite = |(who, allow, deny): &(String, u64, u64)| {
            let role = self.spec_role(guild, who);
            let id = role.or_else(|| self.user_named(who))?;
            Some(Overwrite {
                id,
                member: role.is_none(),
                allow: *allow,
                deny: *deny,
            })
        };
        specs.iter().filter_map(overwrite).collect()
    }
}

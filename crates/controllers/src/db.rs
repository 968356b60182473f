//! The facade: every controller, on whatever executor it was made over.

use crate::{
    CaseController, CaseEventController, Clock, CommandRuleController, ConfigEventController,
    CounterController, Executor, GuildConfigController, GuildController, InstanceController,
    LogChannelController, ObligationController, RankController, ReasonPresetController, Repo,
    Result, RoleRankController, Tx, UiStateController, executor::in_transaction,
};
use entity::Managed;
use futures_util::future::BoxFuture;

/// All controllers over one executor. Cheap to copy; the same calls work on a pool and inside a
/// transaction.
#[derive(Debug)]
pub struct Db<'c, C> {
    conn: &'c C,
    clock: &'c Clock,
}

impl<C> Clone for Db<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for Db<'_, C> {}

impl<'c, C: Executor> Db<'c, C> {
    /// Controllers over `conn`, stamping with `clock`.
    pub fn new(conn: &'c C, clock: &'c Clock) -> Self {
        Self { conn, clock }
    }

    /// The controllers of one guild: every statement is confined to it.
    pub fn guild(self, guild_id: i64) -> GuildDb<'c, C> {
        GuildDb { db: self, guild_id }
    }

    /// The plain controller of a table without a guild, or of all guilds together.
    pub fn global<E: Managed>(self) -> Repo<'c, E, C> {
        Repo::new(self.conn, self.clock, None)
    }

    /// What is owed to Discord or to a person, over all guilds.
    pub fn obligations(self) -> ObligationController<'c, C> {
        ObligationController(self)
    }

    /// Facts about the installation.
    pub fn instance(self) -> InstanceController<'c, C> {
        InstanceController(self)
    }

    /// What components and confirmations need beyond their custom id.
    pub fn ui_states(self) -> UiStateController<'c, C> {
        UiStateController(self)
    }

    /// What the controllers run on.
    pub fn conn(self) -> &'c C {
        self.conn
    }

    /// The clock that stamps.
    pub fn clock(self) -> &'c Clock {
        self.clock
    }

    /// No guild confines these controllers.
    #[expect(clippy::unused_self, reason = "the counterpart of `GuildDb::tenant`")]
    pub(crate) fn tenant(self) -> Option<i64> {
        None
    }

    /// Runs `work` in one transaction (on a pool) or savepoint (in a transaction), once.
    ///
    /// # Errors
    /// Those of `work`, of opening and of committing.
    pub async fn transaction<T, F>(self, work: F) -> Result<T>
    where
        F: for<'t> FnOnce(Db<'t, Tx>) -> BoxFuture<'t, Result<T>> + Send,
    {
        let tx = self.conn.begin_nested().await?;
        let result = in_transaction(work(Db::new(&tx, self.clock))).await;
        tx.finish(result).await
    }
}

/// The controllers of one guild.
#[derive(Debug)]
pub struct GuildDb<'c, C> {
    db: Db<'c, C>,
    guild_id: i64,
}

impl<C> Clone for GuildDb<'_, C> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<C> Copy for GuildDb<'_, C> {}

impl<'c, C: Executor> GuildDb<'c, C> {
    /// The guild's id.
    pub fn id(self) -> i64 {
        self.guild_id
    }

    /// The controllers of all guilds, on the same executor.
    pub fn all_guilds(self) -> Db<'c, C> {
        self.db
    }

    /// The plain controller of a guild-owned table.
    pub fn repo<E: Managed>(self) -> Repo<'c, E, C> {
        Repo::new(self.db.conn, self.db.clock, Some(self.guild_id))
    }

    /// The guild's own row.
    pub fn guild(self) -> GuildController<'c, C> {
        GuildController(self)
    }

    /// The guild's settings.
    pub fn config(self) -> GuildConfigController<'c, C> {
        GuildConfigController(self)
    }

    /// Who changed which setting.
    pub fn config_events(self) -> ConfigEventController<'c, C> {
        ConfigEventController(self)
    }

    /// Numbers without gaps.
    pub fn counters(self) -> CounterController<'c, C> {
        CounterController(self)
    }

    /// Moderation cases.
    pub fn cases(self) -> CaseController<'c, C> {
        CaseController(self)
    }

    /// What happened to each case.
    pub fn case_events(self) -> CaseEventController<'c, C> {
        CaseEventController(self)
    }

    /// Ranks.
    pub fn ranks(self) -> RankController<'c, C> {
        RankController(self)
    }

    /// Which role has which rank.
    pub fn role_ranks(self) -> RoleRankController<'c, C> {
        RoleRankController(self)
    }

    /// Which command needs which rank.
    pub fn command_rules(self) -> CommandRuleController<'c, C> {
        CommandRuleController(self)
    }

    /// Reasons that moderators give by name.
    pub fn reason_presets(self) -> ReasonPresetController<'c, C> {
        ReasonPresetController(self)
    }

    /// Which log goes to which channel.
    pub fn log_channels(self) -> LogChannelController<'c, C> {
        LogChannelController(self)
    }

    pub(crate) fn conn(self) -> &'c C {
        self.db.conn
    }

    pub(crate) fn clock(self) -> &'c Clock {
        self.db.clock
    }

    #[expect(clippy::unnecessary_wraps, reason = "the counterpart of `Db::tenant`")]
    pub(crate) fn tenant(self) -> Option<i64> {
        Some(self.guild_id)
    }
}

//! The sandbox in a browser: `discord_sim::web` with panels that show what the bot does behind the chat.

mod bot_faults;
mod case_timeline;
mod database;
mod row;
mod stagehand;
mod tour;

pub use stagehand::{Order, Orders};

use super::Stage;
use discord_sim::web::{Page, PageError};
use stagehand::Stagehand;
use std::time::Duration;

/// How long a panel waits for the database before it says that it does not answer.
const PATIENCE: Duration = Duration::from_secs(3);

/// Opens a page for what happens on this stage, on `port` or, with 0, on any that is free. Whoever plays on
/// the stage has to carry out the orders.
///
/// # Errors
/// Those of [`discord_sim::web::PageBuilder::open`].
pub async fn open(stage: &Stage, port: u16) -> Result<(Page, Orders), PageError> {
    let (stagehand, orders) = Stagehand::hire();
    let guild = stage.sim().guild_id().cast_signed();
    let seen = Seen {
        sim: stage.sim().clone(),
        data: stage.data(),
        guild,
    };
    let page = Page::builder(stage.sim())
        .port(port)
        .watch(super::stage::MOD_LOG)
        .panel(tour::Tour::new(seen.clone()))
        .panel(case_timeline::CaseTimeline::new(seen.clone()))
        .panel(database::Tables::new(seen.clone()))
        .panel(bot_faults::BotFaults::new(stage.data(), stagehand.clone()))
        .host(stagehand)
        .open()
        .await?;
    Ok((page, orders))
}

/// What the panels look at: Discord, and whichever bot is on the stage.
#[derive(Clone)]
struct Seen {
    sim: discord_sim::Sim,
    data: tokio::sync::watch::Receiver<crate::data::Data>,
    guild: i64,
}

impl Seen {
    /// The bot that is on the stage now.
    fn data(&self) -> crate::data::Data {
        self.data.borrow().clone()
    }

    /// The name of a user; an id that nobody has stays a number.
    fn name(&self, id: i64) -> String {
        let name = self.sim.user_name(id.cast_unsigned());
        name.map_or_else(|| id.to_string(), |name| format!("@{name}"))
    }

    /// Asks the database something, and says in words what it answers instead.
    async fn ask<T>(
        &self,
        question: impl Future<Output = controllers::Result<T>>,
    ) -> Result<T, String> {
        match tokio::time::timeout(PATIENCE, question).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(format!("The database does not answer: {error}.")),
            Err(_) => Err("The database does not answer in time.".to_owned()),
        }
    }
}

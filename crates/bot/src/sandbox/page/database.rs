//! The panel of the database's tables, read through the controllers like everything else.

use super::{Seen, row::Shown};
use controllers::{Everything, Keyset, Paginate, Row, Window};
use discord_sim::web::{Block, Doing, Panel, Table, Tone};
use entity::{Managed, case_event, config_event, counter, log_channel, mod_case};
use serde_json::Value;

/// How many of the newest rows of a table are shown.
const ROWS: u64 = 40;

pub(super) struct Tables(Seen);

impl Tables {
    pub(super) fn new(seen: Seen) -> Self {
        Self(seen)
    }

    async fn blocks(&self) -> Vec<Block> {
        match self.0.ask(self.tables()).await {
            Ok(tables) => tables.into_iter().map(Block::Table).collect(),
            Err(why) => vec![Block::Note {
                tone: Tone::Bad,
                text: why,
            }],
        }
    }

    async fn tables(&self) -> controllers::Result<Vec<Table>> {
        let data = self.0.data();
        let db = data.database.db();
        let guild = db.guild(self.0.guild);
        Ok(vec![
            self.table(&newest::<mod_case::Entity>(guild.cases()).await?),
            self.table(&newest(db.obligations()).await?),
            self.table(&newest::<case_event::Entity>(guild.case_events()).await?),
            self.table(&newest::<counter::Entity>(guild.counters()).await?),
            self.table(&newest::<log_channel::Entity>(guild.log_channels()).await?),
            self.table(&newest::<config_event::Entity>(guild.config_events()).await?),
        ])
    }

    /// The newest row stands first: what happens is seen without scrolling.
    fn table<M: Shown>(&self, window: &Window<M>) -> Table {
        let rows = window.items.iter().rev();
        Table {
            name: M::NAME.to_owned(),
            about: M::ABOUT.to_owned(),
            columns: M::COLUMNS.to_vec(),
            rows: rows.map(|row| row.row(&self.0)).collect(),
            more: window.previous.is_some(),
        }
    }
}

/// The last rows of a table in the order of its key, which grows with time.
async fn newest<E: Managed>(
    controller: impl Paginate<Entity = E>,
) -> controllers::Result<Window<Row<E>>> {
    controller
        .last_window(Everything, Keyset::key(), ROWS)
        .await
}

impl Panel for Tables {
    fn tab(&self) -> &'static str {
        "Database"
    }

    fn look(&self) -> Doing<'_, Vec<Block>> {
        Box::pin(self.blocks())
    }

    fn act<'a>(
        &'a self,
        _control: &'a str,
        _value: &'a Value,
    ) -> Doing<'a, Option<Result<(), String>>> {
        Box::pin(async { None })
    }
}

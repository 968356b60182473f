//! The same operations through the data layer.

use anyhow::ensure;
use controllers::{
    Bulk as _, CaseTarget, Clock, Conflict, Crud as _, Cursor, Everything, Keyset, NewCase,
    Paginate as _, Query as _, Repo, Upsert as _,
};
use entity::value::{CaseKind, CaseSource, TargetType};
use sea_orm::{
    ActiveValue::{Set, Unchanged},
    ColumnTrait as _, JsonValue,
};
use service::{Database, Options, Pool, Retry};

use crate::{
    contender::{Contender, Own, Turn},
    floor::CONNECTIONS,
    ground::{self, BATCH, BULK, CASES, CROWD, FEW, MANY, OWN, REASON, Size, TARGETS, TIMELINE},
    op::Op,
    table::{ActiveModel, Column, Entity},
};

/// The data layer.
pub(crate) struct Ours {
    database: Database,
    size: Size,
    own: Own,
    /// Where the shallow and the deep window begin.
    cursors: [Cursor; 2],
}

impl Ours {
    pub(crate) async fn connect(url: &str, size: Size) -> anyhow::Result<Self> {
        let mut options = Options::new(url);
        options.pool_max = CONNECTIONS;
        let database = Database::connect(&options, Clock::system()).await?;
        database
            .db()
            .guild(CASES)
            .guild()
            .ensure("Bench", 1)
            .await?;
        let mut cursors = Vec::new();
        for op in [Op::WindowShallow, Op::WindowDeep] {
            cursors.push(cursor(&database, size.depth(op)).await?);
        }
        let cursors = <[Cursor; 2]>::try_from(cursors).ok();
        Ok(Self {
            database,
            size,
            own: Own::new(0),
            cursors: cursors.ok_or_else(|| anyhow::anyhow!("two cursors"))?,
        })
    }

    fn samples(&self, guild: i64) -> Repo<'_, Entity, Pool> {
        self.database.db().guild(guild).repo()
    }
}

/// The place behind the row of this depth.
async fn cursor(database: &Database, depth: u64) -> anyhow::Result<Cursor> {
    let samples: Repo<'_, Entity, Pool> = database.db().guild(TIMELINE).repo();
    let from = Column::CreatedAt.gte(ground::created_at(depth));
    let window = samples.window(from, timeline(), None, 1).await?;
    window
        .next
        .ok_or_else(|| anyhow::anyhow!("no rows behind {depth}"))
}

fn timeline() -> Keyset<Entity> {
    Keyset::ascending(Column::CreatedAt)
}

fn new(weight: i64) -> ActiveModel {
    ActiveModel {
        kind: Set("warn".to_owned()),
        target_id: Set(7),
        moderator_id: Set(50),
        reason: Set(REASON.to_owned()),
        weight: Set(weight),
        active: Set(true),
        ..Default::default()
    }
}

fn numbered(n: u64, weight: i64) -> ActiveModel {
    ActiveModel {
        id: Set(ground::id(n)),
        ..new(weight)
    }
}

#[async_trait::async_trait]
impl Contender for Ours {
    async fn prepare(&self, op: Op, _: Turn) -> anyhow::Result<()> {
        let samples = self.samples(BULK);
        samples.delete_where(Everything).await?;
        if matches!(op, Op::UpdateMany | Op::DeleteMany) {
            samples
                .insert_many((0..BATCH).map(|n| numbered(n, 0)))
                .await?;
        }
        Ok(())
    }

    async fn run(&self, op: Op, turn: Turn) -> anyhow::Result<()> {
        let (guild, number) = ground::small(turn.pick(self.size.rows));
        let upsert = || Conflict::on_key().updating([Column::Weight]);
        match op {
            Op::Find => {
                let row = self
                    .samples(guild)
                    .find((guild, ground::id(number)))
                    .await?;
                ensure!(row.is_some(), "there is no such row");
            }
            Op::Create => {
                self.samples(guild).create(new(0)).await?;
            }
            Op::Update => {
                let (own, version) = self.own.next(turn);
                let draft = ActiveModel {
                    guild_id: Unchanged(OWN),
                    id: Unchanged(own),
                    weight: Set(version),
                    version: Unchanged(version),
                    ..Default::default()
                };
                self.samples(OWN).update(draft).await?;
            }
            Op::UpsertExisting => {
                let draft = numbered(number, turn.weight());
                self.samples(guild).upsert(draft, upsert()).await?;
            }
            Op::UpsertNew => {
                self.samples(guild).upsert(new(0), upsert()).await?;
            }
            Op::List50 => {
                let target = 1 + turn.pick(TARGETS).cast_signed();
                let rows = self
                    .samples(CROWD)
                    .list(Column::TargetId.eq(target))
                    .await?;
                ensure!(rows.len() == FEW, "{} rows", rows.len());
            }
            Op::WindowShallow | Op::WindowDeep => {
                let [shallow, deep] = &self.cursors;
                let at = if op == Op::WindowDeep { deep } else { shallow };
                let samples = self.samples(TIMELINE);
                let window = samples
                    .window(Everything, timeline(), Some(at.clone()), 50)
                    .await?;
                ensure!(window.items.len() == 50, "{} rows", window.items.len());
            }
            Op::PageFirst | Op::PageDeep => {
                let number = self.size.depth(op) / 50 + 1;
                let samples = self.samples(TIMELINE);
                let page = samples.page(Everything, Keyset::key(), number, 50).await?;
                ensure!(page.items.len() == 50, "{} rows", page.items.len());
            }
            Op::Count => {
                let count = self.samples(CROWD).count(Column::TargetId.eq(MANY)).await?;
                ensure!(count == BATCH, "{count} rows");
            }
            Op::Exists => {
                let found = self
                    .samples(CROWD)
                    .exists(Column::TargetId.eq(MANY))
                    .await?;
                ensure!(found, "nothing found");
            }
            Op::OpenCase => self.open_case().await?,
            Op::InsertMany => {
                self.samples(BULK)
                    .insert_many((0..BATCH).map(|n| numbered(n, 0)))
                    .await?;
            }
            Op::UpdateMany => {
                let drafts = (0..BATCH).map(|n| ActiveModel {
                    guild_id: Unchanged(BULK),
                    id: Unchanged(ground::id(n)),
                    weight: Set(n.cast_signed() + 1),
                    version: Unchanged(1),
                    ..Default::default()
                });
                self.samples(BULK).update_many(drafts).await?;
            }
            Op::DeleteMany => {
                self.samples(BULK).delete_where(Everything).await?;
            }
            Op::Import => {
                let drafts = (0..self.size.import).map(|n| numbered(n, 0));
                let stored = self
                    .samples(BULK)
                    .import(futures_util::stream::iter(drafts))
                    .await?;
                ensure!(stored == self.size.import, "{stored} rows");
            }
            Op::Health => {
                self.database.health().await?;
            }
        }
        Ok(())
    }
}

impl Ours {
    async fn open_case(&self) -> anyhow::Result<()> {
        let open = self.database.transaction(Retry::DEFAULT, |db| {
            Box::pin(async move {
                let case = NewCase {
                    kind: CaseKind::Warn,
                    source: CaseSource::Command,
                    target: CaseTarget {
                        kind: TargetType::User,
                        id: 7,
                        name: "troll".to_owned(),
                        was_member: true,
                    },
                    moderator_id: 50,
                    reason: REASON.to_owned(),
                    silent: false,
                    params: JsonValue::Object(serde_json::Map::new()),
                    expires_at: None,
                };
                db.guild(CASES).cases().open(vec![case]).await
            })
        });
        open.await?;
        Ok(())
    }
}

//! The policy of a table against a model of it in memory: all verbs, in any order.

use controllers::{
    Bulk, Clock, Conflict, Crud, Db, Error, Everything, Executor, Query, Repo, Upsert, Upserted,
};
use proptest::prelude::*;
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, NotSet, prelude::Uuid};
use std::{collections::BTreeMap, time::Duration};

use crate::property::{self, Held};
use crate::specimen::{ActiveModel, Column, Entity, Model, databases, specimens, weighing};

/// One call. Rows are chosen by a number, names and weights from a few, so that calls meet.
#[derive(Clone, Debug)]
enum Call {
    Create(u8, i64),
    Update(usize, i64),
    UpdateStale(usize),
    Bump(usize, i64),
    Delete(usize),
    Restore(usize),
    Purge(usize),
    Upsert(u8, i64),
    GetOrCreate(u8, i64),
    InsertMany(Vec<(u8, i64)>),
    UpdateMany(i64),
    UpsertMany(Vec<(u8, i64)>),
    UpdateWhere(i64, i64),
    DeleteWhere(i64),
}

fn call() -> impl Strategy<Value = Call> {
    let (name, weight, row) = (0..6u8, 0..4i64, 0..8usize);
    let drafts = prop::collection::vec((name.clone(), weight.clone()), 0..4);
    prop_oneof![
        3 => (name.clone(), weight.clone()).prop_map(|(n, w)| Call::Create(n, w)),
        2 => (row.clone(), weight.clone()).prop_map(|(r, w)| Call::Update(r, w)),
        1 => row.clone().prop_map(Call::UpdateStale),
        1 => (row.clone(), weight.clone()).prop_map(|(r, w)| Call::Bump(r, w)),
        2 => row.clone().prop_map(Call::Delete),
        2 => row.clone().prop_map(Call::Restore),
        1 => row.prop_map(Call::Purge),
        2 => (name.clone(), weight.clone()).prop_map(|(n, w)| Call::Upsert(n, w)),
        1 => (name, weight.clone()).prop_map(|(n, w)| Call::GetOrCreate(n, w)),
        2 => drafts.clone().prop_map(Call::InsertMany),
        1 => weight.clone().prop_map(Call::UpdateMany),
        2 => drafts.prop_map(Call::UpsertMany),
        1 => (weight.clone(), weight.clone()).prop_map(|(f, w)| Call::UpdateWhere(f, w)),
        1 => weight.prop_map(Call::DeleteWhere),
    ]
}

fn draft((name, weight): (u8, i64)) -> ActiveModel {
    weighing(format!("owl {name}"), weight)
}

fn by_name() -> Conflict<Entity> {
    Conflict::on([Column::GuildId, Column::Name])
        .only_where(Column::DeletedAt.is_null())
        .updating([Column::Weight])
}

/// What the table should hold for one guild.
struct Table {
    guild: i64,
    rows: BTreeMap<Uuid, Model>,
    clock: Clock,
}

impl Table {
    /// A row by number, of all there ever were and are not purged.
    fn nth(&self, n: usize) -> Option<Model> {
        let n = n % self.rows.len().max(1);
        self.rows.values().nth(n).cloned()
    }

    fn live(&self) -> impl Iterator<Item = &Model> {
        self.rows.values().filter(|row| row.deleted_at.is_none())
    }

    fn named(&self, name: u8) -> Option<&Model> {
        let name = format!("owl {name}");
        self.live().find(|row| row.name == name)
    }

    /// A row as it has to be after it was created.
    fn created(&mut self, row: &Model, (name, weight): (u8, i64)) -> Held {
        let now = self.clock.now();
        let expected = Model {
            guild_id: self.guild,
            id: row.id,
            name: format!("owl {name}"),
            weight,
            legs: 4,
            seen_at: None,
            created_at: now,
            updated_at: now,
            deleted_at: None,
            version: 1,
        };
        prop_assert_eq!(row, &expected);
        prop_assert!(
            self.rows.insert(row.id, expected).is_none(),
            "the id is new"
        );
        Ok(())
    }

    fn change(&mut self, id: Uuid, change: impl FnOnce(&mut Model)) {
        let now = self.clock.now();
        let row = self.rows.get_mut(&id).unwrap();
        change(row);
        (row.updated_at, row.version) = (now, row.version + 1);
    }

    fn upserted(&mut self, of: (u8, i64), outcome: Upserted<Model>) -> Held {
        let Some(before) = self.named(of.0).cloned() else {
            let Upserted::Created(row) = outcome else {
                return Err(TestCaseError::fail(format!("{outcome:?} is new")));
            };
            return self.created(&row, of);
        };
        let changes = before.weight != of.1;
        if changes {
            self.change(before.id, |row| row.weight = of.1);
        }
        let row = self.rows[&before.id].clone();
        let expected = if changes {
            Upserted::Updated(row)
        } else {
            Upserted::Unchanged(row)
        };
        prop_assert_eq!(outcome, expected);
        Ok(())
    }

    async fn run(&mut self, repo: Repo<'_, Entity, impl Executor>, call: Call) -> Held {
        let guild = self.guild;
        match call {
            Call::Create(name, weight) => match repo.create(draft((name, weight))).await {
                Ok(row) => {
                    prop_assert!(self.named(name).is_none());
                    self.created(&row, (name, weight))?;
                }
                Err(error) => self.refused(&error, name)?,
            },
            Call::Update(row, weight) => {
                let Some(row) = self.nth(row) else {
                    return Ok(());
                };
                let mut draft = row.clone().into_active_model();
                draft.weight = Set(weight);
                // Whatever a caller says about it.
                draft.created_at = Set(self.clock.now());
                let updated = repo.update(draft).await;
                if row.deleted_at.is_some() {
                    prop_assert!(
                        matches!(updated, Err(Error::NotFound { .. })),
                        "{:?}",
                        updated
                    );
                } else {
                    self.change(row.id, |row| row.weight = weight);
                    prop_assert_eq!(&updated.unwrap(), &self.rows[&row.id]);
                }
            }
            Call::UpdateStale(row) => {
                let Some(row) = self.nth(row) else {
                    return Ok(());
                };
                let stale = Model {
                    version: row.version + 7,
                    ..row.clone()
                };
                let mut draft = stale.into_active_model();
                draft.weight = Set(99);
                let error = repo.update(draft.clone()).await.unwrap_err();
                let many = repo.update_many([draft]).await.unwrap_err();
                for error in [error, many] {
                    let told = match row.deleted_at {
                        None => matches!(error, Error::Stale { .. }),
                        Some(_) => matches!(error, Error::NotFound { .. }),
                    };
                    prop_assert!(told, "{:?}", error);
                }
            }
            Call::Bump(row, by) => {
                let Some(row) = self.nth(row) else {
                    return Ok(());
                };
                let bumped = repo.bump((guild, row.id), Column::Legs, by).await;
                prop_assert_eq!(bumped.is_ok(), row.deleted_at.is_none());
                if bumped.is_ok() {
                    self.change(row.id, |row| row.legs += by);
                }
            }
            Call::Delete(row) => {
                let Some(row) = self.nth(row) else {
                    return Ok(());
                };
                let deleted = repo.delete((guild, row.id)).await.unwrap();
                prop_assert_eq!(deleted, row.deleted_at.is_none());
                if deleted {
                    let now = self.clock.now();
                    self.change(row.id, |row| row.deleted_at = Some(now));
                }
            }
            Call::Restore(row) => {
                let Some(row) = self.nth(row) else {
                    return Ok(());
                };
                let taken = self.live().any(|other| other.name == row.name);
                match repo.restore((guild, row.id)).await {
                    Ok(restored) => {
                        prop_assert_eq!(restored, row.deleted_at.is_some());
                        if restored {
                            self.change(row.id, |row| row.deleted_at = None);
                        }
                    }
                    Err(error) => prop_assert!(taken && row.deleted_at.is_some(), "{}", error),
                }
            }
            Call::Purge(row) => {
                let Some(row) = self.nth(row) else {
                    return Ok(());
                };
                prop_assert!(repo.purge((guild, row.id)).await.unwrap());
                self.rows.remove(&row.id);
            }
            Call::Upsert(name, weight) => {
                let outcome = repo.upsert(draft((name, weight)), by_name()).await.unwrap();
                self.upserted((name, weight), outcome)?;
            }
            Call::GetOrCreate(name, weight) => {
                let draft = draft((name, weight));
                let (row, created) = repo.get_or_create(draft, by_name()).await.unwrap();
                prop_assert_eq!(created, self.named(name).is_none());
                match self.named(name) {
                    Some(before) => prop_assert_eq!(&row, before),
                    None => self.created(&row, (name, weight))?,
                }
            }
            Call::InsertMany(drafts) => {
                match repo.insert_many(drafts.iter().copied().map(draft)).await {
                    Ok(rows) => {
                        prop_assert_eq!(rows.len(), drafts.len());
                        for (row, of) in rows.iter().zip(drafts) {
                            prop_assert!(self.named(of.0).is_none());
                            self.created(row, of)?;
                        }
                    }
                    Err(error) => {
                        let taken = drafts.iter().find(|of| self.named(of.0).is_some());
                        let mut names: Vec<_> = drafts.iter().map(|of| of.0).collect();
                        names.sort_unstable();
                        names.dedup();
                        let twice = names.len() < drafts.len();
                        prop_assert!(taken.is_some() || twice, "{}", error);
                    }
                }
            }
            Call::UpdateMany(weight) => {
                let rows: Vec<_> = self.live().cloned().collect();
                let drafts = rows.iter().cloned().map(|row| ActiveModel {
                    weight: Set(weight + row.legs),
                    created_at: Set(self.clock.now()),
                    ..row.into_active_model()
                });
                let written = repo.update_many(drafts).await.unwrap();
                prop_assert_eq!(written, rows.len() as u64);
                for row in rows {
                    self.change(row.id, |row| row.weight = weight + row.legs);
                }
            }
            Call::UpsertMany(drafts) => {
                let outcomes = repo.upsert_many(drafts.iter().copied().map(draft), by_name());
                let outcomes = outcomes.await.unwrap();
                prop_assert_eq!(outcomes.len(), drafts.len());
                let last: BTreeMap<_, _> = drafts
                    .iter()
                    .copied()
                    .zip(outcomes)
                    .map(|(of, o)| (of.0, (of.1, o)))
                    .collect();
                for (name, (weight, outcome)) in last {
                    self.upserted((name, weight), outcome)?;
                }
            }
            Call::UpdateWhere(from, weight) => {
                let values = ActiveModel {
                    weight: Set(weight),
                    ..NOTHING
                };
                let met = repo
                    .update_where(Column::Weight.gte(from), values)
                    .await
                    .unwrap();
                let ids: Vec<_> = self
                    .live()
                    .filter(|row| row.weight >= from)
                    .map(|row| row.id)
                    .collect();
                prop_assert_eq!(met, ids.len() as u64);
                for id in ids {
                    self.change(id, |row| row.weight = weight);
                }
            }
            Call::DeleteWhere(weight) => {
                let met = repo.delete_where(Column::Weight.eq(weight)).await.unwrap();
                let ids: Vec<_> = self
                    .live()
                    .filter(|row| row.weight == weight)
                    .map(|row| row.id)
                    .collect();
                prop_assert_eq!(met, ids.len() as u64);
                let now = self.clock.now();
                for id in ids {
                    self.change(id, |row| row.deleted_at = Some(now));
                }
            }
        }
        Ok(())
    }

    fn refused(&self, error: &Error, name: u8) -> Held {
        prop_assert!(matches!(error, Error::Constraint { .. }), "{:?}", error);
        prop_assert!(self.named(name).is_some(), "the name is taken");
        Ok(())
    }

    /// The table holds what the model holds, and every reading verb shows the live rows only.
    async fn check(&self, repo: Repo<'_, Entity, impl Executor>) -> Held {
        let all = repo.with_deleted().list(Everything).await.unwrap();
        prop_assert_eq!(all, self.rows.values().cloned().collect::<Vec<_>>());
        let live: Vec<_> = self.live().cloned().collect();
        prop_assert_eq!(repo.count(Everything).await.unwrap(), live.len() as u64);
        prop_assert_eq!(repo.exists(Everything).await.unwrap(), !live.is_empty());
        prop_assert_eq!(repo.one(Everything).await.unwrap(), live.first().cloned());
        let ids = self.rows.keys().map(|id| (self.guild, *id));
        let found = repo.find_many(ids).await.unwrap();
        prop_assert_eq!(
            found.into_iter().flatten().collect::<Vec<_>>(),
            live.clone()
        );
        prop_assert_eq!(repo.list(Everything).await.unwrap(), live);
        Ok(())
    }
}

/// A draft that sets nothing.
const NOTHING: ActiveModel = ActiveModel {
    guild_id: NotSet,
    id: NotSet,
    name: NotSet,
    weight: NotSet,
    legs: NotSet,
    seen_at: NotSet,
    created_at: NotSet,
    updated_at: NotSet,
    deleted_at: NotSet,
    version: NotSet,
};

/// P7 and the policy as a whole: times, versions, soft deletion and guilds, on every path.
#[test]
fn whatever_is_called_the_table_is_as_its_policy_says() {
    // Which of two guilds, and what.
    let calls = prop::collection::vec((any::<bool>(), call()), 1..25);
    property::check(
        24,
        databases(),
        calls,
        async |database, guild, calls| -> Held {
            let table = |guild| Table {
                guild,
                rows: BTreeMap::new(),
                clock: database.clock().clone(),
            };
            // Guilds of this case: nobody else has a negative one.
            let mut tables = [table(guild), table(-guild)];
            let db: Db<'_, _> = database.db();
            for (second, call) in calls {
                database.clock().advance(Duration::from_secs(1));
                let table = &mut tables[usize::from(second)];
                let repo = specimens(db.guild(table.guild));
                table.run(repo, call).await?;
                if table.rows.len() > 18 {
                    break; // A list has a cap of 20.
                }
            }
            for table in &tables {
                table.check(specimens(db.guild(table.guild))).await?;
            }
            Ok(())
        },
    );
}

#[tokio::test]
async fn a_write_of_nothing_writes_nothing() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let row = specimens.create(weighing("owl", 1)).await.unwrap();
        database.clock().advance(Duration::from_secs(1));
        let unchanged = || row.clone().into_active_model();
        assert_eq!(specimens.update(unchanged()).await.unwrap(), row);
        assert_eq!(specimens.update_many([unchanged()]).await.unwrap(), 0);
        let met = specimens.update_where(Everything, NOTHING).await;
        assert_eq!(met.unwrap(), 0);
        assert_eq!(specimens.get((7, row.id)).await.unwrap(), row);
    }
}

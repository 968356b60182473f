//! Statements whose text is written once and used again.

use controllers::{Conflict, Crud, Db, Executor, Repo, Upsert};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel, Statement};

use crate::recorder::Recorder;
use crate::specimen::{ActiveModel, Column, Entity, databases, specimens, weighing};

/// Every verb of fixed shape, on a row of its own; a different one for each `n`.
async fn all_verbs(specimens: Repo<'_, Entity, impl Executor>, guild: i64, n: i64) {
    let name = format!("owl {n}");
    let row = specimens.create(weighing(&name, n)).await.unwrap();
    let id = (guild, row.id);
    assert_eq!(specimens.find(id).await.unwrap().unwrap(), row);
    assert_eq!(specimens.lock(id).await.unwrap().unwrap(), row);
    let mut draft = row.into_active_model();
    draft.weight = Set(n * 10);
    let row = specimens.update(draft).await.unwrap();
    assert_eq!((row.weight, row.version), (n * 10, 2));
    let row = specimens.bump(id, Column::Legs, n).await.unwrap();
    assert_eq!((row.legs, row.version), (4 + n, 3));
    let on = || {
        Conflict::on([Column::GuildId, Column::Name])
            .only_where(Column::DeletedAt.is_null())
            .updating([Column::Weight])
    };
    let draft = || weighing(&name, n);
    let upserted = specimens.upsert(draft(), on()).await.unwrap().into_row();
    assert_eq!((upserted.id, upserted.weight), (row.id, n));
    let (same, created) = specimens.get_or_create(draft(), on()).await.unwrap();
    assert_eq!((same, created), (upserted, false));
    assert!(specimens.delete(id).await.unwrap());
    assert_eq!(specimens.find(id).await.unwrap(), None);
    assert!(specimens.restore(id).await.unwrap());
    assert!(specimens.purge(id).await.unwrap());
}

fn texts(statements: Vec<Statement>) -> Vec<String> {
    statements
        .into_iter()
        .map(|statement| statement.sql)
        .collect()
}

#[tokio::test]
async fn a_text_is_used_again_with_other_values_and_means_the_same() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let db = Db::new(&recorder, database.clock());
        all_verbs(specimens(db.guild(7)), 7, 1).await;
        let first = texts(recorder.take());
        all_verbs(specimens(db.guild(7)), 7, 2).await;
        assert_eq!(texts(recorder.take()), first);
        all_verbs(specimens(db.guild(8)), 8, 3).await;
        assert_eq!(
            texts(recorder.take()),
            first,
            "another guild is another value"
        );
    }
}

#[tokio::test]
async fn scope_guild_and_written_columns_each_have_a_text_of_their_own() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let db = Db::new(&recorder, database.clock());
        let specimens = specimens(db.guild(7));
        let id = (7, specimens.create(weighing("owl", 1)).await.unwrap().id);
        let find = async |repo: Repo<'_, Entity, _>| {
            recorder.take();
            let found = repo.find(id).await.unwrap().is_some();
            (found, texts(recorder.take()))
        };
        let live = find(specimens).await;
        let all = find(specimens.with_deleted()).await;
        let deleted = find(specimens.only_deleted()).await;
        let everywhere = find(db.global()).await;
        assert_eq!(
            [live.0, all.0, deleted.0, everywhere.0],
            [true, true, false, true]
        );
        let elsewhere = find(db.guild(8).repo()).await;
        assert!(!elsewhere.0);
        let different = [&live.1, &all.1, &deleted.1, &everywhere.1];
        for (n, text) in different.iter().enumerate() {
            assert!(!different[..n].contains(text), "{text:?}");
        }

        let with = async |draft| {
            specimens.create(draft).await.unwrap();
            texts(recorder.take())
        };
        recorder.take();
        let plain = with(weighing("a", 1)).await;
        let legs = with(ActiveModel {
            legs: Set(6),
            ..weighing("b", 1)
        })
        .await;
        assert_ne!(plain, legs);
        assert_eq!(plain, with(weighing("c", 2)).await);
    }
}

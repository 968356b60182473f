//! A verb on one row is one statement.

use controllers::{Bulk, Conflict, Crud, Db, Everything, Keyset, Paginate, Query, Upsert};
use sea_orm::{ActiveValue::Set, ColumnTrait, IntoActiveModel};

use crate::recorder::Recorder;
use crate::specimen::{Column, databases, named, specimens, weighing};

#[tokio::test]
async fn every_single_row_verb_is_one_round_trip() {
    for database in databases().await {
        let recorder = Recorder::over(database.db().conn());
        let specimens = specimens(Db::new(&recorder, database.clock()).guild(7));
        let took_one = |verb: &str| {
            let statements = recorder.take();
            assert_eq!(statements.len(), 1, "{verb}: {statements:?}");
        };

        let row = specimens.create(named("owl")).await.unwrap();
        took_one("create");
        let id = (7, row.id);
        specimens.find(id).await.unwrap();
        took_one("find");
        specimens.get(id).await.unwrap();
        took_one("get");
        let mut draft = row.into_active_model();
        draft.weight = Set(1);
        specimens.update(draft.clone()).await.unwrap();
        took_one("update");
        specimens.bump(id, Column::Weight, 1).await.unwrap();
        took_one("bump");
        let on = Conflict::on([Column::GuildId, Column::Name])
            .only_where(Column::DeletedAt.is_null())
            .updating([Column::Weight]);
        specimens
            .upsert(weighing("owl", 9), on.clone())
            .await
            .unwrap();
        took_one("upsert of a row that changes");
        specimens.count(Everything).await.unwrap();
        took_one("count");
        specimens.exists(Everything).await.unwrap();
        took_one("exists");
        specimens
            .window(Everything, Keyset::key(), None, 5)
            .await
            .unwrap();
        took_one("window");
        specimens.delete(id).await.unwrap();
        took_one("delete");
        specimens.restore(id).await.unwrap();
        took_one("restore");
        specimens
            .delete_where(Column::Name.eq("owl"))
            .await
            .unwrap();
        took_one("delete_where");
        specimens.purge(id).await.unwrap();
        took_one("purge");

        // The failure path tells a stale row from a missing one by a second look.
        specimens.update(draft).await.unwrap_err();
        assert_eq!(recorder.take().len(), 2);
    }
}

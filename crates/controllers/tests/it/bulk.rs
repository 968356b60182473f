//! Many rows in one statement.

use controllers::{Bulk, Crud, Everything, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait};

use crate::specimen::{self, Column, databases, specimens, weighing};

#[tokio::test]
async fn writes_by_filter_tell_how_many_rows_they_met_and_leave_the_others() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        for weight in 0..5 {
            let draft = weighing(format!("owl {weight}"), weight);
            specimens.create(draft).await.unwrap();
        }
        let heavier = specimen::ActiveModel {
            weight: Set(100),
            ..Default::default()
        };
        let met = specimens.update_where(Column::Weight.gte(3), heavier).await;
        assert_eq!(met.unwrap(), 2);
        let weights = async || {
            let mut rows = specimens.list(Everything).await.unwrap();
            rows.sort_by(|a, b| a.name.cmp(&b.name));
            rows.into_iter()
                .map(|row| (row.weight, row.version))
                .collect::<Vec<_>>()
        };
        let after = [(0, 1), (1, 1), (2, 1), (100, 2), (100, 2)];
        assert_eq!(weights().await, after);

        let met = specimens.delete_where(Column::Weight.lt(2)).await;
        assert_eq!(met.unwrap(), 2);
        assert_eq!(weights().await, after[2..]);
        let met = specimens.delete_where(Column::Weight.lt(2)).await;
        assert_eq!(met.unwrap(), 0, "they are deleted already");
        let none = specimens.delete_where(Column::Weight.lt(-1)).await;
        assert_eq!(none.unwrap(), 0);
    }
}

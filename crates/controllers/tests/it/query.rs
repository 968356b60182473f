//! Rows by a filter.

use controllers::{Crud, Error, Everything, Executor, Query, Repo};
use sea_orm::{ColumnTrait, DerivePartialModel};

use crate::specimen::{Column, Entity, databases, named, specimens, weighing};

async fn fill(specimens: Repo<'_, Entity, impl Executor>, n: i64) {
    for weight in 0..n {
        specimens
            .create(weighing(format!("owl {weight}"), weight))
            .await
            .unwrap();
    }
}

#[tokio::test]
async fn a_list_is_in_key_order_and_one_row_too_many_is_an_error() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        fill(specimens, 20).await;
        let rows = specimens.list(Everything).await.unwrap();
        assert_eq!(rows.len(), 20);
        assert!(rows.is_sorted_by_key(|row| row.id));
        assert_eq!(specimens.one(Everything).await.unwrap().unwrap(), rows[0]);

        specimens.create(named("one more")).await.unwrap();
        let error = specimens.list(Everything).await.unwrap_err();
        assert_eq!(error.to_string(), "specimen: more than 20 rows match");
        let error = specimens.list_as::<Slim>(Everything).await.unwrap_err();
        assert!(matches!(error, Error::TooMany { limit: 20, .. }), "{error}");
    }
}

#[tokio::test]
async fn the_only_match_is_unique_and_two_are_an_error() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        fill(specimens, 3).await;
        let none = specimens.unique(Column::Weight.eq(9)).await.unwrap();
        assert_eq!(none, None);
        let one = specimens.unique(Column::Weight.eq(2)).await.unwrap();
        assert_eq!(one.unwrap().name, "owl 2");
        let two = specimens.unique(Column::Weight.gte(1)).await.unwrap_err();
        assert!(matches!(two, Error::TooMany { limit: 1, .. }), "{two}");
    }
}

#[tokio::test]
async fn counting_has_no_cap_and_existence_needs_no_row() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        assert_eq!(specimens.count(Everything).await.unwrap(), 0);
        assert!(!specimens.exists(Everything).await.unwrap());
        fill(specimens, 25).await;
        assert_eq!(specimens.count(Everything).await.unwrap(), 25);
        assert_eq!(specimens.count(Column::Weight.lt(5)).await.unwrap(), 5);
        assert!(specimens.exists(Column::Weight.eq(24)).await.unwrap());
        assert!(!specimens.exists(Column::Weight.eq(25)).await.unwrap());
    }
}

#[derive(Debug, PartialEq, DerivePartialModel, serde::Serialize)]
#[sea_orm(entity = "Entity")]
struct Slim {
    name: String,
    weight: i64,
}

#[tokio::test]
async fn a_projection_holds_the_named_columns_and_serializes() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        fill(specimens, 2).await;
        let slim = specimens.list_as::<Slim>(Column::Weight.eq(1)).await;
        let expected = Slim {
            name: "owl 1".to_owned(),
            weight: 1,
        };
        let slim = slim.unwrap();
        assert_eq!(slim, [expected]);
        let json = serde_json::to_value(slim).unwrap();
        assert_eq!(json, serde_json::json!([{ "name": "owl 1", "weight": 1 }]));
    }
}

//! Which rows a verb is about, and the writes that would be about too many.

use controllers::{Bulk, Crud, Error, Everything, Filter, Query};
use sea_orm::{ActiveValue::Set, ColumnTrait, Condition, sea_query::Expr};

use crate::specimen::{self, Column, Entity, databases, named, specimens, weighing};

const NOTHING: Option<Expr> = None;

#[tokio::test]
async fn filters_are_joined_with_and_and_an_absent_one_adds_nothing() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        for weight in 0..4 {
            let draft = weighing(format!("owl {weight}"), weight);
            specimens.create(draft).await.unwrap();
        }
        let at_least = |weight| Column::Weight.gte(weight);
        let below = |weight| Column::Weight.lt(weight);
        assert_eq!(specimens.count(NOTHING).await.unwrap(), 4);
        assert_eq!(specimens.count(Some(at_least(1))).await.unwrap(), 3);
        assert_eq!(specimens.count((at_least(1), below(3))).await.unwrap(), 2);
        assert_eq!(specimens.count((at_least(1), NOTHING)).await.unwrap(), 3);
        assert_eq!(specimens.count((Everything, below(1))).await.unwrap(), 1);
        let nested = ((at_least(1), NOTHING), Some(below(2)));
        assert_eq!(specimens.count(nested).await.unwrap(), 1);
        let either = Condition::any().add(below(1)).add(at_least(3));
        assert_eq!(specimens.count((either, NOTHING)).await.unwrap(), 2);
        // None of no conditions holds.
        assert_eq!(
            specimens.count((Condition::any(), NOTHING)).await.unwrap(),
            0
        );
    }
}

#[tokio::test]
async fn a_write_whose_filter_says_nothing_is_refused_and_everything_is_said_aloud() {
    for database in databases().await {
        let specimens = specimens(database.db().guild(7));
        let elsewhere = specimen::specimens(database.db().guild(8));
        for weight in 0..3 {
            specimens
                .create(named(format!("owl {weight}")))
                .await
                .unwrap();
        }
        elsewhere.create(named("owl")).await.unwrap();
        let set = || specimen::ActiveModel {
            weight: Set(1),
            ..Default::default()
        };
        let silent: Vec<Box<dyn Fn() -> Condition>> = vec![
            Box::new(Condition::all),
            Box::new(|| Condition::all().add(Condition::all())),
            Box::new(|| Condition::all().add(Condition::all()).add(Condition::all())),
            Box::new(|| Filter::<Entity>::condition((NOTHING, (NOTHING, Condition::all())))),
        ];
        for filter in silent {
            let refused = [
                specimens.update_where(filter(), set()).await,
                specimens.update_where((filter(), NOTHING), set()).await,
                specimens.delete_where(filter()).await,
                specimens.delete_where(Some(filter())).await,
            ];
            for error in refused.map(Result::unwrap_err) {
                assert!(matches!(error, Error::Unfiltered { entity: "specimen" }));
            }
        }
        let error = specimens.delete_where(NOTHING).await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "specimen: a write over many rows needs a filter"
        );

        assert_eq!(specimens.update_where(Everything, set()).await.unwrap(), 3);
        let aloud = (Some(Everything), NOTHING);
        assert_eq!(specimens.delete_where(aloud).await.unwrap(), 3);
        let untouched = elsewhere.one(Everything).await.unwrap().unwrap();
        assert_eq!((untouched.weight, untouched.version), (0, 1));
    }
}

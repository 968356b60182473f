use entity::{Managed, Refused, Stamp, guild_config, obligation};
use sea_orm::prelude::{DateTimeUtc, Uuid};
use sea_orm::{ActiveModelTrait as _, ActiveValue, Value};

use crate::for_every_entity;

const GUILD: i64 = 7;

fn stamp() -> Stamp {
    Stamp {
        now: DateTimeUtc::from_timestamp(1_700_000_000, 123_456_000).unwrap(),
        tenant: Some(GUILD),
    }
}

/// What a draft sets a column to.
fn set<E: Managed>(draft: &E::ActiveModel, column: E::Column) -> Option<Value> {
    match draft.get(column) {
        ActiveValue::Set(value) => Some(value),
        ActiveValue::Unchanged(_) | ActiveValue::NotSet => None,
    }
}

fn check_insert<E: Managed>() {
    let draft = stamp().insert::<E>(E::ActiveModel::default()).unwrap();
    let set_to = |column| set::<E>(&draft, column).unwrap();
    let now = Value::from(stamp().now);
    assert!(E::CREATED_AT.is_none_or(|column| set_to(column) == now));
    assert!(E::UPDATED_AT.is_none_or(|column| set_to(column) == now));
    assert!(E::VERSION.is_none_or(|column| set_to(column) == 1_i64.into()));
    assert!(E::TENANT.is_none_or(|column| set_to(column) == GUILD.into()));
}

fn check_update<E: Managed>() {
    let draft = stamp().update::<E>(E::ActiveModel::default()).unwrap();
    let touched = E::UPDATED_AT.and_then(|column| set::<E>(&draft, column));
    assert_eq!(touched, E::UPDATED_AT.map(|_| stamp().now.into()));
    for column in [E::CREATED_AT, E::VERSION, E::TENANT].into_iter().flatten() {
        assert_eq!(set::<E>(&draft, column), None);
    }
}

/// P25: a column of another time type would panic at the stamp.
#[test]
fn every_new_row_gets_its_guild_times_and_version() {
    for_every_entity!(check_insert);
}

#[test]
fn a_change_moves_nothing_but_the_time_of_the_change() {
    for_every_entity!(check_update);
}

#[test]
fn what_the_draft_brings_stays_except_the_time_of_the_change() {
    let earlier = DateTimeUtc::from_timestamp(1_600_000_000, 0).unwrap();
    let draft = guild_config::ActiveModel {
        created_at: ActiveValue::Set(earlier),
        updated_at: ActiveValue::Set(earlier),
        version: ActiveValue::Set(9),
        ..Default::default()
    };
    let draft = stamp().insert::<guild_config::Entity>(draft).unwrap();
    assert_eq!(draft.created_at, ActiveValue::Set(earlier));
    assert_eq!(draft.version, ActiveValue::Set(9));
    assert_eq!(draft.updated_at, ActiveValue::Set(stamp().now));
}

#[test]
fn a_draft_of_another_guild_is_refused_on_insert_and_on_update() {
    for other in [ActiveValue::Set(8), ActiveValue::Unchanged(8)] {
        let draft = guild_config::ActiveModel {
            guild_id: other,
            ..Default::default()
        };
        let inserted = stamp().insert::<guild_config::Entity>(draft.clone());
        assert_eq!(inserted, Err(Refused::ForeignTenant));
        let updated = stamp().update::<guild_config::Entity>(draft.clone());
        assert_eq!(updated, Err(Refused::ForeignTenant));

        let free = Stamp {
            tenant: None,
            ..stamp()
        };
        assert!(free.insert::<guild_config::Entity>(draft).is_ok());
    }
}

#[test]
fn a_uuid_is_made_when_unset_and_tells_the_time_of_the_stamp() {
    let draft = obligation::ActiveModel {
        id: ActiveValue::NotSet,
        ..Default::default()
    };
    let draft = stamp().insert::<obligation::Entity>(draft).unwrap();
    let ActiveValue::Set(id) = draft.id else {
        panic!("the id is set");
    };
    assert_eq!(id.get_version_num(), 7);
    let (seconds, nanoseconds) = id.get_timestamp().unwrap().to_unix();
    assert_eq!((seconds, nanoseconds / 1_000_000), (1_700_000_000, 123));

    let own = Uuid::from_u128(1);
    let draft = obligation::ActiveModel {
        id: ActiveValue::Set(own),
        ..Default::default()
    };
    let draft = stamp().insert::<obligation::Entity>(draft).unwrap();
    assert_eq!(draft.id, ActiveValue::Set(own));
}

//! A table whose rows belong to specimens, and may belong to none.

use entity::Managed;
use sea_orm::{ActiveValue::Set, entity::prelude::*};

use crate::specimen;

#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "feather")]
pub(crate) struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub guild_id: i64,
    #[sea_orm(primary_key, auto_increment = false)]
    pub number: i64,
    pub specimen_id: Option<Uuid>,
    pub deleted_at: Option<DateTimeUtc>,
}

#[derive(Clone, Copy, Debug, EnumIter, DeriveRelation)]
pub(crate) enum Relation {
    #[sea_orm(
        belongs_to = "specimen::Entity",
        from = "(Column::GuildId, Column::SpecimenId)",
        to = "(specimen::Column::GuildId, specimen::Column::Id)",
        skip_fk
    )]
    Specimen,
}

impl Related<specimen::Entity> for Entity {
    fn to() -> RelationDef {
        Relation::Specimen.def()
    }
}

impl ActiveModelBehavior for ActiveModel {}

impl Managed for Entity {
    const TENANT: Option<Column> = Some(Column::GuildId);
    const DELETED_AT: Option<Column> = Some(Column::DeletedAt);
    const CAP: u64 = 50;
}

/// A feather of a specimen.
pub(crate) fn of(specimen: Option<Uuid>, number: i64) -> ActiveModel {
    ActiveModel {
        number: Set(number),
        specimen_id: Set(specimen),
        ..Default::default()
    }
}

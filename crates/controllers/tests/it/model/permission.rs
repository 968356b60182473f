//! Ranks, the roles that give them, and the commands that ask for them.

use controllers::{ConstraintKind, Crud, Error, Everything, Query};
use entity::permission_command;
use sea_orm::ActiveValue::Set;
use test_support::TestDatabase;

use super::{author, commit};

fn names() -> Vec<String> {
    ["Member", "Trusted", "Moderator"]
        .map(str::to_owned)
        .to_vec()
}

#[tokio::test]
async fn the_ladder_is_made_once_and_climbs_from_zero() {
    for database in TestDatabase::all().await {
        let ranks = database.guild(7).await.ranks();
        ranks.ensure(&names()).await.unwrap();
        ranks.ensure(&["Other".to_owned()]).await.unwrap();
        let ladder = ranks.ladder().await.unwrap();
        let climbed: Vec<_> = ladder
            .iter()
            .map(|rank| (rank.rank, rank.name.as_str()))
            .collect();
        assert_eq!(climbed, [(0, "Member"), (1, "Trusted"), (2, "Moderator")]);
        assert_eq!(ranks.numbered(2).await.unwrap().unwrap().name, "Moderator");
        assert_eq!(ranks.numbered(3).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_role_has_one_rank_at_a_time_and_only_one_that_exists() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        guild.ranks().ensure(&names()).await.unwrap();
        let assign = async |rank| {
            commit(&database, async |guild| {
                guild.role_ranks().assign(11, rank, author()).await
            })
            .await
        };
        let clear = async || {
            commit(&database, async |guild| {
                guild.role_ranks().clear(11, author()).await
            })
            .await
            .unwrap()
        };
        assert!(assign(1).await.unwrap());
        assert!(!assign(1).await.unwrap());
        assert!(assign(2).await.unwrap());
        let missing = assign(9).await.unwrap_err();
        assert!(
            matches!(
                missing,
                Error::Constraint {
                    kind: ConstraintKind::ForeignKey,
                    ..
                }
            ),
            "{missing}"
        );
        let all = guild.role_ranks().all().await.unwrap();
        assert_eq!((all.len(), all[0].role_id, all[0].rank), (1, 11, 2));
        assert!(clear().await);
        assert!(!clear().await);

        let events = guild.config_events().list(Everything).await.unwrap();
        let told: Vec<_> = events
            .into_iter()
            .map(|event| (event.key, event.before, event.after))
            .collect();
        let key = || "permissions.role.11".to_owned();
        let expected = [
            (key(), None, Some(1.into())),
            (key(), Some(1.into()), Some(2.into())),
            (key(), Some(2.into()), None),
        ];
        assert_eq!(told, expected);
    }
}

#[tokio::test]
async fn a_command_asks_for_a_rank_until_it_is_cleared() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let require = async |rank| {
            commit(&database, async |guild| {
                guild.command_rules().require("ban", rank, author()).await
            })
            .await
        };
        let clear = async || {
            commit(&database, async |guild| {
                guild.command_rules().clear("ban", author()).await
            })
            .await
            .unwrap()
        };
        assert!(require(3).await.unwrap());
        assert!(!require(3).await.unwrap());
        assert!(require(4).await.unwrap());
        let outside = require(11).await.unwrap_err();
        let column = "required_rank";
        let invalid = matches!(outside, Error::Invalid { column: told, .. } if told == column);
        assert!(invalid, "{outside}");
        let rules = guild.command_rules().all().await.unwrap();
        assert_eq!((rules.len(), rules[0].required_rank), (1, Some(4)));
        assert!(clear().await);
        assert!(!clear().await);
        assert!(guild.command_rules().all().await.unwrap().is_empty());
        assert_eq!(guild.config_events().count(Everything).await.unwrap(), 3);
    }
}

#[tokio::test]
async fn clearing_the_rank_of_a_command_that_is_off_leaves_it_off() {
    for database in TestDatabase::all().await {
        let guild = database.guild(7).await;
        let off = permission_command::ActiveModel {
            command: Set("ban".to_owned()),
            required_rank: Set(Some(4)),
            enabled: Set(false),
            ..Default::default()
        };
        guild.command_rules().create(off).await.unwrap();
        let clear = async || {
            commit(&database, async |guild| {
                guild.command_rules().clear("ban", author()).await
            })
            .await
            .unwrap()
        };
        assert!(clear().await);
        assert!(!clear().await);
        let rules = guild.command_rules().all().await.unwrap();
        assert_eq!(rules.len(), 1);
        assert_eq!((rules[0].required_rank, rules[0].enabled), (None, false));
    }
}

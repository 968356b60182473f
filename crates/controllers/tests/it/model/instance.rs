//! Facts about the installation.

use serde_json::json;
use test_support::TestDatabase;

#[tokio::test]
async fn a_fact_is_remembered_until_it_is_replaced() {
    for database in TestDatabase::all().await {
        let instance = database.db().instance();
        assert_eq!(instance.fact("commands").await.unwrap(), None);
        for value in [
            json!({ "hash": "a" }),
            json!(null),
            json!([1, "ü"]),
            json!(""),
        ] {
            instance.remember("commands", value.clone()).await.unwrap();
            instance.remember("commands", value.clone()).await.unwrap();
            assert_eq!(instance.fact("commands").await.unwrap(), Some(value));
        }
        assert_eq!(instance.fact("Commands").await.unwrap(), None);
        let long = "k".repeat(41);
        assert!(instance.remember(&long, json!(1)).await.is_err());
    }
}

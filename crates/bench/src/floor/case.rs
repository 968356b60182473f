//! A numbered case with its first event, as `CaseController::open` stores it; the hashes are made up.

/// Takes a number, then writes the case and its event: three statements in a transaction.
pub(super) const NUMBER: &str = "INSERT INTO counter (guild_id, key, last, created_at, updated_at) VALUES ($1, 'case', 1, $2, $2) \
     ON CONFLICT (guild_id, key) DO UPDATE SET last = counter.last + 1, updated_at = excluded.updated_at RETURNING last";
pub(super) const CASE: &str = "INSERT INTO mod_case (guild_id, number, kind, state, source, target_type, target_id, target_name, \
     target_was_member, moderator_id, reason, silent, params, effective_at, event_seq, created_at, updated_at, version) \
     VALUES ($1, $2, 'warn', 'done', 'command', 'user', $3, 'troll', true, 50, $4, false, $5, $6, 1, $6, $6, 1) RETURNING *";
pub(super) const EVENT: &str = "INSERT INTO case_event (guild_id, number, seq, at, actor_id, kind, data, text_commit, prev_hash, hash) \
     VALUES ($1, $2, 1, $3, 50, 'created', $4, $5, $5, $5) RETURNING *";

/// The transaction on the writer of one database.
macro_rules! open {
    ($pool:expr) => {{
        let mut tx = $pool.begin().await?;
        let now = chrono::Utc::now();
        let params = sqlx::types::Json(serde_json::json!({}));
        let data = sqlx::types::Json(serde_json::json!({
            "kind": "warn", "source": "command", "target_id": "7", "target_was_member": true, "silent": false,
            "params": {}, "expires_at": null, "salt": "0123456789abcdef0123456789abcdef",
            "texts": {"target_name": "troll", "reason": crate::ground::REASON},
        }));
        let number: i64 = sqlx::query_scalar(case::NUMBER)
            .bind(crate::ground::CASES)
            .bind(now)
            .fetch_one(&mut *tx)
            .await?;
        sqlx::query(case::CASE)
            .bind(crate::ground::CASES)
            .bind(number)
            .bind(7_i64)
            .bind(crate::ground::REASON)
            .bind(params)
            .bind(now)
            .fetch_one(&mut *tx)
            .await?;
        sqlx::query(case::EVENT)
            .bind(crate::ground::CASES)
            .bind(number)
            .bind(now)
            .bind(data)
            .bind(vec![7_u8; 32])
            .fetch_one(&mut *tx)
            .await?;
        tx.commit().await?;
    }};
}
pub(super) use open;

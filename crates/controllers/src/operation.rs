//! What a call is called where it is counted.

tokio::task_local! {
    static NAME: &'static str;
}

/// Runs `work`, whose statements are counted under `name` instead of their tables.
pub(crate) async fn named<T>(name: &'static str, work: impl Future<Output = T>) -> T {
    NAME.scope(name, work).await
}

/// The name that the caller's SQL was given by [`crate::Db::raw`], for whoever counts.
pub fn operation_name() -> Option<&'static str> {
    NAME.try_with(|name| *name).ok()
}

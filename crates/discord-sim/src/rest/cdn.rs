//! Files that were uploaded, to be downloaded again. Discord has a host of its own for them.

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use crate::shared::Shared;
use crate::state::StoredFile;

/// Where files lie.
const CDN: &str = "/cdn";

/// The path of a file, when it is one that is asked for.
pub(super) fn path(path: &str) -> Option<&str> {
    path.strip_prefix(CDN)
}

/// Keeps a file, and answers its id and its address.
pub(super) fn keep(shared: &Shared, name: &str, kind: Option<&str>, bytes: &[u8]) -> (u64, String) {
    let mut state = shared.lock();
    let id = state.ids.next();
    let encoded = utf8_percent_encode(name, NON_ALPHANUMERIC);
    let path = format!("/attachments/{id}/{encoded}");
    let file = StoredFile {
        kind: kind.unwrap_or("application/octet-stream").to_owned(),
        bytes: bytes.into(),
    };
    state.files.insert(path.clone(), file);
    (id, format!("{}{CDN}{path}", shared.url()))
}

/// Answers a file, of the kind that was said when it was uploaded.
pub(super) fn download(shared: &Shared, path: &str) -> Response {
    let file = shared.lock().files.get(path).cloned();
    match file {
        Some(file) => ([("content-type", file.kind)], file.bytes.to_vec()).into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

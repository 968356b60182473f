//! Forms with files. They can be downloaded again below `/cdn`, where Discord has a host of its own.

use axum::body::Body;
use axum::extract::multipart::MultipartError;
use axum::extract::{FromRequest, Multipart};
use axum::http::{Request, StatusCode};
use serde_json::{Value, json};

use crate::error::ApiError;

/// Reads a form: its JSON part, and what Discord would tell of its files. `keep` takes the content of
/// a file with its name and kind, and answers the file's id and address.
pub(super) async fn read(
    request: Request<Body>,
    mut keep: impl FnMut(&str, Option<&str>, &[u8]) -> (u64, String),
) -> Result<(Value, Vec<Value>), ApiError> {
    let mut form = Multipart::from_request(request, &())
        .await
        .map_err(|_| ApiError::BAD_JSON)?;
    let (mut body, mut files) = (json!({}), Vec::new());
    while let Some(field) = form.next_field().await.map_err(|e| refusal(&e))? {
        let name = field.name().unwrap_or_default().to_owned();
        let file = field.file_name().map(str::to_owned);
        let kind = field.content_type().map(str::to_owned);
        let bytes = field.bytes().await.map_err(|e| refusal(&e))?;
        if name == "payload_json" {
            body = serde_json::from_slice(&bytes).map_err(|_| ApiError::BAD_JSON)?;
        } else if let Some(file) = file {
            let (id, url) = keep(&file, kind.as_deref(), &bytes);
            let mut told = json!({
                "id": id.to_string(),
                "filename": file,
                "size": bytes.len(),
                "url": url,
                "proxy_url": url,
            });
            if let Some(kind) = kind {
                told["content_type"] = json!(kind);
            }
            files.push(told);
        }
    }
    // The files that are being uploaded are named by number in the body; what stays are ids.
    if let Some(named) = body.get_mut("attachments").and_then(Value::as_array_mut) {
        named.retain(|file| file["id"].as_str().is_some_and(|id| id.len() > 6));
    }
    Ok((body, files))
}

fn refusal(error: &MultipartError) -> ApiError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        ApiError::TOO_LARGE
    } else {
        ApiError::BAD_JSON
    }
}

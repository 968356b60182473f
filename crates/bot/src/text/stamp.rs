//! Moments, which every reader's Discord shows in their own zone and language.

use chrono::{DateTime, Utc};

/// Date and time, such as "20 April 2027 16:20".
pub fn date_time(at: DateTime<Utc>) -> String {
    format!("<t:{}:f>", at.timestamp())
}

/// The distance from now, such as "in 2 hours".
pub fn relative(at: DateTime<Utc>) -> String {
    format!("<t:{}:R>", at.timestamp())
}

//! What an answer of Discord means for an obligation.

use poise::serenity_prelude as serenity;
use serenity::{HttpError, StatusCode};
use std::time::Duration;

/// The result of one call.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Done, or it was so before.
    Fulfilled {
        /// It was so before.
        already: bool,
    },
    /// Discord said no, and will say so again.
    Refused {
        /// HTTP status.
        http: u16,
        /// Discord's own code; 0 when it gave none.
        code: i64,
    },
    /// Asked too fast.
    Limited,
    /// Discord failed or could not be reached; whether it happened may be unknown.
    Failed {
        /// HTTP status, when there was an answer.
        http: Option<u16>,
        /// What the client saw; no secrets and no texts of people.
        detail: String,
        /// The request may have taken effect although no answer came.
        lost: bool,
    },
    /// The token is no longer good.
    Unauthorized,
}

/// Unknown ban: nothing to lift.
pub(super) const UNKNOWN_BAN: i64 = 10_026;
/// Unknown guild: the bot is not in it.
const UNKNOWN_GUILD: i64 = 10_004;
/// Unknown member: they have left.
pub(super) const UNKNOWN_MEMBER: i64 = 10_007;
/// Unknown user.
pub(super) const UNKNOWN_USER: i64 = 10_013;
/// The bot may not see the channel.
pub(super) const MISSING_ACCESS: i64 = 50_001;
/// The bot lacks a permission, or stands below.
pub(super) const MISSING_PERMISSIONS: i64 = 50_013;

/// The person takes no direct messages from the bot.
pub(super) const DM_CLOSED: i64 = 50_007;

impl Answer {
    /// Sorts the error of a call. Status first: an error body may lack its code.
    pub fn of(error: &serenity::Error) -> Self {
        let serenity::Error::Http(error) = error else {
            // A success whose body could not be read, or a failure before anything was sent.
            return Self::Failed {
                http: None,
                detail: error.to_string(),
                lost: true,
            };
        };
        match error {
            HttpError::UnsuccessfulRequest(response) => Self::of_status(
                response.status_code,
                i64::try_from(response.error.code).unwrap_or_default(),
            ),
            HttpError::Request(error) => Self::Failed {
                http: None,
                // Without the address, which may hold the token of an interaction.
                detail: if error.is_timeout() {
                    "no answer in time"
                } else {
                    "connection failed"
                }
                .to_owned(),
                lost: !error.is_connect(),
            },
            other => Self::Failed {
                http: None,
                detail: other.to_string(),
                lost: true,
            },
        }
    }

    fn of_status(status: StatusCode, code: i64) -> Self {
        let http = status.as_u16();
        match http {
            401 => Self::Unauthorized,
            429 => Self::Limited,
            // It may be asked back, and then still owes what it owed.
            404 if code == UNKNOWN_GUILD => Self::not_in_guild(),
            400..=499 => Self::Refused { http, code },
            _ => Self::Failed {
                http: Some(http),
                detail: format!("Discord answered {http}"),
                lost: false,
            },
        }
    }

    /// The bot is not in the guild now, or the guild is away.
    pub(super) fn not_in_guild() -> Self {
        Self::Failed {
            http: Some(404),
            detail: "the bot is not in the server".to_owned(),
            lost: false,
        }
    }

    /// Whether Discord refused with this code.
    pub fn is_refusal(&self, with: i64) -> bool {
        matches!(self, Self::Refused { code, .. } if *code == with)
    }
}

/// How long to wait before the next attempt: 1 s, doubling, at most 5 min, with jitter of a quarter.
pub fn backoff(attempts: i64, random: f64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(1, 10) - 1).unwrap_or_default();
    let bound = Duration::from_secs(1)
        .saturating_mul(1 << doublings)
        .min(Duration::from_mins(5));
    bound.mul_f64(0.75 + 0.25 * random.clamp(0.0, 1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn waiting_doubles_from_a_second_to_five_minutes() {
        assert_eq!(backoff(1, 1.0), Duration::from_secs(1));
        assert_eq!(backoff(4, 1.0), Duration::from_secs(8));
        assert_eq!(backoff(100, 1.0), Duration::from_mins(5));
        assert_eq!(backoff(1, 0.0), Duration::from_millis(750));
    }

    #[test]
    fn statuses_are_sorted_whatever_code_comes_with_them() {
        let of = |status: u16, code| Answer::of_status(StatusCode::from_u16(status).unwrap(), code);
        assert_eq!(of(401, 0), Answer::Unauthorized);
        assert_eq!(
            of(403, 50_013),
            Answer::Refused {
                http: 403,
                code: 50_013
            }
        );
        assert_eq!(of(404, 0), Answer::Refused { http: 404, code: 0 });
        assert_eq!(of(429, 0), Answer::Limited);
        assert_eq!(of(404, UNKNOWN_GUILD), Answer::not_in_guild());
        assert!(matches!(
            of(502, 0),
            Answer::Failed {
                http: Some(502),
                lost: false,
                ..
            }
        ));
    }
}

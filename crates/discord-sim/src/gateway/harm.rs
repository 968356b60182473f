//! What is done to the gateway on purpose, and noted in the transcript.

use serde::Deserialize;
use serde_json::{Value, json};

use super::fault::GatewayFault;
use super::session::Frame;
use crate::state::State;

/// Something that is done to every connection.
#[derive(Clone, Copy, Debug, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Harm {
    /// It ends without a word.
    Cut,
    /// It is closed with this code.
    Close(u16),
    /// Op 9: the session is invalid, or can be resumed.
    Invalidate { resumable: bool },
    /// Op 7: the client is to reconnect and resume.
    Reconnect,
    /// A fault begins.
    Begin(GatewayFault),
    /// It ends.
    End(GatewayFault),
}

impl State {
    pub(crate) fn harm_gateway(&mut self, harm: Harm) {
        self.note_gateway(&match harm {
            Harm::Cut => "cut".to_owned(),
            Harm::Close(code) => format!("closed with {code}"),
            Harm::Invalidate { .. } => "session invalidated".to_owned(),
            Harm::Reconnect => "asked to reconnect".to_owned(),
            Harm::Begin(fault) => fault.name(),
            Harm::End(fault) => format!("ended: {}", fault.name()),
        });
        let gateway = &mut self.gateway;
        match harm {
            Harm::Cut => gateway.tell_all(&Frame::Cut),
            Harm::Close(code) => gateway.close_all(code),
            Harm::Invalidate { resumable } => {
                gateway.tell_all(&Frame::op(9, &json!(resumable)));
                if !resumable {
                    gateway.forget();
                }
            }
            Harm::Reconnect => gateway.tell_all(&Frame::op(7, &Value::Null)),
            Harm::Begin(fault) => gateway.faults.send_modify(|faults| faults.begin(fault)),
            Harm::End(fault) => gateway.faults.send_modify(|faults| faults.end(fault)),
        }
    }
}

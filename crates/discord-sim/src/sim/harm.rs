//! Faults on demand.

use serde_json::{Value, json};

use super::Sim;
use crate::fault::{FaultId, FaultRule};
use crate::gateway::Frame;

impl Sim {
    /// Adds a rule that harms requests. Of several that match the oldest applies.
    pub fn fault(&self, rule: FaultRule) -> FaultId {
        self.shared.lock().faults.add(rule)
    }

    /// Ends a rule; requests that it holds go on. Answers whether there was one.
    pub fn release(&self, id: FaultId) -> bool {
        self.shared.lock().faults.release(id)
    }

    /// Ends all rules; requests that they hold go on.
    pub fn clear_faults(&self) {
        self.shared.lock().faults.clear();
    }

    /// Cuts every gateway connection without a word. The sessions can be resumed.
    pub fn cut_gateway(&self) {
        self.shared.lock().gateway.tell_all(&Frame::Cut);
    }

    /// Closes every gateway connection with a code.
    pub fn close_gateway(&self, code: u16) {
        self.shared
            .lock()
            .gateway
            .tell_all(&Frame::Close(code, "Closed on purpose."));
    }

    /// Tells every session that it is invalid (op 9), and whether it can be resumed.
    pub fn invalidate_session(&self, resumable: bool) {
        let mut state = self.shared.lock();
        state.gateway.tell_all(&Frame::op(9, &json!(resumable)));
        if !resumable {
            state.gateway.forget();
        }
    }

    /// Asks every client to reconnect and resume (op 7).
    pub fn reconnect_request(&self) {
        self.shared
            .lock()
            .gateway
            .tell_all(&Frame::op(7, &Value::Null));
    }
}

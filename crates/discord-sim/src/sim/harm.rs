//! Faults on demand.

use serde_json::{Value, json};

use super::Sim;
use crate::fault::{FaultId, FaultRule};
use crate::gateway::{Frame, GatewayFault};
use crate::rest::RateLimits;

impl Sim {
    /// Adds a rule that harms requests. Of several that match the oldest applies.
    pub fn fault(&self, rule: FaultRule) -> FaultId {
        self.shared.lock().faults.add(rule)
    }

    /// Adds a rule that harms only so many of a thousand requests that it would apply to. Which ones
    /// is decided by the seed, so that two runs are harmed alike.
    pub fn fault_sometimes(&self, rule: FaultRule, per_thousand: u16) -> FaultId {
        self.shared.lock().faults.add_sometimes(rule, per_thousand)
    }

    /// Limits requests from now on as told.
    pub fn set_rate_limits(&self, limits: RateLimits) {
        self.shared.lock().limiter.limits = limits;
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
        let mut state = self.shared.lock();
        state.note_gateway("cut");
        state.gateway.tell_all(&Frame::Cut);
    }

    /// Closes every gateway connection with a code. After a code that Discord's documentation calls
    /// final, or after which one has to identify anew, the sessions cannot be resumed.
    pub fn close_gateway(&self, code: u16) {
        let mut state = self.shared.lock();
        state.note_gateway(&format!("closed with {code}"));
        state.gateway.close_all(code);
    }

    /// Begins a fault of the gateway, which lasts until it is ended.
    pub fn fault_gateway(&self, fault: GatewayFault) {
        let mut state = self.shared.lock();
        state.note_gateway(&fault.name());
        state
            .gateway
            .faults
            .send_modify(|faults| faults.begin(fault));
        drop(state);
        self.shared.progress();
    }

    /// Ends a fault of the gateway.
    pub fn end_gateway_fault(&self, fault: GatewayFault) {
        let mut state = self.shared.lock();
        state.note_gateway(&format!("ended: {}", fault.name()));
        state.gateway.faults.send_modify(|faults| faults.end(fault));
        drop(state);
        self.shared.progress();
    }

    /// Begins or ends an outage of a guild: while it lasts, the bot is told nothing of it.
    pub fn set_guild_available(&self, guild: u64, available: bool) {
        let mut state = self.shared.lock();
        let name = state.guild(guild).map(|guild| guild.name.clone());
        let what = if available {
            "is back"
        } else {
            "is in an outage"
        };
        state.note_gateway(&format!("{} {what}", name.unwrap_or_default()));
        state.set_available(guild, available);
        drop(state);
        self.shared.progress();
    }

    /// Tells every session that it is invalid (op 9), and whether it can be resumed.
    pub fn invalidate_session(&self, resumable: bool) {
        let mut state = self.shared.lock();
        state.note_gateway("session invalidated");
        state.gateway.tell_all(&Frame::op(9, &json!(resumable)));
        if !resumable {
            state.gateway.forget();
        }
    }

    /// Asks every client to reconnect and resume (op 7).
    pub fn reconnect_request(&self) {
        let mut state = self.shared.lock();
        state.note_gateway("asked to reconnect");
        state.gateway.tell_all(&Frame::op(7, &Value::Null));
    }
}

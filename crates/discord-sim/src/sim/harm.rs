//! Faults on demand.

use super::Sim;
use crate::fault::{FaultId, FaultRule};
use crate::gateway::{GatewayFault, Harm};
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
        self.harm(Harm::Cut);
    }

    /// Closes every gateway connection with a code. After a code that Discord's documentation calls
    /// final, or after which one has to identify anew, the sessions cannot be resumed.
    pub fn close_gateway(&self, code: u16) {
        self.harm(Harm::Close(code));
    }

    /// Tells every session that it is invalid (op 9), and whether it can be resumed.
    pub fn invalidate_session(&self, resumable: bool) {
        self.harm(Harm::Invalidate { resumable });
    }

    /// Asks every client to reconnect and resume (op 7).
    pub fn reconnect_request(&self) {
        self.harm(Harm::Reconnect);
    }

    /// Begins a fault of the gateway, which lasts until it is ended.
    pub fn fault_gateway(&self, fault: GatewayFault) {
        self.harm(Harm::Begin(fault));
    }

    /// Ends a fault of the gateway.
    pub fn end_gateway_fault(&self, fault: GatewayFault) {
        self.harm(Harm::End(fault));
    }

    fn harm(&self, harm: Harm) {
        self.shared.lock().harm_gateway(harm);
        self.shared.progress();
    }

    /// Begins or ends an outage of a guild: while it lasts, the bot is told nothing of it.
    pub fn set_guild_available(&self, guild: u64, available: bool) {
        self.shared.lock().set_available(guild, available);
        self.shared.progress();
    }
}

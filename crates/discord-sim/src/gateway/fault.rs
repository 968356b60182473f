//! What is wrong with the gateway, until it is ended.

use std::mem::discriminant;

use serde::Deserialize;

/// Something that goes wrong between the gateway and the bot until it is ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum GatewayFault {
    /// Half-open connections: nothing passes in either direction, and nothing closes. New
    /// connections are taken and stay as silent. When it ends, what was on its way arrives.
    Partition,
    /// Heartbeats are not acknowledged.
    WithholdAcks,
    /// READY, and with it everything that follows, does not come.
    DelayReady,
    /// Events of different guilds overtake each other, as they may on Discord. Those of one guild
    /// keep their order.
    Reorder,
    /// After a resume the newest events that the client had already taken come again: so many, as
    /// far as they are kept.
    Duplicate(u64),
}

impl GatewayFault {
    /// How the transcript calls it.
    pub(crate) fn name(self) -> String {
        match self {
            Self::Partition => "partition".to_owned(),
            Self::WithholdAcks => "heartbeats unacknowledged".to_owned(),
            Self::DelayReady => "READY delayed".to_owned(),
            Self::Reorder => "guilds out of order".to_owned(),
            Self::Duplicate(events) => format!("the newest {events} events again after a resume"),
        }
    }
}

/// The faults that are in force, at most one of each kind.
#[derive(Clone, Debug, Default)]
pub(crate) struct GatewayFaults(Vec<GatewayFault>);

impl GatewayFaults {
    pub(crate) fn begin(&mut self, fault: GatewayFault) {
        self.end(fault);
        self.0.push(fault);
    }

    pub(crate) fn end(&mut self, fault: GatewayFault) {
        self.0
            .retain(|other| discriminant(other) != discriminant(&fault));
    }

    pub(crate) fn has(&self, fault: GatewayFault) -> bool {
        self.0.contains(&fault)
    }

    /// How many events come twice after a resume.
    pub(crate) fn duplicates(&self) -> u64 {
        let count = |fault: &GatewayFault| match fault {
            GatewayFault::Duplicate(events) => Some(*events),
            _ => None,
        };
        self.0.iter().find_map(count).unwrap_or(0)
    }
}

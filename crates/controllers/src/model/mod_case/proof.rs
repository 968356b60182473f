//! Proof that no history was rewritten: every chain whole, no event and no case missing.

use super::CaseController;
use crate::{
    ChainBreak, Crud as _, Cursor, Db, Everything, Executor, Keyset, Paginate as _, Result,
    verify_chain,
};
use entity::{
    counter, guild,
    mod_case::{Column, Model},
    value::CounterKey,
};

/// How many rows are read at a time.
const PAGE: u64 = 200;

/// What was looked at, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Proof {
    /// Guilds that have a row.
    pub guilds: u64,
    /// Their cases.
    pub cases: u64,
    /// The events of these.
    pub events: u64,
    /// The first break of each case, with its guild.
    pub broken: Vec<(i64, ChainBreak)>,
}

impl<C: Executor> Db<'_, C> {
    /// Checks the histories of one guild, or of all. Reads everything, a page at a time, and may run
    /// beside a bot that writes.
    ///
    /// # Errors
    /// Those of reading.
    pub async fn prove_histories(self, guild_id: Option<i64>) -> Result<Proof> {
        let mut proof = Proof::default();
        if let Some(guild_id) = guild_id {
            self.guild(guild_id).cases().prove(&mut proof).await?;
            return Ok(proof);
        }
        let guilds = self.global::<guild::Entity>();
        let mut at: Option<Cursor> = None;
        loop {
            let page = guilds.window(Everything, Keyset::key(), at, PAGE).await?;
            for guild in page.items {
                self.guild(guild.id).cases().prove(&mut proof).await?;
            }
            match page.next {
                Some(next) => at = Some(next),
                None => return Ok(proof),
            }
        }
    }
}

impl<C: Executor> CaseController<'_, C> {
    /// Checks the cases of the guild.
    async fn prove(&self, proof: &mut Proof) -> Result<()> {
        proof.guilds += 1;
        let guild_id = self.0.id();
        // Read first: a case that is made meanwhile is not missed.
        let counter = self.0.counters().find((guild_id, CounterKey::Case)).await?;
        let last = counter.map_or(0, |counter: counter::Model| counter.last);
        let by = || Keyset::ascending(Column::Number);
        let (mut at, mut expected) = (None, 1);
        loop {
            let page = self.window(Everything, by(), at, PAGE).await?;
            for case in page.items {
                if case.number != expected {
                    proof.broken.push((guild_id, missing(expected)));
                }
                expected = case.number + 1;
                proof.cases += 1;
                match self.prove_one(&case).await? {
                    Ok(events) => proof.events += events,
                    Err(broken) => proof.broken.push((guild_id, broken)),
                }
            }
            match page.next {
                Some(next) => at = Some(next),
                None => break,
            }
        }
        if expected <= last {
            proof.broken.push((guild_id, missing(expected)));
        }
        Ok(())
    }

    async fn prove_one(&self, case: &Model) -> Result<std::result::Result<u64, ChainBreak>> {
        let number = case.number;
        let events = self.0.case_events().timeline(number).await?;
        if let Err(broken) = verify_chain(&events) {
            return Ok(Err(broken));
        }
        let count = events.len() as u64;
        let known = |seq: i64| u64::try_from(seq).unwrap_or_default();
        let broken = |seq, what| Ok(Err(ChainBreak { number, seq, what }));
        if count < known(case.event_seq) {
            return broken(case.event_seq, "the last events are missing");
        }
        // The bot may have written another one since the case was read.
        if count > known(case.event_seq) {
            let now = self.get((case.guild_id, number)).await?;
            if count > known(now.event_seq) {
                return broken(now.event_seq + 1, "the case does not know of it");
            }
        }
        Ok(Ok(count))
    }
}

fn missing(number: i64) -> ChainBreak {
    ChainBreak {
        number,
        seq: 1,
        what: "the case is missing",
    }
}

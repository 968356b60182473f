//! One operation at one concurrency, ours and by hand taking turns.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crate::{
    contender::{Contender, Turn},
    cpu,
    op::Op,
};

/// How long to measure.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Plan {
    /// How often everybody has a turn.
    pub(crate) rounds: usize,
    /// How long a turn lasts at least; one call is made in any case.
    pub(crate) slot: Duration,
    /// How often an operation is measured again because the machine was restless.
    pub(crate) again: usize,
}

/// Ours, by hand, and by hand once more.
pub(crate) type Contenders = [Arc<dyn Contender>; 3];
const OURS: usize = 0;
const FLOOR: usize = 1;
const CONTROL: usize = 2;

/// What came out.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// Our calls per second.
    pub(crate) ours: f64,
    /// Calls per second by hand.
    pub(crate) floor: f64,
    /// Our time over that by hand: the median of the rounds.
    pub(crate) ratio: f64,
    /// The same of the client's CPU time per call.
    pub(crate) cpu_ratio: f64,
    /// By hand against by hand.
    pub(crate) control: f64,
    /// Half of our calls took no longer, in milliseconds.
    pub(crate) p50_ms: f64,
    /// Of a hundred calls of ours, ninety-nine took no longer.
    pub(crate) p99_ms: f64,
}

impl Outcome {
    /// Whether the machine was quiet enough for the numbers to mean something.
    pub(crate) fn counts(&self) -> bool {
        (0.97..=1.03).contains(&self.control)
    }
}

/// What one contender did in one turn.
struct Slot {
    /// Mean time of a call in seconds.
    mean: f64,
    /// CPU seconds per call.
    cpu: f64,
    latencies: Vec<Duration>,
}

/// Measures until the control holds, or often enough to give up.
pub(crate) async fn measure(
    op: Op,
    concurrency: usize,
    contenders: &Contenders,
    plan: Plan,
) -> anyhow::Result<Outcome> {
    let mut best = rounds(op, concurrency, contenders, plan).await?;
    for _ in 0..plan.again {
        if best.counts() {
            break;
        }
        let next = rounds(op, concurrency, contenders, plan).await?;
        if (next.control - 1.0).abs() < (best.control - 1.0).abs() {
            best = next;
        }
    }
    Ok(best)
}

async fn rounds(
    op: Op,
    concurrency: usize,
    contenders: &Contenders,
    plan: Plan,
) -> anyhow::Result<Outcome> {
    let mut next = 0;
    let mut slots: [Vec<Slot>; 3] = Default::default();
    for contender in contenders {
        // Connections are opened and statements prepared outside the measurement.
        slot(op, concurrency, contender, plan.slot / 4, &mut next).await?;
    }
    for round in 0..plan.rounds {
        for place in 0..contenders.len() {
            let who = (place + round) % contenders.len();
            slots[who].push(slot(op, concurrency, &contenders[who], plan.slot, &mut next).await?);
        }
    }
    let against = |who: usize, of: fn(&Slot) -> f64| {
        let pairs = slots[who].iter().zip(&slots[FLOOR]);
        median(pairs.map(|(one, floor)| of(one) / of(floor)).collect())
    };
    let per_second =
        |who: usize| concurrency as f64 / median(slots[who].iter().map(|slot| slot.mean).collect());
    let mut latencies: Vec<Duration> = slots[OURS]
        .iter()
        .flat_map(|slot| slot.latencies.clone())
        .collect();
    latencies.sort_unstable();
    let at = |share: usize| {
        let place = (latencies.len() - 1) * share / 100;
        latencies[place].as_secs_f64() * 1_000.0
    };
    Ok(Outcome {
        ours: per_second(OURS),
        floor: per_second(FLOOR),
        ratio: against(OURS, |slot| slot.mean),
        cpu_ratio: against(OURS, |slot| slot.cpu),
        control: against(CONTROL, |slot| slot.mean),
        p50_ms: at(50),
        p99_ms: at(99),
    })
}

/// Lets `concurrency` callers call one after another until the time is up.
async fn slot(
    op: Op,
    concurrency: usize,
    contender: &Arc<dyn Contender>,
    time: Duration,
    next: &mut u64,
) -> anyhow::Result<Slot> {
    let (start, first) = (Instant::now(), *next);
    let before = cpu::spent();
    let callers = (0..concurrency as u64).map(|worker| {
        let contender = Arc::clone(contender);
        tokio::spawn(async move {
            let mut calls = Vec::new();
            let mut laid_out = Duration::ZERO;
            let mut n = first;
            while calls.is_empty() || start.elapsed() < time {
                let turn = Turn { worker, n };
                n += 1;
                if op.is_bulk() {
                    let spent = cpu::spent();
                    contender.prepare(op, turn).await?;
                    laid_out += cpu::spent().saturating_sub(spent);
                }
                let called = Instant::now();
                contender.run(op, turn).await?;
                calls.push(called.elapsed());
            }
            anyhow::Ok((calls, laid_out, n))
        })
    });
    let callers = futures_util::future::try_join_all(callers).await?;
    let callers = callers.into_iter().collect::<anyhow::Result<Vec<_>>>()?;
    let spent = cpu::spent().saturating_sub(before);
    let laid_out: Duration = callers.iter().map(|(_, laid_out, _)| *laid_out).sum();
    *next = callers.iter().map(|(_, _, n)| *n).max().unwrap_or(first);
    let latencies: Vec<Duration> = callers
        .into_iter()
        .flat_map(|(calls, _, _)| calls)
        .collect();
    let count = latencies.len() as f64;
    Ok(Slot {
        mean: latencies.iter().sum::<Duration>().as_secs_f64() / count,
        cpu: spent.saturating_sub(laid_out).as_secs_f64() / count,
        latencies,
    })
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    let middle = values.len() / 2;
    match values.len() % 2 {
        0 => f64::midpoint(values[middle - 1], values[middle]),
        _ => values[middle],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_is_in_the_middle() {
        let is = |values: &[f64], wanted: f64| (median(values.to_vec()) - wanted).abs() < 1e-9;
        assert!(is(&[3.0, 1.0, 2.0], 2.0));
        assert!(is(&[4.0, 1.0, 2.0, 3.0], 2.5));
    }
}

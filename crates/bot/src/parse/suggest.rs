//! "Did you mean …?"

/// The most suggestions that are of use.
const LIMIT: usize = 3;

/// Up to three of `candidates` that `word` is probably a misspelling of, the closest first.
///
/// Two slips are allowed (a letter missing, added, wrong, or two swapped), one where the candidate has four letters
/// or fewer. Case does not matter.
pub fn suggest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    let word = word.to_lowercase();
    let mut close: Vec<(usize, &str)> = candidates
        .into_iter()
        .map(|candidate| (strsim::osa_distance(&word, candidate), candidate))
        .filter(|(distance, candidate)| *distance <= slips(candidate))
        .collect();
    close.sort_unstable();
    close.dedup();
    close.truncate(LIMIT);
    close.into_iter().map(|(_, candidate)| candidate).collect()
}

fn slips(candidate: &str) -> usize {
    if candidate.chars().count() <= 4 { 1 } else { 2 }
}

#[cfg(test)]
mod tests {
    use super::suggest;

    #[test]
    fn the_closest_names_come_first_and_far_ones_not_at_all() {
        let commands = [
            "ban",
            "unban",
            "timeout",
            "untimeout",
            "cases",
            "case",
            "ping",
        ];

        assert_eq!(suggest("tiemout", commands), ["timeout"]);
        assert_eq!(suggest("CASEE", commands), ["case", "cases"]);
        assert_eq!(suggest("bna", commands), ["ban"]);
        assert_eq!(suggest("xyz", commands), Vec::<&str>::new());
    }

    #[test]
    fn a_short_name_allows_one_slip_only() {
        assert_eq!(suggest("bxx", ["ban"]), Vec::<&str>::new());
        assert_eq!(suggest("caxxs", ["cases"]), ["cases"]);
    }
}

//! Lists within the limits of a message.

/// `items` joined by `separator`, as many as fit into `limit` characters; what does not fit is counted
/// by `more`, which fits as well.
pub fn fit(
    items: &[String],
    separator: &str,
    limit: usize,
    more: impl Fn(usize) -> String,
) -> String {
    let length = |text: &str| text.chars().count();
    let whole = items.join(separator);
    if length(&whole) <= limit {
        return whole;
    }
    let mut kept = items.len();
    loop {
        kept = kept.saturating_sub(1);
        let mut parts = items.get(..kept).unwrap_or_default().to_vec();
        parts.push(more(items.len() - kept));
        let text = parts.join(separator);
        if kept == 0 || length(&text) <= limit {
            return text.chars().take(limit).collect();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fit;
    use proptest::prelude::*;

    fn more(count: usize) -> String {
        format!("and {count} more")
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let items: Vec<String> = ["alpha", "beta", "gamma", "delta"]
            .map(str::to_owned)
            .into();
        assert_eq!(fit(&items, ", ", 100, more), "alpha, beta, gamma, delta");
        assert_eq!(fit(&items, ", ", 23, more), "alpha, beta, and 2 more");
        assert_eq!(fit(&items, ", ", 22, more), "alpha, and 3 more");
        assert_eq!(fit(&items, ", ", 3, more), "and");
        assert_eq!(fit(&[], ", ", 3, more), "");
    }

    proptest! {
        #[test]
        fn it_never_exceeds_the_limit(items in prop::collection::vec(".{0,12}", 0..20), limit in 0usize..200) {
            prop_assert!(fit(&items, "\n", limit, more).chars().count() <= limit);
        }
    }
}

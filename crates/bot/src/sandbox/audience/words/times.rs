//! Times that Discord's client would show in the reader's zone.

use chrono::DateTime;

/// Writes each `<t:1803906000:f>` as a time in UTC.
pub(super) fn readable(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("<t:") {
        let (before, mark) = rest.split_at(at);
        out.push_str(before);
        let read = mark
            .split_once('>')
            .and_then(|(mark, after)| Some((time(mark)?, after)));
        rest = if let Some((time, after)) = read {
            out.push_str(&time);
            after
        } else {
            out.push_str("<t:");
            &mark["<t:".len()..]
        };
    }
    out + rest
}

fn time(mark: &str) -> Option<String> {
    let inner = mark.strip_prefix("<t:")?;
    let seconds = inner.split(':').next()?.parse().ok()?;
    let time = DateTime::from_timestamp(seconds, 0)?;
    Some(time.format("%Y-%m-%d %H:%M:%S UTC").to_string())
}

#[cfg(test)]
mod tests {
    use super::readable;

    #[test]
    fn each_time_is_written_out_and_everything_else_stays() {
        assert_eq!(
            readable("until <t:1803906000:f> (<t:1803906000:R>), <t:x> <t: <@1>"),
            "until 2027-03-01 13:00:00 UTC (2027-03-01 13:00:00 UTC), <t:x> <t: <@1>"
        );
        assert_eq!(
            readable("<t:99999999999999999999> <t:1"),
            "<t:99999999999999999999> <t:1"
        );
    }
}

//! The text that is left when the flags are taken out.

use std::ops::Range;

/// Spans of free text, in order.
#[derive(Default)]
pub(super) struct FreeText {
    spans: Vec<Range<usize>>,
    /// The next word belongs to the last span, with the spaces before it as they are.
    open: bool,
}

impl FreeText {
    /// Adds a word.
    pub(super) fn push(&mut self, word: Range<usize>) {
        match self.spans.last_mut() {
            Some(span) if self.open => span.end = word.end,
            _ => self.spans.push(word),
        }
        self.open = true;
    }

    /// Something that is not free text comes before the next word.
    pub(super) fn split(&mut self) {
        self.open = false;
    }

    /// The free text of `text`. What was taken out leaves a space, or a line break where there was one beside it.
    pub(super) fn join(&self, text: &str) -> String {
        let mut joined = String::new();
        let mut last_end = None;
        for span in &self.spans {
            if let Some(end) = last_end {
                joined.push(separator(&text[end..span.start]));
            }
            joined.push_str(&text[span.clone()]);
            last_end = Some(span.end);
        }
        joined
    }
}

/// What stands between two spans in place of `gap`; a line break inside the value of a flag is not one beside it.
fn separator(gap: &str) -> char {
    let before = &gap[..gap.len() - gap.trim_start().len()];
    let after = &gap[gap.trim_end().len()..];
    if before.contains('\n') || after.contains('\n') {
        '\n'
    } else {
        ' '
    }
}

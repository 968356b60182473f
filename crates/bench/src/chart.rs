//! The ratios as an SVG: a bar for each line, the floor as a rule at 1.

use std::fmt::Write as _;

use crate::report::Line;

const ROW: f64 = 22.0;
const LABELS: f64 = 260.0;
const UNIT: f64 = 260.0;
const TOP: f64 = 56.0;
const WIDTH: f64 = 920.0;
/// Longer bars are cut, and their number says by how much.
const LONGEST: f64 = 2.2;

/// The chart.
pub(crate) fn svg(lines: &[Line]) -> String {
    let height = TOP + ROW * lines.len() as f64 + 16.0;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {WIDTH} {height}\" font-family=\"system-ui, sans-serif\" font-size=\"12\">\n\
         <style>text {{ fill: #1f2328 }} .bar {{ fill: #3b82c4 }} .over {{ fill: #c47b3b }} .void {{ fill: #b9bfc6 }} .rule {{ stroke: #1f2328 }}\n\
         @media (prefers-color-scheme: dark) {{ text {{ fill: #e6edf3 }} .rule {{ stroke: #e6edf3 }} }}</style>\n\
         <text x=\"12\" y=\"22\" font-size=\"15\">Time per call over hand-written sqlx on its ordinary pool (shorter is faster)</text>\n\
         <text x=\"{LABELS}\" y=\"44\">0</text><text x=\"{at_one}\" y=\"44\" text-anchor=\"middle\">1 = by hand</text>\n",
        at_one = LABELS + UNIT,
    );
    for (row, line) in lines.iter().enumerate() {
        let y = TOP + ROW * row as f64;
        let length = line.ratio.min(LONGEST) * UNIT;
        let class = match (line.void, line.ratio > 1.05) {
            (true, _) => "void",
            (false, true) => "over",
            (false, false) => "bar",
        };
        let void = if line.void { " (void)" } else { "" };
        // Writing to a string cannot fail.
        let _ = writeln!(
            svg,
            "<text x=\"12\" y=\"{text}\">{op} · {backend} · {concurrency}</text>\
             <rect class=\"{class}\" x=\"{LABELS}\" y=\"{top}\" width=\"{length:.1}\" height=\"14\" rx=\"2\"/>\
             <text x=\"{end:.1}\" y=\"{text}\">{ratio:.2}{void}</text>",
            text = y + 13.0,
            top = y + 2.0,
            end = LABELS + length + 6.0,
            op = line.op,
            backend = line.backend,
            concurrency = line.concurrency,
            ratio = line.ratio,
        );
    }
    let at_one = LABELS + UNIT;
    let _ = writeln!(
        svg,
        "<line class=\"rule\" x1=\"{at_one}\" x2=\"{at_one}\" y1=\"{TOP}\" y2=\"{end}\" stroke-dasharray=\"3 3\"/>\n</svg>",
        end = height - 12.0,
    );
    svg
}

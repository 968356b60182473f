//! Durations: a whole number and a unit.

use std::time::Duration;

use super::{Value, quoted};

const UNITS: [(&str, u64); 4] = [("h", 3_600_000), ("m", 60_000), ("s", 1_000), ("ms", 1)];

impl Value for Duration {
    const EXPECTED: &'static str = "a duration such as \"500ms\", \"2s\", \"5m\" or \"1h\"";

    fn from_text(text: &str) -> Option<Self> {
        let unit_start = text.find(|c: char| !c.is_ascii_digit())?;
        let (number, unit) = text.split_at(unit_start);
        let (_, millis) = UNITS.iter().find(|(name, _)| *name == unit)?;
        let total = number.parse::<u64>().ok()?.checked_mul(*millis)?;
        // Zero would mean "never" to one reader and "at once" to the next.
        (total > 0).then(|| Self::from_millis(total))
    }

    fn to_toml(&self) -> Option<String> {
        let millis = self.as_millis();
        let (unit, size) = UNITS
            .into_iter()
            .find(|(_, size)| millis.is_multiple_of(u128::from(*size)))?;
        Some(quoted(&format!("{}{unit}", millis / u128::from(size))))
    }
}

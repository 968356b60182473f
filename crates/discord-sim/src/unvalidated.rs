//! Stands in for `validate` where that feature is off: nothing is looked at.

use serde_json::Value;

use crate::checks::Exchange;

pub(crate) fn event(_name: &str, _data: &Value) -> Vec<String> {
    Vec::new()
}

pub(crate) fn exchange(_exchange: &Exchange<'_>) -> Vec<String> {
    Vec::new()
}

//! Rows that come back, in the order in which they were asked for.

use sea_orm::{ModelTrait, sea_query::ValueTuple};
use std::collections::HashMap;

/// Collects rows by their keys. Both databases answer in the order of the rows they were given, though
/// neither promises it: that is tried first.
pub(super) struct InOrder<M> {
    keys: Vec<ValueTuple>,
    rows: Vec<Option<M>>,
    places: Option<HashMap<ValueTuple, usize>>,
}

impl<M: ModelTrait> InOrder<M> {
    pub(super) fn of(keys: Vec<ValueTuple>) -> Self {
        let rows = keys.iter().map(|_| None).collect();
        Self {
            keys,
            rows,
            places: None,
        }
    }

    /// Takes in a row; `likely` is where it probably belongs. Rows that nobody asked for are dropped.
    pub(super) fn put(&mut self, likely: usize, row: M) {
        let key = row.get_primary_key_value();
        let place = if self.keys.get(likely) == Some(&key) {
            Some(likely)
        } else {
            self.place_of(&key)
        };
        if let Some(slot) = place.and_then(|place| self.rows.get_mut(place)) {
            *slot = Some(row);
        }
    }

    fn place_of(&mut self, key: &ValueTuple) -> Option<usize> {
        let keys = &self.keys;
        let places = self
            .places
            .get_or_insert_with(|| keys.iter().cloned().zip(0..).collect());
        places.get(key).copied()
    }

    /// The rows that came.
    pub(super) fn into_rows(self) -> Vec<M> {
        self.rows.into_iter().flatten().collect()
    }
}

//! Permissions against slow statements of the same rules, and against what they are for.

mod change;
mod decision;
mod hierarchy;
mod matrix;
mod people;
mod rank;

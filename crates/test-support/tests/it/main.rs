//! The databases that tests get.

mod databases;

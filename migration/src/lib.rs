//! The schema of Rookery, and the command line that applies it.

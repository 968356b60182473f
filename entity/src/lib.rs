//! Generated sea-orm entities and the behaviour that cannot be generated.

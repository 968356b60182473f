//! Pools, transactions, retry and health: the only owner of database connections.

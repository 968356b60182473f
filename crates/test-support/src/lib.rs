//! A fresh database for every test, on SQLite and on PostgreSQL.

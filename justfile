# `just` lists the recipes. Each is a thin line over cargo, so nothing needs `just`; the names are those of
# the steps of .ci/run.

_default:
    @just --list --unsorted

# Try the bot: no account, no server, no network
[group('use')]
sandbox *args:
    cargo run -- sandbox {{ args }}

# Run the bot (needs DISCORD_TOKEN)
[group('use')]
run *args:
    cargo run -- run {{ args }}

# Apply, revert and list migrations: up, down, status, fresh, refresh, reset, generate NAME
[group('use')]
migrate *args:
    cargo run -p migration -- {{ args }}

# The bot under load; the report goes to target/load.json too
[group('use')]
load *args:
    cargo build --release --bin rookery
    cargo run --release -p load -- {{ args }}

# The data layer beside the same statements written by hand; the report goes to target/bench/ too
[group('use')]
bench *args:
    cargo run --release -p bench -- {{ args }}

# Format
[group('check')]
fmt:
    cargo fmt --all

# Clippy, warnings are errors
[group('check')]
lint:
    cargo clippy --workspace --all-targets -- -D warnings

# The documentation of every crate
[group('check')]
docs:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps

# All tests, on SQLite and, where it is installed, PostgreSQL
[group('check')]
test *args:
    cargo test --workspace {{ args }}

# Every migration up, down and up again on both databases
[group('check')]
migrations:
    cargo test -p migration --test it

# Licences, sources and bans of the dependencies
[group('check')]
deps:
    cargo deny --all-features check licenses bans sources

# Everything that CI checks
[group('check')]
ci:
    .ci/run

# Generate the entities from the migrated schema
[group('generate')]
entities:
    cargo run -p xtask -- entities

# Fail when the entities differ from the schema
[group('generate')]
entities-check:
    cargo run -p xtask -- entities --check

# Write rookery.example.toml and .env.example from the settings
[group('generate')]
examples:
    cargo run -p xtask -- examples

# Fail when the example files differ from the settings
[group('generate')]
examples-check:
    cargo run -p xtask -- examples --check

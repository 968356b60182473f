# syntax=docker/dockerfile:1
# Two stages: the toolchain stays behind, the result holds one binary and the C library.

FROM rust:1.95-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/usr/local/cargo/registry --mount=type=cache,target=/src/target \
    cargo build --release --locked --package bot && cp target/release/rookery /usr/local/bin/rookery

FROM debian:bookworm-slim
RUN useradd --system --uid 10001 --home-dir /var/lib/rookery --create-home rookery
COPY --from=build /usr/local/bin/rookery /usr/local/bin/rookery
USER rookery
# The embedded database and the key go to ./data.
WORKDIR /var/lib/rookery
VOLUME /var/lib/rookery
# Alive, be it ready or not: a bot that waits for its database must not be restarted for that.
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s CMD ["rookery", "healthcheck"]
# SIGTERM is what stops it cleanly; no shell stands in between.
ENTRYPOINT ["rookery"]
CMD ["run"]

//! An imitation of Discord on loopback, for tests and the sandbox.

//! Tests of the whole bot.

mod layers;

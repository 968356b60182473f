//! Tests of the whole bot.

mod cases;
mod invocation;
mod layers;
mod moderation;
mod order;
mod restart;
mod seen;
mod start;
mod stop;
mod world;

#![doc = include_str!("../README.md")]

pub mod app;
pub mod command;
pub mod commands;
pub mod data;
pub mod discord;
pub mod failure;
pub mod gateway;
pub mod guild_settings;
pub mod http;
pub mod key;
pub mod metrics;
pub mod moderation;
mod on_error;
pub mod outbox;
pub mod parse;
pub mod permission;
mod recent;
pub mod sandbox;
pub mod screen;
pub mod storage;
pub mod tasks;
pub mod text;
mod unknown_command;

//! The stages of `cargo xtask test`, and what they run.

mod audit;
mod contract_kit;
pub mod needs;
mod plain_commands;
pub mod stages;

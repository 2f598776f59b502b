//! The stages of `cargo xtask test`, and the checks they run.

mod audit;
mod contract_kit;
pub mod needs;
pub mod pictures;
mod plain_commands;
mod published_people;
pub mod stages;

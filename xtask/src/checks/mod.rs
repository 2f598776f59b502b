//! The stages of `cargo xtask test`, and the checks they run.

mod audit;
mod container;
mod contract_kit;
mod documented_commands;
pub mod needs;
pub mod pictures;
mod plain_commands;
mod published_people;
pub mod stages;

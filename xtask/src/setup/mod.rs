//! What commands need of this machine: places, programs, tools, packages, and how programs are run.

pub mod fonts;
pub mod packages;
pub mod paths;
pub mod process;
pub mod system;
pub mod time_limit;
pub mod tools;

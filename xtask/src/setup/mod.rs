//! What commands need of this machine: places, programs, tools, packages, and how programs are run.

pub mod fonts;
pub mod limit;
pub mod packages;
pub mod places;
pub mod process;
pub mod system;
pub mod tools;

//! The environment of the commands: paths, programs, tools, packages, and the running of programs.

pub mod fonts;
pub mod packages;
pub mod paths;
pub mod process;
pub mod system;
pub mod time_limit;
pub mod tools;

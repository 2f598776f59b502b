//! The needs of stages, and the part of them that set-up has provided.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::setup::system::{self, Program};
use crate::setup::tools::{Tool, Toolbox};
use crate::setup::{fonts::Fonts, packages, paths};

/// Something that set-up provides.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// A program of the operating system.
    System(Program),
    /// The end-to-end tests' npm packages.
    NpmPackages,
    /// Old browsers and data on browsers, as npm packages.
    OldBrowsers,
    /// The tests' Python packages.
    PythonPackages,
    /// The tests' own fonts.
    Fonts,
    /// A tool at a pinned version.
    Tool(Tool),
}

impl Need {
    /// Its name for `--allow-missing` and in the summary.
    pub fn name(self) -> &'static str {
        match self {
            Self::System(program) => program.id(),
            Self::NpmPackages => "packages",
            Self::OldBrowsers => "old-browsers",
            Self::PythonPackages => "python-packages",
            Self::Fonts => "fonts",
            Self::Tool(tool) => tool.name(),
        }
    }

    /// The program of the operating system that its installation needs.
    pub fn program(self) -> Option<Program> {
        match self {
            Self::System(program) => Some(program),
            Self::NpmPackages | Self::OldBrowsers | Self::Fonts => Some(Program::Node),
            Self::PythonPackages => Some(Program::Python),
            Self::Tool(tool) => tool.program(),
        }
    }

    /// Installs it.
    pub fn provide(self, provided: &mut Provided) -> Result<()> {
        if let Some(program) = self.program() {
            program.require()?;
        }
        match self {
            // Installed before, by `system::ensure_installed`.
            Self::System(_) => Ok(()),
            Self::NpmPackages => packages::install_npm(),
            Self::OldBrowsers => packages::install_floor(),
            Self::PythonPackages => {
                packages::install_python()?;
                provided.python = true;
                Ok(())
            }
            Self::Fonts => {
                packages::install_npm()?;
                provided.fontconfig_file = Some(provided.fonts.fontconfig_file()?);
                Ok(())
            }
            Self::Tool(Tool::Geckodriver) if system::from_env("GECKODRIVER").is_some() => Ok(()),
            Self::Tool(tool) => provided.tools.add(tool),
        }
    }
}

/// The provided needs, and options of the run.
#[derive(Debug, Default)]
pub struct Provided {
    /// Tools at pinned versions.
    pub tools: Toolbox,
    /// The Python packages are installed.
    pub python: bool,
    /// The fonts to use.
    pub fonts: Fonts,
    /// The fontconfig file that makes them the only ones.
    pub fontconfig_file: Option<PathBuf>,
    /// The journeys run against the sandbox, without nginx.
    pub direct: bool,
    /// The services of the stage published.
    pub published: Published,
    /// More arguments for Playwright.
    pub e2e_args: Vec<OsString>,
}

/// Running SPICE services, for the stage published.
#[derive(clap::Args, Debug, Default)]
pub struct Published {
    /// In the stage published: the address of a SPICE 1.x
    #[arg(long, value_name = "URL")]
    pub spice1: Option<OsString>,
    /// In the stage published: the address of a SPICE 2.0
    #[arg(long, value_name = "URL")]
    pub spice2: Option<OsString>,
    /// In the stage published: their people, as e2e/published/staff.published.ts describes
    #[arg(long, value_name = "FILE")]
    pub people: Option<PathBuf>,
}

impl Provided {
    /// Limits the browsers of a command to the tests' own fonts.
    pub fn fonts<'a>(&self, command: &'a mut Command) -> &'a mut Command {
        if let Some(settings) = &self.fontconfig_file {
            command
                .env("FONTCONFIG_FILE", settings)
                .env("LOGISTRATION_FONTS", self.fonts.name());
        }
        command
    }

    /// Playwright with the tests' own fonts, and Chromium's headless shell where no other Chromium is asked for.
    pub fn playwright(&self) -> Result<Command> {
        let mut command = playwright(&Program::Chromium.require()?);
        if let Some(shell) = paths::on_path(&["chromium-headless-shell", "headless_shell"])
            && system::from_env("CHROMIUM").is_none()
        {
            command.env("HEADLESS_SHELL", shell);
        }
        self.fonts(&mut command);
        if self.python {
            command.env("LOGISTRATION_PYTHON", packages::python_bin());
        }
        Ok(command)
    }
}

/// Playwright, ready for a project's name.
pub fn playwright(chromium: &Path) -> Command {
    let mut command = packages::npm_program("playwright");
    command
        .arg("test")
        .env("CHROMIUM", chromium)
        .env("LOGISTRATION_SANDBOX_BIN", paths::program("sandbox"));
    command
}

//! Running other programs: streamed, captured, logged to a file, or in the background.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::{BufRead, BufReader, Lines};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::paths;

/// The Cargo that started this program, in the repository's root, with space-separated arguments.
pub fn cargo(arguments: &str) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command.args(arguments.split(' '));
    // `cargo run` sets these for this crate. In a nested build they make build scripts run again:
    // https://github.com/rust-lang/cargo/issues/16134
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        }) {
            command.env_remove(name);
        }
    }
    command
}

/// The path of this program. Linux adds a suffix to it if a build has replaced the file:
/// <https://github.com/rust-lang/rust/issues/69343>
pub fn this_program() -> Result<PathBuf> {
    let path = std::env::current_exe()?;
    let name = path.as_os_str().to_string_lossy();
    Ok(match name.strip_suffix(" (deleted)") {
        Some(replaced) => PathBuf::from(replaced),
        None => path,
    })
}

/// The command line of a command, without its environment.
pub fn display(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    shlex::try_join(words.iter().map(AsRef::as_ref)).unwrap_or_else(|_| words.join(" "))
}

/// Prints and runs a command, with inherited output.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", display(command));
    let status = command.status();
    let status = status.with_context(|| format!("cannot run {}", display(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", display(command));
    }
    Ok(())
}

/// The standard output of a command. If it fails, the error has the end of its standard error.
pub fn output(command: &mut Command) -> Result<String> {
    let output = captured(command)?;
    if !output.status.success() {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let (status, end) = (output.status, tail(stderr.trim_end(), 30));
        bail!("`{}` failed ({status})\n{end}", display(command));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The output and the exit status of a command.
pub fn captured(command: &mut Command) -> Result<Output> {
    let output = command.stdin(Stdio::null()).output();
    output.with_context(|| format!("cannot run {}", display(command)))
}

/// Runs a long command with its output in a file and a progress line on a terminal. `crates` is the
/// approximate number of crates it compiles, or 0. If it fails, the error has the end of its output.
pub fn logged(title: &str, command: &mut Command, crates: u64) -> Result<()> {
    /// The progress lines of the commands that run in parallel.
    static LINES: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);
    let template = match crates {
        0 => "{msg}: {elapsed}",
        _ => "{msg}: {pos} of about {len} crates, {elapsed}, about {eta} left",
    };
    let line = LINES.add(ProgressBar::new(crates).with_message(title.to_owned()));
    line.set_style(ProgressStyle::with_template(template)?);
    LINES.suspend(|| println!("{title} …"));
    let logs = paths::cache()?.join("logs");
    fs::create_dir_all(&logs)?;
    let log = logs.join(title.replace([' ', '/'], "-") + ".log");
    let file = File::create(&log).with_context(|| format!("cannot write {}", log.display()))?;
    let mut child = command
        .stdin(Stdio::null())
        .stdout(file.try_clone()?)
        .stderr(file)
        .spawn()
        .with_context(|| format!("cannot run {}", display(command)))?;
    let status = loop {
        if let Some(status) = child.try_wait()? {
            break status;
        }
        let text = fs::read_to_string(&log).unwrap_or_default();
        let compiled = text.matches("   Compiling ").count();
        line.set_position((compiled as u64).min(crates));
        line.tick();
        thread::sleep(Duration::from_millis(200));
    };
    let took = format_duration(line.elapsed());
    line.finish_and_clear();
    if !status.success() {
        let end = tail(&fs::read_to_string(&log).unwrap_or_default(), 30);
        let (command, log) = (display(command), log.display());
        bail!("`{command}` failed ({status}); the end of {log}:\n{end}");
    }
    LINES.suspend(|| println!("{title}: done in {took}"));
    Ok(())
}

fn tail(text: &str, lines: usize) -> String {
    let all: Vec<&str> = text.lines().collect();
    all.get(all.len().saturating_sub(lines)..)
        .unwrap_or_default()
        .join("\n")
}

/// A duration as text, for summary lines: `0.4 s`, `12 s`, `3 min 5 s`.
pub fn format_duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    if seconds < 10 {
        format!("{:.1} s", duration.as_secs_f64())
    } else if seconds < 60 {
        format!("{seconds} s")
    } else {
        format!("{} min {} s", seconds / 60, seconds % 60)
    }
}

/// The lines that a program prints.
pub type OutputLines = Lines<BufReader<ChildStdout>>;

/// A program in the background, killed on drop.
pub struct Background(Child);

impl Background {
    /// Starts `command`, with inherited standard output or, if `piped`, for [`Self::output`].
    pub fn start(command: &mut Command, piped: bool) -> Result<Self> {
        println!("$ {}", display(command));
        if piped {
            command.stdout(Stdio::piped());
        }
        let child = command.stdin(Stdio::null()).spawn();
        child
            .map(Self)
            .with_context(|| format!("cannot run {}", display(command)))
    }

    /// Takes the lines of its standard output.
    pub fn output(&mut self) -> Result<OutputLines> {
        let output = self.0.stdout.take().context("no standard output")?;
        Ok(BufReader::new(output).lines())
    }

    /// Asks it to end, and waits until it has.
    pub fn terminate(mut self) -> Result<()> {
        output(Command::new("kill").arg(self.0.id().to_string()))?;
        self.0.wait()?;
        Ok(())
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Reads the rest of a program's output in a thread, so that the program never writes to a closed pipe.
/// Prints it if `show` is set.
pub fn drain(lines: OutputLines, show: bool) {
    thread::spawn(move || {
        for line in lines.map_while(Result::ok).filter(|_| show) {
            println!("{line}");
        }
    });
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::format_duration;

    #[test]
    fn durations_are_formatted_in_seconds_and_minutes() {
        assert_eq!(format_duration(Duration::from_millis(420)), "0.4 s");
        assert_eq!(format_duration(Duration::from_secs(59)), "59 s");
        assert_eq!(format_duration(Duration::from_secs(185)), "3 min 5 s");
    }
}

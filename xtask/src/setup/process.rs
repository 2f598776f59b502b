//! Running other programs: shown and streamed, captured, logged to a file, or in the background.

use std::ffi::OsString;
use std::fs::{self, File};
use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::sync::LazyLock;
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result, bail};
use indicatif::{MultiProgress, ProgressBar, ProgressStyle};

use super::paths;

/// Cargo, as it was used to start this program, in the repository's root, with these words.
pub fn cargo(words: &str) -> Command {
    let program = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(program);
    command.current_dir(paths::root());
    command.args(words.split(' '));
    // `cargo run` describes *this* crate to us through these; they are not for other builds.
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| {
            name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")
        }) {
            command.env_remove(name);
        }
    }
    command
}

/// This program, to run it again. A build of the whole workspace may have put a new file in its place,
/// which Linux tells by a suffix to its path.
pub fn this_program() -> Result<PathBuf> {
    let path = std::env::current_exe()?;
    let name = path.as_os_str().to_string_lossy();
    Ok(match name.strip_suffix(" (deleted)") {
        Some(replaced) => PathBuf::from(replaced),
        None => path,
    })
}

/// The command as one would type it, without its environment.
pub fn display(command: &Command) -> String {
    let program = Path::new(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    let words = std::iter::once(name).chain(command.get_args());
    let words: Vec<_> = words.map(|word| word.to_string_lossy()).collect();
    shlex::try_join(words.iter().map(AsRef::as_ref)).unwrap_or_else(|_| words.join(" "))
}

/// Shows the command, runs it with its output streamed to ours, and fails if it fails.
pub fn run(command: &mut Command) -> Result<()> {
    println!("$ {}", display(command));
    let status = command.status();
    let status = status.with_context(|| format!("cannot run {}", display(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", display(command));
    }
    Ok(())
}

/// The standard output of a command that succeeds; of one that fails, the end of what it complained.
pub fn output(command: &mut Command) -> Result<String> {
    let output = captured(command)?;
    if !output.status.success() {
        let complaint = String::from_utf8_lossy(&output.stderr);
        let (status, end) = (output.status, tail(complaint.trim_end(), 30));
        bail!("`{}` failed ({status})\n{end}", display(command));
    }
    Ok(String::from_utf8_lossy(&output.stdout).into_owned())
}

/// What a command says, and how it ends.
pub fn captured(command: &mut Command) -> Result<Output> {
    let output = command.stdin(Stdio::null()).output();
    output.with_context(|| format!("cannot run {}", display(command)))
}

/// Runs a long command with its output in a file; on a terminal a line says how far it is and how long
/// it takes yet. `crates` is about how many crates it compiles, if any. If it fails, the error has the
/// end of its output.
pub fn logged(title: &str, command: &mut Command, crates: u64) -> Result<()> {
    /// A line for each of those that run side by side.
    static LINES: LazyLock<MultiProgress> = LazyLock::new(MultiProgress::new);
    let template = match crates {
        0 => "{msg}: {elapsed}",
        _ => "{msg}: {pos} of about {len} crates, {elapsed}, about {eta} yet",
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

/// A duration as people say it, for summary lines: `0.4 s`, `12 s`, `3 min 5 s`.
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

/// A program in the background, ended when this value is dropped.
pub struct Background(Child);

impl Background {
    /// Starts `command`, its standard output streamed to ours or, if `piped`, to be taken.
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

    /// Its standard output, once.
    pub fn output(&mut self) -> Result<BufReader<ChildStdout>> {
        let output = self.0.stdout.take().context("no standard output")?;
        Ok(BufReader::new(output))
    }
}

impl Drop for Background {
    fn drop(&mut self) {
        // It may have ended by itself.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::format_duration;

    #[test]
    fn durations_read_well() {
        assert_eq!(format_duration(Duration::from_millis(420)), "0.4 s");
        assert_eq!(format_duration(Duration::from_secs(59)), "59 s");
        assert_eq!(format_duration(Duration::from_secs(185)), "3 min 5 s");
    }
}

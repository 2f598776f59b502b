//! A time limit for work that runs other programs: past it they are ended, with all that they have
//! started, and the error names the work that hung.

use std::cell::Cell;
use std::fs;
use std::process::Command;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context, Result};

use crate::process;

thread_local! {
    /// When the programs that this thread starts have to have ended.
    static DEADLINE: Cell<Option<Instant>> = const { Cell::new(None) };
}

/// Does `work`, whose programs are ended after `limit`. The error then says that `name` hung.
pub fn limited<T>(name: &str, limit: Duration, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let deadline = Instant::now() + limit;
    let outer = DEADLINE.get();
    DEADLINE.set(Some(outer.map_or(deadline, |outer| outer.min(deadline))));
    let result = work();
    DEADLINE.set(outer);
    if result.is_err() && Instant::now() >= deadline {
        return result
            .with_context(|| format!("{name} did not end within {}", process::spoken(limit)));
    }
    result
}

/// Ends a program at the deadline of the thread that started it, unless it is dropped before.
#[must_use]
pub struct Guard(#[expect(dead_code, reason = "dropping it is what it is for")] Sender<()>);

/// A guard for a program that has just been started; none where there is no limit.
pub fn guard(program: u32) -> Option<Guard> {
    let deadline = DEADLINE.get()?;
    let (ended, wait) = mpsc::channel();
    thread::spawn(move || {
        let left = deadline.saturating_duration_since(Instant::now());
        if wait.recv_timeout(left) == Err(mpsc::RecvTimeoutError::Timeout) {
            let ids = with_descendants(program);
            // One that has just ended by itself makes this fail, and needs nothing.
            let _ = (Command::new("kill").arg("-KILL"))
                .args(ids.iter().map(u32::to_string))
                .status();
        }
    });
    Some(Guard(ended))
}

/// The program, those that it has started, and those that they have.
fn with_descendants(program: u32) -> Vec<u32> {
    let mut all = vec![program];
    let mut next = 0;
    while let Some(parent) = all.get(next) {
        all.extend(children(*parent));
        next += 1;
    }
    all
}

fn children(parent: u32) -> Vec<u32> {
    let text = match fs::read_dir(format!("/proc/{parent}/task")) {
        Ok(tasks) => tasks
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok())
            .collect::<String>(),
        // There is no /proc on macOS.
        Err(_) => (Command::new("pgrep")
            .args(["-P", &parent.to_string()])
            .output())
        .map(|output| String::from_utf8_lossy(&output.stdout).into_owned())
        .unwrap_or_default(),
    };
    let ids = text.split_whitespace().filter_map(|id| id.parse().ok());
    ids.collect()
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::{Duration, Instant};

    use super::limited;
    use crate::process;

    #[test]
    fn work_within_its_limit_gives_its_result() {
        let result = limited("quick", Duration::from_mins(1), || Ok(7));
        assert_eq!(result.unwrap(), 7);
    }

    #[test]
    fn work_beyond_its_limit_is_ended_with_all_that_it_started() {
        let started = Instant::now();
        let error = limited("the nap", Duration::from_millis(300), || {
            // The shell's child holds the pipe open: it has to end as well.
            process::output(Command::new("sh").args(["-c", "sleep 60; true"]))
        })
        .unwrap_err();
        assert_eq!(error.to_string(), "the nap did not end within 0.3 s");
        assert!(started.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_failure_within_the_limit_is_told_as_it_is() {
        let failing = || process::output(&mut Command::new("false"));
        let error = limited("it", Duration::from_mins(1), failing).unwrap_err();
        assert!(!error.to_string().contains("did not end"));
    }
}

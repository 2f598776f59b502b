//! A time limit for work that runs other programs. When it is exceeded, they and their descendants are
//! killed, and the error names the work.

use std::fs;
use std::process::{Command, id};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use super::process;

/// Runs `work` and kills its programs after `limit`; the error then contains `name`.
pub fn with_limit<T>(name: &str, limit: Duration, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let (ended, wait) = mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        let runs = |after| wait.recv_timeout(after) == Err(RecvTimeoutError::Timeout);
        let exceeded = runs(limit);
        // Repeated, because the work may start another program.
        while exceeded && runs(Duration::from_millis(100)) {
            kill_descendants();
        }
        exceeded
    });
    let result = work();
    drop(ended);
    match (watchdog.join(), result) {
        (Ok(true), Err(error)) => Err(error).with_context(|| {
            format!(
                "{name} did not end within {}",
                process::format_duration(limit)
            )
        }),
        (_, result) => result,
    }
}

/// Kills all descendants of this process.
fn kill_descendants() {
    let mut all = children(id());
    let mut next = 0;
    while let Some(parent) = all.get(next) {
        all.extend(children(*parent));
        next += 1;
    }
    // This fails if one has just ended by itself.
    let _ = (Command::new("kill").arg("-KILL"))
        .args(all.iter().map(u32::to_string))
        .status();
}

fn children(parent: u32) -> Vec<u32> {
    let text = match fs::read_dir(format!("/proc/{parent}/task")) {
        Ok(tasks) => tasks
            .filter_map(|task| fs::read_to_string(task.ok()?.path().join("children")).ok())
            .collect::<String>(),
        // There is no /proc on macOS.
        Err(_) => process::output(Command::new("pgrep").args(["-P", &parent.to_string()]))
            .unwrap_or_default(),
    };
    let ids = text.split_whitespace().filter_map(|id| id.parse().ok());
    ids.collect()
}

#[cfg(test)]
mod tests {
    use std::process::Command;
    use std::time::Duration;

    use super::with_limit;
    use crate::setup::process;

    // One test, since an exceeded limit kills all descendants of the test process.
    #[test]
    fn work_beyond_its_limit_is_killed_with_its_descendants() {
        let error = with_limit("the nap", Duration::from_millis(300), || {
            // The shell's child keeps the pipe open, so it has to end as well.
            process::output(Command::new("sh").args(["-c", "sleep 60; true"]))
        })
        .unwrap_err();
        assert_eq!(error.to_string(), "the nap did not end within 0.3 s");
        let minute = Duration::from_mins(1);
        assert_eq!(with_limit("quick", minute, || Ok(7)).unwrap(), 7);
        let failing = || process::output(&mut Command::new("false"));
        let error = with_limit("it", minute, failing).unwrap_err();
        assert!(!error.to_string().contains("did not end"));
    }
}

//! A time limit for work that runs other programs: past it they are ended, with all that they have
//! started, and the error names the work that hung.

use std::fs;
use std::process::{Command, id};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use anyhow::{Context, Result};

use super::process;

/// Does `work`, whose programs are ended after `limit`. The error then says that `name` hung.
pub fn with_limit<T>(name: &str, limit: Duration, work: impl FnOnce() -> Result<T>) -> Result<T> {
    let (ended, wait) = mpsc::channel::<()>();
    let watchdog = thread::spawn(move || {
        let late = |after| wait.recv_timeout(after) == Err(RecvTimeoutError::Timeout);
        let hangs = late(limit);
        // Work that goes on to the next program meets its end as well.
        while hangs && late(Duration::from_millis(100)) {
            end_all();
        }
        hangs
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

/// Ends all programs that this one has started, and those that they have.
fn end_all() {
    let mut all = children(id());
    let mut next = 0;
    while let Some(parent) = all.get(next) {
        all.extend(children(*parent));
        next += 1;
    }
    // One that has just ended by itself makes this fail, and needs nothing.
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

    // One test, since the first limit ends all that this process has started.
    #[test]
    fn work_beyond_its_limit_is_ended_with_all_that_it_started() {
        let error = with_limit("the nap", Duration::from_millis(300), || {
            // The shell's child holds the pipe open: it has to end as well.
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

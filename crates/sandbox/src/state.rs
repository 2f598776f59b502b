//! The state that all connections share.

use crate::faults::FaultPlan;
use crate::one_time_codes::OneTimeCodes;
use crate::people::People;
use crate::portal_files::PortalFiles;
use crate::replay::Replay;
use crate::spice::StaffService;
use crate::wire_log::WireLog;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// People, files, accounts, codes, faults and the record of calls of one sandbox.
#[derive(Debug)]
pub(crate) struct SandboxState {
    pub(crate) people: People,
    pub(crate) portal: PortalFiles,
    /// The folder that portal and services are in; empty for none.
    pub(crate) base: String,
    pub(crate) staff: Mutex<StaffService>,
    pub(crate) codes: Mutex<OneTimeCodes>,
    pub(crate) faults: Mutex<FaultPlan>,
    pub(crate) wire: Mutex<WireLog>,
    /// Recorded answers in place of both services.
    pub(crate) replay: Option<Mutex<Replay>>,
    /// Each change makes all open connections end after their current request.
    drain: watch::Sender<()>,
}

impl SandboxState {
    pub(crate) fn new(
        people: People,
        portal: PortalFiles,
        base: String,
        staff: StaffService,
        replay: Option<Replay>,
    ) -> Self {
        Self {
            people,
            portal,
            base,
            staff: Mutex::new(staff),
            codes: Mutex::default(),
            faults: Mutex::default(),
            wire: Mutex::new(WireLog::new()),
            replay: replay.map(Mutex::new),
            drain: watch::Sender::new(()),
        }
    }

    /// Ends all open connections after their current request, so that a fault which closes a
    /// connection never meets one that has served before, on which browsers retry.
    pub(crate) fn drain_connections(&self) {
        self.drain.send_replace(());
    }

    pub(crate) fn drain(&self) -> watch::Receiver<()> {
        self.drain.subscribe()
    }
}

/// Locks a mutex, poisoned or not: no critical section here can leave its data inconsistent.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

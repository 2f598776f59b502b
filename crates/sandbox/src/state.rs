//! What all connections share.

use crate::faults::FaultPlan;
use crate::one_time_codes::OneTimeCodes;
use crate::people::People;
use crate::portal_files::PortalFiles;
use crate::staff_accounts::StaffAccounts;
use crate::wire_log::WireLog;
use std::sync::{Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

#[derive(Debug)]
pub(crate) struct SandboxState {
    pub(crate) people: People,
    pub(crate) portal: PortalFiles,
    /// The folder that portal and services are in; empty for none.
    pub(crate) base: String,
    pub(crate) accounts: Mutex<StaffAccounts>,
    pub(crate) codes: Mutex<OneTimeCodes>,
    pub(crate) faults: Mutex<FaultPlan>,
    pub(crate) wire: Mutex<WireLog>,
    /// Every change asks all open connections to end after the request at hand.
    drain: watch::Sender<()>,
}

impl SandboxState {
    pub(crate) fn new(
        people: People,
        portal: PortalFiles,
        base: String,
        accounts: StaffAccounts,
    ) -> Self {
        Self {
            people,
            portal,
            base,
            accounts: Mutex::new(accounts),
            codes: Mutex::default(),
            faults: Mutex::default(),
            wire: Mutex::new(WireLog::new()),
            drain: watch::Sender::new(()),
        }
    }

    /// Ends the open connections: a fault must meet a call and not what a browser makes of a
    /// connection it had kept.
    pub(crate) fn drain_connections(&self) {
        self.drain.send_replace(());
    }

    pub(crate) fn drain(&self) -> watch::Receiver<()> {
        self.drain.subscribe()
    }
}

/// Locks, even after another thread's panic: nothing here is left half-written.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

//! Any configuration: it can be used, or there is a bounded number of lines about it.

#![no_main]

use std::collections::BTreeSet;

use config::{Config, ConfigError};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    match Config::parse(bytes) {
        Ok(config) => {
            assert!(!config.languages.is_empty() && !config.staff.clients.is_empty());
            assert!(config.patient.enabled || config.staff.enabled);
            for session in [config.patient_session_limits(), config.staff_session_limits()] {
                assert!(session.warn_seconds < session.idle_seconds);
            }
            for url in [&config.patient.base_url, &config.staff.base_url] {
                assert!(url.is_own_origin() || url.is_secure() || url.is_local());
            }
        }
        Err(ConfigError::NotJson) => {}
        Err(ConfigError::Mistakes(mistakes)) => {
            assert!((1..=105).contains(&mistakes.len()));
            let lines: BTreeSet<_> = mistakes.iter().map(ToString::to_string).collect();
            assert_eq!(lines.len(), mistakes.len());
        }
    }
});

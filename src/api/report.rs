//! Reports of faults to the portal's own origin (`reportUrl`), so that hospital IT can count them.

use config::Config;
use wasm_bindgen::prelude::*;

use super::Failure;

#[wasm_bindgen]
extern "C" {
    // Throws for an address without a host alone.
    #[wasm_bindgen(js_namespace = navigator, js_name = sendBeacon)]
    fn send_beacon(url: &str);
}

/// Sends the constant part of a fault's reference, which says nothing about the person. By a beacon: it neither delays
/// the page nor needs an answer.
pub fn report(config: &Config, failure: &Failure) {
    if let Some(url) = &config.report_url
        && let Some(code) = failure.code()
    {
        send_beacon(&[url, "/", &code].concat());
    }
}

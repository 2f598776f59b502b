//! Moments of two clocks. The wall clock can be set back, and the browser's own clock may stop while the device
//! sleeps: the time between two moments is the longer of the two.
//! <https://github.com/w3c/hr-time/issues/115>

use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn steady_now() -> f64;
}

/// A moment, in milliseconds of both clocks.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Moment {
    wall: f64,
    steady: f64,
}

impl Moment {
    /// This moment.
    pub fn now() -> Self {
        Self {
            wall: js_sys::Date::now(),
            steady: steady_now(),
        }
    }

    /// Milliseconds since this moment.
    pub fn elapsed(self) -> f64 {
        self.until(Self::now())
    }

    /// Milliseconds from this moment to a later one.
    pub fn until(self, later: Self) -> f64 {
        (later.wall - self.wall).max(later.steady - self.steady)
    }
}

#[cfg(test)]
mod tests {
    use super::Moment;

    #[test]
    fn time_between_moments_is_the_longer_of_the_two_clocks() {
        let at = |wall, steady| Moment { wall, steady };
        let start = at(1_000_000.0, 50.0);
        for (later, milliseconds) in [
            (at(1_002_000.0, 2_050.0), 2_000.0),
            // Set back by an hour, set to 1970, and asleep.
            (at(1_002_000.0 - 3_600_000.0, 2_050.0), 2_000.0),
            (at(0.0, 2_050.0), 2_000.0),
            (at(1_900_000.0, 60.0), 900_000.0),
        ] {
            assert!((start.until(later) - milliseconds).abs() < 0.5, "{later:?}");
        }
    }
}

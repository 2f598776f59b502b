//! Random numbers from a key: SHA-256 of the key and a counter.

use sha2::{Digest, Sha256};

/// A stream of random numbers that the key decides.
pub(super) struct Random {
    key: [u8; 32],
    counter: u64,
}

impl Random {
    pub(super) fn new(key: [u8; 32]) -> Self {
        Self { key, counter: 0 }
    }

    /// A number below `limit`; 0 for a limit of 0. The bias of the remainder does not matter for the short
    /// lists it is used on.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        let mut hash = Sha256::new();
        hash.update(self.key);
        hash.update(self.counter.to_le_bytes());
        self.counter = self.counter.wrapping_add(1);
        let hash = hash.finalize();
        let number = hash
            .iter()
            .take(6)
            .fold(0_usize, |number, byte| number << 8 | usize::from(*byte));
        number.checked_rem(limit).unwrap_or_default()
    }

    /// A digit from `first` to `last`, 0 to 9.
    pub(super) fn digit(&mut self, first: u8, last: u8) -> char {
        let count = usize::from(last.saturating_sub(first)) + 1;
        let digit = usize::from(first) + self.below(count);
        u32::try_from(digit)
            .ok()
            .and_then(|digit| char::from_digit(digit, 10))
            .unwrap_or('0')
    }
}

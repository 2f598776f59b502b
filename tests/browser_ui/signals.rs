//! Signals that outlive a page.

use logistration::i18n::Locale;
use wasm_bindgen_test::*;

use crate::helpers::english;
use crate::in_page::{settled, show};

#[wasm_bindgen_test]
async fn signal_that_outlives_its_subscribers_keeps_none_of_them() {
    let locale = Locale::new(english());
    // A hundred pages with ten subscribers each.
    let come_and_go = async || {
        for _ in 0..100 {
            let readers = move || {
                (0..10)
                    .map(|_| move || locale.messages().profile)
                    .collect::<Vec<_>>()
            };
            show(readers).leave();
        }
        settled().await;
        core::arch::wasm32::memory_size(0)
    };
    let mut before = 0;
    for _ in 0..5 {
        before = come_and_go().await;
    }
    let mut after = 0;
    for _ in 0..20 {
        after = come_and_go().await;
    }
    assert_eq!(after, before, "pages of 64 KB");
}

//! Links within the portal.

use config::Config;
use leptos::prelude::*;
use logistration::{i18n::Locale, ui::Link};
use wasm_bindgen_test::*;

use crate::helpers::{PATIENT, STAFF, address, click, english, go, state_at};
use crate::in_page::{settled, show, text_of};

#[wasm_bindgen_test]
async fn plain_click_navigates_in_the_app_and_other_clicks_are_left_to_the_browser() {
    let locale = Locale::new(english());
    let here = RwSignal::new(false);
    let before = address();
    let state = state_at(Config::default(), PATIENT);
    let shown = show(move || {
        let on_click = move |event| state.navigate(&event, STAFF);
        view! { <Link locale text=|m| m.to_staff href="/staff" on_click current=here/> }
    });
    let link = shown.one("a");
    assert_eq!(text_of(&link), "Work here? Staff sign in");
    assert_eq!(link.get_attribute("href").as_deref(), Some("/staff"));

    assert!(!click(&link, |init| init.set_ctrl_key(true)));
    assert!(!click(&link, |init| init.set_meta_key(true)));
    assert!(!click(&link, |init| init.set_shift_key(true)));
    assert!(!click(&link, |init| init.set_alt_key(true)));
    assert!(!click(&link, |init| init.set_button(1)));
    assert_eq!(state.router.requested_now(), PATIENT);
    assert!(click(&link, |_| ()));
    assert_eq!(state.router.requested_now(), STAFF);
    go(&before);

    assert_eq!(link.get_attribute("aria-current"), None);
    here.set(true);
    settled().await;
    assert_eq!(link.get_attribute("aria-current").as_deref(), Some("page"));
}

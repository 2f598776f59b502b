//! Cards of description lists.

use leptos::prelude::*;
use logistration::ui::{Cards, Row, Section, Toast, Value};
use wasm_bindgen_test::*;
use web_sys::Element;

use crate::helpers::english;
use crate::in_page::{settled, show, text_of};

#[wasm_bindgen_test]
async fn cards_without_rows_are_not_shown() {
    let messages = english();
    let shown = show(move || {
        let sections = vec![
            Section {
                title: "<b>Riyadh</b>".to_owned(),
                rows: vec![
                    Row::new(
                        messages.address,
                        Value::Text("<i>الرياض</i> & Co".to_owned()),
                    ),
                    Row::new(messages.country_code, Value::Ltr("12214".to_owned())),
                    Row::new(
                        messages.name_other_script,
                        Value::Script("ar", "rtl", "عبدالله".to_owned()),
                    ),
                    Row::new(
                        messages.date_of_birth_hijri,
                        Value::WithNote("17 Jumada II 1410 AH".to_owned(), messages.computed),
                    ),
                ],
                ..Section::default()
            },
            Section {
                title: "Nothing".to_owned(),
                ..Section::default()
            },
        ];
        view! { <Cards messages toast=Toast::new() sections/> }
    });
    assert_eq!(shown.text("h2"), "<b>Riyadh</b>");
    assert_eq!(shown.all("section").len(), 1);
    let labels: Vec<_> = shown.all("dt").iter().map(|dt| text_of(dt)).collect();
    assert_eq!(
        labels,
        [
            messages.address,
            messages.country_code,
            messages.name_other_script,
            messages.date_of_birth_hijri
        ]
    );
    let values = shown.all("dd");
    assert_eq!(text_of(&values[0]).trim(), "<i>الرياض</i> & Co");
    assert!(shown.find("i, b").is_none());
    let bdi = |value: &Element| value.query_selector("bdi").unwrap().unwrap();
    assert_eq!(bdi(&values[1]).get_attribute("dir").as_deref(), Some("ltr"));
    let name = bdi(&values[2]);
    assert_eq!(name.get_attribute("lang").as_deref(), Some("ar"));
    assert_eq!(name.get_attribute("dir").as_deref(), Some("rtl"));
    assert!(text_of(&values[3]).contains(messages.computed));
    // A translator leaves what the record says, and may translate the portal's words.
    let kept: Vec<_> = values
        .iter()
        .map(|value| bdi(value).get_attribute("translate"))
        .collect();
    let no = || Some("no".to_owned());
    assert_eq!(kept, [no(), no(), no(), None]);
}

#[wasm_bindgen_test]
async fn masked_value_is_not_in_the_document_until_shown() {
    let messages = english();
    let shown = show(move || {
        let row = Row::new(messages.national_id, Value::Masked("1012345672".to_owned()));
        let sections = vec![Section {
            title: String::new(),
            rows: vec![row],
            ..Section::default()
        }];
        view! { <Cards messages toast=Toast::new() sections/> }
    });
    let button = shown.one("button");
    assert_eq!(shown.text("dd bdi"), "••••••••72");
    assert_eq!(text_of(&button), "Show National ID or Iqama");
    // A screen reader is told what the eye sees.
    let hidden = shown.one("dd > span");
    assert_eq!(text_of(&hidden), "Hidden, ends in 72");
    assert!(!hidden.has_attribute("hidden"));
    assert_eq!(shown.all("bdi[aria-hidden=true]").len(), 1);
    assert!(!shown.all_text().contains("1012345672"));
    button.click();
    settled().await;
    assert_eq!(shown.text("dd bdi"), "1012345672");
    assert!(hidden.has_attribute("hidden"));
    assert!(shown.all("bdi[aria-hidden]").is_empty());
    assert_eq!(text_of(&button), "Hide National ID or Iqama");
    button.click();
    settled().await;
    assert_eq!(shown.text("dd bdi"), "••••••••72");
}

//! A text to be read by a scanner: as a QR code and as a bar code, black on white in every theme,
//! on the page and over the whole screen.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{Button, Scan};
use crate::i18n::Words;

/// The codes, with a button that shows them over the whole screen. A text that neither code can
/// hold has none, and no button.
#[component]
pub(super) fn Codes(words: &'static Words, scan: Scan) -> impl IntoView {
    let Scan {
        label,
        hint,
        text: value,
    } = scan;
    let drawn = codes(words, label, &value);
    let again = codes(words, label, &value);
    // A closed dialog says nothing, or the page would say it twice.
    let shown = RwSignal::new(false);
    (!drawn.is_empty()).then(|| {
        view! {
            <div class="scan">{drawn}</div>
            <p class="scan__hint">{hint}</p>
            <Button
                class="button button--quiet"
                text=words.full_screen
                on_click=move |()| {
                    shown.set(true);
                    open();
                }
            />
            // The browser keeps the focus in it, gives it back, and closes it by Escape.
            <dialog
                class="scan-screen"
                aria-label=label
                on:close=move |_| shown.set(false)
            >
                <form method="dialog">
                    <button class="button">{words.close}</button>
                </form>
                <p class="scan-screen__value">
                    <bdi dir="ltr">
                        {move || if shown.get() { value.clone() } else { String::new() }}
                    </bdi>
                </p>
                {again}
            </dialog>
        }
    })
}

/// Opens the dialog over the whole screen; there is one on a page.
fn open() {
    if let Ok(Some(dialog)) = document().query_selector(".scan-screen") {
        // It throws if it is open, and then there is nothing to do.
        let _ = dialog.unchecked_into::<HtmlDialogElement>().show_modal();
    }
}

/// Both codes, as far as the text fits into them.
fn codes(words: &'static Words, label: &str, value: &str) -> Vec<impl IntoView + use<>> {
    let qr = barcodes::qr(value).map(|rows| {
        let size = rows.len() + 2 * barcodes::qr::QUIET_ZONE;
        let mut path = String::new();
        for (y, row) in rows.iter().enumerate() {
            bars(
                &mut path,
                row,
                barcodes::qr::QUIET_ZONE,
                y + barcodes::qr::QUIET_ZONE,
                1,
            );
        }
        // About 180 pixels, and a whole number of them a module: no seams.
        let scale = (180 / size).max(2);
        drawing(
            QR,
            [words.qr_code, ": ", label].concat(),
            (size, size),
            (scale, scale),
            path,
        )
    });
    let bar_code = barcodes::code128(value).map(|modules| {
        let width = modules.len() + 2 * barcodes::code128::QUIET_ZONE;
        let mut path = String::new();
        bars(&mut path, &modules, barcodes::code128::QUIET_ZONE, 0, 1);
        let scale = (300 / width).max(1);
        drawing(
            BARS,
            [words.bar_code, ": ", label].concat(),
            (width, 1),
            (scale, 80),
            path,
        )
    });
    qr.into_iter().chain(bar_code).collect()
}

/// Adds a row of modules to a path: a box for each run of dark ones.
fn bars(path: &mut String, modules: &[bool], left: usize, top: usize, height: usize) {
    let mut x = left;
    for run in modules.chunk_by(|a, b| a == b) {
        let width = run.len();
        if run.first() == Some(&true) {
            let numbers = [x, top, width, height, width].map(|number| number.to_string());
            for (command, number) in ["M", " ", "h", "v", "h-"].iter().zip(&numbers) {
                path.push_str(command);
                path.push_str(number);
            }
            path.push('z');
        }
        x += width;
    }
}

/// Class, and how edges are drawn that fall between pixels, as where a code fills the screen: boxes
/// that touch must leave no seam, bars must keep their widths.
const QR: (&str, &str) = ("scan__qr", "crispEdges");
const BARS: (&str, &str) = ("scan__bars", "geometricPrecision");

/// `size` is in modules, `scale` in pixels a module; both across and down.
fn drawing(
    (class, edges): (&'static str, &'static str),
    name: String,
    size: (usize, usize),
    scale: (usize, usize),
    path: String,
) -> impl IntoView + use<> {
    let [width, height] = [size.0, size.1].map(|modules| modules.to_string());
    let ground = ["M0 0h", &width, "v", &height, "H0z"].concat();
    view! {
        <svg
            class=class
            role="img"
            aria-label=name
            viewBox=["0 0 ", &width, " ", &height].concat()
            width=(size.0 * scale.0).to_string()
            height=(size.1 * scale.1).to_string()
            preserveAspectRatio="none"
            shape-rendering=edges
        >
            <path fill="#fff" d=ground></path>
            <path fill="#000" d=path></path>
        </svg>
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dark_runs_become_boxes() {
        let mut path = String::new();
        bars(&mut path, &[true, true, false, true, false], 4, 2, 1);
        assert_eq!(path, "M4 2h2v1h-2zM7 2h1v1h-1z");
    }
}

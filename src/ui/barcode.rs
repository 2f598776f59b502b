//! A text as QR code and Code 128 bar code, black on white in every theme, on the page and full screen.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlDialogElement;

use super::{button::Button, wake_lock::WakeLock};
use crate::i18n::Messages;

/// A text for a scanner.
pub struct Barcode {
    /// Label of the text.
    pub label: &'static str,
    /// Instruction below the barcodes.
    pub hint: &'static str,
    /// The text.
    pub text: String,
}

/// Both barcodes, with a button that shows them full screen. Nothing for a text that fits neither.
#[component]
pub(super) fn Barcodes(messages: &'static Messages, barcode: Barcode) -> impl IntoView {
    let Barcode {
        label,
        hint,
        text: value,
    } = barcode;
    let drawn = drawings(messages, label, &value);
    let again = drawings(messages, label, &value);
    // A closed dialog has no text, or it would be on the page twice.
    let shown = RwSignal::new(false);
    let wake_lock = WakeLock::new();
    (!drawn.is_empty()).then(|| {
        view! {
            <div class="barcodes">
                <div class="barcodes__codes">{drawn}</div>
                <p class="barcodes__hint">{hint}</p>
                <Button
                    class="button button--quiet"
                    text=messages.full_screen
                    on_click=move |()| {
                        shown.set(true);
                        open();
                        wake_lock.hold();
                    }
                />
            </div>
            // Modal: the browser keeps the focus in it, restores it, and closes it by Escape.
            <dialog
                class="barcode-dialog"
                aria-label=label
                on:close=move |_| {
                    shown.set(false);
                    wake_lock.release();
                }
            >
                <form method="dialog">
                    <button class="button">{messages.close}</button>
                </form>
                <p class="barcode-dialog__label">{label}</p>
                <p class="barcode-dialog__value">
                    <bdi dir="ltr" translate="no">
                        {move || if shown.get() { value.clone() } else { String::new() }}
                    </bdi>
                </p>
                {again}
            </dialog>
        }
    })
}

/// Opens the full-screen dialog; a page has one.
fn open() {
    if let Ok(Some(dialog)) = document().query_selector(".barcode-dialog") {
        // It throws while it is open.
        let _ = dialog.unchecked_into::<HtmlDialogElement>().show_modal();
    }
}

/// The barcodes that the text fits into.
fn drawings(messages: &'static Messages, label: &str, value: &str) -> Vec<impl IntoView + use<>> {
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
        // About 180 pixels, a whole number of them a module: no seams.
        let scale = (180 / size).max(2);
        drawing(
            QR,
            [messages.qr_code, ": ", label].concat(),
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
            [messages.bar_code, ": ", label].concat(),
            (width, 1),
            (scale, 80),
            path,
        )
    });
    qr.into_iter().chain(bar_code).collect()
}

/// Adds a row of modules to a path: a box for each dark run.
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

/// Class, and rendering of edges between pixels: adjacent boxes must leave no seam, bars must keep their
/// widths.
const QR: (&str, &str) = ("barcodes__qr", "crispEdges");
const BARS: (&str, &str) = ("barcodes__bars", "geometricPrecision");

/// An image; `size` in modules, `scale` in pixels a module, both horizontal and vertical. Not SVG in the page: what
/// recolours a page for a dark theme leaves images as they are.
fn drawing(
    (class, edges): (&'static str, &'static str),
    name: String,
    size: (usize, usize),
    scale: (usize, usize),
    path: String,
) -> impl IntoView + use<> {
    let [width, height] = [size.0, size.1].map(|modules| modules.to_string());
    let source = [
        "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' preserveAspectRatio='none' shape-rendering='",
        edges,
        "' viewBox='0 0 ",
        &width,
        " ",
        &height,
        "'><path fill='white' d='M0 0h",
        &width,
        "v",
        &height,
        "H0z'/><path d='",
        &path,
        "'/></svg>",
    ]
    .concat();
    view! {
        <img
            class=class
            alt=name
            width=(size.0 * scale.0).to_string()
            height=(size.1 * scale.1).to_string()
            src=source
        />
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn runs_of_dark_modules_become_boxes_of_the_path() {
        let mut path = String::new();
        bars(&mut path, &[true, true, false, true, false], 4, 2, 1);
        assert_eq!(path, "M4 2h2v1h-2zM7 2h1v1h-1z");
    }
}

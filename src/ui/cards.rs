//! Cards with description lists: the content of record pages.
//!
//! A card has the attribute `data-card`, from which the download is made.

use leptos::prelude::*;

use super::{
    barcode::{Barcode, Barcodes},
    description_list::{DescriptionRow, Row},
    page_actions::Download,
    toast::Toast,
};
use crate::i18n::{Locale, Messages};

/// A card.
#[derive(Default)]
pub struct Section {
    /// The look of it.
    pub kind: SectionKind,
    /// Heading.
    pub title: String,
    /// Language of the heading, if not the page's: one written left to right.
    pub lang: Option<&'static str>,
    /// Words about the heading.
    pub about: &'static str,
    /// Initials of the person, on an identity card.
    pub initials: String,
    /// Rows.
    pub rows: Vec<Row>,
    /// True for a card whose heading says enough.
    pub shown_without_rows: bool,
    /// Text for barcodes beside the rows.
    pub barcode: Option<Barcode>,
    /// Link below the rows.
    pub link: Option<ExternalLink>,
}

impl Section {
    /// False for a card without rows and without a link, unless it is shown without them.
    pub fn is_shown(&self) -> bool {
        self.shown_without_rows || !self.rows.is_empty() || self.link.is_some()
    }
}

/// The look of a card.
#[derive(Default, Clone, Copy, PartialEq, Eq)]
pub enum SectionKind {
    /// One of the cards of a page.
    #[default]
    Card,
    /// Says whose page it is, in the brand's colour.
    Identity,
    /// One of the cards of a page, as wide as all of them.
    Whole,
    /// A part of the details for support.
    Group,
}

impl SectionKind {
    fn class(self) -> &'static str {
        match self {
            Self::Card => "card",
            Self::Identity => "card identity",
            Self::Whole => "card card--whole",
            Self::Group => "support__group",
        }
    }
}

/// A link out of the portal.
pub struct ExternalLink {
    /// `https:` or `geo:` URL, made of validated parts.
    pub href: String,
    /// Text.
    pub text: &'static str,
    /// Notice of the destination, and of what it learns.
    pub notice: String,
    /// True to open a new tab.
    pub new_tab: bool,
}

/// The cards that have content.
#[component]
pub fn Cards(
    messages: &'static Messages,
    /// Shows the outcome of copying.
    toast: Toast,
    sections: Vec<Section>,
) -> impl IntoView {
    sections
        .into_iter()
        .filter(Section::is_shown)
        .map(|section| view! { <Card messages toast section/> })
        .collect_view()
}

#[component]
fn Card(messages: &'static Messages, toast: Toast, section: Section) -> impl IntoView {
    let Section {
        kind,
        title,
        lang,
        about,
        initials,
        rows,
        shown_without_rows: _,
        barcode,
        link,
    } = section;
    let has_rows = !rows.is_empty();
    view! {
        <section class=kind.class() data-card="">
            <div class="card__main">
                <h2 class="card__title">
                    <bdi lang=lang dir=lang.map(|_| "ltr")>{title}</bdi>
                </h2>
                <span class="initials" aria-hidden="true" translate="no">
                    {initials}
                </span>
                <p class="card__about">{about}</p>
                <dl class="description-list" hidden=!has_rows>
                    {rows
                        .into_iter()
                        .map(|row| view! { <DescriptionRow messages toast row/> })
                        .collect_view()}
                </dl>
                {link.map(|link| view! { <ExternalLinkView link/> })}
            </div>
            {barcode.map(|barcode| view! { <Barcodes messages barcode/> })}
        </section>
    }
}

/// "Details for support": closed at first, with what the hospital or an administrator may ask for, and the page as a
/// file.
#[component]
pub fn Support(
    messages: &'static Messages,
    locale: Locale,
    toast: Toast,
    /// Name of the file, without personal data.
    file: &'static str,
    sections: Vec<Section>,
) -> impl IntoView {
    let sections = sections
        .into_iter()
        .map(|section| Section {
            kind: SectionKind::Group,
            ..section
        })
        .collect();
    view! {
        <details class="support">
            <summary class="support__summary">{messages.support}</summary>
            <div class="support__content">
                <Cards messages toast sections/>
                <Download locale file/>
            </div>
        </details>
    }
}

/// An external link with its notice.
#[component]
fn ExternalLinkView(link: ExternalLink) -> impl IntoView {
    let target = link.new_tab.then_some("_blank");
    view! {
        <p class="external-link">
            <a class="link external-link__link" href=link.href target=target rel="noreferrer noopener">
                {link.text}
            </a>
            <span class="external-link__notice">{link.notice}</span>
        </p>
    }
}

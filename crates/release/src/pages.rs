//! Prerendered pages: Trunk's index.html as a shell, with the markup of a sign-in page.

use std::fs;

use anyhow::{Context, Result};
use logistration::prerender::{CONFIG, PAGE, PrerenderedPage, fingerprint, pages};

use crate::{offline::manifest_name, release::Release};

const ROOT: &str = "<div id=portal></div>";
const HTML: &str = "<html dir=ltr lang=en>";

/// Writes a page for each path and language, and the page for other paths.
pub fn write(release: &Release, shell: &str) -> Result<()> {
    // The program renders the page itself.
    fs::write(release.folder.join("404.html"), shell)?;
    let made_from = fingerprint(&release.config_bytes);
    for page in pages(release.base, release.config) {
        let html = filled(shell, &page, &made_from)?;
        let path = page.path.strip_prefix(release.base).unwrap_or(&page.path);
        for name in file_names(path, page.messages.code) {
            fs::write(release.folder.join(name), &html)?;
        }
    }
    Ok(())
}

/// The shell with the exact markup of the page: the program hydrates it node by node.
fn filled(shell: &str, page: &PrerenderedPage, made_from: &str) -> Result<String> {
    let title = page.title.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<html lang={} dir={} {PAGE}={} {CONFIG}={made_from}>",
        page.messages.code, page.messages.dir, page.path
    );
    let own_manifest = manifest_name(page.messages.code);
    let (before, after) = shell
        .split_once("<title>")
        .context("index.html has no title")?;
    let (_, after) = after
        .split_once("</title>")
        .context("its title has no end")?;
    let shell = format!("{before}<title>{title}</title>{after}");
    let shell = replaced(&shell, HTML, &html)?;
    let shell = replaced(&shell, &manifest_name("en"), &own_manifest)?;
    replaced(
        &shell,
        ROOT,
        &ROOT.replace("></", &format!(">{}</", page.html)),
    )
}

/// Replaces `old`, which must be present, by `new`.
fn replaced(page: &str, old: &str, new: &str) -> Result<String> {
    let (before, after) = page
        .split_once(old)
        .with_context(|| format!("index.html has no {old}"))?;
    Ok([before, new, after].concat())
}

/// File names of a sign-in page: its own, and those of the pages behind sign-in, which show it to a guest.
/// English has no suffix, for servers without language negotiation.
fn file_names(path: &str, language: &str) -> Vec<String> {
    let names: &[&str] = match path {
        "/" => &["index", "profile", "addresses"],
        _ => &["staff", "roles"],
    };
    let suffix = if language == "en" {
        String::new()
    } else {
        format!(".{language}")
    };
    let named = |name: &&str| format!("{name}{suffix}.html");
    names.iter().map(named).collect()
}

#[cfg(test)]
mod tests {
    use logistration::{i18n, prerender::PrerenderedPage};

    use super::{file_names, filled};

    const SHELL: &str = "<!doctype html><html dir=ltr lang=en><title>x</title>\
        <link rel=manifest href=/portal/manifest.webmanifest><body><div id=portal></div>";

    fn page() -> PrerenderedPage {
        PrerenderedPage {
            path: "/portal/staff".to_owned(),
            messages: i18n::find("ar").unwrap(),
            title: "A & <B>".to_owned(),
            html: "<p>one\ntwo</p><!>".to_owned(),
        }
    }

    #[test]
    fn page_is_the_shell_with_the_exact_markup() {
        assert_eq!(
            filled(SHELL, &page(), "0f").unwrap(),
            "<!doctype html><html lang=ar dir=rtl data-app-prerendered=/portal/staff data-config=0f>\
             <title>A &amp; &lt;B></title><link rel=manifest href=/portal/manifest.ar.webmanifest>\
             <body><div id=portal><p>one\ntwo</p><!></div>"
        );
    }

    #[test]
    fn page_behind_sign_in_is_a_copy_of_its_sign_in_page() {
        assert_eq!(
            file_names("/staff", "ar"),
            ["staff.ar.html", "roles.ar.html"]
        );
        assert_eq!(
            file_names("/", "en"),
            ["index.html", "profile.html", "addresses.html"]
        );
    }

    #[test]
    fn shell_without_an_expected_part_is_an_error() {
        for broken in [
            "<html dir=ltr lang=en>",
            "<title>x</title>",
            "<div id=portal></div>",
        ] {
            assert!(
                filled(&SHELL.replace(broken, ""), &page(), "0").is_err(),
                "{broken}"
            );
        }
        let full = SHELL.replace("></div>", "> </div>");
        assert!(filled(&full, &page(), "0").is_err());
    }
}

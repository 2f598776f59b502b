//! Prerendered pages: Trunk's index.html as a shell, with the markup of a sign-in page.

use std::fs;

use anyhow::{Context, Result};
use config::{Accent, Config, Language};
use logistration::prerender::{CONFIG, PAGE, PrerenderedPage, fingerprint};

use crate::offline::manifest_of;
use crate::release::{Release, accent, own_accent};

const ROOT: &str = "<div id=portal></div>";
const HTML: &str = "<html dir=ltr lang=en>";
/// No paint of half a page, whose parts would move when the rest arrives: its server may send it in pieces.
const WHOLE: &str = "<link rel=expect href=#main blocking=render>";
/// The manifest that index.html names.
const MANIFEST: &str = "patient.en.webmanifest";

/// Writes a page for each path and language, and the page for other paths.
pub fn write(release: &Release, shell: &str, pages: &[PrerenderedPage]) -> Result<()> {
    let shell = &coloured(shell, accent(release.config))?;
    // The program renders the page itself; so it does at `/` where patients cannot sign in.
    let first = pages.first().context("the configuration opens no page")?;
    let unknown = replaced(shell, MANIFEST, &manifest_of(first))?;
    for name in ["404.html", "index.html"] {
        fs::write(release.folder.join(name), &unknown)?;
    }
    let made_from = fingerprint(&release.config_bytes);
    for page in pages {
        let path = page.path.strip_prefix(release.base).unwrap_or(&page.path);
        let html = filled(shell, page, &made_from, &links(release.config, path))?;
        let code = page.messages.code;
        let mut names = file_names(path, code);
        if release.config.languages.first().map(|it| it.tag()) == Some(code) {
            // Of the first language, where English is not offered; otherwise overwritten.
            names.extend(file_names(path, "en"));
        }
        for name in names {
            fs::write(release.folder.join(name), &html)?;
        }
    }
    Ok(())
}

/// Links to the page in each language. `x-default` is the audience's language where the configuration of the
/// build has one: otherwise the gateway's setting decides.
fn links(config: &Config, path: &str) -> String {
    let audience = match path {
        "/" => config.patient.language,
        _ => config.staff.language,
    };
    let first = config.languages.first().copied();
    let default = audience.or(first.filter(|first| Some(first) != Language::ALL.first()));
    let links: Vec<String> = config
        .languages
        .iter()
        .map(|language| (language.tag(), *language))
        .chain(default.map(|language| ("x-default", language)))
        .map(|(tag, language)| {
            let code = language.tag();
            format!("<link rel=alternate hreflang={tag} href=\"?lang={code}\">")
        })
        .collect();
    links.concat()
}

/// The shell with the exact markup of the page: the program hydrates it node by node.
fn filled(shell: &str, page: &PrerenderedPage, made_from: &str, links: &str) -> Result<String> {
    let title = page.title.replace('&', "&amp;").replace('<', "&lt;");
    let html = format!(
        "<html lang={} dir={} {PAGE}={} {CONFIG}={made_from}>",
        page.messages.code, page.messages.dir, page.path
    );
    let (before, after) = shell
        .split_once("<title>")
        .context("index.html has no title")?;
    let (_, after) = after
        .split_once("</title>")
        .context("its title has no end")?;
    let shell = format!("{before}<title>{title}</title>{WHOLE}{links}{after}");
    let shell = replaced(&shell, HTML, &html)?;
    let shell = replaced(&shell, MANIFEST, &manifest_of(page))?;
    replaced(
        &shell,
        ROOT,
        &ROOT.replace("></", &format!(">{}</", page.html)),
    )
}

/// The shell with the hospital's colours around the page: on a light screen, and on a dark one.
fn coloured(shell: &str, accent: Accent) -> Result<String> {
    let own = own_accent().browser_colours().into_iter();
    own.zip(accent.browser_colours())
        .try_fold(shell.to_owned(), |shell, (own, colour)| {
            let tag = |colour| format!("content={colour} name=theme-color>");
            replaced(&shell, &tag(own), &tag(colour))
        })
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
    use logistration::{i18n, prerender::PrerenderedPage, router::Audience};

    use config::{Accent, Config};

    use super::{coloured, file_names, filled, links};

    const SHELL: &str = "<!doctype html><html dir=ltr lang=en><title>x</title><script>y</script>\
        <link rel=manifest href=/portal/patient.en.webmanifest><body><div id=portal></div>";

    fn page() -> PrerenderedPage {
        PrerenderedPage {
            audience: Audience::Staff,
            path: "/portal/staff".to_owned(),
            messages: i18n::find("ar").unwrap(),
            title: "A & <B>".to_owned(),
            html: "<p>one\ntwo</p><!>".to_owned(),
        }
    }

    #[test]
    fn page_is_the_shell_with_the_exact_markup() {
        assert_eq!(
            filled(SHELL, &page(), "0f", "<link>").unwrap(),
            "<!doctype html><html lang=ar dir=rtl data-app-prerendered=/portal/staff data-config=0f>\
             <title>A &amp; &lt;B></title><link rel=expect href=#main blocking=render><link><script>y</script>\
             <link rel=manifest href=/portal/staff.ar.webmanifest>\
             <body><div id=portal><p>one\ntwo</p><!></div>"
        );
    }

    #[test]
    fn colours_around_the_page_are_the_hospital_s() {
        let shell = "<meta media=x content=#203d41 name=theme-color><meta content=#0b5f66 name=theme-color>";
        let navy = Accent::parse("#0a1f44").unwrap();
        let [light, dark] = navy.browser_colours();
        assert_eq!(
            coloured(shell, navy).unwrap(),
            shell.replace("#203d41", &dark).replace("#0b5f66", &light)
        );
        assert!(coloured("<meta content=#0b5f66 name=theme-color>", navy).is_err());
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
                filled(&SHELL.replace(broken, ""), &page(), "0", "").is_err(),
                "{broken}"
            );
        }
        let full = SHELL.replace("></div>", "> </div>");
        assert!(filled(&full, &page(), "0", "").is_err());
    }

    #[test]
    fn links_name_each_language_and_the_audience_s_where_the_build_has_one() {
        const EN: &str = "<link rel=alternate hreflang=en href=\"?lang=en\">";
        const AR: &str = "<link rel=alternate hreflang=ar href=\"?lang=ar\">";
        let default =
            |code| format!("<link rel=alternate hreflang=x-default href=\"?lang={code}\">");
        let of = |json: &str, path| links(&Config::parse(json.as_bytes()).unwrap(), path);
        assert_eq!(of("{}", "/"), [EN, AR].concat());
        let audiences = r#"{"patient":{"language":"ar"},"staff":{"language":"en"}}"#;
        assert_eq!(of(audiences, "/"), [EN, AR].concat() + &default("ar"));
        assert_eq!(of(audiences, "/staff"), [EN, AR].concat() + &default("en"));
        let arabic_first = r#"{"languages":["ar","en"]}"#;
        assert_eq!(
            of(arabic_first, "/staff"),
            [AR, EN].concat() + &default("ar")
        );
    }
}

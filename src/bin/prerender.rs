//! Writes the sign-in pages' markup for `cargo xtask build`: `prerender FOLDER [CONFIG]`.
//!
//! One file a page and language, `staff.ar.txt`: a line each for the address, the language, its
//! direction, the title and the configuration's fingerprint, and then the markup to the letter.

use std::{env, fs, path::PathBuf, process::ExitCode};

use logistration::{
    config::Config,
    prerender::{NO_CONFIG, fingerprint, pages},
    route::BASE,
};

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("prerender: {problem}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let mut arguments = env::args_os().skip(1).map(PathBuf::from);
    let folder = arguments.next().ok_or("usage: prerender FOLDER [CONFIG]")?;
    let bytes = match arguments.next() {
        Some(file) => fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?,
        None => NO_CONFIG.to_vec(),
    };
    let config = Config::parse(&bytes)
        .map_err(|error| format!("the configuration cannot be used:\n{error}"))?;
    let made_from = fingerprint(&bytes);
    // Rendered once, then the program ends.
    for page in pages(Box::leak(Box::new(config))) {
        let name = match page.path.trim_start_matches(BASE) {
            "/" => "index",
            path => path.trim_start_matches('/'),
        };
        let file = folder.join(format!("{name}.{}.txt", page.words.code));
        let text = [
            page.path,
            page.words.code,
            page.words.dir,
            &page.title.replace('\n', " "),
            &made_from,
            &page.html,
        ]
        .join("\n");
        fs::write(&file, text).map_err(|error| format!("{}: {error}", file.display()))?;
    }
    Ok(())
}

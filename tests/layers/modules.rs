//! Modules of a crate and the imports between them, read from its source.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::str::FromStr;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};

/// Reads a file; `None` where there is none.
pub type Files<'a> = &'a dyn Fn(&Path) -> Option<String>;

/// A path in the source that leads to another module.
#[derive(Debug, Clone)]
pub struct Import {
    /// The importing module, such as `ui::field`; the root of a crate is `lib` or `main`.
    pub from: String,
    /// The module with the definition, behind all re-exports.
    pub to: String,
    /// File and line, and the path as written.
    pub place: String,
}

/// Meaning of a name in a module.
#[derive(PartialEq)]
enum Name {
    /// A definition in this module.
    Item,
    Module(usize),
    /// The path of a `use`, and true if it is public.
    Use(Vec<String>, bool),
}

#[derive(Default)]
struct Module {
    name: String,
    file: PathBuf,
    /// Folder of its child modules' files.
    folder: PathBuf,
    parent: Option<usize>,
    /// The module of its file: a module in braces counts as part of that.
    of_file: usize,
    names: BTreeMap<String, Vec<Name>>,
    /// Paths before `::*`, with their lines.
    globs: Vec<(Vec<String>, usize)>,
    /// Other paths, with their lines.
    paths: Vec<(Vec<String>, usize)>,
}

/// A crate, or a program beside it.
pub struct Crate {
    modules: Vec<Module>,
}

/// Keywords before the name of a definition.
const KEYWORDS: [&str; 9] = [
    "fn",
    "struct",
    "enum",
    "union",
    "trait",
    "type",
    "const",
    "static",
    "macro_rules",
];

/// Longest chain of re-exports; an import whose name is its own path never ends.
const MOST_STEPS: usize = 16;

impl Crate {
    /// Reads the crate whose root is this file.
    pub fn read(root: &Path, files: Files<'_>) -> Self {
        let stem = root.file_stem().unwrap().to_string_lossy();
        let mut this = Self { modules: vec![] };
        this.file(&stem, root, root.parent().unwrap(), None, files);
        this
    }

    /// Its source files.
    pub fn files(&self) -> BTreeSet<&Path> {
        self.modules.iter().map(|it| it.file.as_path()).collect()
    }

    /// Names of its modules, without those in braces.
    pub fn modules(&self) -> BTreeSet<&str> {
        let own = (0..)
            .zip(&self.modules)
            .filter(|(at, it)| it.of_file == *at);
        own.map(|(_, it)| it.name.as_str()).collect()
    }

    /// Every path that leads from one module to another.
    pub fn imports(&self) -> Vec<Import> {
        let mut imports = vec![];
        for (at, module) in self.modules.iter().enumerate() {
            let mut import = |path: &str, line, owners: BTreeSet<usize>| {
                for to in owners.into_iter().map(|to| self.modules[to].of_file) {
                    if to != module.of_file {
                        imports.push(Import {
                            from: self.modules[module.of_file].name.clone(),
                            to: self.modules[to].name.clone(),
                            place: format!("{}:{line}: {path}", module.file.display()),
                        });
                    }
                }
            };
            for (path, line) in &module.paths {
                import(&path.join("::"), *line, self.owners(at, path, 0));
            }
            // A glob does not say which names are used: all may be.
            for (path, line) in &module.globs {
                let behind = self.owners(at, path, 0);
                let re_exports = behind.iter().flat_map(|it| self.re_exports(*it));
                let all = behind.iter().copied().chain(re_exports).collect();
                import(&format!("{}::*", path.join("::")), *line, all);
            }
        }
        imports
    }

    /// Modules whose definitions a module re-exports.
    fn re_exports(&self, at: usize) -> BTreeSet<usize> {
        let uses = self.modules[at].names.values().flatten();
        let given = uses.filter_map(|name| match name {
            Name::Use(path, true) => Some(self.owners(at, path, 1)),
            _ => None,
        });
        given.flatten().collect()
    }

    fn file(
        &mut self,
        name: &str,
        file: &Path,
        folder: &Path,
        parent: Option<usize>,
        files: Files<'_>,
    ) -> usize {
        let text = files(file).unwrap_or_else(|| panic!("there is no {}", file.display()));
        let tokens = TokenStream::from_str(&text).unwrap();
        let at = self.modules.len();
        self.modules.push(Module {
            name: name.to_owned(),
            file: file.to_owned(),
            folder: folder.to_owned(),
            parent,
            of_file: at,
            ..Module::default()
        });
        self.tokens(at, tokens, true, files);
        at
    }

    /// Reads the tokens of a file or of a group.
    fn tokens(&mut self, at: usize, tokens: TokenStream, top: bool, files: Files<'_>) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        let mut rest = tokens.as_slice();
        while let Some((first, after)) = rest.split_first() {
            let before = &tokens[..tokens.len() - rest.len()];
            rest = match (first, after) {
                (TokenTree::Ident(word), [TokenTree::Ident(name), body, after @ ..])
                    if *word == "mod" && (is(body, ';') || matches!(body, TokenTree::Group(_))) =>
                {
                    self.module(at, &name.to_string(), body, files);
                    after
                }
                (TokenTree::Ident(word), [next, ..]) if *word == "use" && !is(next, '<') => {
                    let end = after.iter().position(|it| is(it, ';'));
                    let (tree, after) = after.split_at(end.unwrap_or(after.len()));
                    self.use_tree(at, &[], tree, is_public(before));
                    after
                }
                (TokenTree::Ident(word), _) => {
                    if let [TokenTree::Ident(name), ..] | [_, TokenTree::Ident(name), ..] = after
                        && top
                        && KEYWORDS.contains(&word.to_string().as_str())
                    {
                        self.name(at, name.to_string(), Name::Item);
                    }
                    let (path, after) = path(word, after);
                    if path.len() > 1 {
                        self.modules[at].paths.push((path, line(word.span())));
                    }
                    after
                }
                (hash, [TokenTree::Group(attribute), after @ ..])
                    if is(hash, '#') && attribute.delimiter() == Delimiter::Bracket =>
                {
                    self.attribute(at, attribute.stream());
                    self.tokens(at, attribute.stream(), false, files);
                    after
                }
                (TokenTree::Group(group), _) => {
                    self.tokens(at, group.stream(), false, files);
                    after
                }
                _ => after,
            };
        }
    }

    /// `mod name;` or `mod name { … }`
    fn module(&mut self, at: usize, name: &str, body: &TokenTree, files: Files<'_>) {
        let parent = &self.modules[at];
        let path = match parent.parent {
            None if parent.of_file == at => name.to_owned(),
            _ => format!("{}::{name}", parent.name),
        };
        let folder = parent.folder.join(name);
        let child = if let TokenTree::Group(body) = body {
            let child = self.modules.len();
            let parent = &self.modules[at];
            self.modules.push(Module {
                name: path,
                file: parent.file.clone(),
                folder,
                parent: Some(at),
                of_file: parent.of_file,
                ..Module::default()
            });
            self.tokens(child, body.stream(), true, files);
            child
        } else {
            let file = [folder.with_extension("rs"), folder.join("mod.rs")];
            let file = file.iter().find(|file| files(file).is_some());
            let file = file.unwrap_or_else(|| panic!("there is no file of {path}"));
            self.file(&path, file, &folder, Some(at), files)
        };
        self.name(at, name.to_owned(), Name::Module(child));
    }

    /// Reads what follows `use`, or what its braces hold.
    fn use_tree(&mut self, at: usize, prefix: &[String], tree: &[TokenTree], public: bool) {
        for item in tree.split(|it| is(it, ',')) {
            let start = item.iter().position(|it| !is(it, ':')).unwrap_or(0);
            let Some((first, after)) = item[start..].split_first() else {
                continue;
            };
            let (own, after) = match first {
                TokenTree::Ident(word) => path(word, after),
                _ => (vec![], &item[start..]),
            };
            let mut whole = [prefix, &own].concat();
            match after.iter().find(|it| !is(it, ':')) {
                Some(TokenTree::Group(group)) => {
                    let inner: Vec<_> = group.stream().into_iter().collect();
                    self.use_tree(at, &whole, &inner, public);
                }
                Some(star) if is(star, '*') => {
                    self.modules[at].globs.push((whole, line(star.span())));
                }
                renamed => {
                    if whole.len() > 1 && whole.last().is_some_and(|it| it == "self") {
                        whole.pop();
                    }
                    let renamed = renamed.and(after.last()).map(ToString::to_string);
                    let name = renamed.or_else(|| whole.last().cloned());
                    let meaning = Name::Use(whole.clone(), public);
                    self.name(at, name.unwrap_or_default(), meaning);
                    self.modules[at].paths.push((whole, line(first.span())));
                }
            }
        }
    }

    /// Reads paths in the texts of attributes: `#[serde(with = "…")]`.
    fn attribute(&mut self, at: usize, tokens: TokenStream) {
        for token in tokens {
            match token {
                TokenTree::Ident(word) if word == "doc" => return,
                TokenTree::Group(group) => self.attribute(at, group.stream()),
                TokenTree::Literal(literal) => {
                    let text = literal.to_string();
                    let path = text.trim_matches('"').split("::").map(str::to_owned);
                    let path: Vec<_> = path.collect();
                    if path.len() > 1 && path.iter().all(|it| is_a_name(it)) {
                        self.modules[at].paths.push((path, line(literal.span())));
                    }
                }
                _ => {}
            }
        }
    }

    fn name(&mut self, at: usize, name: String, meaning: Name) {
        let meanings = self.modules[at].names.entry(name).or_default();
        if !meanings.contains(&meaning) {
            meanings.push(meaning);
        }
    }

    /// The modules with the definition that a path leads to; none for a path out of the crate.
    fn owners(&self, at: usize, path: &[String], steps: usize) -> BTreeSet<usize> {
        let Some((first, rest)) = path.split_first().filter(|_| steps < MOST_STEPS) else {
            return BTreeSet::new();
        };
        match first.as_str() {
            "crate" => self.below(0, rest, steps),
            "self" => self.below(at, rest, steps),
            "super" => {
                let mut above = self.modules[at].parent.unwrap_or(at);
                let mut rest = rest;
                while let [word, others @ ..] = rest
                    && word == "super"
                {
                    above = self.modules[above].parent.unwrap_or(above);
                    rest = others;
                }
                self.below(above, rest, steps)
            }
            name if self.modules[at].names.contains_key(name) => self.below(at, path, steps),
            _ => BTreeSet::new(),
        }
    }

    /// [`Crate::owners`] of the rest of a path, within a module.
    fn below(&self, at: usize, path: &[String], steps: usize) -> BTreeSet<usize> {
        let module = &self.modules[at];
        let Some((first, rest)) = path.split_first() else {
            return [at].into();
        };
        let Some(meanings) = module.names.get(first) else {
            let behind = module
                .globs
                .iter()
                .flat_map(|(glob, _)| self.owners(at, glob, steps + 1));
            let behind = behind.filter(|behind| self.modules[*behind].names.contains_key(first));
            let found: BTreeSet<_> = behind
                .flat_map(|it| self.below(it, path, steps + 1))
                .collect();
            // Not found: defined by a macro of this module.
            return if found.is_empty() { [at].into() } else { found };
        };
        let owners = meanings.iter().flat_map(|meaning| match meaning {
            Name::Item => [at].into(),
            Name::Module(child) => self.below(*child, rest, steps),
            Name::Use(path, _) => self.owners(at, &[path, rest].concat(), steps + 1),
        });
        owners.collect()
    }
}

/// A path from its first segment, and the tokens after it.
fn path<'a>(first: &Ident, mut after: &'a [TokenTree]) -> (Vec<String>, &'a [TokenTree]) {
    let mut path = vec![first.to_string()];
    while let [one, two, TokenTree::Ident(next), rest @ ..] = after
        && is(one, ':')
        && is(two, ':')
    {
        path.push(next.to_string());
        after = rest;
    }
    (path, after)
}

fn is(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(it) if it.as_char() == character)
}

/// True if `pub` or `pub(…)` comes last.
fn is_public(before: &[TokenTree]) -> bool {
    let before = match before {
        [rest @ .., TokenTree::Group(_)] => rest,
        all => all,
    };
    matches!(before, [.., TokenTree::Ident(word)] if *word == "pub")
}

fn is_a_name(text: &str) -> bool {
    let mut characters = text.chars();
    characters
        .next()
        .is_some_and(|it| it.is_alphabetic() || it == '_')
        && characters.all(|it| it.is_alphanumeric() || it == '_')
}

fn line(span: Span) -> usize {
    span.start().line
}

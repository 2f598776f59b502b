//! The rules for imports: no circle, and none from a layer above.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::modules::{Crate, Import};

/// Import circles, one for each module that is in one.
pub fn circles(imports: &[Import]) -> Vec<String> {
    let mut told = BTreeSet::new();
    let mut circles = vec![];
    let starts: BTreeSet<&str> = imports.iter().map(|it| it.from.as_str()).collect();
    for start in starts {
        let Some(circle) = way_back(imports, start).filter(|_| !told.contains(start)) else {
            continue;
        };
        told.extend(circle.iter().map(|it| it.from.as_str()));
        let steps = circle
            .iter()
            .map(|it| format!("\n    {} → {}  {}", it.from, it.to, it.place));
        circles.push(format!("a circle:{}", steps.collect::<String>()));
    }
    circles
}

/// The shortest path of imports from a module to itself.
fn way_back<'a>(imports: &'a [Import], start: &str) -> Option<Vec<&'a Import>> {
    let mut found: BTreeMap<&str, Vec<&Import>> = BTreeMap::new();
    let mut next: VecDeque<(&str, Vec<&Import>)> = [(start, vec![])].into();
    while let Some((module, way)) = next.pop_front() {
        for import in imports.iter().filter(|it| it.from == module) {
            let way = [way.as_slice(), &[import]].concat();
            if import.to == start {
                return Some(way);
            }
            if !found.contains_key(import.to.as_str()) {
                found.insert(&import.to, way.clone());
                next.push_back((&import.to, way));
            }
        }
    }
    None
}

/// Imports from a layer above. `layers` are the names of top modules from top to bottom; modules of one layer
/// may import from each other.
pub fn upward(krate: &Crate, layers: &[&str]) -> Vec<String> {
    let layer = |module: &str| {
        let top = module.split("::").next().unwrap();
        let mut lines = layers.iter().map(|line| line.split(' '));
        lines.position(|mut line| line.any(|name| name == top))
    };
    let without = krate
        .modules()
        .into_iter()
        .filter(|module| layer(module).is_none());
    let without = without.map(|module| format!("{module} is in no layer"));
    let imports = krate.imports();
    let is_above = |it: &&Import| {
        let layers = layer(&it.to).zip(layer(&it.from));
        layers.is_some_and(|(to, from)| to < from)
    };
    let upward = imports.iter().filter(is_above);
    without
        .chain(upward.map(|it| format!("{} → {}, a layer above  {}", it.from, it.to, it.place)))
        .collect()
}

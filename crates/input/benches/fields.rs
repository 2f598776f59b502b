//! Benchmarks of the parsers: a number as most people type it, one in Arabic digits, and a long paste that
//! is no number. `cargo bench -p input`.

use divan::counter::CharsCount;
use divan::{AllocProfiler, Bencher};

/// Also reports the allocations of each call: an error should have none.
#[global_allocator]
static ALLOC: AllocProfiler = AllocProfiler::system();

/// A named text of a field.
struct Sample {
    name: &'static str,
    text: String,
}

impl std::fmt::Display for Sample {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(self.name)
    }
}

fn samples(clean: &str, arabic: &str, alike: &str) -> Vec<Sample> {
    let sample = |name, text| Sample { name, text };
    vec![
        sample("clean", clean.to_owned()),
        sample("arabic", arabic.to_owned()),
        // The slowest error: a wrong character after a long text of characters that are all converted or
        // dropped.
        sample("paste", format!("{}\u{2603}", alike.repeat(10_000))),
        // Ten times the length should take ten times as long.
        sample("longer paste", format!("{}\u{2603}", alike.repeat(100_000))),
    ]
}

fn phones() -> Vec<Sample> {
    samples("0512345678", "٠٥١٢ ٣٤٥ ٦٧٨", "٠\u{200f}(٥)-")
}

fn national_ids() -> Vec<Sample> {
    samples("1012345672", "١٠١٢٣٤٥٦٧٢", "١\u{200f}-\u{a0}٠")
}

fn patient_ids() -> Vec<Sample> {
    samples("A-10/77", "٠٠١٢٣٤٥", "١\u{200f}-\u{a0}أ")
}

fn field<T>(bencher: Bencher<'_, '_>, sample: &Sample, read: impl Fn(&str) -> T + Sync) {
    bencher
        .counter(CharsCount::of_str(&sample.text))
        .bench(|| read(divan::black_box(&sample.text)));
}

#[divan::bench(args = phones())]
fn sanitize(bencher: Bencher<'_, '_>, sample: &Sample) {
    field(bencher, sample, |raw| input::sanitize_digits(raw).count());
}

#[divan::bench(args = phones())]
fn phone(bencher: Bencher<'_, '_>, sample: &Sample) {
    field(bencher, sample, |raw| input::phone(raw, &["966"]));
}

#[divan::bench(args = national_ids())]
fn national_id(bencher: Bencher<'_, '_>, sample: &Sample) {
    field(bencher, sample, input::national_id);
}

#[divan::bench(args = patient_ids())]
fn patient_id(bencher: Bencher<'_, '_>, sample: &Sample) {
    field(bencher, sample, input::patient_id);
}

fn main() {
    divan::main();
}

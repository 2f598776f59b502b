//! The portal's program. The boot script calls [`logistration::start`] once it is loaded.

// Named, so that the library is linked in, with what it exports.
use logistration as _;

fn main() {}

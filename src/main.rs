//! Mounts the portal; nothing else.

fn main() {
    logistration::start();
}

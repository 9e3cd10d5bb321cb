#!/bin/sh
# Makes the Debian package: the program, its manual pages and completions, the documents.
# Needs cargo-deb. TARGET builds for another target, as x86_64-unknown-linux-musl.
set -eu
cd "$(dirname "$0")/.."

# The manual pages are made by the program itself, so it is built before it is packed.
cargo build --release --locked ${TARGET:+--target "$TARGET"}
built="${CARGO_TARGET_DIR:-target}${TARGET:+/$TARGET}/release"
rm -rf target/man
"$built/ti" man target/man
cargo deb --no-build --locked ${TARGET:+--target "$TARGET"} "$@"

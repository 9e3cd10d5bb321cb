#!/bin/sh
# Makes the Debian package: the program, its manual pages and completions, the documents.
# Needs cargo-deb.
set -eu
cd "$(dirname "$0")/.."

# The manual pages are made by the program itself, so it is built before it is packed.
cargo build --release --locked
rm -rf target/man
"${CARGO_TARGET_DIR:-target}/release/ti" man target/man
cargo deb --no-build --locked "$@"

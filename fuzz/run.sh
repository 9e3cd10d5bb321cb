#!/bin/sh
# Runs every fuzz target for a while, or the targets named: `sh fuzz/run.sh 600` is ten minutes
# each, `sh fuzz/run.sh 600 openioc` one of them. Needs a C++ compiler, and no other Rust than the
# program itself. `cargo +nightly fuzz run TARGET` works too, and looks into unsafe code as well.
#
# What is found on the way is kept apart in fuzz/target; `corpus/` has the inputs to begin with.
set -eu
cd "$(dirname "$0")"
seconds="${1:-10}"
[ $# -eq 0 ] || shift
[ $# -gt 0 ] || set -- $(sed -n 's/^name = "\(.*\)"$/\1/p' Cargo.toml | grep -v '^ti-fuzz$')

# With a target the flags hold for the program alone, and not for what builds it.
host=$(rustc -vV | sed -n 's/^host: //p')
export CARGO_TARGET_DIR=target
RUSTFLAGS="--cfg fuzzing -Ccodegen-units=1 -Cpasses=sancov-module \
  -Cllvm-args=-sanitizer-coverage-level=4 \
  -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
  -Cllvm-args=-sanitizer-coverage-pc-table \
  -Cllvm-args=-sanitizer-coverage-trace-compares" \
  cargo build --release --locked --target "$host"

for target in "$@"; do
  found="target/found/$target"
  mkdir -p "$found"
  echo "== $target, $seconds s"
  "target/$host/release/$target" "$found" "corpus/$target" -artifact_prefix="target/$target-" \
    -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 \
    -print_final_stats=1 -print_funcs=0 -verbosity=0
done

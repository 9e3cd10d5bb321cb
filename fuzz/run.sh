#!/bin/sh
# Runs every fuzz target for a while: `sh fuzz/run.sh 600` for ten minutes each, a few seconds
# for a smoke run. Needs a nightly compiler and cargo-fuzz.
#
# What is found on the way is kept apart in fuzz/target; `corpus/` has the inputs to begin with.
set -eu
cd "$(dirname "$0")"
seconds="${1:-10}"
for target in $(cargo +nightly fuzz list); do
  found="target/found/$target"
  mkdir -p "$found"
  echo "== $target, $seconds s"
  cargo +nightly fuzz run "$target" "$found" "corpus/$target" -- \
    -max_total_time="$seconds" -timeout=5 -rss_limit_mb=2048 -max_len=8192 -print_final_stats=1
done

#!/usr/bin/env bash
# What a hostile or broken machine does to a run, again and again: readers that do not read,
# signals at any moment, locks that are held, pipes and links in the way, limits, full disks.
# Every run must end by itself, with a code that is documented, without a panic, and leave nothing.
#
# Needs: cargo, GNU coreutils, util-linux (flock, prlimit). Serves from 127.0.0.1 only.
# ROUNDS=20 says how often; TI=path takes a program that is built already.
set -uo pipefail
cd "$(dirname "$0")/.."
rounds=${ROUNDS:-20}
if [ -z "${TI:-}" ]; then
  cargo build --release --quiet || exit 1
  TI=$PWD/target/release/ti
fi
work=$(mktemp -d)
export HOME=$work XDG_CONFIG_HOME=$work/config XDG_CACHE_HOME=$work/cache LC_ALL=C.UTF-8
unset http_proxy https_proxy all_proxy HTTP_PROXY HTTPS_PROXY ALL_PROXY
mkdir -p "$work/out"
cd "$work/out" || exit 1
failures=0 runs=0

"$TI" -q sandbox -o "$work/sandbox.toml" &
sandbox=$!
trap 'kill $sandbox 2>/dev/null; rm -rf "$work"' EXIT
until [ -s "$work/sandbox.toml" ]; do sleep 0.05; done
seq 2000 | sed 's/$/.example.net/' >"$work/hosts"
ti=("$TI" --config "$work/sandbox.toml")

# expect WHAT CODES COMMAND...: it ends within a minute, with one of the codes, and leaves nothing.
expect() {
  local what=$1 codes=$2 code
  shift 2
  timeout --kill-after=5 60 "$@" >/dev/null 2>"$work/said"
  code=$?
  judge "$what" "$codes" "$code"
}

judge() {
  local what=$1 codes=$2 code=$3 left
  runs=$((runs + 1))
  left=$(find "$work/out" "$work/config" -name '.*.partial' -o -name '.*.download' 2>/dev/null)
  if [[ " $codes " != *" $code "* ]] || grep -q panicked "$work/said" || [ -n "$left" ]; then
    failures=$((failures + 1))
    echo "FAILED: $what: code $code, expected one of $codes; left: ${left:-nothing}"
    sed 's/^/    /' "$work/said" | head -5
  fi
}

# signalled WHAT SIGNAL COMMAND...: started, hit at some moment, it ends.
signalled() {
  local what=$1 signal=$2
  shift 2
  timeout --kill-after=5 60 "$@" >/dev/null 2>"$work/said" &
  local run=$!
  sleep "0.$((10 + RANDOM % 30))"
  # timeout passes the signal on.
  kill -s "$signal" $run 2>/dev/null
  wait $run
  # The signal itself, where it came before the program could do anything.
  judge "$what" "0 129 130 143" $?
}

for round in $(seq "$rounds"); do
  for signal in INT TERM HUP; do
    signalled "a search, SIG$signal" $signal "${ti[@]}" kti search -i "$work/hosts" --fresh -o s.ndjson
    signalled "a download, SIG$signal" $signal "${ti[@]}" kaspersky yara -o rules.yar
    mkfifo pipe
    sleep 30 <>pipe & # somebody who opens it and never reads
    reader=$!
    signalled "no reader, SIG$signal" $signal bash -c 'exec "$@" >pipe' - "${ti[@]}" kti search -i "$work/hosts" --ndjson
    kill $reader 2>/dev/null
    wait $reader 2>/dev/null
    rm -f pipe
  done

  # Two go on with one file: each answer is there once.
  rm -f r.ndjson
  head -300 "$work/hosts" >"$work/some"
  for _ in 1 2 3; do
    "${ti[@]}" -q kti search -i "$work/some" --resume r.ndjson >/dev/null 2>&1 &
  done
  wait $(jobs -p | grep -vx $sandbox)
  expect "the last to resume" "0" "${ti[@]}" kti search -i "$work/some" --resume r.ndjson
  if [ "$(sort -u r.ndjson | wc -l)" != 300 ] || [ "$(wc -l <r.ndjson)" != 300 ]; then
    failures=$((failures + 1))
    echo "FAILED: resumed at once: $(wc -l <r.ndjson) lines of 300"
  fi

  # Somebody's lock, somebody's pipe, somebody's link.
  rm -rf "$work/cache/ti"
  mkdir -p "$work/cache/ti"
  flock "$work/cache/ti/cache.db.lock" sleep 20 &
  holder=$!
  expect "the cache is locked" "0" "${ti[@]}" kti search evil.com
  kill $holder 2>/dev/null
  wait $holder 2>/dev/null
  for name in cache.db cache.db.lock cache.db-wal; do
    rm -rf "$work/cache/ti"
    mkdir -p "$work/cache/ti"
    mkfifo "$work/cache/ti/$name"
    expect "$name is a pipe" "0" "${ti[@]}" kti search evil.com
  done
  rm -rf "$work/cache/ti"
  for make in "mkfifo" "ln -s $work/victim"; do
    $make .l.yar.lock
    expect "the lock is no file" "2" "${ti[@]}" kaspersky yara -o l.yar
    rm -f .l.yar.lock
    $make l.yar.sha256
    expect "the checksum is no file" "2" "${ti[@]}" kaspersky yara -o l.yar --sha256
    rm -f l.yar.sha256
  done
  [ ! -e "$work/victim" ] || { failures=$((failures + 1)); echo "FAILED: a link was followed"; }

  # Emptied while it is read.
  "${ti[@]}" -q kti search -i "$work/some" --ndjson >/dev/null 2>&1
  for _ in $(seq 20); do
    "${ti[@]}" -q kti search -i "$work/some" --ndjson >/dev/null 2>&1 &
  done
  expect "the cache is emptied beside readers" "0" "${ti[@]}" cache clear
  wait $(jobs -p | grep -vx $sandbox)

  # Thirty changes at once.
  rm -rf "$work/config"
  for number in $(seq 30); do
    "$TI" -q config set kti.region there --profile "p$number" >/dev/null 2>&1 &
  done
  wait $(jobs -p | grep -vx $sandbox)
  kept=$(grep -c '^\[profile\.p[0-9]*\.kti\]' "$work/config/ti/config.toml")
  [ "$kept" = 30 ] || { failures=$((failures + 1)); echo "FAILED: $kept of 30 changes"; }

  # Limits and full disks.
  expect "a small file" "1" bash -c 'ulimit -f 1; exec "$@"' - "${ti[@]}" kti search -i "$work/some" -o f.ndjson
  for kib in 20000 40000 80000 160000; do
    expect "$kib KiB of address space" "0 1 127 134 139" bash -c "ulimit -v $kib; exec \"\$@\"" - "${ti[@]}" kti search evil.com
  done
  expect "help to a full disk" "1" bash -c 'exec "$@" >/dev/full' - "$TI" --help
  expect "answers to a full disk" "1" bash -c 'exec "$@" >/dev/full' - "${ti[@]}" kti search evil.com
  for rate in 1e-19 1e-20 inf NaN 0; do
    expect "--rate $rate" "2" "${ti[@]}" kti search evil.com --rate "$rate"
  done
done

echo "$runs runs in $rounds rounds, $failures failures"
[ "$failures" = 0 ]

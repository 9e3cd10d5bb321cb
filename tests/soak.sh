#!/usr/bin/env bash
# What a hostile or broken machine does to a run, again and again: readers that do not read,
# signals at any moment, locks that are held, pipes and links in the way, limits, full disks; and
# what a hostile service does: answers that nobody asked for, none at all, and a limit on requests.
# Every run must end by itself, with a code that is documented, without a panic, and leave nothing.
#
# Needs: cargo, GNU coreutils, util-linux (flock, prlimit), python3. Serves from 127.0.0.1 only.
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
failures=0 runs=0 silent_before=0

"$TI" -q sandbox -o "$work/sandbox.toml" &
sandbox=$!
trap 'kill $sandbox $hostile 2>/dev/null; rm -rf "$work"' EXIT
until [ -s "$work/sandbox.toml" ]; do sleep 0.05; done

# Three services, each on a port of its own: one that sends each answer and another one behind it,
# one that takes requests and does not answer, one that grants 100 a second. How many requests came
# and how many were refused stands in a file.
cat >"$work/hostile.py" <<'EOF'
import json, os, re, socket, sys, threading, time
folder, lock = sys.argv[1], threading.Lock()
count = {"twice": [0, 0], "silent": [0, 0], "limited": [0, 0]}
tokens = [5.0, time.monotonic()]
def granted():
    now = time.monotonic()
    tokens[0] = min(5.0, tokens[0] + (now - tokens[1]) * 100)
    tokens[1] = now
    tokens[0] -= tokens[0] >= 1
    return tokens[0] >= 0
def reply(status, body):
    body = json.dumps(body).encode()
    return b"HTTP/1.1 %d X\r\nContent-Length: %d\r\n\r\n" % (status, len(body)) + body
def about(name):
    return {"IntelInfo": {"RetCode": 0, "Domain": {"Domain": name, "Judgments": ["C2"]}}}
def answer(mode, name):
    with lock:
        was_granted = mode != "limited" or granted()
        count[mode][0] += 1
        count[mode][1] += not was_granted
        with open(f"{folder}/{mode}.count", "w") as file:
            print(*count[mode], file=file)
    if not was_granted:
        return reply(409, {"Error": {"Code": "LimitExceeded", "Message": "slow down"}})
    return reply(200, about(name)) + (reply(200, about("surplus.example")) if mode == "twice" else b"")
def serve(mode, peer):
    with peer:
        rest = b""
        while True:
            while b"\r\n\r\n" not in rest:
                piece = peer.recv(65536)
                if not piece:
                    return
                rest += piece
            head, _, rest = rest.partition(b"\r\n\r\n")
            said = answer(mode, re.search(rb"Param=([^& ]+)", head).group(1).decode())
            if mode == "silent":
                time.sleep(60)
                return
            peer.sendall(said)
def attend(mode):
    listener = socket.create_server(("127.0.0.1", 0), backlog=512)
    with open(f"{folder}/{mode}.url.new", "w") as file:
        print(f"http://127.0.0.1:{listener.getsockname()[1]}/", file=file)
    os.rename(f"{folder}/{mode}.url.new", f"{folder}/{mode}.url")
    def quietly(peer):
        try:
            serve(mode, peer)
        except OSError:
            pass
    while True:
        peer, _ = listener.accept()
        threading.Thread(target=quietly, args=(peer,), daemon=True).start()
for mode in count:
    threading.Thread(target=attend, args=(mode,)).start()
EOF
python3 "$work/hostile.py" "$work" &
hostile=$!
for mode in twice silent limited; do
  until [ -s "$work/$mode.url" ]; do sleep 0.05; done
done

# against MODE ARGUMENTS...: a run that asks one of them.
against() {
  local mode=$1
  shift
  env TI_KTI_ENDPOINT="$(cat "$work/$mode.url")" TI_KTI_ACCESS_KEY=AKLTx TI_KTI_SECRET_KEY=secret "$TI" "$@"
}

failed() {
  failures=$((failures + 1))
  echo "FAILED: $*"
}
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
  wait $(jobs -p | grep -vx -e $sandbox -e $hostile)
  expect "the last to resume" "0" "${ti[@]}" kti search -i "$work/some" --resume r.ndjson
  if [ "$(sort -u r.ndjson | wc -l)" != 300 ] || [ "$(wc -l <r.ndjson)" != 300 ]; then
    failed "resumed at once: $(wc -l <r.ndjson) lines of 300"
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
  [ ! -e "$work/victim" ] || failed "a link was followed"

  # Emptied while it is read.
  "${ti[@]}" -q kti search -i "$work/some" --ndjson >/dev/null 2>&1
  for _ in $(seq 20); do
    "${ti[@]}" -q kti search -i "$work/some" --ndjson >/dev/null 2>&1 &
  done
  expect "the cache is emptied beside readers" "0" "${ti[@]}" cache clear
  wait $(jobs -p | grep -vx -e $sandbox -e $hostile)

  # Thirty changes at once.
  rm -rf "$work/config"
  for number in $(seq 30); do
    "$TI" -q config set kti.region there --profile "p$number" >/dev/null 2>&1 &
  done
  wait $(jobs -p | grep -vx -e $sandbox -e $hostile)
  kept=$(grep -c '^\[profile\.p[0-9]*\.kti\]' "$work/config/ti/config.toml")
  [ "$kept" = 30 ] || failed "$kept of 30 changes"

  # An answer too many is nobody's: each verdict is about what was asked, or there is none.
  head -300 "$work/hosts" >"$work/some"
  for jobs in 1 8 32; do
    runs=$((runs + 1))
    against twice -q kti search -i "$work/some" --fresh --ndjson -j $jobs >"$work/said.ndjson" 2>/dev/null
    wrong=$(grep '"status":"found"' "$work/said.ndjson" | grep -vcE '"indicator":"([^"]*)".*"domain":\{"domain":"\1"')
    [ "$wrong" = 0 ] && [ "$(wc -l <"$work/said.ndjson")" = 300 ] || failed "-j $jobs: $wrong verdicts of another"
  done

  # A proxy that cannot be used is not gone around.
  for proxy in htp://127.0.0.1:9 socks5h//127.0.0.1:9 ' http://127.0.0.1:9' http:/127.0.0.1:9 ftp://127.0.0.1:9 http://127.0.0.1:99999; do
    expect "ALL_PROXY=$proxy" "3" env ALL_PROXY="$proxy" "${ti[@]}" kti search evil.com --fresh
  done

  # A try that brought nothing may have been charged.
  runs=$((runs + 1))
  against silent -q kti search -i "$work/some" --fresh --timeout 200ms --retries 3 --max-lookups 21 >/dev/null 2>&1
  asked=$(cut -d' ' -f1 "$work/silent.count")
  [ $((asked - silent_before)) -le 21 ] || failed "--max-lookups 21: $((asked - silent_before)) tries"
  silent_before=$asked

  # The pace of a service that grants 100 a second is found.
  runs=$((runs + 1))
  read -r asked_before refused_before <<<"$(cat "$work/limited.count" 2>/dev/null || echo 0 0)"
  begun=$(date +%s%N)
  against limited -q kti search -i "$work/hosts" --fresh --ndjson >"$work/said.ndjson" 2>"$work/said"
  milliseconds=$((($(date +%s%N) - begun) / 1000000))
  read -r asked refused <"$work/limited.count"
  asked=$((asked - asked_before)) refused=$((refused - refused_before))
  answered=$(grep -c '"status":"found"' "$work/said.ndjson")
  used=$((answered * 1000 / milliseconds))
  [ "$answered" = 2000 ] && [ $used -ge 80 ] && [ $((refused * 20)) -le "$asked" ] ||
    failed "the pace: $answered answers, $used % of what is granted, $refused of $asked refused"

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

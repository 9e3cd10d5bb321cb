#!/usr/bin/env bash
# Log lines against many indicators: `ti match` beside ripgrep, GNU grep and wc, on this machine.
#
#   benches/match.sh [INDICATORS] [MEGABYTES]      default: 1000000 indicators, 100 MB of logs
#
# Needs a release build, python3, rg, grep, hyperfine. The data is made here, the same each time:
# 60 % digests, 15 % addresses, 25 % domains and URLs; squid, firewall, DNS and JSON lines, one in
# a thousand with a planted hit. Times are means of hyperfine, memory is the largest resident set.
# The peers get the indicators in lower case, one a line; GNU grep ends at its first hit when
# stdout is /dev/null, so that it is piped. BIG=1 measures ten times as many logs and indicators too.
set -euo pipefail

indicators=${1:-1000000}
megabytes=${2:-100}
here=$(cd "$(dirname "$0")/.." && pwd)
ti=${TI:-$here/target/release/ti}
work=${WORK:-$(mktemp -d)}
[ -n "${WORK:-}" ] || trap 'rm -rf "$work"' EXIT
mkdir -p "$work"
for tool in python3 rg grep hyperfine "$ti"; do
    command -v "$tool" >/dev/null || { echo "needs $tool" >&2; exit 1; }
done

cat >"$work/make.py" <<'PY'
import hashlib, random, sys

indicators, megabytes, folder = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
rng = random.Random(7)

def digest(n):
    return hashlib.sha256(str(n).encode()).hexdigest()

def indicator(n):
    d, kind = digest(n), n % 20
    if kind < 4: return d[:32], "md5Hash"
    if kind < 8: return d[:40], "sha1Hash"
    if kind < 12: return d, "sha256Hash"
    if kind < 15: return f"{1 + int(d[:2], 16) % 223}.{int(d[2:4], 16)}.{int(d[4:6], 16)}.{int(d[6:8], 16)}", "networkActivity"
    if kind < 18: return f"{d[:8]}-{d[8:12]}.{['com', 'net', 'org', 'info', 'ru', 'cn'][n % 6]}", "networkActivity"
    return f"http://{d[:10]}.{['com', 'net', 'top'][n % 3]}/{d[10:16]}/{d[16:20]}.php", "networkActivity"

with open(f"{folder}/master.csv", "w") as csv, open(f"{folder}/patterns.txt", "w") as plain:
    csv.write("Id,Publication,Indicator,DetectionDate,IndicatorType\r\n")
    for n in range(indicators):
        text, kind = indicator(n)
        csv.write(f"{n},'Invented report no. {n % 500}, on a campaign that never was',{text},20{10 + n % 16}-{1 + n % 12:02}-{1 + n % 28:02},{kind}\r\n")
        plain.write(text.split("://")[-1] + "\n")

words = [digest(-n - 1)[:rng.randrange(4, 12)] for n in range(5000)]
hosts = [f"{rng.choice(words)}.{rng.choice(words)}.{rng.choice(['com', 'net', 'org', 'de', 'co.uk', 'io'])}" for _ in range(20000)]
addresses = [f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}" for _ in range(5000)]
addresses += [f"{rng.choice([52, 93, 104, 142, 185])}.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}" for _ in range(15000)]
agents = ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36", "curl/8.5.0", "Microsoft-Delivery-Optimization/10.1"]

def line(host, address, url, sha):
    kind, t = rng.randrange(4), 1763942400 + rng.randrange(86400)
    port, path = rng.randrange(1024, 65535), f"/{rng.choice(words)}/{rng.choice(words)}.html?id={rng.randrange(100000)}"
    if kind == 0:
        return f"{t}.{rng.randrange(1000):03} {rng.randrange(5000):6} {rng.choice(addresses)} TCP_MISS/200 {rng.randrange(90000)} GET {url or 'http://' + host + path} - HIER_DIRECT/{address} text/html"
    if kind == 1:
        return f"Nov 24 {t % 24:02}:{t % 60:02}:{t % 59:02} gw kernel: [{t % 99999}.{t % 999999:06}] IN=eth0 OUT=eth1 MAC=00:1c:23:4f:5a:6b SRC={rng.choice(addresses)} DST={address} LEN=60 TOS=0x00 TTL=63 ID={port} PROTO=TCP SPT={port} DPT=443 WINDOW=64240 SYN"
    if kind == 2:
        return f"24-Nov-2026 {t % 24:02}:{t % 60:02}:{t % 59:02}.{t % 1000:03} queries: info: client @0x7f{port:08x} {rng.choice(addresses)}#{port} ({host}): query: {host} IN A +E(0)K ({address})"
    return f'{{"ts":"2026-11-24T{t % 24:02}:{t % 60:02}:{t % 59:02}Z","src":"{rng.choice(addresses)}","dst":"{address}","host":"{host}","url":"{url or "https://" + host + path}","sha256":"{sha}","agent":"{rng.choice(agents)}","bytes":{rng.randrange(100000)}}}'

size, lines, planted = 0, 0, 0
with open(f"{folder}/logs.txt", "w") as logs, open(f"{folder}/planted.txt", "w") as truth:
    while size < megabytes * 1_000_000:
        host, address, url, sha = rng.choice(hosts), rng.choice(addresses), None, digest(rng.random())
        want = None
        if rng.randrange(1000) == 0:
            text, _ = indicator(rng.randrange(min(indicators, 100_000)))
            want = text
            if "://" in text: url, host = text, text.split("/")[2]
            elif text.count(".") == 3: address = text
            elif "." in text: host = rng.choice(["", "www.", "a.b."]) + text
            else: sha = text
        made = line(host, address, url, sha)
        if want and want in made:
            planted += 1
            truth.write(f"{lines + 1}\n")
        lines += 1
        size += len(made) + 1
        logs.write(made + "\n")
print(f"{indicators} indicators; {lines} lines, {size / 1e6:.0f} MB, {planted} with a planted hit")
PY
[ -s "$work/logs.txt" ] || python3 "$work/make.py" "$indicators" "$megabytes" "$work"
head -100000 "$work/patterns.txt" >"$work/patterns-100k.txt"

export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config"
memory() { python3 -c 'import resource, subprocess, sys; subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(f"{resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:.1f} MB: ti {chr(32).join(sys.argv[2:4])}")' "$@"; }
timed() { hyperfine --style basic --warmup 1 --runs "${RUNS:-5}" --shell sh -n "$1" "$2" 2>/dev/null | grep -E 'Time|Range'; }

echo; echo "== index of $indicators rows from a file"
timed 'ti index update --from' "'$ti' -q index update --from '$work/master.csv'"
memory "$ti" -q index update --from "$work/master.csv"

echo; echo "== every planted hit, none false"
"$ti" -q match -j 1 --ndjson "$work/logs.txt" | python3 -c '
import json, sys
found = {json.loads(line)["line"] for line in sys.stdin}
planted = {int(line) for line in open(sys.argv[1])}
print(f"{len(planted)} planted, {len(planted - found)} missed, {len(found - planted)} false")' "$work/planted.txt"

echo; echo "== $megabytes MB"
timed 'ti match, one thread' "'$ti' -q match -j 1 '$work/logs.txt' | cat >/dev/null"
timed 'ti match, two threads' "'$ti' -q match -j 2 '$work/logs.txt' | cat >/dev/null"
timed 'wc -l' "wc -l '$work/logs.txt'"
RUNS=2 timed 'rg -F -f, 100,000 patterns' "rg -F -f '$work/patterns-100k.txt' '$work/logs.txt' | cat >/dev/null"
[ -z "${GREP:-}" ] || RUNS=2 timed 'grep -F -f' "grep -F -f '$work/patterns.txt' '$work/logs.txt' | cat >/dev/null"
memory "$ti" -q match -j 1 "$work/logs.txt"
memory "$ti" -q match -j 2 "$work/logs.txt"

if [ -n "${BIG:-}" ]; then
    for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$work/logs.txt"; done >"$work/big.txt"
    echo; echo "== ten times the logs"
    timed 'ti match, one thread' "'$ti' -q match -j 1 '$work/big.txt' | cat >/dev/null"
    timed 'ti match, two threads' "'$ti' -q match -j 2 '$work/big.txt' | cat >/dev/null"
    timed 'wc -l' "wc -l '$work/big.txt'"
fi

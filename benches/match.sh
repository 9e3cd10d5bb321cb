#!/usr/bin/env bash
# Log lines against many indicators: `ti match` beside ripgrep, GNU grep and wc; the index beside a
# download of the same rows; one lookup offline beside `ti --version`. On this machine, in one run.
#
#   benches/match.sh [INDICATORS] [MEGABYTES]      default: 1000000 indicators, 100 MB of logs
#
# Needs a release build, python3, rg, grep, hyperfine, jq, openssl. The data is made here, the same
# each time: 60 % digests, 15 % addresses, 25 % domains and URLs; squid, firewall, DNS and JSON
# lines, one in a thousand with a planted hit. Times are medians of hyperfine, memory is the largest
# resident set. ripgrep gets the first 100,000 indicators, GNU grep all; both get them in lower
# case, one a line. GNU grep ends at its first hit when stdout is /dev/null, so that it is piped.
# GREP=1 measures GNU grep too (a minute or more a run, 3 GB of memory); BIG=1 ten times the logs;
# WORK=FOLDER keeps the data.
set -euo pipefail

indicators=${1:-1000000}
megabytes=${2:-100}
here=$(cd "$(dirname "$0")/.." && pwd)
ti=${TI:-$here/target/release/ti}
work=${WORK:-$(mktemp -d)}
server=
trap '[ -z "$server" ] || kill "$server"; [ -n "${WORK:-}" ] || rm -rf "$work"' EXIT
mkdir -p "$work"
for tool in python3 rg grep hyperfine jq openssl "$ti"; do
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

listed = set()
with open(f"{folder}/master.csv", "w") as csv, open(f"{folder}/patterns.txt", "w") as plain:
    csv.write("Id,Publication,Indicator,DetectionDate,IndicatorType\r\n")
    for n in range(indicators):
        text, kind = indicator(n)
        csv.write(f"{n},'Invented report no. {n % 500}, on a campaign that never was',{text},20{10 + n % 16}-{1 + n % 12:02}-{1 + n % 28:02},{kind}\r\n")
        plain.write(text.split("://")[-1] + "\n")
        if text.count(".") == 3: listed.add(text)

words = [digest(-n - 1)[:rng.randrange(4, 12)] for n in range(5000)]
hosts = [f"{rng.choice(words)}.{rng.choice(words)}.{rng.choice(['com', 'net', 'org', 'de', 'co.uk', 'io'])}" for _ in range(20000)]
addresses = [f"10.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}" for _ in range(5000)]
addresses += [f"{rng.choice([52, 93, 104, 142, 185])}.{rng.randrange(256)}.{rng.randrange(256)}.{rng.randrange(1, 255)}" for _ in range(15000)]
# What is listed by chance would be a hit that nobody planted.
addresses = [address for address in addresses if address not in listed]
agents = ["Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36", "curl/8.5.0", "Microsoft-Delivery-Optimization/10.1"]

SQUID, FIREWALL, DNS, JSON = range(4)

def line(kind, host, address, url, sha):
    t = 1763942400 + rng.randrange(86400)
    port, path = rng.randrange(1024, 65535), f"/{rng.choice(words)}/{rng.choice(words)}.html?id={rng.randrange(100000)}"
    if kind == SQUID:
        return f"{t}.{rng.randrange(1000):03} {rng.randrange(5000):6} {rng.choice(addresses)} TCP_MISS/200 {rng.randrange(90000)} GET {url or 'http://' + host + path} - HIER_DIRECT/{address} text/html"
    if kind == FIREWALL:
        return f"Nov 24 {t % 24:02}:{t % 60:02}:{t % 59:02} gw kernel: [{t % 99999}.{t % 999999:06}] IN=eth0 OUT=eth1 MAC=00:1c:23:4f:5a:6b SRC={rng.choice(addresses)} DST={address} LEN=60 TOS=0x00 TTL=63 ID={port} PROTO=TCP SPT={port} DPT=443 WINDOW=64240 SYN"
    if kind == DNS:
        return f"24-Nov-2026 {t % 24:02}:{t % 60:02}:{t % 59:02}.{t % 1000:03} queries: info: client @0x7f{port:08x} {rng.choice(addresses)}#{port} ({host}): query: {host} IN A +E(0)K ({address})"
    return f'{{"ts":"2026-11-24T{t % 24:02}:{t % 60:02}:{t % 59:02}Z","src":"{rng.choice(addresses)}","dst":"{address}","host":"{host}","url":"{url or "https://" + host + path}","sha256":"{sha}","agent":"{rng.choice(agents)}","bytes":{rng.randrange(100000)}}}'

size, lines, planted = 0, 0, 0
with open(f"{folder}/logs.txt", "w") as logs, open(f"{folder}/planted.txt", "w") as truth:
    while size < megabytes * 1_000_000:
        kind, host, address, url, sha = rng.randrange(4), rng.choice(hosts), rng.choice(addresses), None, digest(rng.random())
        if rng.randrange(1000) == 0:
            text, _ = indicator(rng.randrange(min(indicators, 100_000)))
            if "://" in text: url, host, kind = text, text.split("/")[2], rng.choice([SQUID, JSON])
            elif text.count(".") == 3: address = text
            elif "." in text: host, kind = rng.choice(["", "www.", "a.b."]) + text, rng.choice([SQUID, DNS, JSON])
            else: sha, kind = text, JSON
            planted += 1
            truth.write(f"{lines + 1}\n")
        made = line(kind, host, address, url, sha)
        lines += 1
        size += len(made) + 1
        logs.write(made + "\n")
print(f"{indicators} indicators; {lines} lines, {size / 1e6:.0f} MB, {planted} with a planted hit")
PY
[ -s "$work/logs.txt" ] || python3 "$work/make.py" "$indicators" "$megabytes" "$work"
head -100000 "$work/patterns.txt" >"$work/patterns-100k.txt"

export XDG_DATA_HOME="$work/data" XDG_CONFIG_HOME="$work/config"
memory() { python3 -c 'import resource, subprocess, sys; subprocess.run(sys.argv[2:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL); print(f"{sys.argv[1]:32} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024:8.1f} MB")' "$@"; }
# timed NAME COMMAND: the median in milliseconds, and the memory where the command is ours.
timed() {
    hyperfine --warmup 1 --runs "${RUNS:-5}" --export-json "$work/timed.json" "$2" >/dev/null 2>&1
    jq -r --arg name "$1" '"\($name) \(.results[0].median * 1000)"' "$work/timed.json" |
        awk '{ms = $NF; $NF = ""; printf "%-32s %8.1f ms\n", $0, ms}'
}

echo; echo "== index of $indicators rows"
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj /CN=bench -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
cat "$work/key.pem" >>"$work/cert.pem"
cat >"$work/portal.py" <<'PY'
import base64, gzip, http.server, sys

with open(sys.argv[1], "rb") as master:
    packed = base64.b64encode(gzip.compress(master.read(), 6))
answer = b'{"status":"ok","status_msg":"","return_data":{"master_ioc":"' + packed + b'"}}'

class Portal(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    def log_message(self, *_):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Portal)
open(sys.argv[2], "w").write(str(server.server_port))
server.serve_forever()
PY
rm -f "$work/port"
python3 "$work/portal.py" "$work/master.csv" "$work/port" &
server=$!
until [ -s "$work/port" ]; do sleep 0.2; done
portal="TI_KASPERSKY_ENDPOINT=http://127.0.0.1:$(cat "$work/port") TI_KASPERSKY_USERNAME=benchmark TI_KASPERSKY_PASSWORD=benchmark TI_KASPERSKY_CERTIFICATE='$work/cert.pem'"
RUNS=3 timed 'ti index update --from FILE' "'$ti' -q index update --from '$work/master.csv'"
RUNS=3 timed 'ti kaspersky ioc --raw -o FILE' "env $portal '$ti' -q kaspersky ioc --raw -o '$work/raw.csv'"
cmp "$work/master.csv" "$work/raw.csv"
memory 'ti index update --from FILE' "$ti" -q index update --from "$work/master.csv"
kill "$server"; server=

echo; echo "== one lookup offline"
timed 'ti lookup --offline' "'$ti' -q lookup --offline $(sed -n 13p "$work/patterns.txt")"
timed 'ti --version' "'$ti' --version"

echo; echo "== every planted hit, none false"
"$ti" -q match -j 1 --ndjson "$work/logs.txt" | python3 -c '
import json, sys
found = {json.loads(line)["line"] for line in sys.stdin}
planted = {int(line) for line in open(sys.argv[1])}
print(f"{len(planted)} planted, {len(planted - found)} missed, {len(found - planted)} false")' "$work/planted.txt"

echo; echo "== $megabytes MB"
timed 'ti match -j 1' "'$ti' -q match -j 1 '$work/logs.txt' | cat >/dev/null"
timed 'ti match -j 2' "'$ti' -q match -j 2 '$work/logs.txt' | cat >/dev/null"
timed 'wc -l' "wc -l '$work/logs.txt'"
RUNS=2 timed 'rg -F -f, 100,000 patterns' "rg -F -f '$work/patterns-100k.txt' '$work/logs.txt' | cat >/dev/null"
[ -z "${GREP:-}" ] || RUNS=1 timed "grep -F -f, $indicators patterns" "grep -F -f '$work/patterns.txt' '$work/logs.txt' | cat >/dev/null"
memory 'ti match -j 1' "$ti" -q match -j 1 "$work/logs.txt"
memory 'ti match -j 2' "$ti" -q match -j 2 "$work/logs.txt"

if [ -n "${BIG:-}" ]; then
    for _ in 1 2 3 4 5 6 7 8 9 10; do cat "$work/logs.txt"; done >"$work/big.txt"
    echo; echo "== $((megabytes * 10)) MB"
    RUNS=3 timed 'ti match -j 1' "'$ti' -q match -j 1 '$work/big.txt' | cat >/dev/null"
    RUNS=3 timed 'ti match -j 2' "'$ti' -q match -j 2 '$work/big.txt' | cat >/dev/null"
    RUNS=3 timed 'wc -l' "wc -l '$work/big.txt'"
fi

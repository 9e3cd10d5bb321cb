#!/usr/bin/env bash
# The Master IOC to a file: `ti` beside `curl | jq -r | base64 -d | gunzip`, on this machine.
#
#   benches/master_ioc.sh [ROWS] [RUNS]      default: 1000000 rows, 5 runs of each
#
# Needs a release build, python3, curl, jq, openssl. The answer is made once and served from
# memory on a loopback port. Times are the best and the median of the runs, memory is the largest
# resident set of any process of the command.
set -euo pipefail

rows=${1:-1000000}
runs=${2:-5}
here=$(cd "$(dirname "$0")/.." && pwd)
ti=${TI:-$here/target/release/ti}
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$work"' EXIT

for tool in python3 curl jq openssl "$ti"; do
    command -v "$tool" >/dev/null || { echo "needs $tool" >&2; exit 1; }
done

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 \
    -subj /CN=bench -keyout "$work/key.pem" -out "$work/cert.pem" 2>/dev/null
cat "$work/key.pem" >>"$work/cert.pem"

cat >"$work/portal.py" <<'PY'
import base64, hashlib, http.server, sys, zlib

rows, port_file = int(sys.argv[1]), sys.argv[2]
titles = [f"'Invented report no. {n}, on a campaign that never was'" for n in range(500)]

def lines():
    yield "Id,Publication,Indicator,DetectionDate,IndicatorType\r\n"
    for n in range(rows):
        digest = hashlib.sha256(str(n).encode()).hexdigest()
        indicator, kind = [
            (digest, "sha256Hash"),
            (digest[:32], "md5Hash"),
            (digest[:40], "sha1Hash"),
            (f"{digest[:12]}.example", "networkActivity"),
        ][n % 4]
        date = f"20{10 + n % 16}-{1 + n % 12:02}-{1 + n % 28:02}"
        yield f"{n:08},{titles[n % 500]},{indicator},{date},{kind}\r\n"

packer, packed, size, batch = zlib.compressobj(6, zlib.DEFLATED, 31), bytearray(), 0, []
for line in lines():
    batch.append(line)
    if len(batch) == 10000:
        text = "".join(batch).encode()
        size += len(text)
        packed += packer.compress(text)
        batch = []
text = "".join(batch).encode()
size += len(text)
packed += packer.compress(text) + packer.flush()
answer = b'{"status":"ok","status_msg":"","return_data":{"master_ioc":"' + base64.b64encode(packed) + b'"}}'
print(f"{rows} rows: {size / 1e6:.0f} MB of CSV, {len(answer) / 1e6:.0f} MB of answer", flush=True)

class Portal(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)
    def log_message(self, *_):
        pass

server = http.server.HTTPServer(("127.0.0.1", 0), Portal)
open(port_file, "w").write(str(server.server_port))
server.serve_forever()
PY
python3 "$work/portal.py" "$rows" "$work/port" &
server=$!
until [ -s "$work/port" ]; do sleep 0.2; done
url="http://127.0.0.1:$(cat "$work/port")"

export TI_CONFIG="$work/none.toml" TI_KASPERSKY_ENDPOINT="$url" TI_KASPERSKY_USERNAME=u \
    TI_KASPERSKY_PASSWORD=benchmark TI_KASPERSKY_CERTIFICATE="$work/cert.pem"

cat >"$work/measure.py" <<'PY'
import os, resource, statistics, subprocess, sys, time

name, runs, out, command = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]
times = []
for _ in range(runs):
    if os.path.exists(out):
        os.remove(out)
    start = time.perf_counter()
    subprocess.run(["bash", "-o", "pipefail", "-c", command], check=True)
    times.append(time.perf_counter() - start)
memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
print(f"{name:42} {min(times):6.2f} s  {statistics.median(times):6.2f} s  {memory:6.1f} MB")
PY
measure() { python3 "$work/measure.py" "$1" "$runs" "$work/$2" "$3"; }

printf '%42s %8s %9s %10s\n' '' best median memory
measure 'curl | jq -r | base64 -d | gunzip' their.csv \
    "curl -sS -X POST -H 'Content-Length: 0' '$url/api/publications/get_master_ioc?report_group=all' |
     jq -r .return_data.master_ioc | base64 -d | gunzip >'$work/their.csv'"
measure 'ti ioc --raw -o FILE, the same bytes' our.csv "'$ti' -q kaspersky ioc --raw -o '$work/our.csv'"
cmp "$work/their.csv" "$work/our.csv"
measure 'ti ioc -o FILE.csv, normalised' rows.csv "'$ti' -q kaspersky ioc -o '$work/rows.csv'"
measure 'ti ioc -o FILE.ndjson' rows.ndjson "'$ti' -q kaspersky ioc -o '$work/rows.ndjson'"
measure 'ti ioc --type ip,domain -o FILE.csv' some.csv "'$ti' -q kaspersky ioc --type ip,domain -o '$work/some.csv'"

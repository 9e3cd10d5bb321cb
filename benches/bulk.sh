#!/usr/bin/env bash
# Many lookups: 2,000 over HTTPS with 20 ms of latency, by `ti -j 32`, by `xargs -P 32 curl` and by
# a loop in Python with one connection, side by side in one run; a million from a warm cache; and
# one from the cache.
#
# Needs: cargo, curl 7.75 or later, nginx, openssl, python3, GNU time (Debian: apt-get install curl
# nginx-light openssl python3 time). Serves from 127.0.0.1 only.
# COUNT=2000 and CACHED=1000000 set how many.
set -euo pipefail
unset SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE
cd "$(dirname "$0")/.."
count=${COUNT:-2000} cached=${CACHED:-1000000}
work=$(mktemp -d)
chmod 711 "$work" # nginx started by root serves as another user
trap 'kill $(cat "$work"/*.pid 2>/dev/null) $sandbox 2>/dev/null || true; rm -rf "$work"' EXIT

cargo build --release --quiet
ti=$PWD/target/release/ti
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export XDG_CACHE_HOME=$work/cache HOME=$work

openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bench-ca \
  -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 \
  -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
printf 'subjectAltName=IP:127.0.0.1\n' >"$work/san"
openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial \
  -days 2 -extfile "$work/san" -out "$work/server.pem" 2>/dev/null
"$ti" -q sandbox --latency 20ms -o "$work/sandbox.toml" &
sandbox=$!
until [ -s "$work/sandbox.toml" ]; do sleep 0.1; done
upstream=$(sed -n '/\.kti\]/,/^$/s/^endpoint = "\(.*\)\/"$/\1/p' "$work/sandbox.toml")
cat >"$work/nginx.conf" <<EOF
daemon on; worker_processes 1; pid $work/nginx.pid; error_log $work/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 100000;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  upstream kti { server ${upstream#http://}; keepalive 64; }
  server {
    listen 127.0.0.1:$port ssl; ssl_certificate $work/server.pem; ssl_certificate_key $work/server.key;
    location / {
      proxy_pass http://kti; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host \$http_host;
    }
  }
}
EOF
nginx -c "$work/nginx.conf" -e "$work/error.log"

key=AKLTsandbox secret=sandbox-secret-key
url=https://127.0.0.1:$port/
export TI_CONFIG=$work/none TI_KTI_ENDPOINT=$url TI_KTI_ACCESS_KEY=$key TI_KTI_SECRET_KEY=$secret TI_KTI_CACERT=$work/ca.pem
seq "$count" | sed 's/$/.example.net/' >"$work/names"

cat >"$work/loop.py" <<'EOF'
import datetime, hashlib, hmac, http.client, json, ssl, sys

port, ca, key, secret = int(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4]
session = http.client.HTTPSConnection("127.0.0.1", port, context=ssl.create_default_context(cafile=ca))
def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()
for name in sys.stdin:
    at = datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    query = f"Action=SearchIntelInfo&Param={name.strip()}&Version=2019-07-11"
    scope = f"{at[:8]}/cn-beijing-6/ksm/aws4_request"
    canonical = f"GET\n/\n{query}\nhost:127.0.0.1:{port}\nx-amz-date:{at}\n\nhost;x-amz-date\n" + hashlib.sha256(b"").hexdigest()
    k = ("AWS4" + secret).encode()
    for part in scope.split("/"):
        k = sign(k, part)
    text = f"AWS4-HMAC-SHA256\n{at}\n{scope}\n" + hashlib.sha256(canonical.encode()).hexdigest()
    signature = sign(k, text).hex()
    session.request("GET", "/?" + query, headers={"Accept": "application/json", "X-Amz-Date": at,
        "Authorization": f"AWS4-HMAC-SHA256 Credential={key}/{scope}, SignedHeaders=host;x-amz-date, Signature={signature}"})
    print(json.dumps(json.load(session.getresponse())["IntelInfo"]))
EOF

# measure NAME COMMAND...: seconds, seconds of CPU, MB; its output is in $work/NAME.
measure() {
  local name=$1
  shift
  command time -o "$work/time" -f '%e %U %S %M' "$@" >"$work/$name"
  awk -v name="$name" '{printf "%-28s %8.2f s  %7.2f s CPU  %6.1f MB\n", name, $1, $2 + $3, $4 / 1024}' "$work/time"
  awk '{print $1, $2 + $3}' "$work/time" >"$work/$name.time"
}

# answered NAME: as many as asked, all by the service.
answered() {
  local found
  # Lines of processes side by side run into one another.
  found=$(grep -oE '"RetCode": ?2|"status":"not_found"' "$work/$1" | wc -l)
  [ "$found" = "$count" ] || { echo "$1 was answered $found times" >&2; exit 1; }
}

echo "$(nproc) cores, $(uname -sm); $count lookups over HTTPS, 20 ms of latency"
measure ti "$ti" -q kti search -i "$work/names" --ndjson -j 32
answered ti
export key secret url work
measure curl xargs -a "$work/names" -P 32 -I{} curl -sS -w '\n' --cacert "$work/ca.pem" \
  -H 'Accept: application/json' --aws-sigv4 aws:amz:cn-beijing-6:ksm --user "$key:$secret" \
  "${url}?Action=SearchIntelInfo&Param={}&Version=2019-07-11"
answered curl
measure python python3 "$work/loop.py" "$port" "$work/ca.pem" "$key" "$secret" <"$work/names"
answered python
for other in curl python; do
  paste -d ' ' "$work/ti.time" "$work/$other.time" |
    awk -v other="$other" '{printf "ti takes %.3f of the time and %.3f of the CPU time of %s\n", $1 / $3, $2 / $4, other}'
done

echo "$cached inputs from a warm cache: short answers (not found), and long ones (found, with WHOIS)"
# A server that knows all of .org, and nothing else, fills the cache.
known=$("$ti" --demo -q kti search evil.com --raw | sed 's/evil\.com/$arg_Param/g')
unknown=$("$ti" --demo -q kti search 1.example.net --raw)
cat >"$work/more.conf" <<EOF
daemon on; worker_processes 1; pid $work/more.pid; error_log $work/error.log;
events { worker_connections 4096; }
http {
  access_log off; keepalive_requests 10000000; default_type application/json;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  server {
    listen 127.0.0.1:$((port + 1));
    location / {
      if (\$arg_Param ~ "\.org\$") { return 200 '$known'; }
      return 200 '$unknown';
    }
  }
}
EOF
nginx -c "$work/more.conf" -e "$work/error.log"
export TI_KTI_ENDPOINT=http://127.0.0.1:$((port + 1))/
for kind in not-found:net found:org; do
  seq "$cached" | sed "s/\$/.example.${kind#*:}/" >"$work/many"
  "$ti" -q kti search -i "$work/many" -j 32 --ndjson >/dev/null
  measure "${kind%:*}" "$ti" -q kti search -i "$work/many" --ndjson
  [ "$(grep -c '"cached":true' "$work/${kind%:*}")" = "$cached" ] || { echo "not all from the cache" >&2; exit 1; }
done

for _ in $(seq 20); do "$ti" -q kti search 1.example.net --json >/dev/null; done
python3 - "$ti" <<'EOF'
import statistics, subprocess, sys, time
def run(*arguments):
    began = time.perf_counter()
    subprocess.run([sys.argv[1], *arguments], stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - began) * 1000
one = statistics.median(run("-q", "kti", "search", "1.example.net", "--json") for _ in range(100))
start = statistics.median(run("--version") for _ in range(100))
print(f"one lookup from the cache: {one:.1f} ms, start of the process included ({start:.1f} ms)")
EOF

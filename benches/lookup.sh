#!/usr/bin/env bash
# One cold HTTPS lookup: `ti` against `curl` doing the same request, side by side in one run.
#
# Needs: cargo, curl, hyperfine, jq, nginx, openssl, GNU time (Debian: apt-get install curl
# hyperfine jq nginx-light openssl time). Serves from 127.0.0.1 only. RUNS=40 sets the runs.
set -euo pipefail
unset SSL_CERT_FILE SSL_CERT_DIR CURL_CA_BUNDLE
cd "$(dirname "$0")/.."
runs=${RUNS:-40}
work=$(mktemp -d)
chmod 711 "$work" # nginx started by root serves as another user
trap 'kill "$(cat "$work/nginx.pid" 2>/dev/null)" 2>/dev/null || true; rm -rf "$work"' EXIT

cargo build --release --quiet
ti=$PWD/target/release/ti
port=$(python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])' 2>/dev/null || echo 18443)

# A certificate authority, and a certificate by it for the loopback address.
openssl req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=bench-ca \
  -keyout "$work/ca.key" -out "$work/ca.pem" 2>/dev/null
openssl req -newkey rsa:2048 -nodes -subj /CN=127.0.0.1 \
  -keyout "$work/server.key" -out "$work/server.csr" 2>/dev/null
printf 'subjectAltName=IP:127.0.0.1\n' >"$work/san"
openssl x509 -req -in "$work/server.csr" -CA "$work/ca.pem" -CAkey "$work/ca.key" -CAcreateserial \
  -days 2 -extfile "$work/san" -out "$work/server.pem" 2>/dev/null

"$ti" --demo -q kti search evil.com --raw >"$work/answer.json"
mkdir "$work/logs"
cat >"$work/nginx.conf" <<EOF
daemon on; worker_processes 1; pid $work/nginx.pid; error_log $work/logs/error.log;
events {}
http {
  access_log off; default_type application/json;
  client_body_temp_path $work/body; proxy_temp_path $work/proxy; fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi; scgi_temp_path $work/scgi;
  server {
    listen 127.0.0.1:$port ssl; ssl_certificate $work/server.pem; ssl_certificate_key $work/server.key;
    location / { root $work; try_files /answer.json =404; }
  }
}
EOF
nginx -c "$work/nginx.conf" -e "$work/logs/error.log"

bundle=/etc/ssl/certs/ca-certificates.crt
[ -f "$bundle" ] || bundle=$(curl-config --ca 2>/dev/null || echo /etc/ssl/cert.pem)
cat "$bundle" "$work/ca.pem" >"$work/bundle.pem"

export XDG_CACHE_HOME=$work/cache TI_CONFIG=$work/none TI_KTI_ENDPOINT=https://127.0.0.1:$port/ TI_KTI_ACCESS_KEY=AKLTbench TI_KTI_SECRET_KEY=bench
url="https://127.0.0.1:$port/?Action=SearchIntelInfo&Param=evil.com&Version=2019-07-11"
lookup="$ti -q kti search evil.com --json --fresh"
# The same request: the same parameters and headers of the same size.
fetch="curl -sS -H 'Accept: application/json' -H 'X-Amz-Date: 20210812T024736Z' -H 'Authorization: AWS4-HMAC-SHA256 Credential=AKLTbench/20210812/cn-beijing-6/ksm/aws4_request, SignedHeaders=host;x-amz-date, Signature=68c843d831f020b057aa83e573f2752b0eac856d3600fe94a52754f893f9b3be' '$url'"

# measure FILE OPTION-OR-COMMAND...: quiet unless it fails.
measure() {
  local out=$1
  shift
  hyperfine -N --export-json "$out" "$@" >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
}

# compare TITLE TI CURL: medians of both, measured in one run.
compare() {
  local title=$1 out=$work/result.json
  shift
  measure "$out" --warmup 5 --runs "$runs" "$@"
  jq -r --arg title "$title" '.results as [$a, $b] |
    "\($title): ti \($a.median * 1e5 | round / 100) ms, curl \($b.median * 1e5 | round / 100) ms, ratio \($a.median / $b.median * 100 | round / 100)"' "$out"
}

echo "$(nproc) cores, $(uname -sm), $runs runs each, medians"
SSL_CERT_FILE=$work/bundle.pem CURL_CA_BUNDLE=$work/bundle.pem \
  compare "system's trust store and the test CA ($(grep -c BEGIN "$work/bundle.pem") certificates)" "$lookup" "$fetch"
SSL_CERT_FILE=$work/ca.pem compare "a single CA file" "$lookup --cacert $work/ca.pem" "$fetch --cacert $work/ca.pem"
compare "a single CA file beside the system's" "$lookup --cacert $work/ca.pem" "$fetch --cacert $work/ca.pem"

measure "$work/start.json" --warmup 10 --runs 200 "$ti --version" true
jq -r '.results as [$a, $b] | "ti --version: \($a.median * 1e5 | round / 100) ms (true: \($b.median * 1e5 | round / 100) ms)"' "$work/start.json"

peak() { command time -f %M "$@" 2>&1 >/dev/null | tail -n 1; }
SSL_CERT_FILE=$work/bundle.pem peak $lookup | awk '{printf "peak memory of a lookup: %.1f MB\n", $1 / 1024}'

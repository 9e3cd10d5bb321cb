#!/bin/sh
# A series of a million points: read from a loopback server, aggregated, drawn.
# Needs python3 and GNU time. Usage: benches/series.sh [path to ti] [points]
set -eu
ti=${1:-target/release/ti}
points=${2:-1000000}
folder=$(mktemp -d)
server=
trap 'test -z "$server" || kill "$server"; rm -rf "$folder"' EXIT

mkdir "$folder/kp"
python3 - "$points" > "$folder/kp/queryTrafficTimeSeries" <<'PY'
import datetime, random, sys
random.seed(1)
start, step = datetime.datetime(2020, 1, 1), datetime.timedelta(minutes=3)
write = sys.stdout.write
write('{"result":[')
for n in range(int(sys.argv[1])):
    time = start + n * step
    a, b = random.randrange(60), random.randrange(9)
    write(f'{"," if n else ""}{{"timestamp":"{time}","data":{{"0":{a},"1":{b}}},"total":{a + b}}}')
write(']}')
PY

(cd "$folder" && exec python3 -u -m http.server --bind 127.0.0.1 0 > port 2>/dev/null) &
server=$!
# The server says its port once it listens.
until port=$(sed -n 's/.* port \([0-9]*\) .*/\1/p' "$folder/port" 2>/dev/null) && test -n "$port"; do
    sleep 0.1
done

echo "$points points, $(wc -c < "$folder/kp/queryTrafficTimeSeries") bytes"
for what in "--by day --chart" "--by hour --csv" "--chart" "--csv" "--json"; do
    # shellcheck disable=SC2086
    TI_BRCTI_ENDPOINT="http://127.0.0.1:$port" TI_CONFIG=/dev/null \
        /usr/bin/time -f "%e s  %M KB  traffic --series $what" \
        "$ti" brcti traffic --series $what > /dev/null
done

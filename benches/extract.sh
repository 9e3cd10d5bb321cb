#!/usr/bin/env bash
# `ti extract` beside iocsearcher and ioc-finder (both from PyPI): 2 MB of prose with 3,000 disguised
# indicators, how many of them are found and what else; then 20 MB, the time and the memory.
#
# Needs: cargo, python3 with venv, pip and access to PyPI, GNU time (Debian: apt-get install
# python3-venv time). VENV=DIR uses a venv that has both already.
# SLOW=300 gives ioc-finder so many seconds at most; what it did not do by then counts as a floor.
set -euo pipefail
cd "$(dirname "$0")/.."
slow=${SLOW:-300}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cargo build --release --quiet
ti=$PWD/target/release/ti
venv=${VENV:-$work/venv}
[ -x "$venv/bin/python" ] || {
  python3 -m venv "$venv"
  "$venv/bin/pip" install --quiet iocsearcher ioc-finder
}

python3 - "$work" <<'PY'
import random, sys

work = sys.argv[1]
rng = random.Random(7)
words = """the actor sent a mail to staff of a bank and the loader asked its server for orders it then wrote files to disk
version build chrome update service main index report setup we saw this in may and again in june on hosts in two
regions the sample was packed twice and its strings were hidden analysts found the key in memory""".split()
decoys = ["setup.py", "main.rs", "run.sh", "Chrome/120.0.0.0", "version 1.2.3.4", "node.js", "invoice.pdf", "e.g.", "i.e.",
          "24.12.2026", "README.md", "a.b.c", "svchost.exe", "v2.10.1", "and/or", "libc.so", "1.2.3", "12:30:45"]
tops = ["com", "net", "org", "ru", "cn", "info", "top", "de", "co.uk", "io"]
dots = ["[.]", "(.)", "[dot]", "(dot)", "{.}", " [.] ", "\\."]
def name():
    return "".join(rng.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(rng.randint(6, 12)))
planted = []
def plant(number):
    dot = rng.choice(dots)
    host = f"{name()}.{rng.choice(tops)}"
    address = f"{rng.randint(11, 223)}.{rng.randint(1, 254)}.{rng.randint(1, 254)}.{rng.randint(1, 254)}"
    kind = number % 4
    if kind == 0:
        planted.append(host)
        return host.replace(".", dot)
    if kind == 1:
        planted.append(address)
        return address.replace(".", rng.choice(["[.]", "(.)", "[dot]"]))
    if kind == 2:
        planted.append(f"http://{host}/{number}")
        return rng.choice(["hxxp://", "hXXp[:]//", "h**p://", "hxxp[://]"]) + host.replace(".", "[.]") + f"/{number}"
    planted.append(f"{name()}@{host}")
    return planted[-1].replace("@", rng.choice(["[at]", "(at)", "[@]"])).replace(".", rng.choice(["[.]", "(dot)", "[dot]"]))
marks = ["", ",", ".", ";", ")", "。", "、", "”"]
def prose(size, count):
    every, due, length, line, lines = size // count if count else size + 1, 0, 0, [], []
    number = 0
    while length < size:
        if count and length >= due and number < count:
            word = plant(number) + rng.choice(marks)
            number, due = number + 1, due + every
        elif rng.random() < 0.02:
            word = rng.choice(decoys)
        else:
            word = rng.choice(words)
        line.append(word)
        length += len(word) + 1
        if len(line) == 14:
            lines.append(" ".join(line))
            line = []
    return "\n".join(lines + [" ".join(line)]) + "\n"
text = prose(2_000_000, 3000)
open(f"{work}/text", "w").write(text)
open(f"{work}/planted", "w").write("\n".join(planted) + "\n")
open(f"{work}/large", "w").write(text * 10)
PY

cat >"$work/run_searcher.py" <<'PY'
import sys
from iocsearcher.searcher import Searcher
for kind, value in sorted({(ioc.name, ioc.value) for ioc in Searcher().search_data(open(sys.argv[1]).read())}):
    print(value)
PY
cat >"$work/run_finder.py" <<'PY'
import sys
from ioc_finder import find_iocs
for kind, values in find_iocs(open(sys.argv[1]).read()).items():
    for value in values if isinstance(values, (list, set, tuple)) else []:
        print(value)
PY

# measure NAME COMMAND...: its output is in $work/NAME.
measure() {
  local name=$1 code=0
  shift
  command time -o "$work/time" -f '%e %M' "$@" >"$work/$name" || code=$?
  awk -v name="$name" -v code="$code" 'NF == 2 {printf "%-24s %8.2f s %8.1f MB%s\n", name, $1, $2 / 1024, code ? " (ended by the limit)" : ""}' "$work/time"
  awk 'NF == 2 {print $1}' "$work/time" >"$work/$name.time"
}

# score NAME: of what was planted; false is what is neither planted nor a part of it.
score() {
  python3 - "$work/planted" "$work/$1" "$1" <<'PY'
import sys
planted = set(open(sys.argv[1]).read().split("\n")) - {""}
found = {line.strip() for line in open(sys.argv[2])} - {""}
part = "\n".join(planted)
false = sorted(value for value in found - planted if value.rstrip("/") not in part)
print(f"{sys.argv[3]}: {len(planted & found)} of {len(planted)} planted ones found, {len(false)} false ones", false[:5])
PY
}

echo "$(nproc) cores, $(uname -sm); 2 MB of prose with 3,000 disguised indicators"
measure ti-2 "$ti" -q extract "$work/text"
score ti-2
measure iocsearcher-2 "$venv/bin/python" "$work/run_searcher.py" "$work/text"
score iocsearcher-2
echo "20 MB"
measure ti-20 "$ti" -q extract "$work/large"
measure ioc-finder-20 timeout "$slow" "$venv/bin/python" "$work/run_finder.py" "$work/large"
paste -d ' ' "$work/ti-20.time" "$work/ioc-finder-20.time" |
  awk '{printf "ti takes 1/%.0f of the time of ioc-finder\n", $2 / $1}'

#!/bin/sh
# Prints the notices of what is linked into ti for a target: every crate with its licence, and the
# text of each licence once. Fails on a licence that nobody has agreed to, and on a missing text.
#
#   sh packaging/notices.sh x86_64-unknown-linux-musl
#
# Needs cargo and jq.
set -eu
cd "$(dirname "$0")/.."
target=$1
export LC_ALL=C
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
tab=$(printf '\t')

# What only build scripts and macros use is not in the program.
cargo tree --locked --target "$target" --edges normal,no-proc-macro --prefix none --format '{p}' |
  sed -E 's/^([^ ]+) v([^ ]+).*/\1 \2/' | grep -v '^ti ' | sort -u >"$folder/linked"
cargo metadata --locked --format-version 1 --filter-platform "$target" |
  jq -r '.packages[] | ["\(.name) \(.version)", .license // "none",
    .repository // "https://crates.io/crates/\(.name)", (.manifest_path | rtrimstr("/Cargo.toml"))] | @tsv' |
  sort -t "$tab" -k 1,1 | join -t "$tab" "$folder/linked" - >"$folder/crates"
test -s "$folder/crates"
test "$(wc -l <"$folder/linked")" = "$(wc -l <"$folder/crates")"

# Each part of an expression has an alternative that may be shipped in a program under MIT or Apache-2.0.
jq -rR '
  ["0BSD", "Apache-2.0", "Apache-2.0 WITH LLVM-exception", "BSD-2-Clause", "BSD-3-Clause", "BSL-1.0", "ISC",
    "MIT", "MPL-2.0", "Unicode-3.0", "Unlicense", "Zlib"] as $agreed
  | split("\t")
  | select(.[1] | gsub("[()]"; "") | gsub("/"; " OR ") | split(" AND ")
      | all(split(" OR ") | any(IN($agreed[]))) | not)
  | "\(.[0]): \(.[1])"' "$folder/crates" >"$folder/refused"
if [ -s "$folder/refused" ]; then
  echo "licences that are not agreed to:" >&2
  cat "$folder/refused" >&2
  exit 1
fi

# `name version<TAB>file`; two crates leave the text out of their archive.
while IFS="$tab" read -r crate licence _ source; do
  texts=$(find "$source" -maxdepth 2 -type f ! -name '*.rs' \
    \( -iname 'licen[sc]e*' -o -iname 'unlicen[sc]e*' -o -iname 'copying*' -o -iname 'copyright*' -o -iname 'notice*' \))
  case "${texts:-$licence}" in
    /*) ;;
    *Apache-2.0*) texts=$PWD/LICENSE-APACHE ;;
    *) echo "$crate has no text of its licence ($licence)" >&2 && exit 1 ;;
  esac
  echo "$texts" | sed "s|^|$crate$tab|"
done <"$folder/crates" >"$folder/texts"

cat <<'HEAD'
Third-party notices

ti is licensed under MIT or Apache-2.0. It is linked with the crates below, each under its own licence; where a crate
offers several, as you like. The source of each is at the address beside it. In libsqlite3-sys is SQLite, which is in the
public domain. A static program contains musl, under MIT, Copyright (c) 2005-2020 Rich Felker and others. What the
standard library of Rust is made of stands at the end.

HEAD
cut -f 1-3 "$folder/crates" | sed "s/$tab/  /g"
# The same text is printed once, under the names of all who use it.
cut -f 2 "$folder/texts" | tr '\n' '\0' | xargs -0 sha256sum | cut -d ' ' -f 1 |
  paste - "$folder/texts" | sort >"$folder/sums"
cut -f 1 "$folder/sums" | uniq | while read -r sum; do
  printf '\n%s\n' "--------------------------------------------------------------------------------"
  awk -F "$tab" -v sum="$sum" '$1 == sum { print $2 }' "$folder/sums" | uniq
  echo
  cat "$(awk -F "$tab" -v sum="$sum" '$1 == sum { print $3; exit }' "$folder/sums")"
done

printf '\n%s\n' "--------------------------------------------------------------------------------"
sed -e 's/<[^>]*>//g; s/&lt;/</g; s/&gt;/>/g; s/&#34;/"/g; s/&#39;/'"'"'/g; s/&amp;/\&/g' \
  "$(rustc --print sysroot)/share/doc/rust/COPYRIGHT-library.html" | cat -s

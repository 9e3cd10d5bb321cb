#!/bin/sh
# Installs ti in the ways that the README names, each into a folder of its own, and runs what was
# installed: the static file, the tarball and the Debian package, as packaging/release.sh has put
# them into dist/, and `cargo install`. Needs dpkg, systemd-analyze, jq, yara, mandoc, bash, zsh and fish.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
clean="env -i HOME=$folder/home"

# Whether the program at this path answers, with nothing around it that it could lean on.
answers() {
  (
    cd "$folder"
    $clean "$1" --version | grep -q '^ti [0-9]'
    $clean "$1" -q --demo kti search evil.com --json | jq -e '.[0].level == "malicious"' >/dev/null
    $clean "$1" -q --demo kaspersky yara -o "$folder/rules.yar"
    grep -q '^rule ' "$folder/rules.yar"
    rm "$folder/rules.yar"
  )
}

# Whether manual pages and documents are below this folder, and each shell finds its completion.
accompanied() {
  share=$1/share
  test "$(find "$share/man" -type f | wc -l)" -gt 30
  for page in "$share"/man/man[15]/*; do
    mandoc -T html "$page" | grep -q SYNOPSIS
  done
  for file in README.md LICENSE-MIT LICENSE-APACHE docs/kti.md docs/schema/kti-search.json examples/config.example.toml \
    examples/crontab; do
    test -s "$share/doc/ti/$file"
  done
  # A crate, what is no crate, and a licence's text.
  for words in '^rustls [0-9]' 'SQLite' 'musl' 'Permission is hereby granted' 'Rust Standard Library'; do
    grep -q "$words" "$share/doc/ti/THIRD-PARTY-NOTICES"
  done
  bash --norc -c ". '$share/bash-completion/completions/ti' && complete -p ti" >/dev/null
  zsh -f -c "fpath=('$share/$2' \$fpath); autoload -Uz compinit; compinit -D -u
    [[ \$_comps[ti] = _ti ]]"
  $clean PATH="$1/bin:/usr/bin:/bin" fish --no-config -c \
    "source '$share/fish/vendor_completions.d/ti.fish'; complete -C 'ti kt'" | grep -q '^kti'
}

echo "== the checksums"
(cd dist && sha256sum --check --quiet --strict SHA256SUMS && test "$(ls | wc -l)" -eq $(($(wc -l <SHA256SUMS) + 1)))
tarball=$(echo dist/ti-*.tar.gz)
program=${tarball%.tar.gz}

echo "== the program alone"
profile=--debug
case "$program" in
  *-linux)
    profile=
    ldd "$program" 2>&1 | grep -Eq 'statically linked|not a dynamic executable'
    ;;
esac
answers "$PWD/$program"

echo "== the tarball"
local=$folder/home/.local
mkdir -p "$local"
tar -xzf "$tarball" --strip-components=1 -C "$local"
answers "$local/bin/ti"
accompanied "$local" zsh/site-functions
# Nothing has to be said to find them there.
$clean PATH="$local/bin:/usr/bin:/bin" fish -c "complete -C 'ti kt'" | grep -q '^kti'

echo "== the Debian package"
root="$folder/tree"
mkdir -p "$root/var/lib/dpkg"
touch "$root/var/lib/dpkg/status"
install="dpkg --root=$root --log=/dev/null --force-not-root"
# A folder holds no libc6 to depend on; this system's serves.
$install --force-depends --install dist/ti_*.deb >/dev/null 2>&1
ti="$root/usr/bin/ti"
answers "$ti"
accompanied "$root/usr" zsh/vendor-completions
test -s "$root/usr/share/doc/ti/copyright"

# All users read it, and what is proposed in it is understood.
config="$root/etc/ti/config.toml"
test "$(stat -c %a "$config")" = 644
$install --status ti | grep -q "^ /etc/ti/config.toml "
sed 's/^#\([^ ]\)/\1/' "$config" >"$folder/config.toml"
for profile_name in company timer; do
  $clean "$ti" --config "$folder/config.toml" --profile "$profile_name" config show >/dev/null
done

# systemd hands over the files that the profile names.
units="$root/usr/lib/systemd"
sed -n 's|.*"/run/credentials/\(.*\)/\(.*\)".*|\1 \2|p' "$config" >"$folder/credentials"
test "$(wc -l <"$folder/credentials")" -eq 3
while read -r unit name; do
  grep -q "^LoadCredential=$name:/etc/ti/$name$" "$units/system/$unit"
done <"$folder/credentials"

# What the units and the crontab run, with the sample data, in a folder for the machine's.
echo evil.com >"$folder/our-domains.txt"
{
  sed -n 's|^ExecStart=/usr/bin/ti|--demo|p' "$units"/system/*.service "$units"/user/*.service
  sed -n 's|^[0-9*]* [0-9*]* \* \* \*  ti|--demo|p' "$root/usr/share/doc/ti/examples/crontab"
} | sed "s|/var/lib/ti|$folder|; s|/etc/ti|$folder|" >"$folder/commands"
test "$(wc -l <"$folder/commands")" -eq 5
xargs -L 1 $clean PATH=/usr/bin:/bin "$ti" <"$folder/commands" >/dev/null
grep -q evil.com "$folder/our-domains.csv"
mkdir "$folder/runtime"
for kind in system user; do
  # It looks for the program and the manual where they are once the package is installed.
  sed -i "s|^ExecStart=/usr/bin/ti|ExecStart=$ti|" "$units/$kind"/*.service
  # What systemd would ignore is only said, not failed.
  said=$(XDG_RUNTIME_DIR=$folder/runtime systemd-analyze verify --man=no "--$kind" "$units/$kind"/ti-* 2>&1) || true
  test -z "$said" || { echo "$said" >&2 && exit 1; }
done

$install --purge ti >/dev/null 2>&1
test ! -e "$ti"
test ! -e "$config"

echo "== cargo install"
# The builds of the release serve it.
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}" cargo install $profile --quiet --path . --locked --root "$folder/cargo"
answers "$folder/cargo/bin/ti"
echo "all install and answer, and the package goes without a trace"

#!/bin/sh
# Installs ti in the two ways that the documents name, each into a folder of its own, and runs what
# was installed. Needs cargo-deb, dpkg, jq, mandoc, bash, zsh and fish.
set -eu
cd "$(dirname "$0")/.."
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT

# Whether the program at this path answers, with nothing around it that it could lean on.
answers() {
  (
    cd "$folder"
    clean="env -i HOME=$folder/home"
    $clean "$1" --version | grep -q '^ti [0-9]'
    $clean "$1" -q --demo kti search evil.com --json | jq -e '.[0].level == "malicious"' >/dev/null
    $clean "$1" -q --demo kaspersky yara -o "$folder/rules.yar"
    grep -q '^rule ' "$folder/rules.yar"
    rm "$folder/rules.yar"
  )
}

echo "== cargo install"
# The same builds serve the package below.
CARGO_TARGET_DIR="${CARGO_TARGET_DIR:-target}" cargo install --quiet --path . --locked --root "$folder/cargo"
answers "$folder/cargo/bin/ti"

echo "== the Debian package"
sh packaging/deb.sh --quiet --output "$folder/ti.deb"
root="$folder/root"
mkdir -p "$root/var/lib/dpkg"
touch "$root/var/lib/dpkg/status"
# A folder holds no libc6 to depend on; this system's serves.
dpkg --root="$root" --log=/dev/null --force-not-root --force-depends --install "$folder/ti.deb" \
  >/dev/null 2>&1
answers "$root/usr/bin/ti"

export PATH="$root/usr/bin:$PATH"
share="$root/usr/share"
for page in "$share"/man/man[15]/*.gz; do
  mandoc -T html "$page" | grep -q SYNOPSIS
done
for file in copyright README.md docs/kti.md docs/schema/kti-search.json examples/config.example.toml; do
  test -s "$share/doc/ti/$file"
done
bash --norc -c ". '$share/bash-completion/completions/ti' && complete -p ti" >/dev/null
zsh -f -c "fpath=('$share/zsh/vendor-completions' \$fpath); autoload -Uz compinit; compinit -D -u
  [[ \$_comps[ti] = _ti ]]"
fish --no-config -c "source '$share/fish/vendor_completions.d/ti.fish'; complete -C 'ti kt'" |
  grep -q '^kti'
dpkg --root="$root" --log=/dev/null --force-not-root --remove ti >/dev/null
test ! -e "$root/usr/bin/ti"
echo "both install, answer, and the package goes without a trace"

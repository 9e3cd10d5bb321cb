#!/bin/sh
# Makes in dist/ what a user takes who has no compiler: the program as one static file, the tarball
# that has manual pages, completions, documents and notices besides, the Debian package, SHA256SUMS.
#
#   sh packaging/release.sh            what is given away; builds twice, once for each C library
#   sh packaging/release.sh --trial    the development build for this machine in place of both
#
# Needs rustup, jq, dpkg, cargo-deb (`cargo install --locked cargo-deb`) and, for the C of SQLite
# and ring in the static program, musl-gcc (`apt-get install musl-tools`).
set -eu
cd "$(dirname "$0")/.."
host=$(rustc -vV | sed -n 's/^host: //p')
version=$(cargo pkgid --locked | sed 's/.*[#@]//')
built=${CARGO_TARGET_DIR:-target}

case "${1:-}" in
  '')
    target=${host%%-*}-unknown-linux-musl
    rustup target list --installed | grep -qx "$target" || rustup target add "$target"
    cargo build --release --locked --target "$target"
    cargo build --release --locked
    name=ti-$version-${host%%-*}-linux
    program=$built/$target/release/ti
    profile=release
    ;;
  --trial)
    cargo build --locked
    # The name does not say that it runs on every Linux.
    target=$host
    name=ti-$version-$host
    program=$built/debug/ti
    profile=dev
    ;;
  *)
    sed -n '2,/^set/s/^# \{0,1\}//p' "$0" >&2
    exit 2
    ;;
esac

# Where Cargo.toml's list of what is in the package looks for it.
made=target/dist
rm -rf dist "$made"
mkdir -p dist "$made"
"$program" man "$made/man" 2>/dev/null
sh packaging/notices.sh "$target" >"$made/THIRD-PARTY-NOTICES"

SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH
cargo deb --quiet --no-build --locked --profile "$profile" --strip --output dist/
strip -o "dist/$name" "$program"

# What the package puts below /usr lies as well below /usr/local and ~/.local; the units name
# /usr/bin, and zsh looks elsewhere than Debian's.
dpkg-deb --extract dist/ti_*.deb "$made/tree"
mv "$made/tree/usr" "$made/$name"
rm -r "$made/$name/lib"
install -m 755 "dist/$name" "$made/$name/bin/ti"
mv "$made/$name/share/zsh/vendor-completions" "$made/$name/share/zsh/site-functions"
tar --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$SOURCE_DATE_EPOCH" \
  -C "$made" -c "$name" | gzip -n >"dist/$name.tar.gz"

(cd dist && sha256sum ti* >SHA256SUMS && cat SHA256SUMS)

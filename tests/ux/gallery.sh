#!/bin/sh
# gallery.sh BUILD [LOOK…]: every page of the gallery in every look through the browser checks, axe and the Nu checker.
# Prints what failed and leaves its findings in out/ux. Takes about half a minute a look.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${1:?use: gallery.sh BUILD [LOOK...]}
shift
[ $# -gt 0 ] || set -- default large xlarge contrast english
out=$root/out/ux
mkdir -p "$out"
pages=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server"; rm -rf "$pages"' EXIT
"$build/tests/ux/gallery" "$pages"
export UX_MODULES="$root"
node "$root/tests/ux/serve.mjs" "$pages" >"$pages/port" &
server=$!
while [ ! -s "$pages/port" ]; do sleep 0.1; done
base=http://127.0.0.1:$(cat "$pages/port") bad=0
for look; do
	(cd "$pages" && for f in "$look"/*.html; do echo "$(basename "$f" .html) /$f"; done) >"$pages/list"
	node "$root/tests/ux/checks.mjs" --base="$base" --list="$pages/list" --out="$out/$look-checks.json" | sed "s/^/$look /" || bad=1
	node "$root/tests/ux/axe-sweep.mjs" --base="$base" --list="$pages/list" --out="$out/$look-axe.json" | sed "s/^/$look /" || bad=1
	grep -q '"ok": false' "$out/$look-checks.json" && bad=1
	grep -q '"violations": \[$' "$out/$look-axe.json" && bad=1
	java -jar "$root/node_modules/vnu-jar/build/dist/vnu.jar" --errors-only "$pages/$look"/*.html || bad=1
done
exit $bad

#!/bin/sh
# lint.sh [sources] - the checks that read the sources: form, scripts, symbols, and (without "sources", which
# tests/run gives because it runs them as tests) our own lints in tools/. Prints TAP.
set -u
cd "$(dirname "$0")/.." || exit 1
tmp=$(mktemp)
trap 'rm -f "$tmp"' EXIT
n=0 broken=0

# check WHAT COMMAND...: one test; what it printed is shown when it fails.
check() {
	n=$((n + 1))
	what=$1
	shift
	if "$@" >"$tmp" 2>&1; then
		echo "ok $n - $what"
	else
		broken=1
		echo "not ok $n - $what"
		sed 's/^/# /' "$tmp" | head -n 60
	fi
}

sources() {
	# tests/tpl keeps sources that are wrong on purpose.
	find src tools fuzz tests bench \( -name node_modules -o -path tests/tpl/bad -o -path tests/tpl/badmsg \) -prune -o \
		-name '*.[ch]' -print | LC_ALL=C sort
}

scripts() {
	find scripts tests .ci bench -name node_modules -prune -o -type f -print |
		while read -r f; do
			case $(head -c 9 "$f" | tr -d '\0') in
			'#!/bin/sh' | '#!/bin/ba') echo "$f" ;;
			esac
		done
}

formatted() {
	sources | xargs clang-format --dry-run -Werror
}

shells() {
	scripts | xargs shellcheck
}

check "clang-format" formatted
check "shellcheck" shells
if [ "${1:-}" = sources ]; then
	check "symbols" scripts/symbols.sh build-gcc
else
	check "build" ninja -C build
	check "symbols" scripts/symbols.sh build
	check "floors" build/tests/floors .
	check "lint" build/tests/lint .
fi
echo "1..$n"
exit $broken

#!/bin/sh
# fuzz.sh SECONDS [NAME...] - runs each parser's fuzz target (or the named ones) for that long, from its corpus.
#
# New inputs that reach new code go to build-fuzz/corpus/NAME and stay for the next run; one that breaks goes to
# fuzz/regression/NAME and is replayed by every `make test` from then on. Prints TAP.
set -u
cd "$(dirname "$0")/.." || exit 1
seconds=${1:?usage: fuzz.sh SECONDS [NAME...]}
shift
# shellcheck disable=SC2046 # names are words
[ $# -gt 0 ] || set -- $(for f in fuzz/*_fuzz.c; do basename "$f" _fuzz.c; done)

{
	[ -f build-fuzz/build.ninja ] || CC=clang meson setup build-fuzz -Dfuzz=true \
		-Db_lundef=false -Db_sanitize=address,undefined -Dc_args=-fsanitize=fuzzer-no-link
	[ -z "$(find fuzz -name '*_fuzz.c' -newer build-fuzz/build.ninja)" ] || meson setup --reconfigure build-fuzz
	ninja -C build-fuzz fuzz-all
} >build-fuzz.log 2>&1 || {
	tail -n 40 build-fuzz.log
	exit 1
}
rm -f build-fuzz.log

echo "1..$#"
broken=0
for name; do
	mkdir -p "build-fuzz/corpus/$name" "fuzz/regression/$name" "fuzz/corpus/$name"
	if "build-fuzz/fuzz/fuzz-$name" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
		-print_final_stats=1 -artifact_prefix="fuzz/regression/$name/" \
		"build-fuzz/corpus/$name" "fuzz/corpus/$name" >"build-fuzz/$name.log" 2>&1; then
		echo "ok - $name: $(sed -n 's/^stat::number_of_executed_units: *//p' "build-fuzz/$name.log") inputs"
	else
		broken=1
		echo "not ok - $name"
		tail -n 30 "build-fuzz/$name.log" | sed 's/^/# /'
	fi
	rmdir "fuzz/regression/$name" 2>/dev/null
done
exit $broken

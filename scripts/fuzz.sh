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

# fuzz NAME: its line of TAP, when it is done.
fuzz() {
	mkdir -p "build-fuzz/corpus/$1" "fuzz/regression/$1" "fuzz/corpus/$1"
	"build-fuzz/fuzz/fuzz-$1" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
		-print_final_stats=1 -artifact_prefix="fuzz/regression/$1/" \
		"build-fuzz/corpus/$1" "fuzz/corpus/$1" >"build-fuzz/$1.log" 2>&1
	status=$?
	if [ $status = 0 ]; then
		echo "ok - $1: $(sed -n 's/^stat::number_of_executed_units: *//p' "build-fuzz/$1.log") inputs"
	else
		echo "not ok - $1"
		tail -n 30 "build-fuzz/$1.log" | sed 's/^/# /'
	fi
	rmdir "fuzz/regression/$1" 2>/dev/null
	return $status
}

# turn K NAME...: every JOBS-th name, beginning with the K-th, so that each processor has one.
turn() {
	i=$1 broken=0
	shift
	for name; do
		[ $((i % jobs)) != 0 ] || fuzz "$name" || broken=1
		i=$((i + 1))
	done
	return $broken
}

jobs=$(nproc)
echo "1..$#"
turns=
for k in $(seq "$jobs"); do
	turn "$k" "$@" &
	turns="$turns $!"
done
broken=0
for t in $turns; do
	wait "$t" || broken=1
done
exit $broken

#!/bin/sh
# fuzz.sh SECONDS [NAME...] - runs each parser's fuzz target (or the named ones) for that long, from its corpus.
# fuzz.sh runs=N [NAME...]  - as many executions of each, whatever they take; each then has its line in docs/fuzzing.md
#                             (or $FUZZ_LOG): seed, executions, seconds, edges reached after 10, 50 and 100 %.
#                             FUZZ_TIMEOUT, seconds an input may take: more than 10 where it runs behind other work.
# fuzz.sh planted           - the targets below with the fault of -Dplant=true in their parser: each must find it
#                             within a minute from the corpus of the tree, which alone does not show it.
#
# New inputs that reach new code go to build-fuzz/corpus/NAME and stay for the next run; one that breaks goes to
# fuzz/regression/NAME and is replayed by every `make test` from then on. Words of a language that bytes
# alone seldom spell stand in fuzz/dict/NAME. Prints TAP.
set -u
cd "$(dirname "$0")/.." || exit 1
most=${1:?usage: fuzz.sh SECONDS|runs=N|planted [NAME...]}
shift
build=build-fuzz plant=false watch=-fsanitize=fuzzer-no-link
[ "$most" != planted ] || { build=build-fuzz-planted plant=true && set -- feel policy_tree policy_sheet; }
# In a long run the choice of the next input by its rare features takes two fifths of the time, and so does watching every
# comparison: there both are left out.
schedule=1 longest=65536
case $most in
runs=*)
	until="-runs=${most#runs=}" schedule=0
	build=build-fuzz-long watch="$watch -fno-sanitize-coverage=trace-cmp"
	;;
planted) until=-max_total_time=60 ;;
*) until="-max_total_time=$most" ;;
esac
# shellcheck disable=SC2046 # names are words
[ $# -gt 0 ] || set -- $(for f in fuzz/*_fuzz.c; do basename "$f" _fuzz.c; done)

{
	[ -f $build/build.ninja ] || CC=clang meson setup $build -Dfuzz=true -Dplant=$plant \
		-Db_lundef=false -Db_sanitize=address,undefined "-Dc_args=$watch"
	[ -z "$(find fuzz -name '*_fuzz.c' -newer $build/build.ninja)" ] || meson setup --reconfigure $build
	# shellcheck disable=SC2046 # names are words
	ninja -C $build $(printf 'fuzz/fuzz-%s ' "$@")
} >$build.log 2>&1 || {
	tail -n 40 $build.log
	exit 1
}
rm -f $build.log

# target NAME OPTION... FOLDER...: the target as it is always run.
target() {
	name=$1
	shift
	# Expressions, as they stand in cells. Whole models, which are longer and take most of the time, are fuzzed in short runs,
	# and as XML by policy_tree.
	[ "$schedule$name" != 0feel ] || longest=512
	[ ! -f "fuzz/dict/$name" ] || set -- "-dict=fuzz/dict/$name" "$@"
	"$build/fuzz/fuzz-$name" "-timeout=${FUZZ_TIMEOUT:-10}" -rss_limit_mb=2048 "-max_len=$longest" "-entropic=$schedule" \
		-print_final_stats=1 "$@"
}

stat_of() {
	sed -n "s/^stat::$2: *//p" "$1"
}

# line NAME LOG: what is said of a long run in docs/fuzzing.md.
line() {
	runs=$(stat_of "$2" number_of_executed_units)
	awk -v runs="$runs" -v name="$1" -v day="$(date -u +%F)" '
		/^INFO: Seed:/ { seed = $3 }
		/^#[0-9]/ { n = substr($1, 2) + 0; for (i = 2; i < NF; i++) if ($i == "cov:") {
			cov = $(i + 1); if (n <= runs / 10) a = cov; if (n <= runs / 2) b = cov } }
		/^Done .* second/ { s = $5 }
		END { printf "| %s | `%s` | %s | %d | %d | %d | %d | %d |\n", day, name, seed, runs, s, a, b, cov }' "$2"
}

# fuzz NAME: its line of TAP, when it is done.
fuzz() {
	mkdir -p "build-fuzz/corpus/$1" "fuzz/regression/$1" "fuzz/corpus/$1"
	target "$1" "$until" -artifact_prefix="fuzz/regression/$1/" \
		"build-fuzz/corpus/$1" "fuzz/corpus/$1" >"build-fuzz/$1.log" 2>&1
	status=$?
	if [ "$status" = 0 ]; then
		echo "ok - $1: $(stat_of "build-fuzz/$1.log" number_of_executed_units) inputs"
		case $most in runs=*) line "$1" "build-fuzz/$1.log" >>"${FUZZ_LOG:-docs/fuzzing.md}" ;; esac
	else
		echo "not ok - $1"
		tail -n 30 "build-fuzz/$1.log" | sed 's/^/# /'
	fi
	rmdir "fuzz/regression/$1" 2>/dev/null
	return "$status"
}

# planted NAME: found, and not by the corpus alone?
planted() {
	tmp=$(mktemp -d) found=1
	if ! target "$1" -runs=0 "fuzz/corpus/$1" >"$tmp/log" 2>&1; then
		echo "not ok - $1: the corpus alone shows the planted fault, or the target is broken"
	elif target "$1" "$until" -seed=1 -artifact_prefix="$tmp/" "$tmp" "fuzz/corpus/$1" >"$tmp/log" 2>&1; then
		echo "not ok - $1: the planted fault was not found in a minute"
	else
		found=0
		echo "ok - $1: the planted fault was found after $(stat_of "$tmp/log" number_of_executed_units) inputs"
	fi
	[ "$found" = 0 ] || tail -n 30 "$tmp/log" | sed 's/^/# /'
	rm -rf "$tmp"
	return "$found"
}

# turn K NAME...: every JOBS-th name, beginning with the K-th, so that each processor has one.
turn() {
	i=$1 broken=0 how=fuzz
	[ $plant = false ] || how=planted
	shift
	for name; do
		[ $((i % jobs)) != 0 ] || $how "$name" || broken=1
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

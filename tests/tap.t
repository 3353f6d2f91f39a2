#!/bin/sh
# tap.t - the counting of tests can itself be trusted: what died or planned otherwise is a failure, what was
# skipped is neither that nor a success.
set -u
n=0 broken=0

# counts WHAT STATUS "PASSED FAILED SKIPPED" TAP
counts() {
	n=$((n + 1))
	# shellcheck disable=SC2059 # the escapes of the text are meant
	got=$(printf "$4" | awk -v suite=s -v status="$2" -v strict=. -f tests/tap.awk | tail -n 1)
	if [ "$got" = "$3" ]; then
		echo "ok $n - $1"
	else
		broken=1
		echo "not ok $n - $1"
		echo "# $got, not $3"
	fi
}

counts "all well" 0 "2 0 0" '1..2\nok 1 - a\nok 2 - b\n# ok - tests\n'
counts "the plan at the end" 0 "1 0 0" 'ok 1 - a\n1..1\n'
counts "one failure, counted once" 1 "1 1 0" '1..2\nok 1 - a\nnot ok 2 - b\n'
counts "a failure that the status hides" 0 "1 1 0" '1..2\nok 1 - a\nnot ok 2 - b\n'
counts "fewer than planned" 0 "2 1 0" '1..3\nok 1 - a\nok 2 - b\n'
counts "more than planned" 0 "2 1 0" '1..1\nok 1 - a\nok 2 - b\n'
counts "dies after its last test" 134 "2 1 0" '1..2\nok 1 - a\nok 2 - b\n'
counts "no plan" 0 "1 1 0" 'ok 1 - a\n'
counts "silence" 0 "0 1 0" ''
counts "talk" 0 "0 1 0" 'all is well\n'
counts "a skipped test" 0 "1 0 1" '1..2\nok 1 - a\nok 2 # SKIP no database\n'
counts "a skipped test that failed" 1 "0 1 0" '1..1\nnot ok 1 # SKIP no database\n'
counts "only a skipped test" 0 "0 0 1" '1..1\nok 1 # SKIP no kit\n'
counts "dies after a skipped test" 134 "0 1 1" '1..2\nok 1 # SKIP no kit\n'
counts "a test to be done" 0 "0 1 0" '1..1\nok 1 - a # TODO later\n'
counts "two groups in one program" 0 "3 0 0" '1..1\nok 1 - a\n1..2\nok 1 - b\nok 2 - c\n'

n=$((n + 1))
cat >"$ZHUCAN_TMP/log" <<'END'
test:         zhucan:unit / io/one
result:       exit status 0
1..2
ok 1 - a
ok 2 - b
test:         zhucan:unit / io/two
result:       killed by signal 6 SIGABRT
1..2
ok 1 - a
test:         zhucan:unit / io/kit
result:       exit status 0
1..2
ok 1 - a
not ok 2 # SKIP b
test:         zhucan:lint / lint/floors
result:       exit status 0
test:         zhucan:unit / io/silent
result:       exit status 0
END
got=$(awk -v whole=1 -v strict='^io/' -f tests/tap.awk "$ZHUCAN_TMP/log" | tail -n 1)
if [ "$got" = "5 2 1" ]; then
	echo "ok $n - the log of meson test"
else
	broken=1
	echo "not ok $n - the log of meson test: $got"
fi
echo "1..$n"
exit $broken

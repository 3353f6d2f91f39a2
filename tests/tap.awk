# tap.awk - counts the tests of one suite from its TAP, or of all suites in the log of `meson test`.
#
#   awk -v suite=NAME -v status=N -f tap.awk OUTPUT      one suite, with its exit status
#   awk -v whole=1 -f tap.awk meson-logs/testlog.txt       every suite of the log
#
# Prints "passed failed skipped" and, before, a line "FAIL suite: test" for each failure and "SKIP suite: why" for
# each test that was skipped. A suite that dies, that prints no plan, or another number of tests than planned, has
# failed once more. Only what scripts/deps.sh cannot install may be skipped; a test to be done (TODO) has failed. A
# suite that prints no TAP at all is one test, its exit status; but for a suite named by `strict`, a pattern, that
# is a failure.

function begin(name) {
	suite = name
	plan = -1
	ok = bad = left = 0
	status = "0"
}

function fail(what) {
	print "FAIL " suite ": " what
	failed++
}

function end() {
	if (suite == "")
		return
	passed += ok
	skipped += left
	if (plan < 0 && ok + bad + left == 0 && !(strict && suite ~ strict)) {
		if (status == "0")
			passed++
		else
			fail("ended with " status)
	} else if (plan < 0)
		fail("no plan")
	else if (plan != ok + bad + left)
		fail("planned " plan " tests, ran " ok + bad + left)
	else if (status != "0" && bad == 0)
		fail("ended with " status)
	suite = ""
}

BEGIN {
	if (!whole) {
		given = status
		begin(suite)
		status = given
	}
}

whole && /^test: / {
	end()
	sub(/^test: +(.* \/ )?/, "")
	begin($0)
	next
}
whole && /^result: / {
	sub(/^result: +/, "")
	status = $0 == "exit status 0" ? "0" : $0
	next
}
/^1\.\.[0-9]+/ {
	plan = (plan < 0 ? 0 : plan) + substr($0, 4) # several groups in one program add up
	next
}
/^(not )?ok/ {
	name = $0
	sub(/^(not )?ok *[0-9]* *(- )?/, "", name)
	if (whole && /^not ok [0-9]+ # SKIP /) { # cmocka's word for skip()
		left++
		print "SKIP " suite ": " substr(name, 8)
	} else if (/^not ok/ || /# *TODO/) {
		bad++
		fail(name)
	} else if (/# *[Ss][Kk][Ii][Pp]/) {
		left++
		print "SKIP " suite ": " name
	} else
		ok++
}

END {
	end()
	print passed + 0, failed + 0, skipped + 0
}

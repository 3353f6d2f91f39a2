#!/bin/sh
# pg.t - the PostgreSQL of the tests: reached by its socket only, as asked, gone when stopped.
set -u
n=0 broken=0

is() {
	n=$((n + 1))
	if [ "$2" = "$3" ]; then
		echo "ok $n - $1"
	else
		broken=1
		echo "not ok $n - $1: \"$2\", not \"$3\""
	fi
}

chmod 711 "$ZHUCAN_TMP"
dir=$ZHUCAN_TMP/db
ask() {
	psql -X -A -t -c "$1" "$(tests/pg.sh url "$dir")" 2>&1
}

tests/pg.sh start "$dir" on
is "it starts" $? 0
is "the user and the rights are ours" "$(ask 'SELECT current_user, usesuper FROM pg_user')" "zhucan|t"
is "no port is open" "$(ask 'SHOW listen_addresses')" ""
is "durable when asked" "$(ask 'SHOW fsync')" "on"
is "text is UTF-8, in the order of bytes" "$(ask "SELECT length('助残'), 'B' < 'a' COLLATE \"default\"")" "2|t"
tests/pg.sh stop "$dir"
is "it stops" $? 0
is "nothing is left" "$(ls "$ZHUCAN_TMP")" ""
tests/pg.sh url "$dir" >/dev/null 2>&1
is "and has no address" $? 2
is "the runner's own is there, and fast" "$(psql -X -A -t -c 'SHOW fsync' "$ZHUCAN_PG" 2>&1)" "off"
echo "1..$n"
exit $broken

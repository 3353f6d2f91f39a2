#!/bin/sh
# pg.sh start DIR [on|off]   a private PostgreSQL in DIR (made; fsync off unless "on"), on a Unix socket only
# pg.sh halt DIR             ends it at once, as a crash would; `start` takes it up again
# pg.sh stop DIR             ends it and removes DIR
# pg.sh url DIR              the address of its database for libpq
#
# As root the server runs as the postgres user, because it refuses to run as root.
set -eu

usage() {
	sed -n '2,5s/^# //p' "$0" >&2
	exit 2
}
[ $# -ge 2 ] || usage
verb=$1
dir=$2

# server PROGRAM ARGUMENT...: as the user who may run it.
server() {
	program=$(pg_config --bindir)/$1
	shift
	if [ "$(id -u)" = 0 ]; then
		(cd / && exec setpriv --reuid=postgres --regid=postgres --clear-groups \
			env -i LANG=C.UTF-8 PATH="$PATH" "$program" "$@")
	else
		(cd / && exec env LANG=C.UTF-8 "$program" "$@")
	fi
}

case $verb in
start)
	mkdir -p "$dir"
	dir=$(cd "$dir" && pwd -P)
	[ "${#dir}" -lt 90 ] || { echo "pg.sh: the path is too long for a socket: $dir" >&2; exit 1; }
	[ "$(id -u)" != 0 ] || chown postgres: "$dir"
	if [ ! -d "$dir/data" ]; then
		server initdb -D "$dir/data" -U zhucan -A trust --locale=C --encoding=UTF8 -N >"$dir.log" 2>&1 ||
			{ cat "$dir.log" >&2; exit 1; }
	fi
	server pg_ctl -D "$dir/data" -w -l "$dir/log" \
		-o "-k $dir -c listen_addresses='' -c fsync=${3:-off} -c max_prepared_transactions=10" start >"$dir.log" 2>&1 ||
		{ cat "$dir.log" "$dir/log" >&2; exit 1; }
	rm -f "$dir.log"
	;;
halt)
	dir=$(cd "$dir" && pwd -P)
	server pg_ctl -D "$dir/data" -m immediate stop >/dev/null
	;;
stop)
	dir=$(cd "$dir" && pwd -P)
	server pg_ctl -D "$dir/data" -m immediate stop >/dev/null
	rm -rf "$dir"
	;;
url)
	dir=$(cd "$dir" && pwd -P)
	echo "postgresql:///postgres?host=$dir&user=zhucan"
	;;
*) usage ;;
esac

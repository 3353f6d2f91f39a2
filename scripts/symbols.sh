#!/bin/sh
# symbols.sh BUILD - what the compiler made of the libraries of the program in that build folder (gcc, without
# sanitizers): no variable that can change, and none of the functions that tools/lint.c forbids.
#
# The lint of the sources can be talked out of it with a reason in a comment; here each such variable is named.
set -u
build=${1:?usage: symbols.sh BUILD}

# src/base/hash.c: the key of the tables in memory, drawn before main.
known='key'
forbidden='sprintf vsprintf strcpy strcat stpcpy gets strtok atoi atol atoll atof tmpnam mktemp setlocale'

libs=$(find "$build/src" -name '*.a' | LC_ALL=C sort)
[ -n "$libs" ] || {
	echo "$build: no libraries"
	exit 1
}
# shellcheck disable=SC2086
objdump -t $libs | awk -v known="$known" '
	BEGIN { n = split(known, k, " "); for (i = 1; i <= n; i++) ok[k[i]] }
	/file format/ { object = $1; sub(/:$/, "", object); next }
	# address flags section size name; flags have an O for an object
	/ O / && $0 ~ / O \.(data|bss|tdata|tbss)(\.[A-Za-z_]|[ \t])/ && $0 !~ / O \.data\.rel\.ro/ {
		name = $NF
		sub(/\.[0-9]+$/, "", name)
		if (!(name in ok)) { print object ": " name " can change"; bad = 1 }
	}
	END { exit bad }' || exit 1
# shellcheck disable=SC2086
nm -u $libs 2>/dev/null | awk -v forbidden="$forbidden" '
	BEGIN { n = split(forbidden, f, " "); for (i = 1; i <= n; i++) { no[f[i]]; no["__" f[i] "_chk"] } }
	/:$/ { object = $1; next }
	$1 == "U" { name = $2; sub(/@.*/, "", name); if (name in no) { print object " " name; bad = 1 } }
	END { exit bad }'

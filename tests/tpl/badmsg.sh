#!/bin/sh
# badmsg.sh MSGGEN DIR: each folder of DIR holds messages, or messages and source, that must stop the generator with the
# line and the complaint named in the first line of x.c, else of t.msg.
set -u
gen=$1 dir=$2 n=0 bad=0
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for d in "$dir"/*/; do
	d=${d%/} n=$((n + 1)) f=$d/t.msg
	[ -f "$d/x.c" ] && f=$d/x.c
	want="$f:$(sed -n "1s/^[#/*]* expect //; 1s| \*/\$||; 1s|FILE|$f|; 1p" "$f")"
	if got=$("$gen" "$d" "$d" "$out/x.h" "$out/x.c" "$out/x.d" 2>&1); then
		echo "FAIL $d was accepted" && bad=$((bad + 1))
	elif [ "$got" != "$want" ]; then
		printf 'FAIL want %s\n     got  %s\n' "$want" "$got" && bad=$((bad + 1))
	fi
done
echo "$n bad folders, $bad not refused as they should be"
[ "$n" -gt 0 ] && [ "$bad" -eq 0 ]

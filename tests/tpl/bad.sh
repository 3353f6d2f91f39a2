#!/bin/sh
# bad.sh TPLGEN LOCALE DIR: each template of DIR must stop the generator with the line and the complaint of its first line.
set -u
gen=$1 locale=$2 dir=$3 n=0 bad=0
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
for f in "$dir"/*.tpl; do
	n=$((n + 1))
	want="$f:$(sed -n "1s/^# expect //; 1s|FILE|$f|; 1p" "$f")"
	if got=$("$gen" "$out/x.h" "$out/x.c" "$out/x.d" "$locale" --make "$f" 2>&1); then
		echo "FAIL $f was accepted" && bad=$((bad + 1))
	elif [ "$got" != "$want" ]; then
		printf 'FAIL want %s\n     got  %s\n' "$want" "$got" && bad=$((bad + 1))
	fi
done
echo "$n bad templates, $bad not refused as they should be"
[ "$n" -gt 0 ] && [ "$bad" -eq 0 ]

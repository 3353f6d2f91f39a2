#!/bin/sh
# messages.sh - locale/*.msg: each id once, with zh and en and the same {arguments} in both; each id that a FAIL in
# src/ names is there. Says file:line of what is not so.
set -u
cd "$(dirname "$0")/.." || exit 1

ids=$(mktemp)
trap 'rm -f "$ids"' EXIT
# FAIL may break over lines: the id is the first string after it.
find src -name '*.c' ! -name '*_test.c' -exec awk '
	/^[ \t]*(\/?\*|\/\/)/ { next } # a comment
	/FAIL\(/ { waiting = 3 }
	waiting > 0 {
		line = $0
		sub(/.*FAIL\(/, "", line)
		if (match(line, /"[a-z0-9_]+(\.[a-z0-9_]+)+"/)) {
			print substr(line, RSTART + 1, RLENGTH - 2) " " FILENAME ":" FNR
			waiting = 0
		} else
			waiting--
	}' {} + >"$ids"

# shellcheck disable=SC2016 # awk's $
find locale -name '*.msg' -exec awk '
	function wrong(where, what) { print where ": " what; bad = 1 }
	function arguments(text,   set, w, k, i, j, t, out) { # sorted names in braces
		k = 0
		while (match(text, /\{[a-z_0-9]+\}/)) {
			t = substr(text, RSTART, RLENGTH)
			if (!(t in set)) { set[t]; w[++k] = t }
			text = substr(text, RSTART + RLENGTH)
		}
		for (i = 2; i <= k; i++)
			for (j = i; j > 1 && w[j] < w[j - 1]; j--) { t = w[j]; w[j] = w[j - 1]; w[j - 1] = t }
		out = ""
		for (i = 1; i <= k; i++) out = out w[i]
		return out
	}
	FILENAME == ids { used[$1] = $2; next }
	/^[ \t]*(#|$)/ { next }
	/^[^ ]/ {
		id = $1
		if (NF != 1 || id !~ /^[a-z0-9_]+(\.[a-z0-9_]+)*$/) wrong(FILENAME ":" FNR, "not an id: " $0)
		if (id in at) wrong(FILENAME ":" FNR, id " stands in " at[id] " too")
		at[id] = FILENAME ":" FNR
		next
	}
	/^  (zh|en) ./ {
		lang = $1
		if ((id, lang) in text) wrong(FILENAME ":" FNR, id " has " lang " twice")
		text[id, lang] = substr($0, 6)
		next
	}
	{ wrong(FILENAME ":" FNR, "neither an id nor \"  zh …\" or \"  en …\"") }
	END {
		for (id in at) {
			for (i = split("zh en", l, " "); i > 0; i--)
				if (!((id, l[i]) in text)) wrong(at[id], id " lacks " l[i])
			if (arguments(text[id, "zh"]) != arguments(text[id, "en"])) wrong(at[id], id " has other {arguments} in zh than in en")
		}
		for (id in used)
			if (!(id in at)) wrong(used[id], "no message " id " in locale/")
		exit bad
	}' ids="$ids" "$ids" {} +

#!/bin/sh
# lint.t - each rule of the lints sees what it is for, and lets go what is right or excused.
set -u
floors=build-asan/tests/floors lint=build-asan/tests/lint
tree=$ZHUCAN_TMP/tree
n=0 broken=0

fresh() {
	rm -rf "$tree"
	mkdir -p "$tree/src/base" "$tree/src/io" "$tree/src/store" "$tree/src/feel" "$tree/src/app/person" \
		"$tree/src/app/kase" "$tree/src/web/desk"
	for d in base io store feel app/person app/kase web/desk; do
		echo "What it is." >"$tree/src/$d/README.md"
	done
	echo 'int base_one(void);' >"$tree/src/base/one.h"
}

# file PATH: its text from standard input.
file() {
	cat >"$tree/$1"
}

# sees TOOL WHAT PATTERN: a line of its output is like PATTERN, and it fails.
sees() {
	n=$((n + 1))
	out=$("$1" "$tree")
	status=$?
	if [ $status = 1 ] && echo "$out" | grep -q -e "$3"; then
		echo "ok $n - $2"
	else
		broken=1
		echo "not ok $n - $2"
		echo "# ended with $status: $out"
	fi
}

# content TOOL WHAT: it prints nothing and succeeds.
content() {
	n=$((n + 1))
	if out=$("$1" "$tree") && [ -z "$out" ]; then
		echo "ok $n - $2"
	else
		broken=1
		echo "not ok $n - $2"
		echo "# $out"
	fi
}

fresh
file src/store/db.c <<'END'
#include "base/one.h"
#include "io/csv.h"
// #include "web/page.h"
/* #include "main/main.h" */
END
content $floors "includes that point down, and comments"
echo '#include "store/db.h"' >"$tree/src/io/csv.c"
sees $floors "an include that looks up" '^src/io/csv.c:1: looks up: "store/db.h"'
fresh
printf '\n#include "feel/feel.h"\n' >"$tree/src/store/db.c"
sees $floors "an include that looks sideways" '^src/store/db.c:2: looks sideways'
fresh
echo '#include "db.h"' >"$tree/src/store/db.c"
sees $floors "an include without its folder" 'names its folder'
fresh
mkdir "$tree/src/extra"
echo '#include "base/one.h"' >"$tree/src/extra/x.c"
sees $floors "a folder on no floor" 'stands on no floor'
fresh
echo '#include "app/kase/kase.h"' >"$tree/src/app/person/person.c"
content $floors "nouns may see each other"
printf '#include "base/one.h"\n#include "app/person/person.h"\n' >"$tree/src/app/kase/kase.c"
sees $floors "a circle of nouns" '^src/app/kase/kase.c:2: part of a circle'
fresh
echo '#include "web/desk/desk.h"' >"$tree/src/web/pages.c"
echo '#include "web/page.h"' >"$tree/src/web/desk/desk.c"
content $floors "a folder and those inside it"
fresh
printf '#include "base/str.h"\n#include "base/one.h"\n' >"$tree/src/base/one.c"
sees $floors "its own header comes first" '^src/base/one.c:2: its own header'

fresh
file src/io/a.c <<'END'
#include "io/a.h"

/* malloc(1) and SELECT in a comment */
static const int table[] = {1, 2};
static const char *const names[] = {"strcpy(", "free(x)"};

int
one(int x)
{
	struct s local = {0};
	static const int fixed = 3;

	db.free(x);
	p->free(x);
	return table[0] + fixed + local.n;
}
END
content $lint "what is right"
file src/io/a.c <<'END'
void
f(void *p)
{
	free(p);
}
END
sees $lint "memory outside base" '^src/io/a.c:4: memory: free()'
file src/io/a.c <<'END'
void
f(void *p)
{
	// lint: allow memory - the library gave it
	free(p);
}
END
content $lint "an excuse with its reason"
sed -i 's/ - .*/ - /' "$tree/src/io/a.c"
sees $lint "an excuse without a reason" 'memory: free()'
for call in sprintf strcpy strcat gets strtok atoi; do
	printf 'int\nf(char *a)\n{\n\treturn %s (a);\n}\n' $call >"$tree/src/io/a.c"
	sees $lint "$call" "^src/io/a.c:4: unsafe: $call()"
done
printf 'int\nf(char *a)\n{\n\treturn system(a);\n}\n' >"$tree/src/io/a.c"
sees $lint "a shell" '^src/io/a.c:4: process: system()'
mv "$tree/src/io/a.c" "$tree/src/io/a_test.c"
content $lint "a shell in a test"
rm "$tree/src/io/a_test.c"
for call in time clock_gettime gettimeofday; do
	printf 'int\nf(char *a)\n{\n\treturn %s(a);\n}\n' $call >"$tree/src/io/a.c"
	sees $lint "$call below main" "^src/io/a.c:4: clock: $call()"
done
echo 'int x = clock_gettime(a, b);' >"$tree/src/io/log.c"
rm "$tree/src/io/a.c"
sees $lint "a global that is not static" '^src/io/log.c:1: global'
echo 'static int count;' >"$tree/src/io/log.c"
sees $lint "a static that changes" '^src/io/log.c:1: global'
printf 'int\nf(void)\n{\n\tstatic struct s kept;\n}\n' >"$tree/src/io/log.c"
sees $lint "a static inside a function" '^src/io/log.c:4: global'
printf 'static const char *const names[] = {\n\t"a",\n};\n' >"$tree/src/io/log.c"
content $lint "a table of constant text"
rm "$tree/src/io/log.c"

{
	printf 'int\nf(void)\n{\n'
	for i in $(seq 78); do echo "	g($i);"; done
	printf '}\n'
} >"$tree/src/io/a.c"
content $lint "a function of 80 lines"
sed -i '4a\	g(0);' "$tree/src/io/a.c"
sees $lint "a function of 81 lines" '^src/io/a.c:2: length: a function of 81 lines'
yes '/* */' | head -n 1201 >"$tree/src/io/a.c"
sees $lint "a file of 1,201 lines" 'length: a file of 1201 lines'
printf 'static const char x[] = "SELECT 1";\n' >"$tree/src/io/a.c"
sees $lint "SQL in a source" '^src/io/a.c:1: sql'
mv "$tree/src/io/a.c" "$tree/src/store/a.c"
content $lint "SQL in the store"
rm "$tree/src/store/README.md"
sees $lint "a folder without its README" 'readme: src/store/README.md'
fresh
mkdir "$tree/docs"
printf 'see /ro%s/notes\n' ot >"$tree/docs/x.md"
sees $lint "a path of one machine" '^docs/x.md:1: place'

# The generators are read by whoever wonders where a function comes from: none of their files is long.
n=$((n + 1))
long=$(find tools -name '*.[ch]' -exec wc -l {} + | awk '$2 != "total" && $1 > 700')
if [ -n "$(find tools -name '*.c')" ] && [ -z "$long" ]; then
	echo "ok $n - no file of a generator has more than 700 lines"
else
	broken=1
	echo "not ok $n - a file of a generator has more than 700 lines"
	echo "# $long"
fi

echo "1..$n"
exit $broken

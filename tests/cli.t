#!/bin/sh
# cli.t - the command line from outside: exit codes, the last line of standard output, refusals that say what and where.
#   ZHUCAN    the program      ZHUCAN_TMP  an empty folder
set -u
z=${ZHUCAN:?}
d=${ZHUCAN_TMP:?}/cli
mkdir -p "$d"
export LANG=zh_CN.UTF-8 LC_ALL=
n=0

# has PATTERN TEXT: an empty pattern asks for nothing.
has() {
	[ -z "$1" ] || printf '%s\n' "$2" | grep -q -- "$1"
}

# try NAME CODE LAST ERR COMMAND…: exit code, a pattern of the last line of standard output, one of standard error.
try() {
	name=$1 code=$2 last=$3 err=$4
	shift 4
	n=$((n + 1))
	"$@" >"$d/out" 2>"$d/err"
	got=$?
	if [ $got -eq "$code" ] && has "$last" "$(tail -n 1 "$d/out")" && has "$err" "$(cat "$d/err")"; then
		echo "ok $n - $name"
	else
		echo "not ok $n - $name"
		echo "# exit $got, wanted $code; last line: $(tail -n 1 "$d/out")"
		sed 's/^/# /' "$d/err" | head -n 5
	fi
}

try 'nothing asked is wrong use' 2 '' '用法' "$z"
try 'help is no error' 0 '' 'zhucan serve' "$z" --help
try 'help in English' 0 '' 'Usage' "$z" --help --lang en
try 'an unknown command' 2 '' '没有“fly”' "$z" fly
try 'an unknown option' 2 '' '--wings' "$z" verify --wings 2
try 'an option without its value' 2 '' '--site' "$z" verify --site
try 'a word too many' 2 '' '用法' "$z" verify now
try 'no site there' 1 '' 'site init' "$z" verify --site "$d/none"
try 'a new site' 0 '站点已建好' '' "$z" site init "$d/live" --provinces 46
try 'not a second time' 1 '' '已经有一个站点' "$z" site init "$d/live" --provinces 46
try 'a new site is whole' 0 '核验通过' '' "$z" verify --site "$d/live"
try 'replay asks for its option' 2 '' 'replay --check' "$z" replay --site "$d/live"
try 'replay agrees' 0 '核验通过' '' "$z" replay --check --site "$d/live"
try 'a live clock is not moved' 1 '' '不是演示站' "$z" demo advance 7d --site "$d/live"
try 'a live clock is not set' 1 '' '正式站点的时钟' "$z" verify --clock 2030-01-01 --site "$d/live"
try 'days are written 7d' 2 '' '7d' "$z" demo advance seven --site "$d/live"
try 'a demo site' 0 '演示站已建好' 'wuchang.clerk' "$z" demo "$d/demo" --provinces 42,44,99 --people 20
try 'a week goes by' 0 '时钟已拨到' '' "$z" demo advance 7d --site "$d/demo"
try 'jobs signed the ledger on each day' 0 '核验通过' '' "$z" verify --site "$d/demo"
try 'a wrong province' 1 '' '两位代码' "$z" demo "$d/other" --provinces Hubei
try 'a day that is none' 1 '' '2026-02-30' "$z" verify --clock 2026-02-30 --site "$d/demo"
try 'a port that is none' 2 '' '--port' "$z" serve --port 99999 --site "$d/demo"

# Somebody edits the file behind the program's back: the place and the day are named.
sqlite3 "$d/demo/site.db" "UPDATE office SET name = 'x' WHERE kind = 'hospital'" 2>/dev/null ||
	python3 -c "import sqlite3; c = sqlite3.connect('$d/demo/site.db'); c.execute(\"UPDATE office SET name = 'x' WHERE kind = 'hospital'\"); c.commit()"
try 'an edit by hand is found' 1 '核验不通过：有 4 处' '^office .* name 20..-..-..: ' "$z" verify --site "$d/demo"
printf '00\n' >"$d/live/root.key"
try 'a wrong root key' 1 '' 'root.key' "$z" verify --site "$d/live"
rm "$d/live/root.key"
try 'no root key' 1 '' '备份' "$z" verify --site "$d/live"
printf 'kind: castle\n' >"$d/live/site.yaml"
try 'a setting that is none, with its line' 1 '' '1' "$z" verify --site "$d/live"
echo "1..$n"

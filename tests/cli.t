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

# sql STATEMENT: behind the program's back, in the demo site; what a query answers is printed.
sql() {
	python3 -c 'import sqlite3, sys
c = sqlite3.connect(sys.argv[1])
print(*[r[0] for r in c.execute(sys.argv[2])])
c.commit()' "$d/demo/site.db" "$1"
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
n=$((n + 1)) # every table stands in one of two lists: rebuilt and equal, or with its reason
if awk 'BEGIN { bad = 0 } /：$/ { list++; next } list == 1 && !/ =$/ { bad = 1 } list == 2 && NF < 4 && !/核验/ { bad = 1 } { rows++ }
	END { exit bad || list != 2 || rows < 50 }' "$d/out"; then
	echo "ok $n - replay says of each table what it is, and why some are not rebuilt"
else
	echo "not ok $n - replay says of each table what it is, and why some are not rebuilt"
	sed 's/^/# /' "$d/out"
fi
try 'what offices work by is not published on a live site' 0 '本次发布 0 项' 'certificate-new：还没有发布' "$z" definitions --site "$d/live"
try 'there it takes two people' 0 '' '由另一位政策发布人发布' "$z" definitions --site "$d/live"
try 'and asking twice published nothing' 0 '' '还没有发布' "$z" definitions --site "$d/live"
try 'a live clock is not moved' 1 '' '不是演示站' "$z" demo advance 7d --site "$d/live"
try 'a live clock is not set' 1 '' '正式站点的时钟' "$z" verify --clock 2030-01-01 --site "$d/live"
try 'days are written 7d' 2 '' '7d' "$z" demo advance seven --site "$d/live"
try 'a demo site with its month of cases' 0 '办件 [1-9][0-9]* 件' 'wuchang.clerk' "$z" demo "$d/demo" --provinces 42,44,99 --people 20
try 'a demo has its definitions published' 0 '，0 项与已发布的不同，本次发布 0 项' '与已发布的第 1 版相同' "$z" definitions --site "$d/demo"
hung=$(sql "SELECT count(*) FROM work WHERE open = 1 AND wakes <> ''")
try 'a week goes by' 0 '时钟已拨到' '' "$z" demo advance 7d --site "$d/demo"
try 'notices hung before it' 0 '' '' test "$hung" -gt 0
try 'and were taken down' 0 '' '' test "$(sql "SELECT count(*) FROM work WHERE open = 1 AND wakes <> '' AND wakes < date('now', '8 hours', '7 days')")" -eq 0
try 'jobs signed the ledger on each day' 0 '核验通过' '' "$z" verify --site "$d/demo"
who=$(sql "SELECT d.tenant || '-' || d.person FROM decision d JOIN kase k ON k.tenant = d.kase_tenant AND k.id = d.kase
	WHERE k.service = 'certificate-new' ORDER BY d.id LIMIT 1")
looks="SELECT count(*) FROM look WHERE tenant || '-' || person = '$who' AND purpose = '9:zhucan decide'"
try 'somebody of the register is decided for' 0 '得出 2 项结果' '' "$z" decide --site "$d/demo" --person "$who"
cp "$d/out" "$d/said"
try 'with where each value was read' 0 '' '' grep -q '"name":"残疾等级","value":"[^"]*","from":"20..-..-..","source":"[0-9]' "$d/said"
try 'the same decisions are kept in his case' 0 '' '' grep -q "$(sql "SELECT group_concat('\"decision\":\"' || name || '\",\"result\":' || result, '},{') FROM (SELECT name, result FROM decision_result
	WHERE decision = (SELECT id FROM decision ORDER BY id LIMIT 1) ORDER BY n)")" "$d/said"
try 'and he sees who looked' 0 '' '' test "$(sql "$looks")" -eq 1
try 'why, of one decision' 0 '得出 1 项结果' '' "$z" decide --site "$d/demo" --person "$who" --explain --decision 护理补贴 --policy two-subsidies
cp "$d/out" "$d/said"
try 'with every row' 0 '' '' grep -q '"tables":\[{' "$d/said"
try 'before there was a policy nothing is decided' 1 '得出 0 项结果' '' "$z" decide --site "$d/demo" --person "$who" --on 2016-03-01
try 'a record that is not there' 1 '' '没有档案' "$z" decide --site "$d/demo" --person 420106-7
try 'a number that is none' 1 '' '档案号' "$z" decide --site "$d/demo" --person 赵建国
try 'a day that is none' 1 '' '2026-02-30' "$z" decide --site "$d/demo" --person "$who" --on 2026-02-30
printf '称呼,身份证号,残疾证号,证件状态,户籍地\n程国安,99010119800101017X,99010119800101017X41,有效,420106001001\n' >"$d/odd.csv"
echo '- {heading: 称呼, field: name}' >"$d/map.yaml"
echo '- {heading: 称呼, field: nickname}' >"$d/wrong.yaml"
try 'a sheet whose headings nobody knows' 1 '将新增 0，.*未通过 1' '第 2 行：没有姓名' "$z" import persons "$d/odd.csv" --dry-run --site "$d/demo"
try 'with what they mean' 0 '将新增 1，.*未通过 0' '' "$z" import persons "$d/odd.csv" --map "$d/map.yaml" --dry-run --site "$d/demo"
try 'a meaning that is none' 1 '' '“nickname”不存在' "$z" import persons "$d/odd.csv" --map "$d/wrong.yaml" --site "$d/demo"
try 'meanings that are not there' 1 '' 'none.yaml' "$z" import persons "$d/odd.csv" --map "$d/none.yaml" --site "$d/demo"
try 'loaded' 0 '新增 1，' '' "$z" import persons "$d/odd.csv" --map "$d/map.yaml" --site "$d/demo"
try 'the same again changes nothing' 0 '新增 0，相同 1，' '' "$z" import persons "$d/odd.csv" --map "$d/map.yaml" --site "$d/demo"
try 'a wrong province' 1 '' '两位代码' "$z" demo "$d/other" --provinces Hubei
try 'a day that is none' 1 '' '2026-02-30' "$z" verify --clock 2026-02-30 --site "$d/demo"
try 'a port that is none' 2 '' '--port' "$z" serve --port 99999 --site "$d/demo"

# Somebody edits the file behind the program's back: the place and the day are named.
sql "UPDATE office SET name = 'x' WHERE kind = 'hospital'"
try 'an edit by hand is found' 1 '核验不通过：有 6 处' '^office .* name 20..-..-..: ' "$z" verify --site "$d/demo"
# A newer program offers another text than the one that was published: here the published one is made to differ.
sql "UPDATE definition SET sha256 = 'x' WHERE id = 'certificate-new'"
try 'what differs is said, and a demo publishes it' 0 '本次发布 1 项' 'certificate-new：与已发布的第 1 版不同' "$z" definitions --site "$d/demo"
try 'once' 0 '本次发布 0 项' 'certificate-new：与已发布的第 2 版相同' "$z" definitions --site "$d/demo"
try 'a service of a file is published too' 0 '本次发布 1 项' 'web-notice' "$z" definitions tests/services/web-notice.yaml --site "$d/demo"
try 'once, wherever its file lies' 0 '本次发布 0 项' 'web-notice：与已发布的第 1 版相同' "$z" definitions "$PWD/tests/services/web-notice.yaml" --site "$d/demo"
try 'a file that is not there' 1 '' 'none.yaml' "$z" definitions none.yaml --site "$d/demo"
printf '00\n' >"$d/live/root.key"
try 'a wrong root key' 1 '' 'root.key' "$z" verify --site "$d/live"
rm "$d/live/root.key"
try 'no root key' 1 '' '备份' "$z" verify --site "$d/live"
printf 'kind: castle\n' >"$d/live/site.yaml"
try 'a setting that is none, with its line' 1 '' '1' "$z" verify --site "$d/live"
echo "1..$n"

#!/bin/sh
# policy.t - every folder of policies/ has no flaw and all its test persons get what they should; what is wrong in
# one is told, with exit 1; the worked examples of the two subsidies come out.
set -u
n=0 broken=0
tmp=$ZHUCAN_TMP
export LC_ALL=C.UTF-8

verdict() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		broken=1
		echo "not ok $n - $2"
		echo "# ended with $status: $(tail -n 1 "$tmp/out") $(head -c 900 "$tmp/err" | tr '\n' ' ')"
	fi
}

zhucan() {
	"$ZHUCAN" "$@" >"$tmp/out" 2>"$tmp/err" </dev/null
	status=$?
}

# last WHAT CODE PATTERN: the exit code and the last line of what ran last.
last() {
	[ $status = "$2" ] && tail -n 1 "$tmp/out" | grep -q -e "$3"
	verdict $? "$1"
}

# ---- all of them ----

find policies -name policy.dmn | LC_ALL=C sort | sed 's,/policy.dmn$,,' >"$tmp/folders"
[ "$(wc -l <"$tmp/folders")" -ge 13 ]
status=0
verdict $? "the policies are there"
while read -r folder; do
	zhucan policy check "$folder" --lang en
	last "$folder has no flaw" 0 ' 0 flaws, '
	zhucan policy test "$folder" --lang en
	last "$folder gives its test persons what they should get" 0 '^[1-9][0-9]* test persons, 0 failed\.$'
done <"$tmp/folders"

# Explanations in English say the values of cells in English: each has its word in a code list.
find policies -name policy.dmn -exec sed -n 's/.*<text>\(.*\)<\/text>.*/\1/p' {} + | grep -o '"[^"]*"' | tr -d '"' | grep '[^ -~]' | LC_ALL=C sort -u >"$tmp/words"
cat lists/codes/*.yaml | sed -n 's/.*zh: "\{0,1\}\([^",}]*\)"\{0,1\}[,}].*/\1/p' | LC_ALL=C sort -u >"$tmp/known"
status=0
LC_ALL=C comm -23 "$tmp/words" "$tmp/known" >"$tmp/err"
[ -s "$tmp/words" ] && [ ! -s "$tmp/err" ]
verdict $? "each value of a cell has its English word"

# ---- what is wrong is told ----

cp -r policies/grading/visual "$tmp/visual"
sed -i 's/\[0.02\.\.0.05)/[0.02..0.04)/' "$tmp/visual/policy.dmn"
zhucan policy check "$tmp/visual" --lang en
[ $status = 1 ] && grep -q 'has a gap: no row holds for 好眼矫正视力 = 0.04,' "$tmp/err"
verdict $? "a gap, with somebody who falls into it"
zhucan policy test "$tmp/visual" --lang en
[ $status = 1 ] && grep -q 'line [0-9]*, "视力0.049.*should be "二级" and is null' "$tmp/err"
verdict $? "a person who gets something else"
last "and how many" 1 'test persons, [1-9][0-9]* failed'

# ---- months: persons with a life ----

for folder in 42-hubei 31-shanghai 11-beijing 32-jiangsu/3201-nanjing; do
	grep -q '例' "policies/two-subsidies/$folder/months.csv"
	verdict $? "the worked examples of two-subsidies/$folder are there"
done
cp -r policies/two-subsidies/31-shanghai "$tmp/31-shanghai"
mkdir "$tmp/above" && cp policies/two-subsidies/policy.dmn policies/two-subsidies/citations.yaml "$tmp/above" && mv "$tmp/31-shanghai" "$tmp/above"
sed -i 's/差额,生活补贴 护理补贴,70,/差额,生活补贴 护理补贴,71,/' "$tmp/above/31-shanghai/months.csv"
zhucan policy test "$tmp/above/31-shanghai" --lang en
[ $status = 1 ] && grep -q 'months.csv, line [0-9]*, "例三.*": 生活补贴 + 护理补贴 for 2025-07-01, as known on 2025-08-07, should be 71 and is 70' "$tmp/err"
verdict $? "Shanghai, July 2025 as known on 7 August: 70 more, not 71"
sed -i 's/published="2025-08-07"/published="2025-08-08"/' "$tmp/above/31-shanghai/policy.dmn"
zhucan policy test "$tmp/above/31-shanghai" --lang en
[ $status = 1 ] && grep -q 'as known on 2025-08-07, should be 630 and is 560' "$tmp/err"
verdict $? "a notice made known a day later is not known on that day"

# ---- a floor set above ----

cp -r policies/two-subsidies "$tmp/two-subsidies"
sed -i 's/<outputEntry><text>130</<outputEntry><text>129</' "$tmp/two-subsidies/32-jiangsu/3201-nanjing/policy.dmn"
zhucan policy check "$tmp/two-subsidies/32-jiangsu/3201-nanjing" --lang en
[ $status = 1 ] && grep -q '护理补贴标准" is below the floor set above: it gives 129 where .*32-jiangsu lets no less than 130, as for .*城乡 = "城镇"' "$tmp/err"
verdict $? "a city below the floor of its province, with somebody who gets less"
sed -i 's/0\.5 \* 低保标准/0.29 * 低保标准/' "$tmp/two-subsidies/32-jiangsu/3201-nanjing/policy.dmn"
zhucan policy check "$tmp/two-subsidies/32-jiangsu/3201-nanjing" --lang en
[ $status = 1 ] && grep -q '生活补贴标准" is below the floor set above: it gives 261.00 where .* no less than 270.0' "$tmp/err"
verdict $? "a percentage below the floor"
zhucan policy check policies --lang en
[ $status = 1 ] && grep -q 'policy.file file=policies name=policy.dmn' "$tmp/err"
verdict $? "a folder that is no policy"
zhucan policy check
[ $status = 2 ]
verdict $? "no folder"

# ---- worked examples ----

# decides WHAT FOLDER DECISION INPUT PATTERN
decides() {
	zhucan decide "policies/$2/policy.dmn" --decision "$3" --input "$4"
	[ $status = 0 ] && grep -q -e "$5" "$tmp/out"
	verdict $? "$1"
}

day() {
	printf '"月份": "@\\"%s\\""' "$1"
}

decides "Hubei, March 2016: 50" two-subsidies/42-hubei 生活补贴标准 "{$(day 2016-03-01), \"低保家庭\": true}" \
	'"result":50,"fired":\[{"table":"table-1","rule":1,"row":"living","says":.*湖北日报'
decides "Shanghai, June 2025: 150" two-subsidies/31-shanghai 护理补贴标准 "{$(day 2025-06-01), \"残疾等级\": \"三级\", \"残疾类别\": \"精神\"}" \
	'"result":150,.*"row":"care-2021-3"'
decides "Shanghai, July 2025: 180" two-subsidies/31-shanghai 护理补贴标准 "{$(day 2025-07-01), \"残疾等级\": \"三级\", \"残疾类别\": \"精神\"}" \
	'"result":180,.*"row":"care-2025-3".*沪民残福发〔2025〕5号'
decides "what a source leaves open has no answer" two-subsidies/32-jiangsu 护理补贴标准 '{"残疾等级": "一级", "城乡": "农村"}' \
	'"result":null,.*"row":"care-rural",.*"unknown":true'
zhucan decide policies/grading/visual/policy.dmn --explain --input '{"好眼矫正视力": 0.2, "好眼视野半径": 8}'
[ $status = 0 ] && grep -q '"result":"二级",.*适用第 visual-2b 行' "$tmp/out"
verdict $? "a level that says why"

echo "1..$n"
exit $broken

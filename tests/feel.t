#!/bin/sh
# feel.t - zhucan feel and zhucan decide from outside: exact answers, faults with their place, exit codes.
set -u
n=0 broken=0
tmp=$ZHUCAN_TMP
here=$PWD
export LC_ALL=C.UTF-8 # which language of the program? Chinese, until --lang says otherwise
cd "$tmp" || exit 1   # where no ./site stands

verdict() {
	n=$((n + 1))
	if [ "$1" = 0 ]; then
		echo "ok $n - $2"
	else
		broken=1
		echo "not ok $n - $2"
		echo "# ended with $status: $(head -c 300 "$tmp/out") $(head -c 600 "$tmp/err" | tr '\n' ' ')"
	fi
}

zhucan() {
	"$ZHUCAN" "$@" >"$tmp/out" 2>"$tmp/err"
	status=$?
}

# gives WHAT EXPECTED EXPR [OPTION...]: the value, exit 0, nothing on standard error.
gives() {
	what=$1 want=$2
	shift 2
	zhucan feel "$@" </dev/null
	[ $status = 0 ] && [ "$(cat out)" = "$want" ] && [ ! -s err ]
	verdict $? "$what"
}

# refuses WHAT CODE PATTERN COMMAND...: that exit code, nothing on standard output, the pattern on standard error.
refuses() {
	what=$1 code=$2 pattern=$3
	shift 3
	zhucan "$@" </dev/null
	[ $status = "$code" ] && [ ! -s out ] && grep -q -e "$pattern" err
	verdict $? "$what"
}

# said WHAT CODE OUTPUT PATTERN: of what ran last; without a pattern nothing on standard error.
said() {
	[ $status = "$2" ] && [ "$(cat out)" = "$3" ] && if [ "$4" ]; then grep -q -e "$4" err; else [ ! -s err ]; fi
	verdict $? "$1"
}

# ---- values ----

gives "a sum" 3 '1 + 2'
gives "decimals, not doubles" 0.3 '0.1 + 0.2'
gives "34 digits" 0.3333333333333333333333333333333333 '1 / 3'
gives "a text keeps its quotes" '"a\nb"' '"a\nb"'
gives "a list of everything" '[1, true, null, "x", {k: @"2024-01-31"}]' '[1, true, null, "x", {k: @"2024-01-31"}]'
gives "an expression that begins with a minus" 1 '-1 + 2'
gives "the same as JSON" '[1.50, true, null, "x", {"k": "2024-01-31"}]' '[1.50, true, null, "x", {k: @"2024-01-31"}]' --json
gives "a null that was written" null 'null'
gives "a zone of the machine" '@"PT8H"' '@"2024-01-31T00:00:00@Asia/Shanghai".time offset'

# ---- names ----

person='{"姓名": "张三", "年龄": 63, "残疾等级": "二级", "月 收入": 1234.50, "家庭": [{"n-o": 1}, {"n-o": 2}]}'
gives "Chinese names" true '年龄 >= 60 and 残疾等级 in ("一级", "二级")' --context "$person"
gives "a name with a space" 1234.50 '月 收入' --context "$person"
gives "names within values" '[2]' '家庭[n-o > 1].n-o' --context "$person"
gives "every digit of JSON" 1234567890123456.123456789012345678 'x' --context '{"x": 1234567890123456.123456789012345678}'
gives "text that looks like a day is text" '"2024-01-31"' 'd' --context '{"d": "2024-01-31"}'
gives "a day written as one" '@"2024-03-01"' 'd + @"P1D"' --context '{"d": "@\"2024-02-29\""}'
printf '%s' "$person" >person.json
gives "a context in a file" '"张三"' '姓名' --context @person.json
zhucan feel '姓名' --context - <person.json
said "a context from standard input" 0 '"张三"' ''
printf '年龄\n+ 1' >sum.feel
zhucan feel - --context @person.json <sum.feel
said "an expression from standard input" 0 64 ''

# ---- signs of a Chinese keyboard ----

zhucan feel '（年龄 ＋ 1）＞ 60' --context "$person" --lang en
said "full-width signs are read, and said" 0 true '^4 full-width signs were read as their ASCII forms: (年龄 + 1)> 60$'
gives "but not in texts" '"（一）"' '"（一）"'

# ---- tests ----

gives "a cell that holds" true '[60..70]' --tests 63
gives "a cell over names" true '> 年龄 - 1' --tests '年龄' --context "$person"
zhucan feel '< 60' --tests 63
said "a cell that does not hold is a no" 1 false ''
zhucan feel '< 60' --tests '"x"' --lang en
said "a cell that cannot say is a no" 1 null '^Null because'

# ---- nulls and their reasons ----

zhucan feel '1 / 0' --lang en
said "a null says why, and where" 0 null '^Null because (line 1, column [0-9]*): The divisor is zero'
zhucan feel '{a: [1, date("x")]}' --lang en
said "also deep inside" 0 '{a: [1, null]}' '^Null because (line 1, column [0-9]*): "x" is not a date'
zhucan feel 'if 1/0 = null then "y" else "n"'
[ $status = 0 ] && [ "$(cat out)" = '"y"' ] && [ ! -s err ]
verdict $? "a null that the value does not hold is not talked of"

# ---- now ----

gives "a day of one's own" '@"2024-02-29"' 'today()' --clock 2024-02-29
gives "a minute of one's own" '@"2024-02-29T23:45:00+08:00"' 'now()' --clock 2024-02-29T23:45
refuses "no such day" 1 'cli.clock text=2024-02-30' feel 'today()' --clock 2024-02-30
refuses "no such site" 1 'site.none' feel 'today()' --site nowhere

# ---- faults ----

refuses "what is cut short, with its place" 1 'feel.syntax.end line=1 column=4' feel '1 +'
refuses "the line counts" 1 'feel.syntax.operand line=3 column=3' feel '1 +

  )'
refuses "places count characters" 1 'line=1 column=9' feel '"残疾人" + )'
refuses "an unknown name" 1 'feel.name.unknown name=年龄 line=1 column=1' feel '年龄 > 3'
refuses "in Chinese" 1 '名称“年龄”未定义（第 1 行第 1 列）' feel '年龄 > 3'
refuses "in English" 1 'Please' feel '年龄 > 3' --lang en
refuses "JSON that is none" 1 'json.syntax line=1' feel 1 --context '{a: 1}'
refuses "a key twice" 1 'json.duplicate' feel 1 --context '{"a": 1, "a": 2}'
refuses "no object" 1 'value.object' feel 1 --context '[1]'
refuses "a number that no decimal holds" 1 'value.digits field=a.b\[2\]' feel 1 --context '{"a": {"b": [1, 0.12345678901234567890123456789012345]}}'
refuses "a day that is none" 1 'value.temporal field=生日' feel 1 --context '{"生日": "@\"2024-02-30\""}'
refuses "a file that is not there" 1 'cli.no_file file=none.json' feel 1 --context @none.json
printf '\326\320' >gbk
refuses "an expression in another encoding" 1 'text.utf8' feel "$(cat gbk)"
zhucan feel - --context - </dev/null
[ $status = 1 ] && grep -q feelcli.stdin_twice err
verdict $? "one standard input for two"
refuses "no expression" 2 'zhucan feel EXPR' feel
refuses "too many" 2 'zhucan feel EXPR' feel 1 2
refuses "an option of nobody" 2 -- '--kontext' feel 1 --kontext 2
refuses "an option without its value" 2 '--context' feel 1 --context

# ---- limits ----

{
	head -c 150 /dev/zero | tr '\0' '('
	printf 7
	head -c 150 /dev/zero | tr '\0' ')'
} >deep
zhucan feel - <deep
said "150 brackets" 0 7 ''
head -c 100000 /dev/zero | tr '\0' '(' >deep
zhucan feel - <deep
said "100,000 brackets are refused" 1 '' 'feel.limit.depth max='
head -c 100000 /dev/zero | tr '\0' '[' >deep
refuses "JSON 100,000 deep" 1 'json.depth' feel 1 --context @deep
head -c 2000000 /dev/zero | tr '\0' ' ' >big
zhucan feel - <big
said "two million characters are refused" 1 '' 'file.size file=- max='
head -c 17000000 /dev/zero | tr '\0' ' ' >big
refuses "17 MB of JSON" 1 'file.size file=big max=16777216' feel 1 --context @big
zhucan feel 1 --context - <big
said "the same from standard input" 1 '' 'file.size file=- max=16777216'
refuses "a loop without an end" 1 'feel.limit' feel 'for i in 1..1000000000 return i'
refuses "a recursion without an end" 1 'feel.limit.deep line=1' feel '{f: function(n) f(n + 1), r: f(1)}.r'
prlimit --stack=262144 "$ZHUCAN" feel '{f: function(n) f(n + 1), r: f(1)}.r' >out 2>err
status=$?
said "and with the small stack of another shell" 1 '' 'feel.limit.deep'

# ---- decide ----

cat >grant.dmn <<'END'
<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" namespace="urn:grant" name="grant">
  <inputData id="i1" name="残疾等级"><variable name="残疾等级" typeRef="string"/></inputData>
  <inputData id="i2" name="收入"><variable name="收入" typeRef="number"/></inputData>
  <decision id="d1" name="补贴">
    <variable name="补贴" typeRef="number"/>
    <informationRequirement><requiredInput href="#i1"/></informationRequirement>
    <informationRequirement><requiredInput href="#i2"/></informationRequirement>
    <decisionTable id="t1" hitPolicy="UNIQUE">
      <input><inputExpression><text>残疾等级</text></inputExpression></input>
      <input><inputExpression><text>收入</text></inputExpression></input>
      <output/>
      <rule><inputEntry><text>"一级", "二级"</text></inputEntry><inputEntry><text>＜ 1000</text></inputEntry><outputEntry><text>120.50</text></outputEntry></rule>
      <rule><inputEntry><text>"一级", "二级"</text></inputEntry><inputEntry><text>[1000..2000]</text></inputEntry><outputEntry><text>80</text></outputEntry></rule>
    </decisionTable>
  </decision>
</definitions>
END
zhucan decide grant.dmn --input '{"残疾等级": "二级", "收入": 999.99}'
said "the result and the rule that fired" 0 '{"decision":"补贴","result":120.50,"fired":[{"table":"t1","rule":1}]}' ''
printf '{"残疾等级": "一级", "收入": 2000}' >in
zhucan decide grant.dmn --decision 补贴 --input - <in
said "by name, from standard input" 0 '{"decision":"补贴","result":80,"fired":[{"table":"t1","rule":2}]}' ''
zhucan decide grant.dmn --input '{"残疾等级": "四级", "收入": 1}' --lang en
said "no rule" 0 '{"decision":"补贴","result":null,"fired":[]}' '^Null because.* No rule of the decision table holds'
zhucan decide grant.dmn --input '{"残疾等级": "一级", "收人": 1}' --lang en
[ $status = 0 ] && grep -q '^The model has no input named "收人"' err
verdict $? "an input that nobody asks for is named"
refuses "another decision" 1 'feelcli.decision name=护理 known=补贴' decide grant.dmn --decision 护理 --input '{}'
refuses "no model" 1 'cli.no_file file=none.dmn' decide none.dmn --input '{}'
refuses "inputs must be given" 2 '--input' decide grant.dmn
sed 's/120.50/120.50 +/' grant.dmn >broken.dmn
refuses "a cell that is no FEEL, with its line" 1 'feel.syntax.end .*element=补贴 row=13' decide broken.dmn --input '{}'
sed 's/id="d1" name="补贴"/id="d0" name="甲"><literalExpression><text>1<\/text><\/literalExpression><\/decision><decision id="d1" name="补贴"/' grant.dmn >two.dmn
refuses "which of two" 1 'feelcli.which n=2 known=甲, 补贴' decide two.dmn --input '{}'
# ---- a policy's model: rows with ids, citations beside it ----

mkdir law
sed 's/＜/\&lt;/; s/<rule>/<rule id="R1">/; s/<output\/>/<output id="o1"\/>/' grant.dmn |
	awk '/<rule id="R1">/ && n++ { sub("R1", "R2") } { print }' |
	sed 's/<rule id="R1">/<rule id="R1" label="Income below 1000"><description>收入低于一千元<\/description><extensionElements><z:row xmlns:z="urn:zhucan:policy:1" citation="a1"\/><\/extensionElements>/' >law/policy.dmn
cat >law/citations.yaml <<'END'
documents:
  d: {number: 样〔2026〕1号, name: {zh: 样例, en: A sample}}
articles:
  a1: {document: d, article: "1", says: {zh: 一条, en: One}}
END
zhucan decide law/policy.dmn --input '{"残疾等级": "二级", "收入": 999.99}'
said "the row that fired, in words and with its law" 0 '{"decision":"补贴","result":120.50,"fired":[{"table":"t1","rule":1,"row":"R1","says":{"zh":"收入低于一千元","en":"Income below 1000"},"citations":[{"id":"a1","document":{"zh":"样例","en":"A sample"},"number":"样〔2026〕1号","article":"1","text":{"zh":"一条","en":"One"},"link":""}]}]}' ''
zhucan decide law/policy.dmn --explain --input '{"残疾等级": "二级", "收入": 1000}'
[ $status = 0 ] && grep -q '"row":"R2",.*"fired":true,"failed":0,"cells":\[{"column":"残疾等级",.*"row":"R1",.*"fired":false,"failed":1,.*"test":".u003c 1000","value":1000,"holds":false' out
verdict $? "every cell with the value it saw, the nearest row next"
python3 -c 'import json, sys; x = json.load(open("out")); sys.exit("If 收入 were below 1000 (it is 1000), it would be by row R1: 120.50." not in x["sentence"]["en"])'
verdict $? "and as a sentence"
refuses "a model without ids cannot be explained, and says why" 1 'policy.id' decide grant.dmn --explain --input '{}'

refuses "a folder without cases" 1 'feelcli.no_cases' tck "$here/docs"
refuses "no folder" 1 'feelcli.no_cases' tck none

echo "1..$n"
exit $broken

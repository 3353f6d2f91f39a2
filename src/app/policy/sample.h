/* sample.h - for tests: a small policy as its three texts, and the same with something changed. */
#pragma once
#include "app/policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#define SAMPLE_DMN                                                                                           \
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "                               \
	"xmlns:zc=\"urn:zhucan:policy:1\" id=\"sample\" name=\"样\" label=\"Sample\" "                      \
	"namespace=\"urn:zhucan:policy:sample\">\n"                                                          \
	"<itemDefinition name=\"等级\"><typeRef>string</typeRef><allowedValues>"                           \
	"<text>\"一级\", \"二级\", \"三级\", \"四级\"</text></allowedValues></itemDefinition>\n"     \
	"<inputData id=\"i1\" name=\"残疾等级\" label=\"Level\"><variable name=\"残疾等级\" "        \
	"typeRef=\"等级\"/></inputData>\n"                                                                 \
	"<inputData id=\"i2\" name=\"收入\"><variable name=\"收入\" typeRef=\"number\"/></inputData>\n"  \
	"<decision id=\"d1\" name=\"补贴\" label=\"Allowance\"><variable name=\"补贴\" "                 \
	"typeRef=\"number\"/>\n"                                                                             \
	"<informationRequirement><requiredInput href=\"#i1\"/></informationRequirement>\n"                   \
	"<informationRequirement><requiredInput href=\"#i2\"/></informationRequirement>\n"                   \
	"<decisionTable id=\"t1\" hitPolicy=\"UNIQUE\">\n"                                                   \
	"<input><inputExpression><text>残疾等级</text></inputExpression></input>\n"                      \
	"<input><inputExpression><text>收入</text></inputExpression><inputValues><text>&gt;= 0</text>"     \
	"</inputValues></input>\n"                                                                           \
	"<output><extensionElements><zc:column unit=\"元/月\"/></extensionElements></output>\n"            \
	"<rule id=\"R1\" label=\"Levels 1 and 2\"><description>一级、二级</description>"                \
	"<extensionElements><zc:row citation=\"law-1\" confidence=\"A\" published=\"2026-01-02\"/>"          \
	"</extensionElements><inputEntry><text>\"一级\", \"二级\"</text></inputEntry>"                   \
	"<inputEntry><text>&lt; 1000</text></inputEntry><outputEntry><text>120.50</text></outputEntry>"      \
	"</rule>\n"                                                                                          \
	"<rule id=\"R2\" label=\"Levels 3 and 4\"><description>三级、四级</description>"                \
	"<extensionElements><zc:row citation=\"law-2\" confidence=\"B\"/></extensionElements>"               \
	"<inputEntry><text>\"三级\", \"四级\"</text></inputEntry>"                                       \
	"<inputEntry><text>&lt; 1000</text></inputEntry><outputEntry><text>80</text></outputEntry></rule>\n" \
	"<rule id=\"R3\" label=\"The notice does not say\"><description>通知未写明</description>"       \
	"<extensionElements><zc:row citation=\"law-2\" unknown=\"true\"/></extensionElements>"               \
	"<inputEntry><text>-</text></inputEntry><inputEntry><text>[1000..2000]</text></inputEntry>"          \
	"<outputEntry><text>null</text></outputEntry></rule>\n"                                              \
	"<rule id=\"R4\" label=\"Others\"><description>其他</description>"                                 \
	"<extensionElements><zc:row citation=\"law-1\"/></extensionElements>"                                \
	"<inputEntry><text>-</text></inputEntry><inputEntry><text>&gt; 2000</text></inputEntry>"             \
	"<outputEntry><text>0</text></outputEntry></rule>\n"                                                 \
	"</decisionTable></decision></definitions>\n"

#define SAMPLE_CITATIONS                                                                                       \
	"documents:\n"                                                                                         \
	"  law: {number: 样〔2026〕1号, name: {zh: 样例, en: A sample}}\n"                               \
	"articles:\n"                                                                                          \
	"  law-1: {document: law, article: \"1\", says: {zh: 收入低于一千元, en: Income below 1000}}\n" \
	"  law-2: {document: law, article: \"2\", says: {zh: 三四级, en: Levels 3 and 4}, unsourced: "      \
	"true}\n"

#define SAMPLE_TESTS                                                                                         \
	"测试人,残疾等级,收入,补贴,行,说明\n"                                                  \
	"甲,二级,999.99,120.50,R1,一千元以下\n"                                                      \
	"乙,一级,1000,null,R3,\n"                                                                         \
	"丙,四级,999.99,80,R2,\n"                                                                         \
	"丁,四级,2000.01,0,R4,二千元以上\n"                                                          \
	"戊,四级,2000,null,R3,\n"

static inline const policy *
sample_policy(arena *a, const char *dmn, const char *citations, const char *tests)
{
	policy_files files = {STR("样"), str_of(dmn), str_of(citations), str_of(tests)};
	feel_zones *zones = arena_new(a, feel_zones);
	const policy *p = NULL;
	fault f = {0};

	zones->a = a;
	if (policy_load(a, &f, &files, zones, &p) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &f)));
	return p;
}

/* The text with the first `from` made `to`. */
static inline const char *
sample_edit(arena *a, const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);

	assert_non_null(at);
	return cstr(a, str_fmt(a, "%.*s%s%s", (int)(at - text), text, to, at + strlen(from)));
}

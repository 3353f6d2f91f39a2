/* decision_test.c - a record put before policies: what came of it is kept with its sources, in three layers,
 * and says why again; what is not known is no answer. On both engines. */
#include "app/decision/decision.h"

#include "app/definition/definition.h"
#include "app/person/person_fixture.h"
#include "app/service/effects.h"

/* A county's layer over the shipped ones: an amount for those whom the nation's frame lets have it. */
#define COUNTY_DMN                                                                                           \
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "                               \
	"xmlns:zc=\"urn:zhucan:policy:1\" id=\"c\" name=\"县\" label=\"County\" "                           \
	"namespace=\"urn:zhucan:policy:c\">\n"                                                               \
	"<itemDefinition name=\"上级结论\"><itemComponent name=\"生活补贴条件\">"                  \
	"<typeRef>string</typeRef></itemComponent></itemDefinition>\n"                                       \
	"<inputData id=\"i0\" name=\"上级\"><variable name=\"上级\" typeRef=\"上级结论\"/>"          \
	"</inputData>\n"                                                                                     \
	"<decision id=\"d1\" name=\"生活补贴\" label=\"Living\"><variable name=\"生活补贴\" "        \
	"typeRef=\"number\"/>"                                                                               \
	"<informationRequirement><requiredInput href=\"#i0\"/></informationRequirement>\n"                   \
	"<decisionTable id=\"t1\" hitPolicy=\"UNIQUE\">\n"                                                   \
	"<input><inputExpression><text>上级.生活补贴条件</text></inputExpression></input>\n"         \
	"<output><extensionElements><zc:column unit=\"元/月\"/></extensionElements></output>\n"            \
	"<rule id=\"pay\" label=\"as the nation says\"><description>符合国家条件</description>"        \
	"<extensionElements><zc:row citation=\"c1\"/></extensionElements>"                                   \
	"<inputEntry><text>\"符合\"</text></inputEntry><outputEntry><text>88.88</text></outputEntry>"      \
	"</rule>\n"                                                                                          \
	"<rule id=\"no\" label=\"otherwise none\"><description>不符合</description>"                      \
	"<extensionElements><zc:row citation=\"c1\"/></extensionElements>"                                   \
	"<inputEntry><text>\"不符合\", \"由地方规定\"</text></inputEntry>"                           \
	"<outputEntry><text>0</text></outputEntry></rule>\n"                                                 \
	"</decisionTable></decision></definitions>\n"

#define COUNTY_LAW                                                                                           \
	"documents:\n  law: {number: 县〔2026〕1号, name: {zh: 县通知, en: A county notice}}\n"       \
	"articles:\n  c1: {document: law, says: {zh: 每月 88.88 元, en: 88.88 yuan a month}}\n"

typedef struct desk {
	fixture *x;
	const catalogue *fields;
	policy_layers policies;
	int64_t person;
} desk;

static void
shipped(desk *k)
{
	fixture *x = k->x;
	const roles *all = NULL;
	str roles_text;
	definition_offers offers;
	int64_t n = 0;
	db *d = NULL;

	assert_int_equal(pack_find(&pack_all, x->a, STR("lists/roles.yaml"), &roles_text), RC_OK);
	assert_int_equal(roles_load(x->a, &x->f, STR("roles.yaml"), roles_text, &all), RC_OK);
	const service_ask with = {.fields = k->fields, .roles = all, .effects = kase_effects};
	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	assert_int_equal(definition_offers_read(d, x->a, &x->f, &pack_all, &with, &offers), RC_OK);
	store_read_end(x->s, d);
	assert_int_equal(definition_offers_publish(x->s, x->a, &x->f, &offers, x->now, &n), RC_OK);
	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	assert_int_equal(definition_policies_read(d, x->a, &x->f, &k->policies), RC_OK);
	store_read_end(x->s, d);
}

static void
add_county(desk *k)
{
	fixture *x = k->x;
	const policy_files files = {.name = STR("县"), .dmn = STR(COUNTY_DMN), .citations = STR(COUNTY_LAW)};
	feel_zones zones = {.a = x->a};
	policy_layer l = {.id = STR("two-subsidies/42-hubei/420106-wuchang"),
			  .version = 1,
			  .from = date_of_instant(x->now),
			  .sha256 = STR("c0")};

	assert_int_equal(policy_load(x->a, &x->f, &files, &zones, &l.p), RC_OK);
	assert_int_equal(policy_layer_place(&x->f, &l), RC_OK);
	*vec_add(x->a, &k->policies) = l;
}

/* Somebody with a certificate of level 3; `hardship` a code of economic_type, or NULL. */
static desk
open_desk(fixture *x, const char *hardship)
{
	desk k = {.x = x};
	person_in in = somebody_whole(x, "示例甲", "990101199003070015");
	person_new p;

	assert_int_equal(catalogue_load(x->a, &x->f, &pack_all, &k.fields), RC_OK);
	if (hardship)
		in.fact[in.nfacts++] = (fact_in){.field = STR("economic_type"),
						 .value = str_of(hardship),
						 .valid_from = STR("2025-03-01")};
	in.certificate.category = 4;
	in.certificate.number = str_cat(x->a, in.id_number, STR("43"));
	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	k.person = p.id;
	shipped(&k);
	return k;
}

static rc
decide_run(tx *t, const void *in, void *out)
{
	decision_ask ask = *(const decision_ask *)in;
	data_key key;

	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), ask.tenant, ask.person, &key));
	tx_event(t, &(event_head){
			    .tenant = ask.tenant, .kind = "kase.acted", .subject = ask.person, .key = &key});
	ask.key = &key;
	*(int64_t *)out = 0;
	return decision_make(t, &ask, out);
}

static int64_t
decided(desk *k)
{
	fixture *x = k->x;
	const decision_ask ask = {.policies = &k->policies,
				  .fields = k->fields,
				  .tenant = COUNTY,
				  .person = k->person,
				  .region = VILLAGE,
				  .kase_tenant = COUNTY,
				  .kase = 4711};
	int64_t made = 0;
	store_command c = {.fn = decide_run, .in = &ask, .out = &made, .a = x->a, .now = x->now};

	if (store_write(x->s, &x->f, &c) != RC_OK)
		fail_msg("%s", cstr(x->a, fault_print(x->a, &x->f)));
	return made;
}

static decision_views
views(desk *k)
{
	fixture *x = k->x;
	decision_views all;
	db *d = NULL;

	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	if (decisions_read(d, x->a, &x->f, &k->policies, COUNTY, k->person, &all) != RC_OK)
		fail_msg("%s", cstr(x->a, fault_print(x->a, &x->f)));
	store_read_end(x->s, d);
	return all;
}

static const decision_result *
result(const decision_view *v, const char *name)
{
	for (size_t i = 0; i < v->results.n; i++)
		if (str_eq(v->results.v[i].name, str_of(name)))
			return &v->results.v[i];
	fail_msg("not decided: %s", name);
	return NULL;
}

static const decision_value *
seen(const decision_view *v, const char *name)
{
	for (size_t i = 0; i < v->seen.n; i++)
		if (str_eq(v->seen.v[i].name, str_of(name)))
			return &v->seen.v[i];
	fail_msg("not asked: %s", name);
	return NULL;
}

static void
a_person_is_decided_for(fixture *x)
{
	desk k = open_desk(x, "1");

	add_county(&k);
	assert_int_equal(decided(&k), 1); /* grading is about findings, not about persons */
	decision_views all = views(&k);
	assert_int_equal(all.n, 1);
	const decision_view *v = &all.v[0];
	assert_true(str_eq(v->policy, STR("two-subsidies")));
	assert_int_equal(v->kase, 4711);

	const decision_result *r = result(v, "生活补贴");
	assert_string_equal(cstr(x->a, r->result), "88.88");
	assert_int_equal(r->fen, 8888);
	assert_string_equal(cstr(x->a, r->layer), "two-subsidies/42-hubei/420106-wuchang");
	assert_string_equal(cstr(x->a, r->rules),
			    "two-subsidies#living-base two-subsidies/42-hubei/420106-wuchang#pay");
	assert_non_null(r->why);
	buf b = buf_in(x->a);
	policy_explain_say(&b, MSG_EN, r->why);
	assert_true(str_find(buf_str(&b), STR("88.88")) >= 0);
	assert_true(str_find(buf_str(&b), STR("县〔2026〕1号")) >= 0);
	assert_true(str_find(buf_str(&b), STR("国发〔2015〕52号")) >= 0); /* the nation's row too */

	/* the province has no answer for today, and says so; the county says nothing of it */
	r = result(v, "护理补贴");
	assert_string_equal(cstr(x->a, r->result), "null");
	assert_int_equal(r->fen, DECISION_NO_MONEY);
	assert_string_equal(cstr(x->a, r->layer), "two-subsidies/42-hubei");
	assert_string_equal(cstr(x->a, r->rules),
			    "two-subsidies/42-hubei#care-later two-subsidies/42-hubei#care-open");
	assert_int_equal(v->results.n, 2); /* what these only ask is none of its own */
	policy_brief brief;                /* the last table only hands on what the rate says */
	policy_explain_brief(x->a, MSG_ZH, r->why, &brief);
	assert_string_equal(cstr(x->a, brief.name), "重度残疾人护理补贴");
	assert_string_equal(cstr(x->a, brief.because), "2022 年以后的标准没有见到");
	assert_true(brief.open && brief.unwritten);

	const decision_value *s = seen(v, "低保家庭");
	assert_true(feel_is_true(s->value));
	assert_string_equal(cstr(x->a, s->from), "2025-03-01");
	assert_string_equal(cstr(x->a, s->source), "存量");
	assert_true(feel_is_true(feel_equal(seen(v, "残疾等级")->value, feel_string(STR("三级")))));
	assert_string_equal(cstr(x->a, seen(v, "残疾等级")->from), "2020-01-01");
	assert_true(feel_is_true(seen(v, "持有有效残疾人证")->value));
	assert_false(feel_is_true(seen(v, "特困供养")->value));
	assert_int_equal(seen(v, "长期护理保险")->value.kind, FEEL_NULL);
	assert_int_equal(seen(v, "月份")->value.kind, FEEL_DATE);
	check_ledger(x);
}

/* Of somebody whose hardship nobody wrote down it is not known whether he is in a family on the allowance. */
static void
what_is_not_known_is_no_answer(fixture *x)
{
	desk k = open_desk(x, NULL);

	add_county(&k);
	decided(&k);
	decision_views all = views(&k);
	const decision_view *v = &all.v[0];
	assert_int_equal(seen(v, "低保家庭")->value.kind, FEEL_NULL);
	assert_string_equal(cstr(x->a, result(v, "生活补贴")->result), "null");
	assert_string_equal(cstr(x->a, result(v, "生活补贴")->rules), "");
	assert_int_equal(result(v, "生活补贴")->fen, DECISION_NO_MONEY);
}

/* What is missing is told by what people can record, never by what only follows from it. */
static void
only_what_can_be_recorded_is_missing(fixture *x)
{
	desk k = open_desk(x, NULL);
	policy_layers nation = {0};
	size_t missing = 0;

	for (size_t i = 0; i < k.policies.n; i++)
		if (str_eq(k.policies.v[i].id, k.policies.v[i].of))
			*vec_add(x->a, &nation) = k.policies.v[i];
	k.policies = nation;
	decided(&k);
	decision_views all = views(&k);
	const decision_result *r = result(&all.v[0], "生活补贴");
	assert_string_equal(cstr(x->a, r->result), "null");
	policy_lines lines = policy_explain_lines(x->a, MSG_EN, true, r->why);
	for (size_t i = 0; i < lines.n; i++) {
		if (lines.v[i].kind != POLICY_LINE_MISSING)
			continue;
		assert_non_null(policy_input_find(r->why->p->doc, lines.v[i].column));
		missing++;
	}
	assert_true(missing > 0);
}

/* What was decided stays as it was, whatever the record and the policies say later; without the text that
 * decided there is no reason to show, but still the answer. */
static void
a_decision_stays(fixture *x)
{
	desk k = open_desk(x, "1");

	add_county(&k);
	decided(&k);
	decision_views before = views(&k);
	x->now += INT64_C(86400000);
	policy_layer newer = k.policies.v[0];
	for (size_t i = 0; i < k.policies.n; i++)
		if (str_eq(k.policies.v[i].id, STR("two-subsidies/42-hubei/420106-wuchang")))
			newer = k.policies.v[i];
	newer.version = 2;
	newer.sha256 = STR("c1");
	*vec_add(x->a, &k.policies) = newer;
	decision_views after = views(&k);
	assert_int_equal(after.n, 1);
	assert_string_equal(cstr(x->a, after.v[0].versions), cstr(x->a, before.v[0].versions));
	assert_non_null(result(&after.v[0], "生活补贴")->why);

	k.policies.n = 0;
	after = views(&k);
	assert_string_equal(cstr(x->a, result(&after.v[0], "生活补贴")->result), "88.88");
	assert_null(result(&after.v[0], "生活补贴")->why);
	assert_true(feel_is_true(seen(&after.v[0], "低保家庭")->value));
}

static void
a_case_has_its_decisions(fixture *x)
{
	desk k = open_desk(x, "3");
	decision_views all;
	db *d = NULL;

	decided(&k);
	assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
	assert_int_equal(decisions_of_kase(d, x->a, &x->f, &k.policies, COUNTY, 4711, &all), RC_OK);
	assert_int_equal(all.n, 1);
	assert_string_equal(cstr(x->a, result(&all.v[0], "生活补贴")->result), "0");
	assert_true(str_find(result(&all.v[0], "生活补贴")->rules, STR("two-subsidies#living-destitute")) >=
		    0);
	assert_int_equal(decisions_of_kase(d, x->a, &x->f, &k.policies, COUNTY, 4712, &all), RC_OK);
	assert_int_equal(all.n, 0);
	assert_int_equal(decisions_of_kase(d, x->a, &x->f, &k.policies, OTHER, 4711, &all), RC_OK);
	assert_int_equal(all.n, 0);
	store_read_end(x->s, d);
}

/* An allowance beside which the subsidy is only the higher of the two, with its fen a month. */
static str
allowance(void *ctx, const field *x)
{
	if (str_eq(x->id, STR("other_benefits")))
		return STR("2");
	return str_eq(x->id, STR("living_allowance_amount")) ? *(const str *)ctx : STR("");
}

static void
the_higher_of_two_is_had(fixture *x)
{
	struct {
		str fen;
		const char *rule, *comes_to;
	} cases[] = {
		{STR("44999"), "living-higher", "450"},
		{STR("45000"), "living-lower", "0"},
		{STR(""), "living-choice", "null"}, /* nobody wrote down how much */
	};
	desk k = open_desk(x, "1");

	for (size_t i = 0; i < LEN(cases); i++) {
		const decision_ask ask = {.policies = &k.policies,
					  .fields = k.fields,
					  .tenant = COUNTY,
					  .person = k.person,
					  .region = 310101002003,
					  .answer = allowance,
					  .ctx = &cases[i].fen};
		decision_view v;
		db *d = NULL;
		assert_int_equal(store_read(x->s, x->a, &x->f, &d), RC_OK);
		assert_int_equal(decision_preview(d, x->a, &x->f, &ask, STR("two-subsidies"), x->now, &v),
				 RC_OK);
		store_read_end(x->s, d);
		const decision_result *r = result(&v, "生活补贴");
		assert_string_equal(cstr(x->a, r->result), cases[i].comes_to);
		assert_true(str_find(r->rules, str_of(cases[i].rule)) >= 0);
		buf said = buf_in(x->a); /* the names in an expression are English there */
		policy_explain_say(&said, MSG_EN, r->why);
		assert_true(str_find(buf_str(&said), STR("Local rate of the living subsidy > 0 ")) >= 0);
		assert_true(str_find(buf_str(&said), STR("标准")) < 0);
		assert_int_equal(seen(&v, "福利性生活津贴金额")->value.kind,
				 cases[i].fen.n ? FEEL_NUMBER : FEEL_NULL);
	}
}

BOTH(a_person_is_decided_for)
BOTH(the_higher_of_two_is_had)
BOTH(what_is_not_known_is_no_answer)
BOTH(only_what_can_be_recorded_is_missing)
BOTH(a_decision_stays)
BOTH(a_case_has_its_decisions)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_person_is_decided_for),
					   BOTH_TESTS(the_higher_of_two_is_had),
					   BOTH_TESTS(what_is_not_known_is_no_answer),
					   BOTH_TESTS(only_what_can_be_recorded_is_missing),
					   BOTH_TESTS(a_decision_stays),
					   BOTH_TESTS(a_case_has_its_decisions)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

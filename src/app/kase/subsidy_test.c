/* subsidy_test.c - what is granted for months: taken in any township, decided where the applicant is
 * registered with the policy in sight, his from the month of application. */
#include "app/kase/kase_fixture.h"

#include "app/kase/document.h"
#include "app/person/record.h"

enum { ELSEWHERE = 420103 };

#define TOWNSHIP       420102001000
#define TOWN_ELSEWHERE 420103001000

/* The county of the fixture with the offices of the two subsidies, and another that is not its own. */
typedef struct both {
	county *c;
	actor town, civil, away;
	int64_t away_office;
} both;

static rc
found_elsewhere(tx *t, const void *in, void *out)
{
	row_tenant r = {.id = ELSEWHERE, .parent = CITY, .level = 3, .region = 420103000000};

	(void)in;
	(void)out;
	tx_event(t, &(event_head){.tenant = CITY, .kind = "tenant.founded"});
	r.name = STR("邻县残联");
	r.name_en = r.valid_to = STR("");
	r.valid_from = STR("2020-01-01");
	return put_tenant(t, &r);
}

static actor
staff_of(county *c, int64_t owner, int64_t office, const char *login, const char *as)
{
	int64_t account = open_account(&c->w, owner, login);
	int64_t post = give(&c->w, owner, account, office, as);

	return enter(&c->w, owner, account, post).who;
}

static both
open_both(fixture *x, const char *id)
{
	both b = {.c = county_open(x)};
	town *w = &b.c->w;

	OK(w, run(w, found_elsewhere, NULL, NULL));
	int64_t here = open_office_at(w, COUNTY, OFFICE_TOWNSHIP, LEVEL_TOWNSHIP, TOWNSHIP, "幸福镇残联");
	int64_t civil =
		open_office_at(w, COUNTY, OFFICE_CIVIL_AFFAIRS, LEVEL_COUNTY, COUNTY_CODE, "县民政局");
	b.away_office =
		open_office_at(w, ELSEWHERE, OFFICE_TOWNSHIP, LEVEL_TOWNSHIP, TOWN_ELSEWHERE, "邻镇残联");
	b.town = staff_of(b.c, COUNTY, here, "town", "township.clerk");
	b.civil = staff_of(b.c, COUNTY, civil, "civil", "civil_affairs.reviewer");
	b.away = staff_of(b.c, ELSEWHERE, b.away_office, "away", "township.clerk");
	b.c->service = str_of(id);
	return b;
}

/* Somebody of the register; `level` 0: without a certificate. */
static int64_t
holder_of(county *c, const char *name, const char *number, int64_t level)
{
	fixture *x = c->w.x;
	person_in in = {.tenant = COUNTY,
			.id_kind = 1,
			.id_number = str_of(number),
			.name = str_of(name),
			.born = STR("1990-03-07"),
			.phone = STR("13800000009"),
			.source = STR("test"),
			.sex = 1,
			.ethnic = 1,
			.nplaces = 1,
			.has_certificate = level > 0};
	person_new p;
	db *d = NULL;

	in.place[0] = (place_in){
		.kind = PLACE_REGISTRATION, .tenant = COUNTY, .region = VILLAGE, .address = STR("一组8号")};
	in.guardian.name = in.guardian.id_number = in.guardian.phone = STR("");
	in.bank.account = STR("");
	in.certificate = (certificate_in){.category = 4,
					  .level = level,
					  .status = 2,
					  .generation = 2,
					  .number = str_fmt(x->a, "%s4%d", number, (int)level),
					  .issued = STR("2020-01-01"),
					  .expires = STR("2030-01-01"),
					  .remarks = STR("")};
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_prepare(x->s, db_sealer(d), x->a, &x->f, &in, x->now, &p));
	store_read_end(x->s, d);
	person_enter e = {.person = &p, .kind = "person.registered"};
	store_command k = {
		.fn = person_enter_run, .in = &e, .a = x->a, .now = x->now, .keys = &p.wrapped, .nkeys = 1};
	OK(&c->w, store_write(x->s, &x->f, &k));
	return p.id;
}

#define HIM                                                                                                  \
	{"name", "张明"}, {"id_number", MAN}, {"phone", "13800000001"},                                      \
		{"registration_place", "420102001001"}, {"certificate_number", MAN "42"}, {"category", "4"}, \
		{"level", "2"}, {"bank_holder", "张明"}, {"bank_account", "6228480000000000018"},            \
	{                                                                                                    \
		"bank_name", "农业银行"                                                                  \
	}

static const say poor[] = {HIM, {"economic_type", "1"}, {"other_benefits", "9"}, {0}};
static const say destitute[] = {HIM, {"economic_type", "3 1"}, {"other_benefits", "9"}, {0}};
static const say cared_for[] = {
	HIM, {"economic_type", "9"}, {"other_benefits", "9"}, {"care_months", "8"}, {0}};

static void
give_its_papers(county *c, const actor *by, int64_t id)
{
	bool care = str_eq(c->service, STR("care-subsidy"));

	OK(&c->w, paper(c, by, id, "id_card", "original"));
	OK(&c->w, paper(c, by, id, "certificate", "shared"));
	OK(&c->w, paper(c, by, id, care ? "care_proof" : "low_income_proof", "promised"));
	OK(&c->w, paper(c, by, id, "bank_card", "copy"));
}

static int64_t
filed_by(county *c, const actor *by, const say *what)
{
	kase_problems none = {0};
	str number;
	int64_t id = open_draft(c, by, ASKS_SELF, "");

	OK(&c->w, save(c, by, id, what, NULL));
	give_its_papers(c, by, id);
	rc r = submit(c, by, id, &none, &number);
	for (size_t i = 0; i < none.n; i++)
		print_error("%s\n", cstr(c->w.x->a, fault_print(c->w.x->a, none.v[i].why)));
	OK(&c->w, r);
	return id;
}

static void
comes_to_civil_affairs(both *b, int64_t id)
{
	county *c = b->c;

	OK(&c->w, act(c, &c->village, id, "verified", "", NULL));
	OK(&c->w, act(c, &b->town, id, "agree", "", NULL));
	OK(&c->w, act(c, &c->clerk, id, "confirm", "", NULL));
	stands_at(c, id, "decide");
}

static entitlements
granted_to(county *c, int64_t person)
{
	fixture *x = c->w.x;
	entitlements all;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, entitlements_read(d, x->a, &x->f, COUNTY, person, &all));
	store_read_end(x->s, d);
	return all;
}

static decision_view
preview(county *c, const actor *by, int64_t id)
{
	fixture *x = c->w.x;
	const kase_ref *ref = NULL;
	decision_view v;
	kase_view k;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, by, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &k));
	OK(&c->w, kase_preview(&k, x->now, &v));
	store_read_end(x->s, d);
	return v;
}

static const char *
comes_to(county *c, const decision_view *v, const char *name)
{
	const decision_result *r = decision_result_find(v, str_of(name));

	return r ? cstr(c->w.x->a, r->result) : "";
}

/* The facts of one field as "value from source". */
static str
facts_of(county *c, int64_t person, const char *field_id)
{
	fixture *x = c->w.x;
	const person_ref *ref = NULL;
	person_view p;
	buf b = buf_in(x->a);
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_open(d, x->a, &x->f, &c->clerk, COUNTY, person, &ref));
	OK(&c->w, person_read(d, x->a, &x->f, ref, &p));
	store_read_end(x->s, d);
	for (size_t i = 0; i < p.facts.n; i++)
		if (str_eq(p.facts.v[i].field, str_of(field_id)))
			buf_fmt(&b, "%.*s %.*s %s;", STR_ARG(p.facts.v[i].value),
				STR_ARG(p.facts.v[i].valid_from),
				str_starts(p.facts.v[i].source, STR("420102-2026-")) ? "case" : "other");
	return buf_str(&b);
}

static void
it_is_his_from_the_month_of_application(fixture *x)
{
	both b = open_both(x, "living-subsidy");
	county *c = b.c;
	int64_t person = holder_of(c, "张明", MAN, 2);
	int64_t id = filed_by(c, &c->applicant, poor);

	stands_at(c, id, "accept");
	OK(&c->w, act(c, &b.town, id, "accept", "", NULL));
	x->now += 30 * DAY; /* July */
	comes_to_civil_affairs(&b, id);

	/* what he answered and the register say together, before anything is granted */
	decision_view v = preview(c, &b.civil, id);
	assert_int_equal(v.results.n, 1);
	assert_string_equal(comes_to(c, &v, "生活补贴"), "null"); /* no rate of the province was seen */
	assert_non_null(v.results.v[0].why);
	assert_int_equal(facts_of(c, person, "economic_type").n, 0);

	/* who reviewed for the federation does not decide, and nothing is granted without an amount */
	REFUSED(&c->w, act(c, &c->clerk, id, "grant", "", NULL), RC_DENIED, "kase.not_yours");
	REFUSED(&c->w, act(c, &b.civil, id, "grant", "", NULL), RC_INVALID, "kase.no_amount");
	REFUSED(&c->w, act(c, &b.civil, id, "grant", "", (const say[]){{"granted_amount", "六十"}, {0}}),
		RC_INVALID, "kase.answers");
	OK(&c->w, act(c, &b.civil, id, "grant", "", (const say[]){{"granted_amount", "60"}, {0}}));

	entitlements all = granted_to(c, person);
	assert_int_equal(all.n, 1);
	assert_int_equal(all.v[0].fen, 6000);
	assert_string_equal(cstr(x->a, all.v[0].valid_from), "2026-06-01");
	assert_int_equal(all.v[0].valid_to.n, 0);
	assert_true(all.v[0].decision > 0);
	assert_string_equal(cstr(x->a, facts_of(c, person, "economic_type")), "1 2026-06-01 case;");

	/* once is enough, and the other subsidy is another matter */
	int64_t again = open_draft(c, &c->applicant, ASKS_SELF, "");
	OK(&c->w, save(c, &c->applicant, again, poor, NULL));
	give_its_papers(c, &c->applicant, again);
	REFUSED(&c->w, submit(c, &c->applicant, again, NULL, NULL), RC_CONFLICT, "kase.entitled");
	c->service = STR("care-subsidy");
	(void)filed_by(c, &c->applicant, cared_for);
	whole(c);
}

/* A county whose law counts from the month after the application, and names no amount. */
#define NEXT_MONTH                                                                                           \
	"<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" "                               \
	"xmlns:zc=\"urn:zhucan:policy:1\" id=\"c\" name=\"县\" namespace=\"urn:zhucan:policy:c\">\n"        \
	"<extensionElements><zc:policy begins=\"next-month\"/></extensionElements>\n"                        \
	"<decision id=\"d1\" name=\"生活补贴\"><variable name=\"生活补贴\" typeRef=\"number\"/>"     \
	"<literalExpression><extensionElements><zc:row citation=\"c1\"/></extensionElements>"                \
	"<text>null</text></literalExpression></decision></definitions>\n"
#define NEXT_LAW                                                                                             \
	"documents:\n  law: {name: {zh: 县通知, en: A county notice}}\n"                                  \
	"articles:\n  c1: {document: law, says: {zh: 次月起发, en: From the next month}}\n"

static void
a_place_begins_with_the_next_month(fixture *x)
{
	both b = open_both(x, "living-subsidy");
	county *c = b.c;
	const policy_files files = {.name = STR("县"), .dmn = STR(NEXT_MONTH), .citations = STR(NEXT_LAW)};
	feel_zones zones = {.a = x->a};
	policy_layer l = {.id = STR("two-subsidies/42-hubei/420102-county"),
			  .version = 1,
			  .from = date_of_instant(x->now),
			  .sha256 = STR("c0")};
	int64_t person = holder_of(c, "张明", MAN, 2);

	OK(&c->w, policy_load(x->a, &x->f, &files, &zones, &l.p));
	OK(&c->w, policy_layer_place(&x->f, &l));
	*vec_add(x->a, &c->house.policies) = l;
	int64_t id = filed_by(c, &c->applicant, poor);
	OK(&c->w, act(c, &b.town, id, "accept", "", NULL));
	comes_to_civil_affairs(&b, id);
	OK(&c->w, act(c, &b.civil, id, "grant", "", (const say[]){{"granted_amount", "60"}, {0}}));
	entitlements all = granted_to(c, person);
	assert_int_equal(all.n, 1);
	assert_string_equal(cstr(x->a, all.v[0].valid_from), "2026-07-01");
	whole(c);
}

static void
any_township_takes_it(fixture *x)
{
	both b = open_both(x, "living-subsidy");
	county *c = b.c;

	(void)holder_of(c, "张明", MAN, 2);
	int64_t id = filed_by(c, &b.away, poor);
	kase_view v = view(c, &b.away, id);
	assert_string_equal(cstr(x->a, v.step), "accept");
	assert_int_equal(v.turns.v[0].office_tenant, ELSEWHERE);
	assert_int_equal(v.turns.v[0].office, b.away_office);

	/* the township of the applicant has nothing to do with it yet; sent back, it comes again to who took
	 * it */
	REFUSED(&c->w, act(c, &b.town, id, "accept", "", NULL), RC_DENIED, "kase.not_yours");
	OK(&c->w, act(c, &b.away, id, "missing", "请带银行卡原件", NULL));
	OK(&c->w, paper(c, &b.away, id, "bank_card", "original"));
	OK(&c->w, submit(c, &b.away, id, NULL, NULL));
	OK(&c->w, act(c, &b.away, id, "accept", "", NULL));
	v = view(c, &b.away, id);
	assert_string_equal(cstr(x->a, v.step), "verify");
	assert_int_equal(v.turns.v[v.turns.n - 1].office_tenant, COUNTY);

	/* its notice is signed by who took it */
	const kase_ref *ref = NULL;
	kase_page page;
	db *d = NULL;
	int64_t notice = 0;
	for (size_t i = 0; i < v.documents.n; i++)
		if (str_eq(v.documents.v[i].kind, STR("acceptance_notice")))
			notice = v.documents.v[i].id;
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, &b.away, COUNTY, id, &ref));
	OK(&c->w,
	   kase_document_make(d, x->a, &x->f, &(kase_print){.house = &c->house, .ref = ref, .now = x->now},
			      notice, &page));
	store_read_end(x->s, d);
	assert_true(page.n > 0);

	comes_to_civil_affairs(&b, id);
	OK(&c->w, act(c, &b.civil, id, "decline", "家庭收入超过标准", NULL));

	/* only what is taken everywhere is; and only who took it sees it there */
	c->service = STR("certificate-new");
	kase_new n = {.house = &c->house,
		      .by = &b.away,
		      .service = c->service,
		      .tenant = COUNTY,
		      .region = VILLAGE,
		      .as = ASKS_SELF,
		      .channel = STR("1"),
		      .id_number = STR("")};
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_prepare(x->s, d, x->a, &x->f, x->now, &n));
	store_read_end(x->s, d);
	store_command k = {
		.fn = kase_open, .in = &n, .a = x->a, .now = x->now, .keys = &n.wrapped, .nkeys = 1};
	REFUSED(&c->w, store_write(x->s, &x->f, &k), RC_DENIED, "kase.denied");
	int64_t other =
		open_office_at(&c->w, ELSEWHERE, OFFICE_TOWNSHIP, LEVEL_TOWNSHIP, 420103002000, "又一镇");
	actor stranger = staff_of(c, ELSEWHERE, other, "stranger", "township.clerk");
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	assert_int_equal(kase_see(d, x->a, &x->f, &stranger, COUNTY, id, &ref), RC_NOT_FOUND);
	store_read_end(x->s, d);
	whole(c);
}

static void
who_has_no_certificate_is_told(fixture *x)
{
	both b = open_both(x, "care-subsidy");
	county *c = b.c;
	kase_problems why = {0};

	(void)holder_of(c, "张明", MAN, 0);
	int64_t id = open_draft(c, &c->applicant, ASKS_SELF, "");
	OK(&c->w, save(c, &c->applicant, id, cared_for, NULL));
	give_its_papers(c, &c->applicant, id);
	REFUSED(&c->w, submit(c, &c->applicant, id, &why, NULL), RC_INVALID, "kase.incomplete");
	assert_int_equal(why.n, 1);
	assert_string_equal(why.v[0].why->id, "kase.barred");
}

static void
several_kinds_are_one_answer(fixture *x)
{
	both b = open_both(x, "living-subsidy");
	county *c = b.c;
	const field *hardship = field_find(c->house.fields, STR("economic_type"));
	int64_t id = open_draft(c, &c->applicant, ASKS_SELF, "");

	REFUSED(&c->w, save(c, &c->applicant, id, (const say[]){{"economic_type", "1 77"}, {0}}, NULL),
		RC_INVALID, "kase.answers");
	OK(&c->w, save(c, &c->applicant, id, destitute, NULL));
	kase_view v = view(c, &c->applicant, id);
	assert_string_equal(cstr(x->a, kase_answer_of(&v, hardship)), "3 1");
}

/* What the policy denies may be granted by who decides; he says why, and it is kept. */
static void
against_the_policy_a_reason_is_given(fixture *x)
{
	static const say amount[] = {{"granted_amount", "60"}, {0}};
	both b = open_both(x, "living-subsidy");
	county *c = b.c;
	int64_t person = holder_of(c, "张明", MAN, 2);
	int64_t id = filed_by(c, &c->applicant, destitute);

	OK(&c->w, act(c, &b.town, id, "accept", "", NULL));
	comes_to_civil_affairs(&b, id);
	decision_view v = preview(c, &b.civil, id);
	assert_string_equal(comes_to(c, &v, "生活补贴"), "0");
	REFUSED(&c->w, act(c, &b.civil, id, "grant", "", amount), RC_INVALID, "kase.against");
	assert_int_equal(granted_to(c, person).n, 0);
	assert_int_equal(facts_of(c, person, "economic_type").n, 0); /* nothing of it stayed */
	OK(&c->w, act(c, &b.civil, id, "grant", "特困供养已于上月终止", amount));
	assert_int_equal(granted_to(c, person).n, 1);
	assert_string_equal(cstr(x->a, facts_of(c, person, "economic_type")),
			    "1 2026-06-01 case;3 2026-06-01 case;");
	whole(c);
}

/* What a service grants is a decision of its policy, and what the policy asks is a field. */
static void
what_services_serve_is_there(fixture *x)
{
	county *c = county_open(x);
	size_t n = 0;

	for (size_t i = 0; i < c->house.nservices; i++) {
		const service_serves *s = &c->house.service[i]->serves;
		policy_stack stack;
		if (s->policy.n == 0)
			continue;
		policy_stack_at(x->a, &c->house.policies, s->policy, VILLAGE, date_of_instant(x->now),
				&stack);
		assert_non_null(stack.lowest);
		assert_non_null(policy_decision_find(stack.lowest->doc, s->decision));
		for (const policy *p = stack.lowest; p; p = p->above)
			for (size_t k = 0; k < p->doc->ninputs; k++)
				assert_true(str_eq(p->doc->input[k].name, POLICY_ABOVE) ||
					    field_by_name(c->house.fields, p->doc->input[k].name));
		n++;
	}
	assert_int_equal(n, 2);
}

static void
says(county *c, const kase_view *v, const char *field_id, const char *value, const char *source)
{
	const field *x = field_find(c->house.fields, str_of(field_id));

	assert_string_equal(cstr(c->w.x->a, kase_answer_of(v, x)), value);
	assert_string_equal(cstr(c->w.x->a, kase_answer_source(v, x)), source);
}

/* What the register knows stands in the draft of who may see it, with its source, and can be changed. */
static void
what_is_known_need_not_be_typed(fixture *x)
{
	static const say phone[] = {{"phone", "13900000000"}, {0}};
	static const say another[] = {{"id_number", WOMAN}, {0}};
	both b = open_both(x, "living-subsidy");
	county *c = b.c;
	actor him = c->applicant;

	him.home = COUNTY;
	perms_add(&him.perms, PERM_PERSON_READ);
	him.person = holder_of(c, "张明", MAN, 2);
	(void)holder_of(c, "李红", WOMAN, 3);
	int64_t id = open_draft(c, &him, ASKS_SELF, "");
	kase_view v = view(c, &him, id);
	assert_string_equal(cstr(x->a, v.name), "张明");
	says(c, &v, "id_number", MAN, "test");
	says(c, &v, "certificate_number", MAN "42", "test");
	says(c, &v, "level", "2", "test");
	says(c, &v, "registration_address", "一组8号", "test");
	says(c, &v, "registration_place", "420102001001", ""); /* chosen before */
	says(c, &v, "bank_account", "", "");
	OK(&c->w, save(c, &him, id, phone, NULL));
	v = view(c, &him, id);
	says(c, &v, "phone", "13900000000", "");

	/* not for another under the same draft */
	OK(&c->w, save(c, &him, id, poor, NULL));
	OK(&c->w, save(c, &him, id, another, NULL));
	give_its_papers(c, &him, id);
	REFUSED(&c->w, submit(c, &him, id, NULL, NULL), RC_CONFLICT, "kase.other_person");

	/* at the counter by the number; a township that may not see him types everything */
	v = view(c, &b.town, open_draft(c, &b.town, ASKS_SELF, MAN));
	says(c, &v, "certificate_number", MAN "42", "test");
	v = view(c, &b.away, open_draft(c, &b.away, ASKS_SELF, MAN));
	says(c, &v, "certificate_number", "", "");
	says(c, &v, "name", "", "");
	whole(c);
}

/* With the certificate he told of two kinds of hardship: both are his from that day on, and of the subsidies
 * is settled what follows from them. Whoever tells nothing has no answer. */
static void
hardship_told_with_the_certificate(fixture *x)
{
	static const say told[] = {{"name", "张明"},
				   {"id_number", MAN},
				   {"ethnic", "汉族"},
				   {"phone", "13800000001"},
				   {"registration_place", "420102001001"},
				   {"claimed_category", "肢体"},
				   {"cause", "交通事故"},
				   {"economic_type", "3 10"},
				   {0}};
	county *c = county_open(x);
	int64_t id = at_review(c, told);
	decision_views all;
	db *d = NULL;

	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	assert_string_equal(cstr(x->a, facts_of(c, view(c, &c->clerk, id).person, "economic_type")),
			    "10 2026-06-10 case;3 2026-06-10 case;");
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, decisions_of_kase(d, x->a, &x->f, &c->house.policies, COUNTY, id, &all));
	store_read_end(x->s, d);
	assert_int_equal(all.n, 1);
	assert_string_equal(comes_to(c, &all.v[0], "生活补贴"), "0");
	assert_string_equal(comes_to(c, &all.v[0], "护理补贴"), "0");
	assert_true(str_find(decision_result_find(&all.v[0], STR("生活补贴"))->rules,
			     STR("two-subsidies#living-destitute")) >= 0);
	whole(c);
}

BOTH(hardship_told_with_the_certificate)
BOTH(it_is_his_from_the_month_of_application)
BOTH(what_is_known_need_not_be_typed)
BOTH(a_place_begins_with_the_next_month)
BOTH(any_township_takes_it)
BOTH(who_has_no_certificate_is_told)
BOTH(several_kinds_are_one_answer)
BOTH(against_the_policy_a_reason_is_given)
BOTH(what_services_serve_is_there)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(it_is_his_from_the_month_of_application),
		BOTH_TESTS(what_is_known_need_not_be_typed),
		BOTH_TESTS(hardship_told_with_the_certificate),
		BOTH_TESTS(a_place_begins_with_the_next_month),
		BOTH_TESTS(any_township_takes_it),
		BOTH_TESTS(who_has_no_certificate_is_told),
		BOTH_TESTS(several_kinds_are_one_answer),
		BOTH_TESTS(against_the_policy_a_reason_is_given),
		BOTH_TESTS(what_services_serve_is_there),
	};

	return cmocka_run_group_tests_name("app/subsidy", tests, NULL, NULL);
}

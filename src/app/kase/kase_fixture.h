/* kase_fixture.h - for tests: a county with its offices and officers, the service as it is shipped, and one
 * line for each thing that happens to a case. */
#pragma once
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "app/calendar/calendar.h"
#include "app/definition/definition.h"
#include "app/kase/desk.h"
#include "app/person/person.h"
#include "app/service/effects.h"
#include "store/rows.h"

#define DAY     INT64_C(86400000)
#define VILLAGE 420102001001
#define NATION  1 /* whose account it is when only a phone is known */

/* Numbers of the fictitious province 99: they belong to nobody. */
#define MAN   "990101199003070015"
#define WOMAN "990101198511120029"
#define CHILD "990101201506010030"
#define ELDER "990101194002290013"
#define YOUTH "990101200012310047"
#define OTHER "990101200002290089"

/* A county as it works: clerk and approver, a hospital with a doctor and a recorder, a village. */
typedef struct county {
	town w;
	kase_house house;
	actor clerk, clerk2, approver, doctor, recorder, village, applicant;
	int64_t hospital;
	str service; /* what is applied for */
} county;

static inline actor
staff(county *c, int64_t office, const char *login, const char *as)
{
	int64_t account = open_account(&c->w, COUNTY, login);
	int64_t post = give(&c->w, COUNTY, account, office, as);
	session s = enter(&c->w, COUNTY, account, post);

	return s.who;
}

static inline definition_offers
offers_of(county *c, const service_ask *with)
{
	fixture *x = c->w.x;
	definition_offers all;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, definition_offers_read(d, x->a, &x->f, &pack_all, with, &all));
	store_read_end(x->s, d);
	return all;
}

static inline void
house_again(county *c, const catalogue *fields)
{
	fixture *x = c->w.x;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_house_read(d, x->a, &x->f, fields, c->w.roles, date_of_instant(x->now), &c->house));
	store_read_end(x->s, d);
}

static inline void
county_house(county *c)
{
	fixture *x = c->w.x;
	const catalogue *fields = NULL;
	int64_t n = 0;

	OK(&c->w, catalogue_load(x->a, &x->f, &pack_all, &fields));
	OK(&c->w, calendar_seed(x->s, &pack_all, &x->f, x->now, &n));
	const service_ask with = {.fields = fields, .roles = c->w.roles, .effects = kase_effects};
	const definition_offers offers = offers_of(c, &with);
	OK(&c->w, definition_offers_publish(x->s, x->a, &x->f, &offers, x->now, &n));
	house_again(c, fields);
	assert_non_null(kase_service(&c->house, STR("certificate-new")));
}

/* A service that is not in the program: from now on it is what is applied for. */
static inline void
publish_service(county *c, const char *id)
{
	fixture *x = c->w.x;
	const service_ask with = {.fields = c->house.fields, .roles = c->w.roles, .effects = kase_effects};
	definition_offers one = {0};
	int64_t n = 0;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, definition_offer_read(d, x->a, &x->f, &pack_all, &with,
					str_fmt(x->a, SOURCE_ROOT "/tests/services/%s.yaml", id),
					vec_add(x->a, &one)));
	store_read_end(x->s, d);
	OK(&c->w, definition_offers_publish(x->s, x->a, &x->f, &one, x->now, &n));
	house_again(c, c->house.fields);
	c->service = str_of(id);
}

static inline county *
county_open(fixture *x)
{
	county *c = arena_new(x->a, county);
	perms *p = arena_new(x->a, perms);

	x->now = date_start_instant(date_from_ymd(2026, 6, 1)) + 10 * 3600000; /* a Monday */
	c->w = town_open(x);
	county_house(c);
	c->service = STR("certificate-new");
	int64_t federation = c->w.federation;
	c->hospital = open_office_at(&c->w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "县人民医院");
	int64_t village = open_office_at(&c->w, COUNTY, OFFICE_VILLAGE, LEVEL_VILLAGE, VILLAGE, "幸福村");
	c->clerk = staff(c, federation, "clerk", "county.clerk");
	c->clerk2 = staff(c, federation, "clerk2", "county.clerk");
	c->approver = staff(c, federation, "approver", "county.approver");
	c->doctor = staff(c, c->hospital, "doctor", "hospital.assessor");
	c->recorder = staff(c, c->hospital, "recorder", "hospital.clerk");
	c->village = staff(c, village, "village", "village.commissioner");
	perms_add(p, PERM_CASE_FILE);
	perms_add(p, PERM_CASE_READ);
	c->applicant = (actor){.kind = ACTOR_APPLICANT, .tenant = NATION, .account = 4711, .perms = *p};
	return c;
}

/* ---- one line an act ---- */

static inline int64_t
open_draft(county *c, const actor *by, asks_as as, const char *number)
{
	kase_new n = {.house = &c->house,
		      .by = by,
		      .service = c->service,
		      .tenant = COUNTY,
		      .region = VILLAGE,
		      .as = as,
		      .channel = STR("2"),
		      .id_number = str_of(number)};
	fixture *x = c->w.x;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_prepare(x->s, d, x->a, &x->f, x->now, &n));
	store_read_end(x->s, d);
	store_command k = {.fn = kase_open, .in = &n, .a = x->a, .now = x->now};
	if (n.new_key) {
		k.keys = &n.wrapped;
		k.nkeys = 1;
	}
	OK(&c->w, store_write(x->s, &x->f, &k));
	return n.id;
}

static inline kase_at
at(county *c, const actor *by, int64_t id)
{
	return (kase_at){&c->house, by, COUNTY, id};
}

typedef struct say {
	const char *field, *raw;
} say;

static inline const kase_said *
said(county *c, const say *v, size_t *n)
{
	size_t count = 0;

	while (v && v[count].field)
		count++;
	kase_said *out = arena_array(c->w.x->a, kase_said, count);
	for (size_t i = 0; i < count; i++)
		out[i] = (kase_said){str_of(v[i].field), str_of(v[i].raw)};
	*n = count;
	return out;
}

static inline rc
save(county *c, const actor *by, int64_t id, const say *v, kase_problems *problems)
{
	kase_save_in in = {.at = at(c, by, id), .problems = problems};

	in.said = said(c, v, &in.n);
	return run(&c->w, kase_save, &in, NULL);
}

static inline rc
paper(county *c, const actor *by, int64_t id, const char *name, const char *state)
{
	kase_paper_in in = {.at = at(c, by, id), .paper = str_of(name), .state = str_of(state)};

	return run(&c->w, kase_add_paper, &in, NULL);
}

static inline rc
submit(county *c, const actor *by, int64_t id, kase_problems *problems, str *number)
{
	kase_submit_in in = {.at = at(c, by, id), .random = kase_draw(c->w.x->a), .problems = problems};

	return run(&c->w, kase_submit, &in, number);
}

static inline kase_view
view(county *c, const actor *by, int64_t id)
{
	fixture *x = c->w.x;
	const kase_ref *ref = NULL;
	kase_view v;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, by, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &v));
	store_read_end(x->s, d);
	return v;
}

/* What a page offers him. */
static inline kase_offers
offers(county *c, const actor *by, int64_t id)
{
	fixture *x = c->w.x;
	const kase_ref *ref = NULL;
	kase_view v;
	kase_offers o;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, by, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &v));
	OK(&c->w, kase_offers_read(&v, by, x->now, &o));
	store_read_end(x->s, d);
	return o;
}

static inline rc
act_at(county *c, const actor *by, int64_t id, int64_t turn, const char *act, const char *reason,
       const say *v)
{
	kase_act_in in = {.at = at(c, by, id), .turn = turn, .act = str_of(act), .reason = str_of(reason)};
	int64_t next = 0;

	in.said = said(c, v, &in.nsaid);
	return run(&c->w, kase_act, &in, &next);
}

static inline rc
act(county *c, const actor *by, int64_t id, const char *name, const char *reason, const say *v)
{
	return act_at(c, by, id, view(c, &c->clerk, id).turn, name, reason, v);
}

static inline void
stands_at(county *c, int64_t id, const char *step)
{
	kase_view v = view(c, &c->clerk, id);

	if (!str_eq(v.step, str_of(step)))
		fail_msg("at %s, not %s", cstr(c->w.x->a, v.step), step);
}

/* The ledger rebuilds every table, the register's own derived ones too. */
static inline void
whole(county *c)
{
	static const uint8_t seed[32] = {1, 2, 3};
	sign_key key = sign_key_of(seed);
	ledger_report r = {0};
	fixture *x = c->w.x;

	OK(&c->w, ledger_check(x->s, x->a, &x->f,
			       &(ledger_ask){.scratch = fixture_path(x, "kase-scratch"),
					     .key = key.open,
					     .derived = person_derived},
			       &r));
	for (size_t i = 0; i < r.findings.n; i++)
		print_error("%s %s %.*s %s\n", r.findings.v[i].id, r.findings.v[i].table,
			    STR_ARG(r.findings.v[i].key),
			    r.findings.v[i].column ? r.findings.v[i].column : "");
	assert_int_equal(r.nfindings, 0);
}

/* ---- the applications ---- */

static const say man[] = {{"name", "张明"},
			  {"id_number", MAN},
			  {"ethnic", "汉族"},
			  {"phone", "13800000001"},
			  {"registration_place", "420102001001"},
			  {"claimed_category", "肢体"},
			  {"cause", "交通事故"},
			  {0}};

static const say child[] = {{"name", "李小雨"},
			    {"id_number", CHILD},
			    {"ethnic", "01"},
			    {"phone", "13800000002"},
			    {"registration_place", "420102001001"},
			    {"claimed_category", "智力残疾"},
			    {"guardian_name", "李大雨"},
			    {"guardian_id_number", WOMAN},
			    {"guardian_relation", "母亲"},
			    {"guardian_phone", "13800000003"},
			    {0}};

static const say limb[] = {{"limb_adl", "3"},
			   {"limb_item", "3c"},
			   {"findings", "右大腿中段以下缺失"},
			   {"assessed_category", "4"},
			   {"assessed_level", "3"},
			   {"cause", "42"},
			   {"assessed_on", "2026-06-03"},
			   {"assess_way", "1"},
			   {"doctor", "王医生"},
			   {"second_doctor", "赵医生"},
			   {0}};

static const say mind[] = {{"intellect_test", "韦氏儿童智力量表"},
			   {"iq", "40"},
			   {"adaptive", "3"},
			   {"findings", "言语简单，需他人照料"},
			   {"assessed_category", "5"},
			   {"assessed_level", "3"},
			   {"cause", "99"},
			   {"assessed_on", "2026-06-03"},
			   {"assess_way", "2"},
			   {"doctor", "王医生"},
			   {"second_doctor", "赵医生"},
			   {0}};

/* One picture of a paper, sealed and noted. */
static inline rc
scan(county *c, int64_t id, const char *name, const char *bytes)
{
	fixture *x = c->w.x;
	kase_scan_new *n = arena_new(x->a, kase_scan_new);
	const kase_ref *ref = NULL;
	kase_view v;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, &c->applicant, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &v));
	*n = (kase_scan_new){
		.id = store_id(x->s, x->now), .size = (int64_t)strlen(bytes), .type = STR("image/png")};
	paper_seal to = kase_scan_seal(&v, n->id);
	to.folder = fixture_path(x, "papers");
	OK(&c->w, paper_keep(db_sealer(d), x->a, &x->f, &to, str_of(bytes), &n->file));
	store_read_end(x->s, d);
	kase_paper_in in = {
		.at = at(c, &c->applicant, id), .paper = str_of(name), .state = STR("electronic"), .scan = n};
	return run(&c->w, kase_add_paper, &in, NULL);
}

static inline void
give_papers(county *c, const actor *by, int64_t id, bool guardian)
{
	OK(&c->w, paper(c, by, id, "id_card", "original"));
	OK(&c->w, paper(c, by, id, "household_booklet", "copy"));
	OK(&c->w, paper(c, by, id, "photo", "electronic"));
	if (guardian)
		OK(&c->w, paper(c, by, id, "guardian_proof", "promised"));
}

static inline int64_t
filed(county *c, const say *who, asks_as as)
{
	kase_problems none = {0};
	str number;
	int64_t id = open_draft(c, &c->applicant, as, "");

	OK(&c->w, save(c, &c->applicant, id, who, NULL));
	give_papers(c, &c->applicant, id, as == ASKS_GUARDIAN);
	rc r = submit(c, &c->applicant, id, &none, &number);
	for (size_t i = 0; i < none.n; i++)
		print_error("%s\n", cstr(c->w.x->a, fault_print(c->w.x->a, none.v[i].why)));
	OK(&c->w, r);
	return id;
}

/* The jobs of the day. */
static inline void
morning(county *c)
{
	const job_set sets[] = {{kase_jobs, &c->house}, {0}};

	OK(&c->w, job_run_due(c->w.x->s, &c->w.x->f, sets, c->w.x->now, NULL));
}

/* Whoever it is has lost a leg. */
static inline int64_t
at_review(county *c, const say *who)
{
	int64_t id = filed(c, who, ASKS_SELF);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", limb));
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	c->w.x->now += 7 * DAY; /* 8 June, the last day: it still hangs */
	morning(c);
	stands_at(c, id, "shown");
	c->w.x->now += 2 * DAY;
	morning(c);
	stands_at(c, id, "review");
	return id;
}

static inline int64_t
man_at_review(county *c)
{
	return at_review(c, man);
}

static inline int64_t
registered(county *c, const char *name, const char *number, const char *household)
{
	fixture *x = c->w.x;
	person_in in = {.tenant = COUNTY,
			.id_kind = 1,
			.id_number = str_of(number),
			.name = str_of(name),
			.born = STR("1985-11-12"),
			.phone = STR(""),
			.source = STR("test"),
			.sex = 2,
			.ethnic = 1,
			.nplaces = 1,
			.nfacts = household ? 1 : 0};
	person_new p;
	db *d = NULL;

	in.place[0] = (place_in){
		.kind = PLACE_REGISTRATION, .tenant = COUNTY, .region = VILLAGE, .address = STR("")};
	in.fact[0] = (fact_in){.field = STR("household"), .value = str_of(household)};
	in.guardian.name = in.guardian.id_number = in.guardian.phone = STR("");
	in.bank.account = STR("");
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_prepare(x->s, db_sealer(d), x->a, &x->f, &in, x->now, &p));
	store_read_end(x->s, d);
	person_enter e = {.person = &p, .kind = "person.registered"};
	store_command k = {
		.fn = person_enter_run, .in = &e, .a = x->a, .now = x->now, .keys = &p.wrapped, .nkeys = 1};
	OK(&c->w, store_write(x->s, &x->f, &k));
	return p.id;
}

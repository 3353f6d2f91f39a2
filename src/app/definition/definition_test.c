/* definition_test.c - two people publish, versions count up, what a case runs by stays, on both engines. */
#include "app/definition/definition.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "app/service/effects.h"
#include "base/date.h"
#include "base/msg.h"

typedef struct bench {
	town w;
	service_ask with;
} bench;

static bench
bench_open(fixture *x)
{
	bench b = {.w = town_open(x)};
	const catalogue *fields = NULL;

	OK(&b.w, catalogue_load(x->a, &x->f, &pack_all, &fields));
	b.with = (service_ask){.fields = fields, .roles = b.w.roles, .effects = kase_effects};
	return b;
}

static definition_offer
offered(bench *b, const char *id)
{
	fixture *x = b->w.x;
	definition_offers all;
	db *d = NULL;

	OK(&b->w, store_read(x->s, x->a, &x->f, &d));
	OK(&b->w, definition_offers_read(d, x->a, &x->f, &pack_all, &b->with, &all));
	store_read_end(x->s, d);
	for (size_t i = 0; i < all.n; i++)
		if (str_eq(all.v[i].id, str_of(id)))
			return all.v[i];
	fail_msg("not offered");
	return (definition_offer){0};
}

static size_t
published(bench *b, const char *newest)
{
	fixture *x = b->w.x;
	definition_services all;
	db *d = NULL;

	OK(&b->w, store_read(x->s, x->a, &x->f, &d));
	OK(&b->w, definition_services_read(d, x->a, &x->f, &b->with, date_of_instant(x->now), &all));
	store_read_end(x->s, d);
	if (newest)
		assert_string_equal(all.v[0]->sha256, newest);
	return all.n;
}

static actor
person(bench *b, int64_t account, perm p)
{
	actor who = {.kind = ACTOR_STAFF, .tenant = COUNTY, .account = account};

	(void)b;
	perms_add(&who.perms, p);
	return who;
}

static void
two_people_publish(fixture *x)
{
	bench b = bench_open(x);
	definition_offer o = offered(&b, "certificate-new");
	actor editor = person(&b, 11, PERM_POLICY_EDIT), publisher = person(&b, 12, PERM_POLICY_PUBLISH);
	definition_new n = {.by = &editor,
			    .kind = STR(DEFINITION_SERVICE),
			    .id = o.id,
			    .sha256 = o.sha256,
			    .text = o.text};
	int64_t version = 0;

	assert_int_equal(o.state, DEFINITION_NEW);
	n.by = &publisher;
	REFUSED(&b.w, run(&b.w, definition_propose, &n, &version), RC_DENIED, "definition.denied");
	n.alone = true; /* only the console of a demo site is alone */
	REFUSED(&b.w, run(&b.w, definition_propose, &n, &version), RC_DENIED, "definition.denied");
	n.by = &editor;
	n.alone = false;
	OK(&b.w, run(&b.w, definition_propose, &n, &version));
	assert_int_equal(version, 1);
	assert_int_equal(published(&b, NULL), 0);
	REFUSED(&b.w, run(&b.w, definition_propose, &n, &version), RC_CONFLICT, "definition.same");

	definition_at p = {.by = &editor, .kind = n.kind, .id = n.id, .version = 1, .from = DATE_NONE};
	REFUSED(&b.w, run(&b.w, definition_publish, &p, NULL), RC_DENIED, "definition.denied");
	actor both = person(&b, 11, PERM_POLICY_PUBLISH);
	p.by = &both;
	REFUSED(&b.w, run(&b.w, definition_publish, &p, NULL), RC_DENIED, "definition.same_person");
	p.by = &publisher;
	OK(&b.w, run(&b.w, definition_publish, &p, NULL));
	REFUSED(&b.w, run(&b.w, definition_publish, &p, NULL), RC_CONFLICT, "definition.published");
	assert_int_equal(published(&b, cstr(x->a, o.sha256)), 1);
	assert_int_equal(offered(&b, "certificate-new").state, DEFINITION_SAME);
	proved(&b.w);
}

/* The earlier version stays for the cases that run by it; the newest comes first. */
static void
versions_stay(fixture *x)
{
	bench b = bench_open(x);
	definition_offer o = offered(&b, "certificate-new");
	actor console = actor_console(0);
	service_files files;
	const service *changed = NULL;
	int64_t version = 0;
	definition_new n = {.by = &console,
			    .kind = STR(DEFINITION_SERVICE),
			    .id = o.id,
			    .sha256 = o.sha256,
			    .text = o.text,
			    .alone = true};

	OK(&b.w, run(&b.w, definition_propose, &n, &version));
	OK(&b.w, service_files_split(x->a, &x->f, o.text, &files));
	files.v[0].text = str_cat(x->a, files.v[0].text, STR("# changed\n"));
	service_ask ask = b.with;
	ask.file = files.v;
	ask.nfiles = files.n;
	ask.published = true;
	OK(&b.w, service_load(x->a, &x->f, &ask, &changed));
	n.text = service_files_join(x->a, &files);
	n.sha256 = str_of(changed->sha256);
	OK(&b.w, run(&b.w, definition_propose, &n, &version));
	assert_int_equal(version, 2);
	assert_int_equal(published(&b, changed->sha256), 2);
	assert_int_equal(offered(&b, "certificate-new").state, DEFINITION_CHANGED);
	assert_int_equal(offered(&b, "certificate-new").version, 2);
	proved(&b.w);
}

/* A demo site starts with all that the program has; what is as published is not published again. */
static void
a_demo_publishes_all(fixture *x)
{
	bench b = bench_open(x);
	definition_offers all;
	int64_t made = 0;

	for (int round = 0; round < 2; round++) {
		db *d = NULL;
		OK(&b.w, store_read(x->s, x->a, &x->f, &d));
		OK(&b.w, definition_offers_read(d, x->a, &x->f, &pack_all, &b.with, &all));
		store_read_end(x->s, d);
		OK(&b.w, definition_offers_publish(x->s, x->a, &x->f, &all, x->now, &made));
		assert_int_equal(made, round == 0 ? all.n : 0);
	}
	db *d = NULL;
	const parameters *set = NULL;
	policy_layers layers;
	OK(&b.w, store_read(x->s, x->a, &x->f, &d));
	OK(&b.w, definition_parameters_read(d, x->a, &x->f, b.with.fields, date_of_instant(x->now), &set));
	OK(&b.w, definition_policies_read(d, x->a, &x->f, &layers));
	store_read_end(x->s, d);
	assert_non_null(set);
	assert_true(layers.n > 1);
	assert_int_equal(published(&b, NULL) + layers.n + 1, all.n);
	proved(&b.w);
}

static str
replaced(arena *a, str text, str what, str by)
{
	buf b = buf_in(a);

	for (ptrdiff_t at; (at = str_find(text, what)) >= 0; text = str_from(text, (size_t)at + what.n))
		buf_fmt(&b, "%.*s%.*s", (int)at, text.p, STR_ARG(by));
	buf_put(&b, text);
	return buf_str(&b);
}

/* 130 yuan is the least that the province lets a city give, so 120 cannot be published, whatever its own test
 * persons say. */
static void
a_layer_below_a_floor_is_refused(fixture *x)
{
	bench b = bench_open(x);
	definition_offer o = offered(&b, "two-subsidies/32-jiangsu/3201-nanjing");
	const definition_key k = {.kind = o.kind, .id = o.id};
	str less = replaced(x->a, o.text, STR("130"), STR("120")), hash;

	/* those of its test persons who have a yuan less and a yuan more from elsewhere */
	less = replaced(x->a, less, STR("129"), STR("119"));
	less = replaced(x->a, less, STR("131"), STR("121"));
	OK(&b.w, definition_check(x->a, &x->f, &pack_all, &b.with, &k, o.text, &hash));
	assert_int_equal(definition_check(x->a, &x->f, &pack_all, &b.with, &k, less, &hash), RC_INVALID);
	assert_string_equal(x->f.id, "policy.below");
	str said = fault_text(x->a, MSG_EN, &x->f);
	assert_true(str_find(said, STR("gives 120 where two-subsidies/32-jiangsu lets no less than 130")) >=
		    0);
	assert_true(str_find(said, STR("城乡 = \"城镇\"")) >= 0);
	fault_clear(&x->f);
}

/* A layer is read again from its text: where it is for, of which policy it is, from which day it holds. */
static void
a_layer_knows_its_place(fixture *x)
{
	bench b = bench_open(x);
	definition_offer o = offered(&b, "two-subsidies/32-jiangsu/3201-nanjing");
	actor console = actor_console(0);
	definition_new n = {.by = &console,
			    .kind = o.kind,
			    .id = o.id,
			    .sha256 = o.sha256,
			    .text = o.text,
			    .alone = true};
	policy_layers all;
	int64_t version = 0;
	db *d = NULL;

	assert_string_equal(cstr(x->a, o.kind), DEFINITION_POLICY);
	OK(&b.w, run(&b.w, definition_propose, &n, &version));
	OK(&b.w, store_read(x->s, x->a, &x->f, &d));
	OK(&b.w, definition_policies_read(d, x->a, &x->f, &all));
	store_read_end(x->s, d);
	assert_int_equal(all.n, 1);
	assert_true(str_eq(all.v[0].of, STR("two-subsidies")));
	assert_int_equal(all.v[0].area.lo, 320100000000);
	assert_int_equal(all.v[0].area.hi, 320200000000);
	assert_int_equal(all.v[0].from, date_of_instant(x->now));
	assert_true(str_eq(all.v[0].sha256, o.sha256));
	assert_int_equal(all.v[0].p->npersons, 0);
	assert_non_null(policy_decision_find(all.v[0].p->doc, STR("护理补贴")));
	assert_int_equal(offered(&b, "two-subsidies/32-jiangsu/3201-nanjing").state, DEFINITION_SAME);
	proved(&b.w);
}

/* Published for a day to come, a version is not worked by before it; a day that is over is refused. */
static void
a_version_begins_on_its_day(fixture *x)
{
	bench b = bench_open(x);
	definition_offer o = offered(&b, "certificate-new");
	actor editor = person(&b, 11, PERM_POLICY_EDIT), publisher = person(&b, 12, PERM_POLICY_PUBLISH);
	definition_new n = {.by = &editor, .kind = o.kind, .id = o.id, .sha256 = o.sha256, .text = o.text};
	int32_t today = date_of_instant(x->now);
	definition_at p = {.by = &publisher, .kind = o.kind, .id = o.id, .version = 1, .from = today - 1};
	definition_versions all;
	int64_t version = 0;
	str text;
	db *d = NULL;

	OK(&b.w, run(&b.w, definition_propose, &n, &version));
	REFUSED(&b.w, run(&b.w, definition_publish, &p, NULL), RC_INVALID, "definition.past");
	p.from = today + 3;
	OK(&b.w, run(&b.w, definition_publish, &p, NULL));
	assert_int_equal(published(&b, NULL), 0);
	x->now += 3 * INT64_C(86400000);
	assert_int_equal(published(&b, cstr(x->a, o.sha256)), 1);
	OK(&b.w, store_read(x->s, x->a, &x->f, &d));
	OK(&b.w, definition_versions_read(d, x->a, &x->f, &all));
	OK(&b.w, definition_text_read(d, x->a, &x->f, &p, &text));
	store_read_end(x->s, d);
	assert_int_equal(all.n, 1);
	assert_true(str_eq(all.v[0].from, date_str(x->a, today + 3)));
	assert_true(str_eq(text, o.text));
	proved(&b.w);
}

static void
refused_by_check(bench *b, const definition_key *k, str text, const char *why)
{
	fixture *x = b->w.x;
	str hash;

	REFUSED(&b->w, definition_check(x->a, &x->f, &pack_all, &b->with, k, text, &hash), RC_INVALID, why);
}

/* What the program carries passes its own check under its own name; what does not check is told. */
static void
called(bench *b, const char *kind, const char *id, const char *zh, const char *en)
{
	fixture *x = b->w.x;
	const definition_key k = {str_of(kind), str_of(id)};
	str text, got[2];

	OK(&b->w, definition_packed_text(x->a, &x->f, &pack_all, &k, &text));
	definition_name(x->a, &k, text, &got[0], &got[1]);
	assert_string_equal(cstr(x->a, got[0]), zh);
	assert_string_equal(cstr(x->a, got[1]), en);
	definition_name(x->a, &k, STR("{"), &got[0], &got[1]); /* not ours: no name, and no fault */
	assert_int_equal(got[0].n + got[1].n, 0);
}

static void
a_text_says_its_name(fixture *x)
{
	bench b = bench_open(x);

	called(&b, DEFINITION_SERVICE, "certificate-new", "残疾人证新办", "New disability certificate");
	called(&b, DEFINITION_POLICY, "two-subsidies/42-hubei", "湖北省两项补贴标准",
	       "Hubei: rates of the two subsidies");
	called(&b, DEFINITION_PARAMETERS, "parameters", "", "");
}

static void
a_text_is_checked(fixture *x)
{
	bench b = bench_open(x);
	definition_keys all;
	str text, hash;

	definition_packed_keys(x->a, &pack_all, &all);
	for (size_t i = 0; i < all.n; i++) {
		OK(&b.w, definition_packed_text(x->a, &x->f, &pack_all, &all.v[i], &text));
		OK(&b.w, definition_check(x->a, &x->f, &pack_all, &b.with, &all.v[i], text, &hash));
		assert_true(str_eq(hash, offered(&b, cstr(x->a, all.v[i].id)).sha256));
	}
	const definition_key set = {STR(DEFINITION_PARAMETERS), STR(DEFINITION_PARAMETERS)},
			     other = {STR(DEFINITION_SERVICE), STR("certificate-other")},
			     none = {STR(DEFINITION_SERVICE), STR("nobody")};
	refused_by_check(
		&b, &set,
		STR("card_years:\n  name: {zh: a, en: b}\n  number: [1, 5]\n  values:\n"
		    "    - {at: 7, from: 2018-01-01, value: 1, basis: {zh: a, en: b, article: \"1\"}}\n"),
		"parameter.at");
	OK(&b.w, definition_packed_text(x->a, &x->f, &pack_all, &all.v[0], &text));
	refused_by_check(&b, &other, text, "definition.id");
	assert_int_equal(definition_packed_text(x->a, &x->f, &pack_all, &none, &text), RC_NOT_FOUND);
}

BOTH(two_people_publish)
BOTH(a_version_begins_on_its_day)
BOTH(a_text_says_its_name)
BOTH(a_text_is_checked)
BOTH(a_layer_below_a_floor_is_refused)
BOTH(a_layer_knows_its_place)
BOTH(a_demo_publishes_all)
BOTH(versions_stay)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(two_people_publish),
					   BOTH_TESTS(a_version_begins_on_its_day),
					   BOTH_TESTS(a_text_says_its_name),
					   BOTH_TESTS(a_text_is_checked),
					   BOTH_TESTS(a_demo_publishes_all),
					   BOTH_TESTS(versions_stay),
					   BOTH_TESTS(a_layer_below_a_floor_is_refused),
					   BOTH_TESTS(a_layer_knows_its_place)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

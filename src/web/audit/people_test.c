/* people_test.c - the pages of people and of the log on a real port, without scripts: who sees whom and what
 * of him, what is written before it is shown, and that a process killed at any moment has shown nothing it
 * had not written.
 */
#include "web/audit/audit.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "app/field/field.h"
#include "app/kase/held.h"
#include "app/person/person_fixture.h"
#include "app/role/role.h"
#include "base/rng.h"
#include "io/pack.h"
#include "store/rows.h"
#include "web/asset.h"
#include "web/browser_fixture.h"
#include "web/look.h"

#define NUMBER    "990101199003070015"
#define OLD       "990101198511120029"
#define ABSENT    "990101194002290013"
#define PHONE     "13800000000"
#define PURPOSE_1 "&purpose=1"

enum { SIBLING = 420107, CITY = 420100, ROUNDS = 6, KILL_AFTER_US = 60000 };

/* ---- who asks: the cookie names him ---- */

static actor officers[7];
static const char *const names[] = {"own", "sibling", "parent", "foreign", "village", "auditor", "herself"};

enum { OWN, SIBLING_ACTOR, PARENT, FOREIGN, VILLAGE_ACTOR, AUDITOR, HERSELF };

static const interval areas[] = {
	{420106000000, 420107000000}, {420107000000, 420108000000}, {420100000000, 420200000000},
	{440103000000, 440104000000}, {420106001001, 420106001002}, {420000000000, 430000000000},
};

static void
make_officers(int64_t herself)
{
	static const int64_t tenants[] = {COUNTY, SIBLING, CITY, OTHER, COUNTY, 420000, COUNTY};
	static const perm all[] = {PERM_PERSON_READ, PERM_PERSON_WRITE, PERM_PERSON_REVEAL};

	for (size_t i = 0; i < LEN(officers); i++) {
		actor *w = &officers[i];
		*w = (actor){.kind = i == HERSELF ? ACTOR_APPLICANT : ACTOR_STAFF,
			     .tenant = tenants[i],
			     .home = tenants[i],
			     .account = 700 + (int64_t)i,
			     .office = 90,
			     .name = str_of(names[i]),
			     .fields = 15};
		if (i < LEN(areas))
			w->scope = (scope){&areas[i], 1};
		for (size_t k = 0; k < LEN(all); k++)
			perms_add(&w->perms, all[k]);
	}
	officers[VILLAGE_ACTOR].fields = FIELD_PUBLIC | FIELD_INTERNAL | FIELD_PERSONAL;
	officers[VILLAGE_ACTOR].perms = officers[AUDITOR].perms = officers[HERSELF].perms = (perms){0};
	perms_add(&officers[VILLAGE_ACTOR].perms, PERM_PERSON_READ);
	perms_add(&officers[AUDITOR].perms, PERM_PERSON_READ);
	perms_add(&officers[AUDITOR].perms, PERM_LOOK_READ);
	perms_add(&officers[AUDITOR].perms, PERM_LEDGER_READ);
	perms_add(&officers[HERSELF].perms, PERM_PERSON_READ);
	officers[HERSELF].person =
		herself; /* by phone: her account stands under another number than her record */
	officers[HERSELF].home = officers[HERSELF].tenant;
	officers[HERSELF].tenant = 100000;
}

static void
who(void *self, web_req *rq)
{
	str s = cookie_get(rq->http, STR("zc-session"));

	(void)self;
	for (size_t i = 0; i < LEN(names); i++)
		if (str_eq(s, str_of(names[i]))) {
			rq->actor = &officers[i];
			rq->session = s;
		}
}

/* ---- the server ---- */

/* The office's clock: the tests move it. */
static int64_t clock_ms = 1793577600000;

static int64_t
wall(void)
{
	return __atomic_load_n(&clock_ms, __ATOMIC_SEQ_CST);
}

typedef struct desk {
	fixture *x;
	arena *a;
	house h;
	site site;
	web_app *app;
	unsigned port;
	const char *as;
	int64_t one, old, other; /* the one; her old record; one who lives in the other province */
} desk;

static void
serve(desk *k, arena *a, fault *f, store *s)
{
	static const web_route *const tables[] = {people_routes, audit_routes, NULL};
	web_config config = {.http.listen = STR("127.0.0.1:0"),
			     .tables = tables,
			     .assets = web_assets,
			     .form_key = k->site.form_key};
	str text;

	k->a = a;
	k->site = (site){.kind = SITE_DEMO,
			 .name_zh = STR("示范站"),
			 .name_en = STR("Demo"),
			 .store = s,
			 .wall = wall};
	memcpy(k->site.form_key, "a form key of thirty-two letters", 32);
	k->h = (house){.site = &k->site, .looks = looks_open(a)};
	if (catalogue_load(a, f, &pack_all, &k->h.fields) != RC_OK ||
	    pack_find(&pack_all, a, STR("lists/roles.yaml"), &text) != RC_OK ||
	    roles_load(a, f, STR("lists/roles.yaml"), text, &k->h.roles) != RC_OK)
		abort();
	k->h.kases = kases_open(a, k->h.fields, k->h.roles);
	config.hooks = house_hooks(&k->h, who);
	if (web_start(f, &config, &k->app) != RC_OK)
		abort();
	k->port = web_port(k->app);
}

static rc
found(tx *t, const void *in, void *out)
{
	static const row_tenant rows[] = {
		{.id = CITY, .level = 2, .region = 420100000000},
		{.id = COUNTY, .parent = CITY, .level = 3, .region = 420106000000},
		{.id = SIBLING, .parent = CITY, .level = 3, .region = 420107000000},
		{.id = OTHER, .level = 3, .region = 440103000000},
	};

	(void)in;
	(void)out;
	tx_event(t, &(event_head){.tenant = COUNTY, .kind = "tenant.founded"});
	for (size_t i = 0; i < LEN(rows); i++) {
		row_tenant r = rows[i];
		r.name = r.name_en = r.valid_to = STR("");
		r.valid_from = STR("2020-01-01");
		TRY(put_tenant(t, &r));
	}
	TRY(put_account(t, &(row_account){.tenant = COUNTY,
					  .id = 700,
					  .kind = STR("staff"),
					  .login = STR("li.ming"),
					  .name = STR("李明"),
					  .closed = STR("")}));
	return put_login(t, &(row_login){.login = STR("li.ming"), .tenant = COUNTY, .account = 700});
}

/* The one with everything, her old record, and a namesake in another province. */
static void
settle(desk *k)
{
	fixture *x = k->x;
	person_in one = somebody("示例甲", NUMBER), old = somebody("示例甲", OLD),
		  far = somebody("示例丙", ABSENT);
	part_in part = {
		.category = 4, .level = 2, .cause = STR("31"), .item = STR(""), .assessed_on = STR("")};
	person_new p;

	assert_int_equal(run_command(x, found, NULL), RC_OK);
	one.nplaces = old.nplaces = far.nplaces = 1;
	one.fact[0] = (fact_in){.field = STR("marital"), .value = STR("10")};
	one.fact[1] = (fact_in){.field = STR("economic_type"), .value = STR("1")};
	one.nfacts = 2;
	one.has_certificate = true;
	one.certificate = (certificate_in){.number = STR(NUMBER "42"),
					   .category = 4,
					   .level = 2,
					   .status = 2,
					   .generation = 2,
					   .issued = STR("2014-01-01"),
					   .expires = STR("2024-01-01"),
					   .remarks = STR("随访"),
					   .part = &part,
					   .nparts = 1};
	one.guardian = (guardian_in){.name = STR("示例监护人"), .phone = STR("13900000000"), .relation = 2};
	one.guardian.id_number = STR("");
	one.bank = (bank_in){
		.account = STR("6222020000000000000"), .bank = STR("示例银行"), .holder = STR("示例甲")};
	assert_int_equal(enter_person(x, &one, &p), RC_OK);
	k->one = p.id;
	assert_int_equal(enter_person(x, &old, &p), RC_OK);
	k->old = p.id;
	far.tenant = OTHER;
	far.place[0].tenant = OTHER;
	far.place[0].region = ELSEWHERE;
	assert_int_equal(enter_person(x, &far, &p), RC_OK);
	k->other = p.id;
}

static desk *
desk_open(fixture *x)
{
	desk *k = arena_new(x->a, desk);

	k->x = x;
	clock_ms = x->now;
	settle(k);
	make_officers(k->one);
	serve(k, x->a, &x->f, x->s);
	k->as = "own";
	return k;
}

static void
desk_close(desk *k)
{
	web_stop(k->app, 1000);
}

/* ---- a client ---- */

/* Gives the empty text when the server is gone. */
static str
ask(desk *k, const char *method, str path, str body)
{
	browser b = {.a = k->a, .port = (unsigned)k->port, .session = str_of(k->as)};

	return browser_send(&b, method, path, STR("application/x-www-form-urlencoded"), body);
}

static str
get(desk *k, const char *path)
{
	return ask(k, "GET", str_of(path), STR(""));
}

/* Fields as in a form, from a page that gives the token. */
static str
post(desk *k, const char *path, const char *fields)
{
	buf b = buf_in(k->a);
	str page = get(k, "/desk/people");

	buf_put(&b, str_of(fields));
	buf_lit(&b, "&csrf=");
	url_escape(&b, between(page, "name=\"csrf\" value=\"", "\""));
	buf_lit(&b, "&request-key=");
	url_escape(&b, between(page, "name=\"request-key\" value=\"", "\""));
	return ask(k, "POST", str_of(path), buf_str(&b));
}

static void
expect(str reply, int status)
{
	char line[32];

	snprintf(line, sizeof line, "HTTP/1.1 %d ", status);
	if (!str_starts(reply, str_of(line)))
		fail_msg("wanted %d: %.*s", status, (int)MIN(reply.n, (size_t)400), reply.p);
}

static const char *
path_of(desk *k, int64_t id, const char *more)
{
	return cstr(k->a, str_fmt(k->a, "/desk/people/%d-%lld%s", id == k->other ? OTHER : COUNTY,
				  (long long)id, more));
}

/* What a reply says without what is new in each. */
static str
masked(desk *k, str reply)
{
	buf b = buf_in(k->a);
	str body = str_from(reply, (size_t)MAX(0, str_find(reply, STR("\r\n\r\n")))), part;

	while (str_next(&body, '\n', &part))
		if (!browser_sees(part, "name=\"csrf\"") && !browser_sees(part, "name=\"back\""))
			buf_put(&b, part);
	return buf_str(&b);
}

/* How many looks there are, of this text (empty: all) in the county's chain. */
static int64_t
looks_written(desk *k, const char *what)
{
	arena *own = arena_open(k->x->a, 0);
	actor a = officers[OWN];
	period always = {0, INT64_MAX};
	audit_lines l;
	bool more = false;
	int64_t n = 0;
	db *d = NULL;

	a.scope = (scope){&areas[AUDITOR], 1};
	assert_int_equal(store_read(k->x->s, own, &k->x->f, &d), RC_OK);
	for (size_t i = 0; i < LEN(officers); i++) {
		officer by = {.tenant = COUNTY, .account = officers[i].account};
		assert_int_equal(audit_looks_by(d, own, &k->x->f, &a, &by, &always, &l, &more), RC_OK);
		for (size_t m = 0; m < l.n; m++)
			n += *what == 0 || str_starts(l.v[m].what, str_of(what));
	}
	arena_close(own);
	return n;
}

/* ---- tests ---- */

/* On PostgreSQL a question costs a trip: one for the guard, one for all of the record, one for its key, one
 * for the name of a place, which a site keeps. The session asks two more. */
static void
a_page_costs_few_trips(fixture *x)
{
	desk *k = desk_open(x);

	expect(post(k, path_of(k, k->one, ""), &PURPOSE_1[1]), 303);
	expect(get(k, path_of(k, k->one, "")), 200);
	expect(get(k, path_of(k, k->one, "")), 200); /* what is prepared once */
	int64_t before = store_trips(x->s);
	expect(get(k, path_of(k, k->one, "")), 200);
	assert_in_range(store_trips(x->s) - before, x->engine == ENGINE_POSTGRES ? 1 : 0,
			x->engine == ENGINE_POSTGRES ? 4 : 0);
	desk_close(k);
}

static void
found_by_number_and_name(fixture *x)
{
	desk *k = desk_open(x);

	expect(get(k, "/desk"), 200);
	expect(get(k, "/desk/people"), 200);
	expect(post(k, "/desk/people", "number=" NUMBER), 422); /* what for? */
	expect(post(k, "/desk/people", "purpose=9&number=" NUMBER), 422);
	expect(post(k, "/desk/people", "purpose=1"), 422);
	str wrong = post(k, "/desk/people", "number=990101199003070016" PURPOSE_1);
	expect(wrong, 422);
	assert_true(browser_sees(wrong, "number-error"));
	assert_int_equal(looks_written(k, ""), 0);

	str hit = post(k, "/desk/people", "number=990101+1990+0307+0015" PURPOSE_1);
	expect(hit, 303);
	assert_true(browser_sees(hit, path_of(k, k->one, "")));
	assert_false(browser_sees(hit, NUMBER));
	str page = get(k, path_of(k, k->one, ""));
	expect(page, 200);
	assert_true(browser_sees(page, "示例甲"));
	assert_true(browser_sees(page, "990101********0015"));
	assert_false(browser_sees(page, NUMBER));
	assert_false(browser_sees(page, PHONE));
	assert_true(browser_sees(page, "已过期 2 年"));
	assert_int_equal(looks_written(k, "list by=number"), 1);
	assert_int_equal(looks_written(k, "person"), 1);

	static const char *const typed[] = {"name=%E7%A4%BA%E4%BE%8B%E7%94%B2", "name=shi+li+jia",
					    "name=Shilijia&month=1990.3", "name=shilijia&month=1990"};
	for (size_t i = 0; i < LEN(typed); i++) {
		str two = post(k, "/desk/people", cstr(k->a, str_fmt(k->a, "%s" PURPOSE_1, typed[i])));
		expect(two, 200);
		assert_true(browser_sees(two, path_of(k, k->one, "")));
		assert_true(browser_sees(two, path_of(k, k->old, "")));
		assert_false(browser_sees(two, "9901"));
	}
	str none = post(k, "/desk/people", "name=shilijia&month=1991-03" PURPOSE_1);
	expect(none, 200);
	assert_true(browser_sees(none, "没有找到"));
	expect(post(k, "/desk/people", "name=shilijia&month=3" PURPOSE_1), 422);
	k->as = "parent";
	expect(post(k, "/desk/people", "name=shilijia" PURPOSE_1), 200);
	assert_int_equal(looks_written(k, "list by=name q=shilijia"), 3);
	desk_close(k);
}

/* Taken along, the answer to a look-up is a look at each person on it, every time. */
static void
a_sheet_is_a_look_at_each(fixture *x)
{
	static const char *const forms[] = {"csv", "xlsx"};
	desk *k = desk_open(x);

	for (size_t i = 0; i < LEN(forms); i++) {
		str ask_for = str_fmt(k->a, "name=shilijia&as=%s" PURPOSE_1, forms[i]);
		str sheet = post(k, "/desk/people", cstr(k->a, ask_for));
		expect(sheet, 200);
		assert_true(browser_sees(sheet, "Content-Disposition: attachment"));
		assert_true(browser_sees(sheet, i ? "PK" : "示例甲"));
		assert_false(browser_sees(sheet, "<td"));
		assert_int_equal(looks_written(k, "sheet by=name q=shilijia"), 2 * (i + 1));
	}
	assert_int_equal(looks_written(k, "list by=name"), 0);
	/* one alone is opened, and has no table; what is wrong is said on the page */
	expect(post(k, "/desk/people", "as=csv&number=" NUMBER PURPOSE_1), 303);
	expect(post(k, "/desk/people", "as=csv&name=shilijia"), 422);
	k->as = "herself";
	assert_true(browser_sees(get(k, "/me/access-log"), "下载了列有此人的名单"));
	str mine = get(k, "/me/access-log?as=csv");
	expect(mine, 200);
	assert_true(browser_sees(mine, "下载了列有此人的名单"));
	assert_false(browser_sees(mine, "<td"));
	k->as = "foreign";
	expect(post(k, "/desk/people", "as=csv&name=shilijia" PURPOSE_1), 404);
	desk_close(k);
}

/* T5, T6: for who may not see a person he is like one who is not there, on every address and in every
 * look-up. */
static void
foreign_is_like_absent(fixture *x)
{
	static const char *const more[] = {"", "/purpose", "/facts/new", "/merge", "/unmerge"};
	static const char *const acts[] = {"", "/reveal", "/facts", "/merge", "/unmerge"};
	static const char *const blind[] = {"sibling", "foreign", "herself"};
	desk *k = desk_open(x);
	const char *absent = cstr(k->a, str_fmt(k->a, "/desk/people/%d-99999", COUNTY));

	for (size_t w = 0; w < LEN(blind); w++) {
		k->as = blind[w];
		for (size_t i = 0; i < LEN(more); i++) {
			str here = get(k, path_of(k, k->one, more[i])),
			    nowhere = get(k, cstr(k->a, str_fmt(k->a, "%s%s", absent, more[i])));
			expect(here, 404);
			assert_true(str_eq(masked(k, here), masked(k, nowhere)));
		}
	}
	for (size_t w = 0; w < 2; w++) {
		k->as = blind[w];
		for (size_t i = 0; i < LEN(acts); i++) {
			str here = post(k, path_of(k, k->one, acts[i]), "field=id_number" PURPOSE_1),
			    nowhere = post(k, cstr(k->a, str_fmt(k->a, "%s%s", absent, acts[i])),
					   "field=id_number" PURPOSE_1);
			expect(here, 404);
			assert_true(str_eq(masked(k, here), masked(k, nowhere)));
		}
	}
	k->as = "own"; /* the other province's person, and nobody's number of the same shape */
	str foreign = post(k, "/desk/people", "number=" ABSENT PURPOSE_1),
	    nobody = post(k, "/desk/people", "number=990101201506010030" PURPOSE_1);
	expect(foreign, 200);
	assert_true(browser_sees(foreign, "没有找到"));
	str both[] = {masked(k, foreign), masked(k, nobody)};
	assert_int_equal(both[0].n, both[1].n); /* but for the number as it was typed */
	assert_int_equal(looks_written(k, "person"), 0);
	assert_int_equal(looks_written(k, "list by=number n=0"), 2);
	/* who is above sees him; the village as far as its classes reach */
	k->as = "parent";
	expect(get(k, path_of(k, k->one, "")), 200);
	k->as = "";
	expect(get(k, path_of(k, k->one, "")), 303);
	desk_close(k);
}

static void
classes_decide_what_is_there(fixture *x)
{
	desk *k = desk_open(x);

	k->as = "village";
	expect(post(k, path_of(k, k->one, ""), "purpose=1"), 303);
	str page = get(k, path_of(k, k->one, ""));
	expect(page, 200);
	assert_true(browser_sees(page, "示例甲"));
	assert_true(browser_sees(page, "未婚"));
	static const char *const hidden[] = {"身份证号",   "联系电话", "残疾类别", "残疾等级",   "银行账号",
					     "监护人电话", "困难类型", "户籍地址", "/facts/new", "9901"};
	for (size_t i = 0; i < LEN(hidden); i++)
		if (browser_sees(page, hidden[i]))
			fail_msg("the village sees %s", hidden[i]);
	expect(post(k, path_of(k, k->one, "/reveal"), "field=id_number" PURPOSE_1), 404);
	str hits = post(k, "/desk/people", "name=shilijia" PURPOSE_1);
	expect(hits, 200);
	assert_true(browser_sees(hits, "1990-03"));
	assert_false(browser_sees(hits, "肢体"));
	k->as = "own";
	hits = post(k, "/desk/people", "name=shilijia" PURPOSE_1);
	assert_true(browser_sees(hits, "肢体"));
	desk_close(k);
}

static void
a_look_for_each_quarter_of_an_hour(fixture *x)
{
	desk *k = desk_open(x);
	str asked = get(k, path_of(k, k->one, ""));

	expect(asked, 200);
	assert_true(browser_sees(asked, "为什么要查看这份档案"));
	assert_false(browser_sees(asked, "示例甲"));
	assert_int_equal(looks_written(k, ""), 0);
	expect(post(k, path_of(k, k->one, ""), "purpose=9"), 422);
	expect(post(k, path_of(k, k->one, ""), "purpose=7"), 422);
	expect(post(k, path_of(k, k->one, ""), "purpose=9&purpose-words=%E6%9D%A5%E4%BF%A1"), 303);
	assert_int_equal(looks_written(k, ""), 0); /* said is not seen */
	for (int i = 0; i < 3; i++)
		expect(get(k, path_of(k, k->one, "")), 200);
	assert_int_equal(looks_written(k, "person"), 1);
	__atomic_add_fetch(&clock_ms, LOOK_WINDOW_MS, __ATOMIC_SEQ_CST);
	str page = get(k, path_of(k, k->one, ""));
	assert_true(browser_sees(page, "其他（来信）"));
	assert_int_equal(looks_written(k, "person"), 2);
	expect(post(k, path_of(k, k->one, ""), "purpose=2"), 303); /* another purpose is another look */
	expect(get(k, path_of(k, k->one, "")), 200);
	assert_int_equal(looks_written(k, "person"), 3);
	k->as = "parent"; /* another officer says what for himself */
	assert_true(browser_sees(get(k, path_of(k, k->one, "")), "为什么要查看这份档案"));
	k->as = "own";
	__atomic_add_fetch(&clock_ms, LOOK_PURPOSE_MS, __ATOMIC_SEQ_CST);
	assert_true(browser_sees(get(k, path_of(k, k->one, "")), "为什么要查看这份档案"));
	desk_close(k);
}

static void
each_value_shown_is_a_look(fixture *x)
{
	desk *k = desk_open(x);
	static const char *const slot[] = {"id_number", "phone"}, *const value[] = {NUMBER, PHONE};

	for (size_t i = 0; i < LEN(slot); i++) {
		const char *fields = cstr(k->a, str_fmt(k->a, "field=%s" PURPOSE_1, slot[i]));
		for (int again = 0; again < 2; again++) {
			str page = post(k, path_of(k, k->one, "/reveal"), fields);
			expect(page, 200);
			assert_true(browser_sees(page, value[i]));
		}
		char what[40];
		snprintf(what, sizeof what, "reveal %s", slot[i]);
		assert_int_equal(looks_written(k, what), 2);
	}
	assert_false(browser_sees(get(k, path_of(k, k->one, "")), NUMBER)); /* once is once */
	/* what is not there, or sealed otherwise, is not shown */
	static const char *const none[] = {"", "name", "guardian_id_number", "certificate_number", "x"};
	for (size_t i = 0; i < LEN(none); i++)
		expect(post(k, path_of(k, k->one, "/reveal"),
			    cstr(k->a, str_fmt(k->a, "field=%s" PURPOSE_1, none[i]))),
		       404);
	expect(post(k, path_of(k, k->one, "/reveal"), "field=id_number"), 422);
	assert_int_equal(looks_written(k, "reveal"), 4);
	str page = get(k, path_of(k, k->one, ""));
	str cert = between(page, "value=\"certificate_number.", "\"");
	page = post(k, path_of(k, k->one, "/reveal"),
		    cstr(k->a, str_fmt(k->a, "field=certificate_number.%.*s" PURPOSE_1, STR_ARG(cert))));
	assert_true(browser_sees(page, NUMBER "42"));
	desk_close(k);
}

/* The chain refuses the row: nothing is shown, and the page that needs no new look still is. */
static void
no_look_no_value(fixture *x)
{
	desk *k = desk_open(x);

	expect(post(k, path_of(k, k->one, ""), "purpose=1"), 303);
	expect(get(k, path_of(k, k->one, "")), 200);
	fixture_sql(x,
		    x->engine == ENGINE_SQLITE
			    ? "CREATE TRIGGER no BEFORE INSERT ON look BEGIN SELECT RAISE(ABORT, 'no'); END"
			    : "ALTER TABLE look ADD CONSTRAINT no CHECK (seq < 0) NOT VALID");
	str refused = post(k, path_of(k, k->one, "/reveal"), "field=id_number" PURPOSE_1);
	assert_false(browser_sees(refused, NUMBER));
	assert_false(browser_sees(refused, "HTTP/1.1 200"));
	assert_false(browser_sees(post(k, "/desk/people", "name=shilijia" PURPOSE_1), "示例甲"));
	expect(get(k, path_of(k, k->one, "")), 200); /* inside its window */
	__atomic_add_fetch(&clock_ms, LOOK_WINDOW_MS, __ATOMIC_SEQ_CST);
	str page = get(k, path_of(k, k->one, ""));
	assert_false(browser_sees(page, "HTTP/1.1 200"));
	assert_false(browser_sees(page, "示例甲"));
	desk_close(k);
}

static void
a_detail_is_corrected(fixture *x)
{
	desk *k = desk_open(x);

	expect(post(k, path_of(k, k->one, "/facts"), "field=marital&value=20"), 303); /* what for, first */
	expect(post(k, path_of(k, k->one, ""), "purpose=1"), 303);
	str fields = get(k, path_of(k, k->one, "/facts/new"));
	assert_true(browser_sees(fields, "value=\"marital\""));
	assert_false(browser_sees(fields, "value=\"household\""));
	expect(get(k, path_of(k, k->one, "/facts/new?field=marital")), 200);
	expect(get(k, path_of(k, k->one, "/facts/new?field=name")), 404);
	str wrong = post(k, path_of(k, k->one, "/facts"), "field=marital&value=777&valid_from-year=2190");
	expect(wrong, 422);
	assert_true(browser_sees(wrong, "value-error") && browser_sees(wrong, "valid_from-error") &&
		    browser_sees(wrong, "source-error"));
#define DAY "&valid_from-year=2015&valid_from-month=5&valid_from-day=1&source=%E7%BB%93%E5%A9%9A%E8%AF%81"
	str done = post(k, path_of(k, k->one, "/facts"), "field=marital&value=20" DAY);
	expect(done, 303);
	assert_true(browser_sees(done, "?saved=fact"));
	str page = get(k, path_of(k, k->one, "?saved=fact"));
	assert_true(browser_sees(page, "初婚") || browser_sees(page, "已婚"));
	assert_true(browser_sees(page, "结婚证"));
	assert_true(browser_sees(page, "已更正"));
	str again = post(k, path_of(k, k->one, "/facts"), "field=marital&value=20" DAY);
	expect(again, 422);
	assert_true(browser_sees(again, "不需要更正"));
	desk_close(k);
	check_ledger(x);
}

static void
two_records_become_one_and_two_again(fixture *x)
{
	desk *k = desk_open(x);

	expect(post(k, path_of(k, k->one, ""), "purpose=3"), 303);
	expect(get(k, path_of(k, k->one, "/merge")), 200);
	assert_true(browser_sees(post(k, path_of(k, k->one, "/merge"), "number=" ABSENT), "没有找到"));
	expect(post(k, path_of(k, k->one, "/merge"), "number=" NUMBER), 422);
	str both = post(k, path_of(k, k->one, "/merge"), "number=" OLD);
	expect(both, 200);
	assert_false(browser_sees(both, NUMBER) || browser_sees(both, OLD));
	assert_true(browser_sees(both, "不同") && browser_sees(both, "一致"));
	str other = str_fmt(k->a, "%d-%lld", COUNTY, (long long)k->old);
	const char *bare = cstr(k->a, str_fmt(k->a, "other=%.*s&keep=this", STR_ARG(other)));
	expect(post(k, path_of(k, k->one, "/merge"), bare), 422); /* why? */
	str done = post(k, path_of(k, k->one, "/merge"),
			cstr(k->a, str_fmt(k->a, "%s&reason=%%E6%%94%%B9%%E5%%8F%%B7", bare)));
	expect(done, 303);
	assert_true(browser_sees(done, path_of(k, k->one, "?saved=merge")));
	str page = get(k, path_of(k, k->one, ""));
	assert_true(browser_sees(page, path_of(k, k->old, "")));
	page = get(k, path_of(k, k->old, ""));
	assert_true(browser_sees(page, "这份档案已并入另一份") && browser_sees(page, "/unmerge") &&
		    !browser_sees(page, "/facts/new"));
	assert_true(browser_sees(post(k, "/desk/people", "number=" OLD PURPOSE_1), path_of(k, k->one, "")));
	expect(post(k, path_of(k, k->old, "/unmerge"), "reason="), 422);
	expect(post(k, path_of(k, k->old, "/unmerge"), "reason=%E8%AF%AF%E5%B9%B6"), 303);
	assert_true(browser_sees(post(k, "/desk/people", "number=" OLD PURPOSE_1), path_of(k, k->old, "")));
	desk_close(k);
	check_ledger(x);
}

static void
auditors_and_she_herself_read_the_log(fixture *x)
{
	desk *k = desk_open(x);
	const char *by_person = cstr(k->a, str_fmt(k->a, "?person=%d-%lld", COUNTY, (long long)k->one));

	expect(post(k, path_of(k, k->one, "/reveal"), "field=id_number&purpose=2"), 200);
	expect(post(k, "/desk/people", "name=shilijia&purpose=3"), 200);
	expect(get(k, cstr(k->a, str_fmt(k->a, "/audit/looks%s", by_person))), 404); /* not his to read */
	k->as = "auditor";
	str page = get(k, cstr(k->a, str_fmt(k->a, "/audit/looks%s", by_person)));
	expect(page, 200);
	assert_true(browser_sees(page, "显示身份证号") && browser_sees(page, "来电来访咨询") &&
		    browser_sees(page, "李明"));
	assert_true(browser_sees(page, "shilijia"));
	assert_false(browser_sees(page, NUMBER));
	page = get(k, "/audit/looks?officer=li.ming");
	assert_true(browser_sees(page, "共 2 条") && browser_sees(page, "显示身份证号"));
	page = get(k, cstr(k->a, str_fmt(k->a, "/audit/events%s", by_person)));
	assert_true(browser_sees(page, "登记入册"));
	str far = get(k,
		      cstr(k->a, str_fmt(k->a, "/audit/looks?person=%d-%lld", OTHER, (long long)k->other))),
	    none = get(k, "/audit/looks?person=440103-1");
	expect(far, 422);
	expect(none, 422);
	assert_true(browser_sees(far, "没有这份档案") && browser_sees(none, "没有这份档案"));
	expect(get(k, "/audit/looks?officer=nobody"), 422);
	expect(get(k, "/audit/looks?officer=li.ming&from=2026-02-01&to=2026-01-01"), 422);

	k->as = "herself";
	page = get(k, "/me/access-log");
	expect(page, 200);
	assert_true(browser_sees(page, "显示身份证号") && browser_sees(page, "按姓名查找"));
	assert_false(browser_sees(page, "shilijia") || browser_sees(page, "李明"));
	k->as = "own"; /* an officer without a record of his own */
	page = get(k, "/me/access-log");
	expect(page, 200);
	assert_true(browser_sees(page, "共 0 次"));
	desk_close(k);
}

/* ---- killed at any moment ---- */

static int
child(char **argv)
{
	static const uint8_t root[32] = "a root key that guards no secret";
	arena *a = arena_open(NULL, 0);
	fault f = {0};
	store_options o = {.url = str_of(argv[2]), .keys = str_of(argv[3]), .root = root};
	desk *k = arena_new(a, desk);
	store *s = NULL;

	if (store_open(a, &f, &o, &s) != RC_OK)
		return 2;
	make_officers(0);
	serve(k, a, &f, s);
	if (write(1, &k->port, sizeof k->port) != sizeof k->port)
		return 3;
	for (;;)
		pause();
}

static pid_t
start(desk *k)
{
	int fd[2];
	fixture *x = k->x;

	assert_int_equal(pipe(fd), 0);
	char *const argv[] = {(char *)(uintptr_t) "people_test", (char *)(uintptr_t) "child",
			      cstr(x->a, x->url), cstr(x->a, x->keys), NULL};
	pid_t pid = fork();
	if (pid == 0) {
		dup2(fd[1], 1);
		execv("/proc/self/exe", argv);
		_exit(4);
	}
	close(fd[1]);
	assert_int_equal(read(fd[0], &k->port, sizeof k->port), sizeof k->port);
	close(fd[0]);
	return pid;
}

/* Whoever got a value got it after its look was on the disk: count values first, rows after the kill. */
static void
killed_before_the_reply_shows_nothing_unwritten(fixture *x)
{
	desk *k = arena_new(x->a, desk);
	rng r = {.seed = 5, .stream = x->engine};
	int64_t values = 0;

	k->x = x;
	k->a = x->a;
	clock_ms = x->now;
	settle(k);
	make_officers(k->one);
	k->as = "own";
	for (int i = 0; i < ROUNDS; i++) {
		int status = 0;
		pid_t pid = start(k);
		const char *reveal = path_of(k, k->one, "/reveal");
		pid_t killer = fork();
		if (killer == 0) {
			/* a commit there takes longer */
			uint64_t slow = x->engine == ENGINE_POSTGRES ? 6 : 1;
			usleep((useconds_t)(slow * (20000 + rng_below(&r, KILL_AFTER_US))));
			kill(pid, SIGKILL);
			_exit(0);
		}
		rng_next(&r);
		for (int n = 0; n < 10000; n++) {
			str page = post(k, reveal, "field=id_number" PURPOSE_1);
			values += browser_sees(page, NUMBER);
			if (page.n == 0)
				break;
		}
		waitpid(killer, &status, 0);
		waitpid(pid, &status, 0);
		fixture_reopen(x);
		assert_in_range(looks_written(k, "reveal id_number"), values, values + i + 1);
	}
	print_message("%lld values over %d kills\n", (long long)values, ROUNDS);
	assert_true(values > 0);
	check_ledger(x);
}

BOTH(a_page_costs_few_trips)
BOTH(found_by_number_and_name)
BOTH(a_sheet_is_a_look_at_each)
BOTH(foreign_is_like_absent)
BOTH(classes_decide_what_is_there)
BOTH(a_look_for_each_quarter_of_an_hour)
BOTH(each_value_shown_is_a_look)
BOTH(no_look_no_value)
BOTH(a_detail_is_corrected)
BOTH(two_records_become_one_and_two_again)
BOTH(auditors_and_she_herself_read_the_log)
BOTH(killed_before_the_reply_shows_nothing_unwritten)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_page_costs_few_trips),
		BOTH_TESTS(found_by_number_and_name),
		BOTH_TESTS(a_sheet_is_a_look_at_each),
		BOTH_TESTS(foreign_is_like_absent),
		BOTH_TESTS(classes_decide_what_is_there),
		BOTH_TESTS(a_look_for_each_quarter_of_an_hour),
		BOTH_TESTS(each_value_shown_is_a_look),
		BOTH_TESTS(no_look_no_value),
		BOTH_TESTS(a_detail_is_corrected),
		BOTH_TESTS(two_records_become_one_and_two_again),
		BOTH_TESTS(auditors_and_she_herself_read_the_log),
		BOTH_TESTS(killed_before_the_reply_shows_nothing_unwritten),
	};

	if (argc > 3 && strcmp(argv[1], "child") == 0)
		return child(argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

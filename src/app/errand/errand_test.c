/* errand_test.c - sheets on their way: uploaded, mapped, checked, loaded, taken back and written out, by one
 * officer and nobody else, over a stop of the program, with whatever people upload. */
#include "app/errand/errand_fixture.h"

#include <unistd.h>

#include "app/person/person.h"
#include "io/sheet_child.h"
#include "io/zip_make.h"

enum { PEOPLE = 40 };

static const county_cell faults[] = {{3, SC_ID, "4.40101E+17"}, {9, SC_NAME, ""}};

static void
stands(const errand *e, errand_state state)
{
	if (e->state != state)
		fail_msg("state %d: %.*s", e->state, STR_ARG(e->said));
}

static void
counts(const errand *e, int64_t added, int64_t same, int64_t differs, int64_t refused)
{
	if (e->counts.added != added || e->counts.same != same || e->counts.differs != differs ||
	    e->counts.refused != refused)
		fail_msg("added %lld, same %lld, differs %lld, refused %lld", (long long)e->counts.added,
			 (long long)e->counts.same, (long long)e->counts.differs,
			 (long long)e->counts.refused);
}

/* From the upload to the answer of the dry run. */
static errand
checked(county *o, str list, str photos)
{
	int64_t id = 0;

	OK(&o->w, county_upload(o, &o->clerk, list, photos, &id));
	errand e = county_work(o, id);
	stands(&e, ERRAND_MAP);
	OK(&o->w, county_agree(o, &e));
	e = county_work(o, id);
	stands(&e, ERRAND_CHECKED);
	return e;
}

static errand
loaded(county *o, str list, str photos)
{
	errand e = checked(o, list, photos);

	OK(&o->w, county_step(o, e.id, ERRAND_CHECKED, ERRAND_LOAD));
	e = county_work(o, e.id);
	stands(&e, ERRAND_DONE);
	return e;
}

static errand
taken_back(county *o, int64_t import)
{
	errand_new n = {.who = &o->clerk,
			.id = store_id(o->x->s, o->x->now),
			.kind = ERRAND_UNDO,
			.file = STR("名单.csv"),
			.sha256 = STR(""),
			.map = STR(""),
			.purpose = STR(""),
			.import = import};

	OK(&o->w, run(&o->w, errand_begin, &n, NULL));
	return county_work(o, n.id);
}

static found
found_of(county *o, const errand *e)
{
	found k;

	OK(&o->w, found_read(o->x->a, &o->x->f, county_file(o, e, ERRAND_ROWS), &k));
	return k;
}

/* No byte of a file of the errand is readable as it lies there. */
static void
nothing_lies_open(county *o)
{
	fixture *x = o->x;
	file_names names;
	str bytes, col[SAMPLE_COLUMNS];

	sample_person(&o->people, 5, col);
	OK(&o->w, file_list(x->a, &x->f, bench_dir(o->b), &names));
	assert_true(names.n > 0);
	for (size_t i = 0; i < names.n; i++) {
		str path = str_fmt(x->a, "%.*s/%.*s", STR_ARG(bench_dir(o->b)), STR_ARG(names.v[i]));
		OK(&o->w, file_read(x->a, &x->f, path, 64 << 20, &bytes));
		assert_true(str_find(bytes, col[SC_NAME]) < 0);
		assert_true(str_find(bytes, col[SC_ID]) < 0);
		assert_true(str_find(bytes, STR("姓名")) < 0);
	}
}

static str
two_photos(county *o)
{
	zip_make z = zip_make_in(o->x->a);
	str col[SAMPLE_COLUMNS];

	sample_person(&o->people, 5, col);
	zip_make_add(&z, str_fmt(o->x->a, "%.*s.jpg", STR_ARG(col[SC_ID])), STR("\xff\xd8\xff photo"), false);
	zip_make_add(&z, STR("无名氏甲乙.jpg"), STR("\xff\xd8\xff photo"), false);
	return zip_make_end(&z);
}

static void
a_list_goes_its_way(fixture *x)
{
	county *o = county_open(x);
	str list = county_sheet(o, 0, PEOPLE, faults, LEN(faults)), name;
	errand e = checked(o, list, two_photos(o));

	counts(&e, PEOPLE - 2, 0, 0, 2);
	assert_int_equal(e.photos, 2);
	nothing_lies_open(o);
	found k = found_of(o, &e);
	assert_int_equal(k.rows.n, PEOPLE);
	assert_int_equal(k.rows.v[3].verdict, INTAKE_REFUSED);
	assert_int_equal(k.rows.v[3].line, 5);
	assert_true(str_find(k.rows.v[3].why, STR("丢失")) >= 0);
	assert_true(county_file(o, &e, ERRAND_BACK).n > 0);

	OK(&o->w, county_step(o, e.id, ERRAND_CHECKED, ERRAND_LOAD));
	REFUSED(&o->w, county_step(o, e.id, ERRAND_CHECKED, ERRAND_LOAD), RC_CONFLICT, "errand.moved");
	e = county_work(o, e.id);
	stands(&e, ERRAND_DONE);
	counts(&e, PEOPLE - 2, 0, 0, 2);
	k = found_of(o, &e);
	assert_int_equal(k.given, 1);
	assert_int_equal(k.left.n, 1);
	assert_true(str_eq(k.left.v[0].name, STR("无名氏甲乙.jpg")));
	name = str_fmt(x->a, "%.*s/%lld." ERRAND_SHEET, STR_ARG(bench_dir(o->b)), (long long)e.id);
	assert_false(file_exists(x->a, name)); /* what was uploaded is not needed any more */

	e = loaded(o, list, STR(""));
	counts(&e, 0, PEOPLE - 2, 0, 2);
	county_proved(o);
}

/* The program stopped in the middle: the next start goes on in the same import. */
static void
a_load_cut_off_goes_on(fixture *x)
{
	county *o = county_open(x);
	errand e = checked(o, county_sheet(o, 0, PEOPLE, NULL, 0), STR(""));
	import_view v;
	sheet *s = NULL;
	intake *in = NULL;
	intake_table *t = intake_table_new(x->a);
	db *d = NULL;

	OK(&o->w, county_step(o, e.id, ERRAND_CHECKED, ERRAND_LOAD));
	e = county_errand(o, e.id);
	OK(&o->w, sheet_open(x->a, &x->f, county_sheet(o, 0, 15, NULL, 0), SHEET_LIMITS, &s));
	OK(&o->w, intake_table_read(t, &x->f, s));
	OK(&o->w, intake_table_map(t, &x->f, o->c, NULL));
	OK(&o->w, intake_open(x->a, &x->f,
			      &(intake_ask){.s = x->s,
					    .c = o->c,
					    .who = &o->clerk,
					    .table = t,
					    .file = e.file,
					    .sha256 = e.sha256,
					    .now = x->now,
					    .demo = true,
					    .id = e.import},
			      &in));
	OK(&o->w, intake_run(in, &x->f, true));
	fixture_reopen(x);
	o->b = county_bench(o);
	e = county_work(o, e.id);
	stands(&e, ERRAND_DONE);
	counts(&e, PEOPLE, 0, 0, 0);
	arena *own = arena_open(x->a, 0);
	OK(&o->w, store_read(x->s, own, &x->f, &d));
	OK(&o->w, import_find(d, x->a, &x->f, &o->clerk, e.import, &v));
	assert_int_equal(v.counts.added, PEOPLE);
	arena_close(own);

	errand u = taken_back(o, e.import);
	stands(&u, ERRAND_DONE);
	assert_int_equal(u.counts.added, PEOPLE); /* all of them, those before the stop too */
	county_proved(o);
}

/* ---- whose it is ---- */

static void
it_is_one_officers(fixture *x)
{
	county *o = county_open(x);
	str list = county_sheet(o, 0, 3, NULL, 0);
	actor other = o->clerk, elsewhere = o->clerk, denied = o->clerk;
	int64_t id = 0, one = 0;
	errand e;
	db *d = NULL;

	other.account++;
	elsewhere.office++;
	denied.perms = (perms){0};
	REFUSED(&o->w, county_upload(o, &denied, list, STR(""), &id), RC_DENIED, "errand.denied");
	OK(&o->w, county_upload(o, &o->clerk, list, STR(""), &one));
	arena *own = arena_open(x->a, 0);
	OK(&o->w, store_read(x->s, own, &x->f, &d));
	assert_int_equal(errand_find(d, x->a, &x->f, &other, one, &e), RC_NOT_FOUND);
	assert_int_equal(errand_find(d, x->a, &x->f, &elsewhere, one, &e), RC_NOT_FOUND);
	assert_int_equal(errand_find(d, x->a, &x->f, &o->clerk, one + 1, &e), RC_NOT_FOUND);
	arena_close(own);
	assert_int_equal(run(&o->w, errand_drop, &(errand_key){&other, one}, NULL), RC_NOT_FOUND);
	e = county_work(o, one);
	stands(&e, ERRAND_MAP);
	assert_int_equal(
		run(&o->w, errand_advance,
		    &(errand_step){.who = &other, .id = one, .was = ERRAND_MAP, .state = ERRAND_CHECK}, NULL),
		RC_NOT_FOUND);
	for (int i = 1; i < ERRAND_OPEN; i++)
		OK(&o->w, county_upload(o, &o->clerk, list, STR(""), &id));
	REFUSED(&o->w, county_upload(o, &o->clerk, list, STR(""), &id), RC_LIMIT, "errand.many");
	OK(&o->w, run(&o->w, errand_drop, &(errand_key){&o->clerk, one}, NULL));
	OK(&o->w, county_upload(o, &o->clerk, list, STR(""), &id));

	/* his post ends before the thread comes to it */
	fixture_sql(x, "DELETE FROM role_grant");
	e = county_work(o, id);
	stands(&e, ERRAND_FAILED);
	assert_true(str_find(e.said, STR("岗位")) >= 0);
}

/* ---- what people upload ---- */

static str
bomb(arena *a)
{
	zip_make z = zip_make_in(a);
	str zeros = {arena_alloc(a, 8 << 20), 8 << 20};

	zip_make_add(&z, STR("a.jpg"), zeros, true);
	return zip_make_end(&z);
}

static void
refused(county *o, str list, str photos, const char *say)
{
	int64_t id = 0;

	OK(&o->w, county_upload(o, &o->clerk, list, photos, &id));
	errand e = county_work(o, id);
	stands(&e, ERRAND_FAILED);
	if (str_find(e.said, str_of(say)) < 0)
		fail_msg("not \"%s\": %.*s", say, STR_ARG(e.said));
	assert_false(file_exists(o->x->a, str_fmt(o->x->a, "%.*s/%lld." ERRAND_SHEET,
						  STR_ARG(bench_dir(o->b)), (long long)id)));
}

static void
bad_files_are_told(fixture *x)
{
	county *o = county_open(x);
	zip_make z = zip_make_in(x->a);

	refused(o, STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old"), STR(""), "XLSX");
	refused(o, STR("甲,乙\n1,2\n"), STR(""), "标题行");
	refused(o, STR("<html><body>no</body></html>"), STR(""), "");
	refused(o, STR("PK\x03\x04 broken"), STR(""), "");
	zip_make_add(&z, STR("xl/workbook.xml"),
		     STR("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"c\">]><workbook>&b;</workbook>"),
		     false);
	zip_make_add(&z, STR("[Content_Types].xml"), STR("<Types/>"), false);
	refused(o, zip_make_end(&z), STR(""), "");
	refused(o, bomb(x->a), STR(""), "");
	refused(o, county_sheet(o, 0, 3, NULL, 0), bomb(x->a), "");
	refused(o, county_sheet(o, 0, 3, NULL, 0), STR("no archive"), "");
}

/* ---- the time that it has ---- */

static rc
sweep(tx *t, const void *in, void *out)
{
	return errand_jobs[0].slice(t, (void *)(uintptr_t)in, out);
}

static void
what_nobody_fetched_is_swept(fixture *x)
{
	county *o = county_open(x);
	str dir = bench_dir(o->b);
	file_names names;
	int64_t id = 0;
	job j = {0};

	OK(&o->w, county_upload(o, &o->clerk, county_sheet(o, 0, 3, NULL, 0), STR(""), &id));
	x->now += (int64_t)(ERRAND_DAYS - 1) * 86400000;
	OK(&o->w, run(&o->w, sweep, &o->site, &j));
	assert_int_equal(j.done, 0);
	x->now += (int64_t)2 * 86400000;
	OK(&o->w, run(&o->w, sweep, &o->site, &j));
	assert_int_equal(j.done, 1);
	assert_true(j.finished);
	OK(&o->w, file_list(x->a, &x->f, dir, &names));
	assert_int_equal(names.n, 0);
	bool worked = true;
	OK(&o->w, bench_turn(o->b, &x->f, &worked));
	assert_false(worked);
}

/* ---- what is to be believed ---- */

static void
choices_are_kept(fixture *x)
{
	county *o = county_open(x);
	errand e = checked(o, county_sheet(o, 0, 3, NULL, 0), STR(""));
	const errand_choice all[] = {{0, STR("phone"), true}, {5, STR("marital"), true}},
			    one[] = {{7, STR("phone"), false}}, again[] = {{0, STR("phone"), true}};
	errand_choices c;
	db *d = NULL;

	OK(&o->w, run(&o->w, errand_choose, &(errand_choosing){&o->clerk, e.id, all, 2}, NULL));
	OK(&o->w, run(&o->w, errand_choose, &(errand_choosing){&o->clerk, e.id, one, 1}, NULL));
	arena *own = arena_open(x->a, 0);
	OK(&o->w, store_read(x->s, own, &x->f, &d));
	OK(&o->w, errand_choices_read(d, x->a, &x->f, &e, &c));
	arena_close(own);
	assert_true(errand_takes(&c, 4, STR("phone")));
	assert_true(errand_takes(&c, 5, STR("marital")));
	assert_false(errand_takes(&c, 4, STR("marital")));
	assert_false(errand_takes(&c, 7, STR("phone")));
	OK(&o->w, run(&o->w, errand_choose, &(errand_choosing){&o->clerk, e.id, again, 1}, NULL));
	own = arena_open(x->a, 0);
	OK(&o->w, store_read(x->s, own, &x->f, &d));
	OK(&o->w, errand_choices_read(d, x->a, &x->f, &e, &c));
	arena_close(own);
	assert_true(errand_takes(&c, 7, STR("phone"))); /* a word for all forgets the words for one */
	OK(&o->w, county_step(o, e.id, ERRAND_CHECKED, ERRAND_MAP));
	REFUSED(&o->w, run(&o->w, errand_choose, &(errand_choosing){&o->clerk, e.id, one, 1}, NULL),
		RC_CONFLICT, "errand.moved");
}

/* ---- believing the sheet ---- */

enum { CORRECTED = 12 };

/* A difference of each kind, in rows of their own or together; the village is filled in. */
static const county_cell news[] = {
	{0, SC_NAME, "王改名"},
	{1, SC_PHONE, "13700000001"},
	{2, SC_MARITAL, "离婚"},
	{3, SC_HARDSHIP, "特困人员、低收入"},
	{4, SC_PLACE, NULL},
	{5, SC_ADDRESS, "新路 7 号"},
	{6, SC_HOME, "别处 9 号"},
	{7, SC_EXPIRES, "2099-01-01"},
	{8, SC_ACCOUNT, "6222020000000000000"},
	{9, SC_BANK, "另一家银行"},
	{10, SC_REMARKS, "看过原件"},
	{11, SC_ETHNIC, "满族"},
	{11, SC_GUARDIAN, "赵监护"},
	{11, SC_RELATION, "父母"},
	{11, SC_GUARDIAN_PHONE, "13600000011"},
	{4, SC_ADDRESS, "搬到这里 1 号"},
};

static str
changed_sheet(county *o, bool with_news)
{
	county_cell v[LEN(news)];
	arena *a = o->x->a;

	memcpy(v, news, sizeof news);
	for (size_t i = 0; i < LEN(v); i++) {
		if (!v[i].text)
			v[i].text = cstr(a, str_fmt(a, "%012lld", (long long)o->people.villages.v[1]));
		if (v[i].column == SC_ACCOUNT)
			v[i].text = cstr(
				a, str_fmt(a, "622202000000000000%c", luhn_digit(STR("622202000000000000"))));
	}
	return county_sheet(o, 0, CORRECTED, v, with_news ? LEN(v) : 0);
}

static void
believe_all(county *o, const errand *e)
{
	found k = found_of(o, e);
	VEC(errand_choice) v = {0};

	for (size_t i = 0; i < k.fields.n; i++)
		*vec_add(o->x->a, &v) = (errand_choice){0, k.fields.v[i].field, true};
	OK(&o->w, run(&o->w, errand_choose, &(errand_choosing){&o->clerk, e->id, v.v, v.n}, NULL));
}

static void
corrections_are_made_and_taken_back(fixture *x)
{
	county *o = county_open(x);
	errand e = loaded(o, changed_sheet(o, false), STR("")), first = e;

	counts(&e, CORRECTED, 0, 0, 0);
	x->now += (int64_t)5 * 86400000;
	o->b = county_bench(o);
	e = loaded(o, changed_sheet(o, true), STR("")); /* nothing is believed: nothing changes */
	counts(&e, 0, 0, CORRECTED, 0);
	assert_int_equal(found_of(o, &e).corrected, 0);

	e = checked(o, changed_sheet(o, true), STR(""));
	counts(&e, 0, 0, CORRECTED, 0);
	believe_all(o, &e);
	OK(&o->w, county_step(o, e.id, ERRAND_CHECKED, ERRAND_LOAD));
	e = county_work(o, e.id);
	stands(&e, ERRAND_DONE);
	assert_int_equal(found_of(o, &e).corrected, CORRECTED);
	county_proved(o);
	errand again = checked(o, changed_sheet(o, true), STR(""));
	counts(&again, 0, CORRECTED, 0, 0); /* the register says what the sheet says */

	errand u = taken_back(o, first.import);
	stands(&u, ERRAND_FAILED); /* a later import stands on it */
	u = taken_back(o, e.import);
	stands(&u, ERRAND_DONE);
	assert_int_equal(u.counts.added, 0);
	county_proved(o);
	again = checked(o, changed_sheet(o, false), STR(""));
	counts(&again, 0, CORRECTED, 0, 0); /* as it was before */
	again = checked(o, changed_sheet(o, true), STR(""));
	counts(&again, 0, 0, CORRECTED, 0);
	u = taken_back(o, first.import);
	stands(&u, ERRAND_DONE); /* and now nothing does */
	assert_int_equal(u.counts.added, CORRECTED);
	county_proved(o);
}

BOTH(a_list_goes_its_way)
BOTH(a_load_cut_off_goes_on)
BOTH(it_is_one_officers)
BOTH(bad_files_are_told)
BOTH(what_nobody_fetched_is_swept)
BOTH(choices_are_kept)
BOTH(corrections_are_made_and_taken_back)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_list_goes_its_way),
		BOTH_TESTS(a_load_cut_off_goes_on),
		BOTH_TESTS(it_is_one_officers),
		BOTH_TESTS(bad_files_are_told),
		BOTH_TESTS(what_nobody_fetched_is_swept),
		BOTH_TESTS(choices_are_kept),
		BOTH_TESTS(corrections_are_made_and_taken_back),
	};

	if (argc > 1 && strcmp(argv[1], SHEET_CHILD) == 0)
		return sheet_child_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

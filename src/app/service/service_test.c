/* service_test.c - the shipped services load; everything that can be wrong in a file is found, with its line.
 */
#include "app/service/service.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "app/service/effects.h"
#include "app/service/files.h"
#include "base/date.h"

typedef struct room {
	arena *a;
	fault f;
	const catalogue *fields;
	const roles *roles;
	const parameters *parameters;
	service_files files; /* certificate-new as shipped */
} room;

static int
open_room(void **state)
{
	arena *a = arena_open(NULL, 0);
	room *x = arena_new(a, room);
	str text;

	x->a = a;
	if (catalogue_load(a, &x->f, &pack_all, &x->fields) != RC_OK ||
	    pack_find(&pack_all, a, STR("lists/roles.yaml"), &text) != RC_OK ||
	    roles_load(a, &x->f, STR("lists/roles.yaml"), text, &x->roles) != RC_OK ||
	    parameters_packed(&pack_all, a, &x->f, x->fields, &x->parameters) != RC_OK ||
	    service_files_packed(&pack_all, a, STR("certificate-new"), &x->files) != RC_OK)
		fail_msg("%s", cstr(a, fault_print(a, &x->f)));
	*state = x;
	return 0;
}

static int
close_room(void **state)
{
	arena_close(((room *)*state)->a);
	return 0;
}

static rc
load(room *x, const service_file *files, size_t n, const service **out)
{
	const service_ask ask = {.fields = x->fields,
				 .roles = x->roles,
				 .parameters = x->parameters,
				 .effects = kase_effects,
				 .file = files,
				 .nfiles = n};

	fault_clear(&x->f);
	return service_load(x->a, &x->f, &ask, out);
}

static const service *
shipped(room *x)
{
	const service *s = NULL;

	if (load(x, x->files.v, x->files.n, &s) != RC_OK)
		fail_msg("%s", cstr(x->a, fault_print(x->a, &x->f)));
	return s;
}

static void
every_shipped_service_loads(void **state)
{
	room *x = *state;
	str name;
	int n = 0;

	for (size_t i = 0; pack_each(&pack_all, STR("services/"), &i, &name);) {
		const service *s = NULL;
		service_files files;
		if (!str_ends(name, STR(".yaml")) || str_find(str_from(name, 9), STR("/")) >= 0)
			continue;
		str id = str_sub(name, 9, name.n - 9 - 5);
		assert_int_equal(service_files_packed(&pack_all, x->a, id, &files), RC_OK);
		if (load(x, files.v, files.n, &s) != RC_OK)
			fail_msg("%s", cstr(x->a, fault_print(x->a, &x->f)));
		assert_true(str_eq(s->id, id));
		n++;
	}
	assert_true(n >= 1);
}

static void
the_certificate_is_as_the_measures_say(void **state)
{
	room *x = *state;
	const service *s = shipped(x);
	const service_step *shown = service_step_find(s, STR("shown")),
			   *post = service_step_find(s, STR("post")),
			   *approve = service_step_find(s, STR("approve"));

	assert_true(s->publicity.is && s->publicity.lasts.n == 5);
	assert_int_equal(s->publicity.lasts.unit, SPAN_WORKING_DAYS);
	assert_int_equal(s->publicity.web, 0);
	assert_int_equal(shown->waits.n, 5);
	assert_ptr_equal(shown->wait_act, service_act_find(shown, STR("quiet")));
	assert_ptr_equal(shown->objection_act->to, service_step_find(s, STR("investigate")));
	assert_non_null(post->skip_when);
	assert_int_equal(approve->nnot_by, 3);
	assert_int_equal(service_step_find(s, STR("review"))->within.n, 10);
	const service_act *fails = service_act_find(service_step_find(s, STR("assess")), STR("fails"));
	assert_int_equal(fails->appeal_within.n, 10);
	assert_true(fails->reason && fails->end && !fails->end->granted);
	assert_true(service_act_find(approve, STR("return"))->reason); /* every return gives its reason */
	assert_int_equal(s->nforms, 7); /* one of each category of the standard */
}

/* The shipped file with one text replaced, and what is then said of which line. */
static const struct {
	const char *from, *to, *id;
	int line; /* of `from`: 1 its first; 0: not asked */
} wrong[] = {
	{"by: county.clerk\n    within: 5", "by: county.clark\n    within: 5", "service.role", 1},
	{"by: county.clerk\n    within: 5", "by: applicant\n    within: 5", "service.role_own", 1},
	{"to: assess\n", "to: asess\n", "service.step", 0},
	{"      - ethnic\n", "      - etnic\n", "service.field", 0},
	{"      - ethnic\n", "      - name\n", "service.twice", 0},
	{"      - ethnic\n", "      - age\n", "service.field_not_asked", 0},
	{"effect: publicity.open", "effect: publicity.opne", "service.effect", 0},
	{"print: missing_papers", "print: missing_paper", "service.document", 0},
	{"end: refused", "end: refusd", "service.outcome", 0},
	{"未成年: 年龄 < 18", "未成年: 年岁 < 18", "service.feel_name", 1},
	{"未成年: 年龄 < 18", "未成年: 年龄 <", "service.feel", 1},
	{"未成年: 年龄 < 18", "未成年: 年龄", "service.not_truth", 1},
	{"未成年: 年龄 < 18", "姓名: 年龄 < 18", "service.term_name", 1},
	{"申请类别 in (\"智力\", \"精神\") or", "申请类别 in (\"智力残疾\", \"精神\") or", "service.word", 1},
	{"{zh: 残疾人证新办, en: New disability certificate}", "{zh: 残疾人证新办}", "yaml.missing", 1},
	{"to: investigate", "to: review", "service.unreachable", 0},
	{"within: 5 working days\n    acts:\n      accept", "within: 5 workdays\n    acts:\n      accept",
	 "service.span", 1},
	{"web: []", "web: [name]", "service.web_shows", 0},
	{"not by: accept\n", "not by: assess\n", "service.not_by_itself", 0},
	{"act: quiet,", "act: silent,", "service.act", 0},
	{"act: minor\n", "act: nothing\n", "service.act", 0},
	{"end: refused\n", "end: refused\n        to: assess\n", "service.way", 0},
	{"      - born\n", "", "service.effect_needs", 0},
	{"text: shared/receipt.doc", "text: shared/recept.doc", "service.file", 0},
	{"shared/intellectual, shared/mental]", "shared/intellect, shared/mental]", "service.file", 0},
	{"line: certificate", "line: certificates", "service.line", 1},
	{"    forms: true\n", "    forms: true\n    decides: true\n", "service.no_policy", 0},
	{"effect: assessment.record", "effect: entitlement.grant", "service.no_policy", 0},
	{"helper]\n", "helper]\n  accepted: nowhere\n", "yaml.choice", 0},
	{"    by: county.clerk\n", "    by: county.clerk\n    at: anywhere\n", "yaml.choice", 0},
	{"may: [self, guardian, helper]", "may: [self, helper]", "service.guardian", 0},
	{"may: [self, guardian, helper]", "may: [myself]", "yaml.choice", 0},
	{"      accept:\n        name", "      accept:\n        nmae", "yaml.unknown", 0},
	{"accepts: [original, electronic, later]", "accepts: []", "service.paper", 0},
	{"by: hospital.assessor\n        ask", "by: county.clerk\n        ask", "service.act_role", 0},
	{"参数.注销限制月数", "参数.注销的月数", "service.feel_name", 1},
	{"print: notice_sheet\n", "print: notice_sheet\n        set: {phone: 1}\n", "service.set_field", 0},
	{"print: notice_sheet\n", "print: notice_sheet\n        set: {cancel_reason: 不知道}\n",
	 "service.word", 0},
	{"{lasts: 5 working days, act: quiet", "{until: phone, act: quiet", "service.until", 1},
	{"{lasts: 5 working days, act: quiet", "{lasts: 5 working days, until: born, act: quiet",
	 "service.until", 1},
	{"easy: forms/easy.yaml", "easy: forms/easier.yaml", "service.file", 1},
};

static str
replaced(arena *a, str text, str from, str to)
{
	ptrdiff_t at = str_find(text, from);

	if (at < 0)
		fail_msg("not in the file: %s", cstr(a, from));
	return str_fmt(a, "%.*s%.*s%.*s", (int)at, text.p, STR_ARG(to),
		       STR_ARG(str_from(text, (size_t)at + from.n)));
}

/* The line of the file on which that text begins. */
static int64_t
line_at(str text, str what)
{
	int64_t n = 1;

	for (ptrdiff_t i = str_find(text, what) - 1; i >= 0; i--)
		n += text.p[i] == '\n';
	return n;
}

static int64_t
line_of(const fault *f)
{
	for (size_t i = 0; i < f->nargs; i++)
		if (strcmp(f->arg[i].name, "line") == 0)
			return f->arg[i].i;
	return -1;
}

static void
what_is_wrong_is_named(void **state)
{
	room *x = *state;

	for (size_t i = 0; i < LEN(wrong); i++) {
		service_file *files = arena_array(x->a, service_file, x->files.n);
		const service *s = NULL;
		memcpy(files, x->files.v, x->files.n * sizeof *files);
		files[0].text = replaced(x->a, files[0].text, str_of(wrong[i].from), str_of(wrong[i].to));
		rc r = load(x, files, x->files.n, &s);
		if (r != RC_INVALID || strcmp(x->f.id, wrong[i].id) != 0)
			fail_msg("%zu %s: %d %s", i, wrong[i].to, r, cstr(x->a, fault_print(x->a, &x->f)));
		int64_t line = line_at(x->files.v[0].text, str_of(wrong[i].from)) + wrong[i].line - 1;
		if (line_of(&x->f) <= 0 || (wrong[i].line && line_of(&x->f) != line))
			fail_msg("%zu: %s", i, cstr(x->a, fault_print(x->a, &x->f)));
	}
}

/* A loop without an outcome holds a case for ever. */
static void
every_step_leads_to_an_end(void **state)
{
	room *x = *state;
	const service *s = NULL;
	static const char text[] =
		"service: loop\nname: {zh: 甲, en: A}\nline: certificate\nbasis: []\napplicant: {may: self}\n"
		"ask: {person: {title: {zh: 甲, en: A}, fields: [name]}}\npapers: {}\ndocuments: {}\n"
		"outcomes: {done: {name: {zh: 成, en: Done}}}\nsteps:\n"
		"  one: {name: {zh: 一, en: One}, by: county.clerk, acts: {go: {name: {zh: 去, en: Go}, to: "
		"two},"
		" end: {name: {zh: 完, en: End}, end: done}}}\n"
		"  two: {name: {zh: 二, en: Two}, by: county.clerk, acts: {go: {name: {zh: 去, en: Go}, to: "
		"two}}}\n";
	const service_file f = {STR("loop.yaml"), {text, sizeof text - 1}};

	assert_int_equal(load(x, &f, 1, &s), RC_INVALID);
	assert_string_equal(x->f.id, "service.no_end");
	assert_int_equal(line_of(&x->f), 12);
}

static void
templates_are_checked(void **state)
{
	room *x = *state;
	static const char *const bad[] = {"{{姓氏}}\n", "| {{姓名}} {26}\n", "@ 名单\n| {{姓名}} |\n"};

	for (size_t i = 0; i < LEN(bad); i++) {
		service_file *files = arena_array(x->a, service_file, x->files.n);
		const service *s = NULL;
		memcpy(files, x->files.v, x->files.n * sizeof *files);
		for (size_t k = 1; k < x->files.n; k++)
			if (str_eq(files[k].name, STR("shared/refusal.doc")))
				files[k].text = str_of(bad[i]);
		assert_int_equal(load(x, files, x->files.n, &s), RC_INVALID);
		assert_string_equal(x->f.id, "service.template");
	}
}

static void
easy_words_are_few_and_short(void **state)
{
	room *x = *state;
	static const struct {
		const char *from, *to, *id;
	} bad[] = {
		{"残疾人证是一张卡。", "残疾人证是一张可以证明您有残疾的卡。", "service.easy_sentence"},
		{"picture: card", "picture: cart", "service.easy_picture"},
		{"身份证。, en",
		 "身份证。户口簿。照片。身份证。户口簿。照片。身份证。户口簿。照片。身份证。户口簿。照片。身"
		 "份证。户口簿。照片。身份证。户口簿。照片。身份证。户口簿。照片。身份证。户口簿。照片。, en",
		 "service.easy_page"},
		{"title: {", "read by: {zh: 甲, en: A}\ntitle: {", "yaml.missing"},
		{"lines:", "words:", "yaml.unknown"},
	};
	const service *s = shipped(x);

	assert_int_equal(s->easy->n, 7);
	assert_string_equal(cstr(x->a, s->easy->part[0].picture), "card");
	assert_int_equal(s->easy->read_by.zh.n, 0);
	for (size_t i = 0; i < LEN(bad); i++) {
		service_file *files = arena_array(x->a, service_file, x->files.n);
		memcpy(files, x->files.v, x->files.n * sizeof *files);
		for (size_t k = 1; k < x->files.n; k++)
			if (str_eq(files[k].name, STR("forms/easy.yaml")))
				files[k].text =
					replaced(x->a, files[k].text, str_of(bad[i].from), str_of(bad[i].to));
		assert_int_equal(load(x, files, x->files.n, &s), RC_INVALID);
		assert_string_equal(x->f.id, bad[i].id);
		assert_true(line_of(&x->f) > 0);
	}
}

/* One byte more or less is another version. */
static void
a_version_is_all_its_files(void **state)
{
	room *x = *state;
	const service *s = shipped(x), *other = NULL;
	service_files again;

	str joined = service_files_join(x->a, &x->files);
	assert_int_equal(service_files_split(x->a, &x->f, joined, &again), RC_OK);
	assert_int_equal(again.n, x->files.n);
	assert_int_equal(load(x, again.v, again.n, &other), RC_OK);
	assert_string_equal(s->sha256, other->sha256);
	again.v[2].text = str_cat(x->a, again.v[2].text, STR("\n"));
	assert_int_equal(load(x, again.v, again.n, &other), RC_OK);
	assert_string_not_equal(s->sha256, other->sha256);
	assert_int_equal(service_files_split(x->a, &x->f, str_sub(joined, 0, joined.n - 1), &again),
			 RC_INVALID);
	assert_int_equal(service_files_split(x->a, &x->f, STR(""), &again), RC_INVALID);
}

/* ---- the words of a case ---- */

typedef struct told {
	const char *field, *value;
} told;

typedef struct telling {
	const told *answer, *known;
} telling;

static str
tell(const told *v, const field *x)
{
	for (; v && v->field; v++)
		if (str_eq(x->id, str_of(v->field)))
			return str_of(v->value);
	return STR("");
}

static str
answer_of(void *ctx, const field *x)
{
	return tell(((const telling *)ctx)->answer, x);
}

static str
known_of(void *ctx, const field *x)
{
	return tell(((const telling *)ctx)->known, x);
}

static bool
holds(room *x, const service *s, const char *term, const told *answers, const told *known)
{
	telling t = {answers, known};
	words_env env = {.ctx = &t,
			 .answer = answer_of,
			 .register_ = known_of,
			 .now = date_start_instant(date_from_ymd(2026, 6, 1))};
	bool yes = false;

	for (size_t i = 0; i < s->words->nterms; i++)
		if (str_eq(s->words->term[i].name, str_of(term))) {
			assert_int_equal(words_hold(x->a, &x->f, s->words, &s->words->term[i], &env, &yes),
					 RC_OK);
			return yes;
		}
	fail_msg("no term %s", term);
	return false;
}

static void
terms_hold_where_they_should(void **state)
{
	room *x = *state;
	const service *s = shipped(x);
	static const told nothing[] = {{0}};
	static const told eve[] = {{"born", "2008-06-02"}, {"claimed_category", "4"}, {0}};
	static const told day[] = {{"born", "2008-06-01"}, {"claimed_category", "4"}, {0}};
	static const told mind[] = {{"born", "1990-03-07"}, {"claimed_category", "5"}, {0}};
	static const told held[] = {{"certificate_status", "2"}, {0}};
	static const told gone[] = {{"certificate_status", "7"}, {0}};

	assert_true(holds(x, s, "未成年", eve, NULL)); /* eighteen tomorrow */
	assert_false(holds(x, s, "未成年", day, NULL));
	assert_false(holds(x, s, "需要监护人", day, NULL));
	assert_true(holds(x, s, "需要监护人", mind, NULL));
	assert_false(holds(x, s, "未成年", nothing, NULL)); /* not known is not so */
	assert_true(holds(x, s, "已经持证", day, held));
	assert_false(holds(x, s, "已经持证", day, gone));
	assert_true(holds(x, s, "曾被注销", day, gone));
	assert_false(holds(x, s, "曾被注销", held, NULL)); /* an answer is not the register */
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_shipped_service_loads),
		cmocka_unit_test(the_certificate_is_as_the_measures_say),
		cmocka_unit_test(what_is_wrong_is_named),
		cmocka_unit_test(every_step_leads_to_an_end),
		cmocka_unit_test(templates_are_checked),
		cmocka_unit_test(easy_words_are_few_and_short),
		cmocka_unit_test(a_version_is_all_its_files),
		cmocka_unit_test(terms_hold_where_they_should),
	};

	return cmocka_run_group_tests(tests, open_room, close_room);
}

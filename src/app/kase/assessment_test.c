/* assessment_test.c - what doctors measure and conclude: a form for each kind of disability, several kinds in
 * one certificate. */
#include "app/kase/kase_fixture.h"

#define CONCLUDED                                                                                            \
	{"cause", "42"}, {"assessed_on", "2026-06-03"}, {"assess_way", "1"}, {"doctor", "王医生"},           \
	{                                                                                                    \
		"second_doctor", "赵医生"                                                                 \
	}

#define HEARD(ear, db)                                                                                       \
	{"hearing_" ear "_500", db}, {"hearing_" ear "_1000", db}, {"hearing_" ear "_2000", db},             \
	{                                                                                                    \
		"hearing_" ear "_4000", db                                                                   \
	}

/* The man's application for another kind, accepted: at the doctor's. */
static int64_t
at_the_doctor(county *c, const char *category)
{
	say v[LEN(man)];

	memcpy(v, man, sizeof man);
	for (size_t i = 0; v[i].field; i++)
		if (strcmp(v[i].field, "claimed_category") == 0)
			v[i].raw = category;
	int64_t id = filed(c, v, ASKS_SELF);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	return id;
}

/* From the doctor's conclusion to the certificate. */
static void
goes_on_to_the_end(county *c, int64_t id)
{
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	c->w.x->now += 7 * DAY;
	morning(c);
	c->w.x->now += 2 * DAY;
	morning(c);
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
}

static person_view *
holder(county *c, int64_t id)
{
	fixture *x = c->w.x;
	const person_ref *ref = NULL;
	person_view *p = arena_new(x->a, person_view);
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_open(d, x->a, &x->f, &c->clerk, COUNTY, view(c, &c->clerk, id).person, &ref));
	OK(&c->w, person_read(d, x->a, &x->f, ref, p));
	store_read_end(x->s, d);
	assert_int_equal(p->certificates.n, 1);
	return p;
}

/* Nothing is concluded before it was measured. */
static void
each_kind_has_its_form(fixture *x)
{
	static const struct {
		const char *category, *code;
		say measured[12];
	} kinds[] = {
		{"视力",
		 "1",
		 {{"acuity_right", "0.06"}, {"acuity_left", "0.02"}, {"findings", "白内障术后"}, {0}}},
		{"听力", "2", {HEARD("right", "65"), HEARD("left", "72"), {"findings", "感音神经性聋"}, {0}}},
		{"言语",
		 "3",
		 {{"speech_kind", "失语"},
		  {"clarity", "30"},
		  {"expression", "达二级"},
		  {"findings", "能说单词"},
		  {0}}},
	};
	county *c = county_open(x);

	for (size_t i = 0; i < LEN(kinds); i++) {
		say last[] = {{"assessed_category", kinds[i].code}, {"assessed_level", "3"}, CONCLUDED, {0}};
		int64_t id = at_the_doctor(c, kinds[i].category);
		REFUSED(&c->w, act(c, &c->doctor, id, "meets", "", last), RC_INVALID, "kase.form");
		OK(&c->w, save(c, &c->doctor, id, kinds[i].measured, NULL));
		OK(&c->w, act(c, &c->doctor, id, "meets", "", last));
		stands_at(c, id, "post");
	}
	whole(c);
}

/* Art. 13 of the Measures of 2017: each kind with its level, together the gravest of them. */
static void
several_kinds_make_one_certificate(fixture *x)
{
	static const say kinds[] = {{"has_visual", "是"},
				    {"has_hearing", "是"},
				    {"has_limb", "是"},
				    {"has_speech", "否"},
				    {"has_intellectual", "否"},
				    {"has_mental", "否"},
				    {0}};
	static const say measured[] = {{"acuity_right", "0.06"},
				       {"acuity_left", "0.02"},
				       HEARD("right", "85"),
				       HEARD("left", "95"),
				       {"limb_adl", "4"},
				       {"limb_item", "4a"},
				       {"findings", "白内障术后；感音神经性聋；左小腿缺失"},
				       {0}};
	static const say last[] = {{"assessed_category", "1"},
				   {"assessed_level", "3"},
				   {"second_category", "2"},
				   {"second_level", "2"},
				   {"third_category", "4"},
				   {"third_level", "4"},
				   CONCLUDED,
				   {0}};
	static const say wrong[] = {{"assessed_category", "7"}, {"assessed_level", "2"}, CONCLUDED, {0}};
	county *c = county_open(x);
	int64_t id = at_the_doctor(c, "多重");

	OK(&c->w, save(c, &c->doctor, id, kinds, NULL));
	REFUSED(&c->w, act(c, &c->doctor, id, "meets", "", last), RC_INVALID, "kase.form");
	OK(&c->w, save(c, &c->doctor, id, measured, NULL));
	REFUSED(&c->w, act(c, &c->doctor, id, "meets", "", wrong), RC_INVALID, "kase.multiple_part");
	OK(&c->w, act(c, &c->doctor, id, "meets", "", last));
	goes_on_to_the_end(c, id);

	static const part_view found[] = {
		{.category = 1, .level = 3}, {.category = 2, .level = 2}, {.category = 4, .level = 4}};
	const person_view *p = holder(c, id);
	assert_int_equal(p->certificates.v[0].category, 7);
	assert_int_equal(p->certificates.v[0].level, 2);
	assert_int_equal(p->parts.n, LEN(found));
	for (size_t i = 0; i < LEN(found); i++) {
		assert_int_equal(p->parts.v[i].category, found[i].category);
		assert_int_equal(p->parts.v[i].level, found[i].level);
	}
	whole(c);
}

/* What the table of a form says; *flags: of the last assessment. */
static kase_grade
graded(county *c, int64_t id, const char *form, int64_t *flags)
{
	fixture *x = c->w.x;
	const kase_ref *ref = NULL;
	kase_view v;
	kase_grade g = {0};
	kase_file file;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, &c->clerk, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &v));
	for (size_t i = 0; i < v.service->nforms; i++)
		if (str_eq(v.service->form[i].id, str_of(form)))
			OK(&c->w, kase_grade_read(&v, x->now, &v.service->form[i], &g));
	OK(&c->w, kase_file_read(&v, x->now, &file));
	if (flags)
		*flags = file.assessments.n ? file.assessments.v[0].flags : 0;
	store_read_end(x->s, d);
	return g;
}

/* The standard's row is shown and compared; what the doctor concludes stands, with a flag. */
static void
the_standard_speaks_and_the_doctor_decides(fixture *x)
{
	static const say seen[] = {
		{"acuity_right", "0.06"}, {"acuity_left", "0.02"}, {"findings", "白内障术后"}, {0}};
	static const say other[] = {{"assessed_category", "1"}, {"assessed_level", "2"}, CONCLUDED, {0}};
	county *c = county_open(x);
	int64_t id = at_the_doctor(c, "视力"), flags = 0;

	assert_int_equal(graded(c, id, "visual", NULL).result.n, 0); /* nothing was measured */
	OK(&c->w, save(c, &c->doctor, id, seen, NULL));
	kase_grade g = graded(c, id, "visual", NULL);
	assert_true(str_eq(g.result, STR("三级")));
	assert_int_equal(g.level.n, 0);
	assert_false(g.differs);
	assert_non_null(g.why);
	assert_true(str_eq(g.why->reading[0].row[0].row->id, STR("visual-3")));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", other));
	g = graded(c, id, "visual", &flags);
	assert_true(g.differs);
	assert_true(flags != 0);
	assert_true(str_eq(g.level, STR("二级")));
	stands_at(c, id, "post");

	id = at_the_doctor(c, "听力");
	static const say heard[] = {HEARD("right", "95"), HEARD("left", "62"), {"findings", "听力下降"}, {0}};
	OK(&c->w, save(c, &c->doctor, id, heard, NULL));
	assert_true(str_eq(graded(c, id, "hearing", NULL).result, STR("三级"))); /* the better ear */
	whole(c);
}

/* Every form of a shipped service that names a table names one that is there, whose inputs are fields. */
static void
every_table_of_a_form_is_there(fixture *x)
{
	county *c = county_open(x);
	size_t services = 0;

	for (size_t i = 0; i < c->house.nservices; i++) {
		size_t n = 0;
		for (size_t k = 0; k < c->house.service[i]->nforms; k++) {
			const service_grade *g = &c->house.service[i]->form[k].grade;
			policy_stack s;
			if (g->policy.n == 0)
				continue;
			policy_stack_at(x->a, &c->house.policies, g->policy, VILLAGE, date_of_instant(x->now),
					&s);
			assert_non_null(s.lowest);
			assert_non_null(policy_decision_find(s.lowest->doc, g->decision));
			for (size_t m = 0; m < s.lowest->doc->ninputs; m++)
				assert_non_null(field_by_name(c->house.fields, s.lowest->doc->input[m].name));
			n++;
		}
		assert_true(n == 0 || n == 6); /* one of each kind, wherever there are forms */
		services += n > 0;
	}
	assert_true(services > 0);
}

BOTH(each_kind_has_its_form)
BOTH(several_kinds_make_one_certificate)
BOTH(the_standard_speaks_and_the_doctor_decides)
BOTH(every_table_of_a_form_is_there)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(each_kind_has_its_form),
		BOTH_TESTS(several_kinds_make_one_certificate),
		BOTH_TESTS(the_standard_speaks_and_the_doctor_decides),
		BOTH_TESTS(every_table_of_a_form_is_there),
	};

	return cmocka_run_group_tests_name("app/assessment", tests, NULL, NULL);
}

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

BOTH(each_kind_has_its_form)
BOTH(several_kinds_make_one_certificate)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(each_kind_has_its_form),
		BOTH_TESTS(several_kinds_make_one_certificate),
	};

	return cmocka_run_group_tests_name("app/assessment", tests, NULL, NULL);
}

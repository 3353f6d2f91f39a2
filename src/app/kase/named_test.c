/* named_test.c - who may be named as an assessor, and what is said to who may not, on both engines. */
#include "app/kase/kase_fixture.h"

#include "app/assessor/assessor_fixture.h"

#define LIMB 4

/* The county's hospital with two doctors for limbs, a third whose licence ended yesterday, and one who has
 * none. */
typedef struct ward {
	county *c;
	int64_t wang, zhao, qian, sun;
	int64_t id; /* a case at the doctors */
} ward;

static ward
ward_open(fixture *x)
{
	ward w = {.c = county_open(x)};
	county *c = w.c;
	town *t = &c->w;

	w.wang = doctor_at(t, &c->clerk, c->hospital, "王医生", "110001");
	w.zhao = doctor_at(t, &c->clerk, c->hospital, "赵医生", "110002");
	w.qian = doctor_at(t, &c->clerk, c->hospital, "钱医生", "110003");
	w.sun = doctor_at(t, &c->clerk, c->hospital, "孙医生", "110004");
	designate(t, &c->clerk, c->hospital, category_bit(LIMB), "2026-01-01", "");
	license(t, &c->clerk, w.wang, category_bit(LIMB), "2024-01-01", "");
	license(t, &c->clerk, w.zhao, category_bit(LIMB), "2024-01-01", "2026-12-31");
	license(t, &c->clerk, w.qian, category_bit(LIMB), "2023-06-03", "2026-06-02");
	w.id = filed(c, man, ASKS_SELF);
	OK(t, act(c, &c->clerk, w.id, "accept", "", NULL));
	return w;
}

/* What the doctors conclude, but for these answers. */
static const say *
limb_with(arena *a, const say *other)
{
	say *v = arena_array(a, say, LEN(limb) + 8);
	size_t n = 0;

	for (; limb[n].field; n++) {
		v[n] = limb[n];
		for (const say *o = other; o->field; o++)
			if (strcmp(o->field, v[n].field) == 0)
				v[n].raw = o->raw;
	}
	for (const say *o = other; o->field; o++) {
		bool there = false;
		for (size_t i = 0; i < n; i++)
			there = there || strcmp(o->field, v[i].field) == 0;
		if (!there)
			v[n++] = *o;
	}
	return v;
}

/* Refused at that field, with this among the words. */
static void
refused_at(ward *w, const say *other, const char *why, const char *field_id, const char *word)
{
	fixture *x = w->c->w.x;

	REFUSED(&w->c->w, act(w->c, &w->c->doctor, w->id, "meets", "", limb_with(x->a, other)), RC_INVALID,
		why);
	assert_true(str_eq(x->f.field, str_of(field_id)));
	if (str_find(fault_text(x->a, MSG_ZH, &x->f), str_of(word)) < 0)
		fail_msg("%s", cstr(x->a, fault_text(x->a, MSG_ZH, &x->f)));
	stands_at(w->c, w->id, "assess");
}

static void
who_is_not_licensed_is_not_named(fixture *x)
{
	static const say unknown[] = {{"doctor", "李医生"}, {0}};
	static const say ended[] = {{"second_doctor", "钱医生"}, {0}};
	static const say never[] = {{"doctor", "孙医生"}, {0}};
	static const say twice[] = {{"second_doctor", "王医生"}, {0}};
	static const say earlier[] = {{"second_doctor", "钱医生"}, {"assessed_on", "2026-06-02"}, {0}};
	static const say ear[] = {{"assessed_category", "2"}, {0}};
	ward w = ward_open(x);

	refused_at(&w, unknown, "kase.assessor_unknown", "doctor", "王医生、赵医生");
	refused_at(&w, ended, "kase.assessor_ended", "second_doctor", "2026-06-02");
	refused_at(&w, never, "kase.assessor_unlicensed", "doctor", "肢体");
	license(&w.c->w, &w.c->clerk, w.sun, category_bit(LIMB), "2026-07-01", "");
	refused_at(&w, never, "kase.assessor_later", "doctor", "2026-07-01");
	refused_at(&w, twice, "kase.assessor_same", "second_doctor", "王医生");
	refused_at(&w, ear, "kase.not_designated", "doctor", "听力");
	/* on his last day he still could */
	OK(&w.c->w, act(w.c, &w.c->doctor, w.id, "meets", "", limb_with(x->a, earlier)));
	stands_at(w.c, w.id, "post");
	whole(w.c);
}

static void
two_assess_where_nothing_else_is_set(fixture *x)
{
	static const say alone[] = {{"second_doctor", ""}, {0}};
	ward w = ward_open(x);

	refused_at(&w, alone, "kase.assessor_second", "second_doctor", "两名");
}

static void
without_a_register_only_two_persons_are_asked_for(fixture *x)
{
	static const say same[] = {{"second_doctor", "王医生"}, {0}};
	ward w = {.c = county_open(x)};

	w.id = filed(w.c, man, ASKS_SELF);
	OK(&w.c->w, act(w.c, &w.c->clerk, w.id, "accept", "", NULL));
	refused_at(&w, same, "kase.assessor_same", "second_doctor", "王医生");
	OK(&w.c->w, act(w.c, &w.c->doctor, w.id, "meets", "", limb));
}

/* A multiple disability needs somebody for each of its kinds, and nobody who may assess none of them. */
static void
each_kind_has_its_doctor(fixture *x)
{
	static const say both[] = {{"second_category", "1"}, {"second_level", "4"}, {0}};
	ward w = ward_open(x);
	town *t = &w.c->w;

	designate(t, &w.c->clerk, w.c->hospital, category_bit(1), "2026-01-01", "");
	refused_at(&w, both, "kase.assessor_unlicensed", "doctor", "视力");
	int64_t eyes = doctor_at(t, &w.c->clerk, w.c->hospital, "周医生", "110005");
	license(t, &w.c->clerk, eyes, category_bit(1), "2025-01-01", "");
	refused_at(&w, both, "kase.assessor_unlicensed", "doctor", "周医生");
	static const say with[] = {
		{"second_category", "1"}, {"second_level", "4"}, {"second_doctor", "周医生"}, {0}};
	OK(t, act(w.c, &w.c->doctor, w.id, "meets", "", limb_with(x->a, with)));
}

static void
who_treats_says_why(fixture *x)
{
	static const say treats[] = {{"treating_doctor", "是"}, {0}};
	ward w = ward_open(x);

	refused_at(&w, treats, "kase.assessor_treats", "reason", "为什么");
	OK(&w.c->w,
	   act(w.c, &w.c->doctor, w.id, "meets", "全县只有这一位骨科医师。", limb_with(x->a, treats)));
}

static rc
is_person(tx *t, const void *in, void *out)
{
	const row_account *r = in;

	(void)out;
	tx_event(t, &(event_head){.tenant = r->tenant, .kind = "account.renamed", .subject = r->id});
	return patch_account(t, r, ACCOUNT_PERSON);
}

/* The doctor's sign-in says who he is: a woman of the same household as the applicant. */
static void
a_near_relative_is_not_named(fixture *x)
{
	ward w = {.c = county_open(x)};
	county *c = w.c;
	int64_t woman = registered(c, "赵芳", WOMAN, "77"), man_id = registered(c, "张明", MAN, "77");
	const doctor_new n = {.by = &c->clerk,
			      .tenant = COUNTY,
			      .office = c->hospital,
			      .name = STR("赵医生"),
			      .title = STR("主治医师"),
			      .practice = STR("110002"),
			      .account = c->recorder.account};
	const row_account her = {.tenant = COUNTY, .id = c->recorder.account, .person = woman};
	int64_t zhao = 0, wang = doctor_at(&c->w, &c->clerk, c->hospital, "王医生", "110001");

	assert_true(man_id != 0);
	OK(&c->w, run(&c->w, doctor_enter, &n, &zhao));
	designate(&c->w, &c->clerk, c->hospital, category_bit(LIMB), "2026-01-01", "");
	license(&c->w, &c->clerk, wang, category_bit(LIMB), "2024-01-01", "");
	license(&c->w, &c->clerk, zhao, category_bit(LIMB), "2024-01-01", "");
	w.id = filed(c, man, ASKS_SELF);
	OK(&c->w, act(c, &c->clerk, w.id, "accept", "", NULL));
	OK(&c->w, run(&c->w, is_person, &her, NULL));
	refused_at(&w, (const say[]){{0}}, "kase.assessor_near", "second_doctor", "回避");
}

/* Who confirms by his own sign-in, and is registered there, is one of those who conclude. */
static void
who_confirms_signs(fixture *x)
{
	ward w = ward_open(x);
	county *c = w.c;
	const doctor_new n = {.by = &c->clerk,
			      .tenant = COUNTY,
			      .office = c->hospital,
			      .name = STR("吴医生"),
			      .title = STR("主治医师"),
			      .practice = STR("110009"),
			      .account = c->doctor.account};
	static const say own[] = {{"doctor", "吴医生"}, {0}};
	int64_t wu = 0;

	OK(&c->w, run(&c->w, doctor_enter, &n, &wu));
	license(&c->w, &c->clerk, wu, category_bit(LIMB), "2024-01-01", "");
	refused_at(&w, (const say[]){{0}}, "kase.assessor_absent", "doctor", "吴医生");
	OK(&c->w, act(c, &c->doctor, w.id, "meets", "", limb_with(x->a, own)));
}

/* Rules of this county, in place of those of the program. */
static void
local_rules(county *c, const char *text)
{
	fixture *x = c->w.x;

	OK(&c->w, parameters_load(x->a, &x->f, c->house.fields, STR("test.yaml"), str_of(text),
				  &c->house.parameters));
}

#define RULE(id, most, value)                                                                                \
	id ":\n  name: {zh: 规定, en: Rule}\n  number: [0, " most "]\n  values:\n"                           \
	   "    - {at: 420102, from: 2018-01-01, value: " value ", basis: {zh: 本县, en: County}}\n"

static void
a_place_says_how_many_and_who_reads_again(fixture *x)
{
	static const say grave[] = {{"assessed_level", "2"}, {0}};
	static const say again[] = {{"assessed_level", "2"}, {"review_doctor", "赵医生"}, {0}};
	static const say read[] = {{"assessed_level", "2"}, {"review_doctor", "周医生"}, {0}};
	static const say alone[] = {{"second_doctor", ""}, {0}};
	ward w = ward_open(x);
	town *t = &w.c->w;

	local_rules(w.c, RULE("second_review_levels", "4", "2"));
	refused_at(&w, grave, "kase.assessor_review", "review_doctor", "第三名");
	refused_at(&w, again, "kase.assessor_same", "review_doctor", "赵医生");
	int64_t zhou = doctor_at(t, &w.c->clerk, w.c->hospital, "周医生", "110005");
	license(t, &w.c->clerk, zhou, category_bit(LIMB), "2025-01-01", "");
	OK(t, act(w.c, &w.c->doctor, w.id, "meets", "", limb_with(x->a, read)));
	w.id = filed(w.c,
		     (const say[]){{"name", "王芳"},
				   {"id_number", WOMAN},
				   {"ethnic", "汉族"},
				   {"phone", "13800000009"},
				   {"registration_place", "420102001001"},
				   {"claimed_category", "肢体"},
				   {0}},
		     ASKS_SELF);
	OK(t, act(w.c, &w.c->clerk, w.id, "accept", "", NULL));
	local_rules(w.c, RULE("min_assessors", "2", "1"));
	OK(t, act(w.c, &w.c->doctor, w.id, "meets", "", limb_with(x->a, alone)));
}

/* Before its time an application is taken on with a reason only. */
static void
a_place_waits_before_it_assesses(fixture *x)
{
	static const say onset[] = {{"onset", "2026-01-15"}, {0}};
	county *c = county_open(x);
	int64_t id = open_draft(c, &c->applicant, ASKS_SELF, "");
	kase_problems none = {0};
	str number;

	local_rules(c, RULE("assess_months_4", "60", "12"));
	OK(&c->w, save(c, &c->applicant, id, man, NULL));
	OK(&c->w, save(c, &c->applicant, id, onset, NULL));
	give_papers(c, &c->applicant, id, false);
	OK(&c->w, submit(c, &c->applicant, id, &none, &number));
	REFUSED(&c->w, act(c, &c->clerk, id, "accept", "", NULL), RC_INVALID, "kase.early_onset");
	assert_true(str_eq(x->f.field, STR("reason")));
	assert_true(str_find(fault_text(x->a, MSG_ZH, &x->f), STR("2027-01-15")) >= 0);
	kase_offers o = offers(c, &c->clerk, id);
	for (size_t i = 0; i < o.acts.n; i++)
		assert_true(str_eq(o.acts.v[i].act->id, STR("accept")) == (o.acts.v[i].early != NULL));
	OK(&c->w, act(c, &c->clerk, id, "missing", "请补病历。", NULL)); /* which needs no waiting */
	OK(&c->w, submit(c, &c->applicant, id, &none, &number));
	OK(&c->w, act(c, &c->clerk, id, "accept", "先天性残疾。", NULL));
	stands_at(c, id, "assess");

	local_rules(c, RULE("assess_age_5", "18", "12"));
	id = filed(c, child, ASKS_GUARDIAN); /* ten years old */
	REFUSED(&c->w, act(c, &c->clerk, id, "accept", "", NULL), RC_INVALID, "kase.early_age");
	local_rules(c, RULE("assess_age_5", "18", "10"));
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
}

/* Measured and typed by the recorder; concluded by a doctor's own sign-in, or by the sheet that he signed. */
static void
the_recorder_concludes_nothing(fixture *x)
{
	ward w = ward_open(x);
	county *c = w.c;
	static const say measured[] = {
		{"limb_adl", "3"}, {"limb_item", "3c"}, {"findings", "右大腿中段以下缺失"}, {0}};
	kase_act_in in = {.at = at(c, &c->recorder, w.id), .act = STR("meets")};
	int64_t next = 0;

	OK(&c->w, save(c, &c->recorder, w.id, measured, NULL));
	REFUSED(&c->w, act(c, &c->recorder, w.id, "meets", "", limb), RC_DENIED, "kase.not_yours");
	kase_offers o = offers(c, &c->recorder, w.id);
	assert_int_equal(o.mine, RC_OK);
	assert_true(o.fill);
	assert_int_equal(o.acts.v[0].rc, RC_DENIED);
	assert_int_equal(o.acts.v[0].signers.n, 1);
	assert_int_equal(o.acts.v[0].signers.v[0].account, c->doctor.account);

	/* who signs is a doctor of this hospital, not the county's clerk, and not the recorder */
	in.turn = view(c, &c->clerk, w.id).turn;
	in.said = said(c, limb, &in.nsaid);
	in.decided_by = c->clerk.account;
	REFUSED(&c->w, run(&c->w, kase_act, &in, &next), RC_DENIED, "kase.sheet");
	in.decided_by = c->doctor.account;
	OK(&c->w, run(&c->w, kase_act, &in, &next));
	stands_at(c, w.id, "post");
	kase_view v = view(c, &c->clerk, w.id);
	for (size_t i = 0; i < v.turns.n; i++)
		if (v.turns.v[i].n == in.turn) {
			assert_true(str_eq(v.turns.v[i].part, STR("sheet")));
			assert_int_equal(v.turns.v[i].actor, c->recorder.account);
			assert_int_equal(v.turns.v[i].decided_by, c->doctor.account);
		}
	whole(c);
}

BOTH(a_place_says_how_many_and_who_reads_again)
BOTH(a_place_waits_before_it_assesses)
BOTH(the_recorder_concludes_nothing)
BOTH(who_is_not_licensed_is_not_named)
BOTH(two_assess_where_nothing_else_is_set)
BOTH(without_a_register_only_two_persons_are_asked_for)
BOTH(each_kind_has_its_doctor)
BOTH(who_treats_says_why)
BOTH(a_near_relative_is_not_named)
BOTH(who_confirms_signs)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(who_is_not_licensed_is_not_named),
		BOTH_TESTS(two_assess_where_nothing_else_is_set),
		BOTH_TESTS(without_a_register_only_two_persons_are_asked_for),
		BOTH_TESTS(each_kind_has_its_doctor),
		BOTH_TESTS(who_treats_says_why),
		BOTH_TESTS(a_near_relative_is_not_named),
		BOTH_TESTS(who_confirms_signs),
		BOTH_TESTS(a_place_says_how_many_and_who_reads_again),
		BOTH_TESTS(a_place_waits_before_it_assesses),
		BOTH_TESTS(the_recorder_concludes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* kase_test.c - cases from the draft to their outcome, and every refusal on the way, on both engines. The
 * service is the shipped one; the tests know its steps, the engine does not. */
#include "app/kase/kase.h"

#include "app/kase/desk.h"
#include "app/kase/document.h"
#include "app/kase/held.h"
#include "app/kase/kase_fixture.h"

/* What his own list says of the case; 0: it is not on it. */
static void
mine_is(county *c, const actor *who, int64_t id, int state)
{
	fixture *x = c->w.x;
	kase_mines mine;
	int found = 0;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_mine_read(d, x->a, &x->f, who, &mine));
	store_read_end(x->s, d);
	for (size_t i = 0; i < mine.n; i++)
		if (mine.v[i].id == id && mine.v[i].tenant == COUNTY)
			found = (int)mine.v[i].state;
	assert_int_equal(found, state);
}

/* What a typed number leads to; 0: nothing. */
static void
number_leads(county *c, str typed, int64_t id)
{
	fixture *x = c->w.x;
	int64_t owner = 0, found = 0;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	rc r = kase_number_find(d, x->a, &x->f, typed, &owner, &found);
	store_read_end(x->s, d);
	assert_int_equal(r, id ? RC_OK : RC_NOT_FOUND);
	assert_int_equal(found, id);
}

static const certificate_view *
issued(county *c, int64_t owner, int64_t person, str *number)
{
	fixture *x = c->w.x;
	const person_ref *ref = NULL;
	person_view *p = arena_new(x->a, person_view);
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_open(d, x->a, &x->f, &c->clerk, owner, person, &ref));
	OK(&c->w, person_read(d, x->a, &x->f, ref, p));
	assert_int_equal(p->certificates.n, 1);
	const certificate_view *v = &p->certificates.v[0];
	OK(&c->w, person_reveal(d, x->a, &x->f, ref,
				&(seal_place){.table = "certificate", .column = "number", .row = v->id},
				v->number, number));
	store_read_end(x->s, d);
	return v;
}

/* ---- the tests ---- */

static void
a_man_gets_his_certificate(fixture *x)
{
	county *c = county_open(x);
	str number;
	int64_t id = man_at_review(c);

	OK(&c->w, act(c, &c->clerk, id, "propose", "材料齐全", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	kase_view v = view(c, &c->clerk, id);
	assert_int_equal(v.state, KASE_AT_END);
	assert_true(str_eq(v.outcome, STR("issued")));
	assert_true(str_starts(v.number, STR("420102-2026-000001-")));
	assert_int_equal(v.number.n, 6 + 1 + 4 + 1 + 6 + 1 + 6);
	assert_true(v.person != 0);
	const certificate_view *cert = issued(c, COUNTY, v.person, &number);
	assert_true(str_eq(number, STR(MAN "43")));
	assert_int_equal(cert->category, 4);
	assert_int_equal(cert->level, 3);
	assert_true(str_eq(cert->issued, STR("2026-06-10")));
	assert_true(str_eq(cert->expires, STR("2036-06-09")));
	/* found by the certificate's number from now on, and only once in the country */
	db *d = NULL;
	const person_ref *ref = NULL;
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_by_number(d, x->a, &x->f, &c->clerk, STR(MAN "43"), date_of_instant(x->now), &ref));
	assert_int_equal(person_ref_id(ref), v.person);
	kase_mines about;
	OK(&c->w, kase_of_person_read(d, x->a, &x->f, &c->clerk, ref, &about));
	assert_int_equal(about.n, 1);
	assert_true(str_eq(about.v[0].number, v.number));
	OK(&c->w, kase_of_person_read(d, x->a, &x->f, &(const actor){0}, ref, &about));
	assert_int_equal(about.n, 0);
	store_read_end(x->s, d);
	whole(c);
}

/* How long a card is valid and which one it is are the county's, from a day on; where nobody has set them
 * nothing is issued. */
static void
the_card_is_as_its_county_has_it(fixture *x)
{
	static const str text =
		STR("card_years:\n  name: {zh: 年数, en: Years}\n  number: [1, 50]\n  values:\n"
		    "    - {from: 2018-01-01, value: 10, basis: {zh: 文, en: Text}}\n"
		    "    - {at: 420102, from: 2026-06-10, value: 5, basis: {zh: 文, en: Text}}\n"
		    "    - {at: 420102, from: 2026-06-11, value: 6, basis: {zh: 文, en: Text}}\n"
		    "card_generation:\n  name: {zh: 代, en: Generation}\n  code: generation\n  values:\n"
		    "    - {at: 42, from: 2026-01-01, value: \"3\", basis: {zh: 文, en: Text}}\n");
	county *c = county_open(x);
	str number;
	int64_t id = man_at_review(c);

	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	c->house.parameters = NULL;
	REFUSED(&c->w, act(c, &c->approver, id, "approve", "", NULL), RC_INVALID, "parameter.none");
	OK(&c->w,
	   parameters_load(x->a, &x->f, c->house.fields, STR("test.yaml"), text, &c->house.parameters));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	const certificate_view *cert = issued(c, COUNTY, view(c, &c->clerk, id).person, &number);
	assert_true(str_eq(cert->expires, STR("2031-06-09")));
	assert_int_equal(cert->generation, 3);
	whole(c);
}

/* A child, through a guardian, with an intellectual disability: nothing is ever hung up. */
static void
a_child_is_not_published(fixture *x)
{
	county *c = county_open(x);
	kase_problems p = {0};
	str number;
	int64_t id = open_draft(c, &c->applicant, ASKS_SELF, "");

	OK(&c->w, save(c, &c->applicant, id, child, NULL));
	give_papers(c, &c->applicant, id, true);
	REFUSED(&c->w, submit(c, &c->applicant, id, &p, NULL), RC_INVALID, "kase.incomplete");
	assert_int_equal(p.n, 1);
	assert_string_equal(p.v[0].why->id, "kase.guardian_needed");

	id = filed(c, child, ASKS_GUARDIAN);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", mind));
	stands_at(c, id, "review"); /* past both steps of the notice */
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	kase_view v = view(c, &c->clerk, id);
	bool said_why = false;
	for (size_t i = 0; i < v.turns.n; i++)
		if (str_eq(v.turns.v[i].step, STR("post"))) {
			assert_int_equal(v.turns.v[i].office, 0);
			said_why = str_eq(v.turns.v[i].reason, STR("申请人未成年，不予公示。"));
		}
	assert_true(said_why);
	for (size_t i = 0; i < v.documents.n; i++)
		assert_false(str_eq(v.documents.v[i].kind, STR("notice_sheet")));
	issued(c, COUNTY, v.person, &number);
	assert_true(str_eq(number, STR(CHILD "53")));
	whole(c);
}

static void
one_is_sent_back_for_a_paper(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	x->now += 2 * DAY; /* Wednesday: two of five working days are used */
	REFUSED(&c->w, act(c, &c->clerk, id, "missing", " ", NULL), RC_INVALID, "kase.reason");
	OK(&c->w, act(c, &c->clerk, id, "missing", "户口本复印件看不清", NULL));
	kase_view v = view(c, &c->clerk, id);
	assert_int_equal(v.state, KASE_AT_APPLICANT);
	assert_int_equal(v.turn, 0);
	REFUSED(&c->w, act_at(c, &c->clerk, id, 1, "accept", "", NULL), RC_CONFLICT, "kase.moved_on");
	x->now += 20 * DAY; /* Tuesday 23 June: the clock has stood still */
	OK(&c->w, paper(c, &c->applicant, id, "household_booklet", "original"));
	OK(&c->w, submit(c, &c->applicant, id, NULL, NULL));
	v = view(c, &c->clerk, id);
	assert_true(str_eq(v.step, STR("accept")));
	assert_true(str_eq(v.turns.v[v.turns.n - 1].due, STR("2026-06-26"))); /* three left */
	assert_true(str_starts(v.number, STR("420102-2026-000001-")));        /* the same */
	REFUSED(&c->w, submit(c, &c->applicant, id, NULL, NULL), RC_CONFLICT, "kase.not_draft");
	whole(c);
}

static bool
prints(const kase_page *p, const char *text)
{
	for (size_t i = 0; i < p->n; i++) {
		const pdf_block *b = &p->blocks[i];
		if (str_find(b->text, str_of(text)) >= 0)
			return true;
		for (size_t r = 0; r < b->table.n; r++)
			for (size_t k = 0; k < b->table.rows[r].n; k++)
				if (str_find(b->table.rows[r].cells[k].text, str_of(text)) >= 0)
					return true;
	}
	return false;
}

static kase_page
printed(county *c, int64_t id, const char *kind, bool blocks_only)
{
	fixture *x = c->w.x;
	kase_view v = view(c, &c->clerk, id);
	kase_print how = {.house = &c->house, .now = x->now, .blocks_only = blocks_only};
	kase_page out = {0};
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, &c->clerk, COUNTY, id, &how.ref));
	for (size_t i = 0; i < v.documents.n; i++)
		if (str_eq(v.documents.v[i].kind, str_of(kind)))
			OK(&c->w, kase_document_make(d, x->a, &x->f, &how, v.documents.v[i].id, &out));
	store_read_end(x->s, d);
	assert_true(out.n > 0);
	return out;
}

/* Refused with a letter that says why, to whom one may turn and until when. */
static void
one_is_refused_with_its_letter(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	static const say found[] = {{"limb_adl", "4"},
				    {"limb_item", "4k"},
				    {"findings", "关节活动基本正常"},
				    {"assessed_on", "2026-06-01"},
				    {"assess_way", "1"},
				    {"doctor", "王医生"},
				    {"second_doctor", "赵医生"},
				    {0}};
	REFUSED(&c->w, act(c, &c->doctor, id, "fails", "", found), RC_INVALID, "kase.reason");
	REFUSED(&c->w, act(c, &c->doctor, id, "fails", "未达到标准", NULL), RC_INVALID, "kase.form");
	OK(&c->w, act(c, &c->doctor, id, "fails", "功能障碍未达到四级标准", found));
	kase_view v = view(c, &c->clerk, id);
	assert_int_equal(v.state, KASE_AT_END);
	assert_true(str_eq(v.outcome, STR("not_issued")));
	assert_int_equal(v.person, 0);
	kase_page p = printed(c, id, "refusal", true);
	assert_true(str_eq(p.number, STR("残证不〔2026〕1号")));
	assert_true(prints(&p, "功能障碍未达到四级标准"));
	assert_true(prints(&p, "设区的市级残联"));
	assert_true(prints(&p, "2026年6月15日")); /* ten working days after 1 June */
	assert_true(prints(&p, "张明"));
	assert_false(prints(&p, MAN));
	if (x->engine == ENGINE_SQLITE) {
		p = printed(c, id, "application_form", false);
		assert_true(str_starts(p.pdf.bytes, STR("%PDF")));
		assert_int_equal(p.pdf.missing, 0);
	}
	whole(c);
}

static void
one_is_objected_to(fixture *x)
{
	county *c = county_open(x);
	actor nobody = {.kind = ACTOR_NOBODY};
	int64_t id = filed(c, man, ASKS_SELF);
	kase_objection_in o = {.house = &c->house,
			       .by = &nobody,
			       .tenant = COUNTY,
			       .id = id,
			       .who = STR("村民"),
			       .phone = STR("13900000000"),
			       .text = STR("他行走自如")};

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", limb));
	REFUSED(&c->w, run(&c->w, kase_object, &o, NULL), RC_CONFLICT, "kase.notice_over"); /* not up yet */
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	kase_view v = view(c, &c->clerk, id);
	assert_true(str_eq(v.turns.v[v.turns.n - 1].due, STR("2026-06-08"))); /* five whole working days */
	x->now += 4 * DAY;
	REFUSED(&c->w, act(c, &c->village, id, "quiet", "", NULL), RC_INVALID, "kase.too_early");
	o.text = STR(" ");
	REFUSED(&c->w, run(&c->w, kase_object, &o, NULL), RC_INVALID, "kase.objection");
	o.text = STR("他行走自如");
	OK(&c->w, run(&c->w, kase_object, &o, NULL));
	stands_at(c, id, "investigate");
	REFUSED(&c->w, run(&c->w, kase_object, &o, NULL), RC_CONFLICT, "kase.notice_over");
	OK(&c->w, act(c, &c->clerk, id, "reassess", "请复核步态", NULL));
	stands_at(c, id, "assess");
	OK(&c->w, act(c, &c->doctor, id, "meets", "", limb));
	stands_at(c, id, "post");
	whole(c);
}

static void
only_the_right_hands_act(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	REFUSED(&c->w, act(c, &c->approver, id, "accept", "", NULL), RC_DENIED, "kase.not_yours");
	REFUSED(&c->w, act(c, &c->doctor, id, "accept", "", NULL), RC_DENIED, "kase.not_yours");
	REFUSED(&c->w, act(c, &c->applicant, id, "accept", "", NULL), RC_DENIED, "kase.not_yours");
	REFUSED(&c->w, act(c, &c->clerk, id, "approve", "", NULL), RC_INVALID, "kase.act");
	REFUSED(&c->w, save(c, &c->applicant, id, man, NULL), RC_DENIED, "kase.not_yours");
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	/* posted twice, and out of order */
	REFUSED(&c->w, act_at(c, &c->clerk, id, 1, "accept", "", NULL), RC_CONFLICT, "kase.moved_on");
	REFUSED(&c->w, act_at(c, &c->doctor, id, 3, "meets", "", limb), RC_CONFLICT, "kase.moved_on");
	/* the recorder types; the doctor answers for it */
	OK(&c->w, save(c, &c->recorder, id, limb, NULL));
	REFUSED(&c->w, act(c, &c->recorder, id, "meets", "", NULL), RC_DENIED, "kase.not_yours");
	OK(&c->w, act(c, &c->doctor, id, "meets", "", NULL));
	REFUSED(&c->w, act(c, &c->village, id, "minor", "", NULL), RC_INVALID, "kase.act_when");
	whole(c);
}

/* Two posts in one pair of hands are still one pair of hands. */
static void
nobody_approves_what_he_accepted(fixture *x)
{
	county *c = county_open(x);
	int64_t id = man_at_review(c);
	actor both = c->approver;

	OK(&c->w, act(c, &c->clerk2, id, "propose", "", NULL));
	both.account = c->clerk.account; /* who accepted, now from an approver's post */
	REFUSED(&c->w, act(c, &both, id, "approve", "", NULL), RC_DENIED, "kase.same_hand");
	both.account = c->clerk2.account;
	REFUSED(&c->w, act(c, &both, id, "approve", "", NULL), RC_DENIED, "kase.same_hand");
	REFUSED(&c->w, act(c, &c->approver, id, "return", "", NULL), RC_INVALID, "kase.reason");
	OK(&c->w, act(c, &c->approver, id, "return", "请补充公示照片", NULL));
	stands_at(c, id, "review");
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	whole(c);
}

static void
own_and_near_cases_are_left_to_others(fixture *x)
{
	county *c = county_open(x);
	int64_t mother = registered(c, "李大雨", WOMAN, NULL);
	int64_t self = registered(c, "张明", MAN, "77"), wife = registered(c, "王芳", YOUTH, "77");
	actor clerk = c->clerk;

	int64_t id = filed(c, child, ASKS_GUARDIAN);
	clerk.person = mother;
	REFUSED(&c->w, save(c, &clerk, id, child, NULL), RC_DENIED, "kase.relative");
	REFUSED(&c->w, act(c, &clerk, id, "accept", "", NULL), RC_DENIED, "kase.relative");
	id = filed(c, man, ASKS_SELF);
	assert_int_equal(view(c, &c->clerk, id).person, self);
	clerk.person = self;
	REFUSED(&c->w, act(c, &clerk, id, "accept", "", NULL), RC_DENIED, "kase.own");
	clerk.person = wife;
	REFUSED(&c->w, act(c, &clerk, id, "accept", "", NULL), RC_DENIED, "kase.relative");
	clerk.person = registered(c, "外人", OTHER, "78");
	OK(&c->w, act(c, &clerk, id, "accept", "", NULL));
	/* one running application a person */
	kase_problems none = {0};
	int64_t again = open_draft(c, &c->applicant, ASKS_SELF, MAN);
	OK(&c->w, save(c, &c->applicant, again, man, NULL));
	give_papers(c, &c->applicant, again, false);
	REFUSED(&c->w, submit(c, &c->applicant, again, &none, NULL), RC_CONFLICT, "kase.running");
	whole(c);
}

static void
answers_are_checked_where_they_stand(fixture *x)
{
	county *c = county_open(x);
	kase_problems p = {0};
	int64_t id = open_draft(c, &c->applicant, ASKS_SELF, "");
	static const say bad[] = {{"name", "张明"},      {"id_number", "990101199003070016"},
				  {"phone", "1380"},     {"claimed_category", "心理"},
				  {"bank_account", "1"}, {0}};

	REFUSED(&c->w, save(c, &c->applicant, id, bad, &p), RC_INVALID, "kase.answers");
	assert_int_equal(p.n, 4);
	assert_true(str_eq(p.v[0].about, STR("id_number")));
	assert_string_equal(p.v[0].why->id, "nid.check");
	assert_string_equal(p.v[3].why->id, "kase.not_asked");
	assert_int_equal(view(c, &c->applicant, id).answers.n,
			 1); /* all or none; the place came with the draft */
	static const say far[] = {{"registration_place", "440103001001"}, {0}};
	REFUSED(&c->w, save(c, &c->applicant, id, far, &p), RC_INVALID, "kase.answers");
	assert_string_equal(p.v[p.n - 1].why->id, "kase.place_other");
	REFUSED(&c->w, submit(c, &c->applicant, id, &p, NULL), RC_INVALID, "kase.incomplete");
	assert_true(p.n >= 10);
	OK(&c->w, save(c, &c->applicant, id, man, NULL));
	kase_view v = view(c, &c->applicant, id);
	bool born = false;
	for (size_t i = 0; i < v.answers.n; i++)
		if (str_eq(v.answers.v[i].field->id, STR("born")))
			born = str_eq(v.answers.v[i].value, STR("1990-03-07"));
	assert_true(born); /* from the number, not typed */
	REFUSED(&c->w, paper(c, &c->applicant, id, "photo", "promised"), RC_INVALID, "kase.paper_state");
	REFUSED(&c->w, paper(c, &c->applicant, id, "diploma", "copy"), RC_INVALID, "kase.paper");
	REFUSED(&c->w, paper(c, &c->applicant, id, "photo", "later"), RC_INVALID, "kase.paper_due");
	actor other = c->applicant;
	other.account = 4712;
	REFUSED(&c->w, save(c, &other, id, man, NULL), RC_DENIED, "kase.denied");
	const kase_ref *ref = NULL;
	db *d = NULL;
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	assert_int_equal(kase_see(d, x->a, &x->f, &other, COUNTY, id, &ref), RC_NOT_FOUND);
	assert_int_equal(kase_see(d, x->a, &x->f, &c->doctor, COUNTY + 1, id, &ref), RC_NOT_FOUND);
	store_read_end(x->s, d);
	whole(c);
}

/* The file at this place of the list, opened. */
static str
scanned(county *c, int64_t id, size_t which)
{
	fixture *x = c->w.x;
	const kase_ref *ref = NULL;
	str type, bytes;
	kase_view v;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, &c->clerk, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &v));
	assert_true(which < v.scans.n);
	OK(&c->w, kase_scan_read(&v, fixture_path(x, "papers"), v.scans.v[which].id, &type, &bytes));
	store_read_end(x->s, d);
	return bytes;
}

static void
papers_come_as_files(fixture *x)
{
	county *c = county_open(x);
	int64_t id = open_draft(c, &c->applicant, ASKS_SELF, "");

	REFUSED(&c->w, scan(c, id, "guardian_proof_", "x"), RC_INVALID, "kase.paper");
	OK(&c->w, scan(c, id, "id_card", "front"));
	OK(&c->w, scan(c, id, "id_card", "back"));
	OK(&c->w, scan(c, id, "photo", "face"));
	assert_int_equal(view(c, &c->applicant, id).scans.n, 3);
	assert_int_equal(view(c, &c->applicant, id).papers.n, 2);
	assert_true(str_eq(scanned(c, id, 1), STR("back")));
	kase_scan_in gone = {.at = at(c, &c->applicant, id),
			     .scan = view(c, &c->applicant, id).scans.v[2].id};
	actor other = c->applicant;
	other.account++;
	gone.at.by = &other;
	REFUSED(&c->w, run(&c->w, kase_remove_scan, &gone, NULL), RC_DENIED, "kase.denied");
	gone.at.by = &c->applicant;
	OK(&c->w, run(&c->w, kase_remove_scan, &gone, NULL));
	assert_int_equal(run(&c->w, kase_remove_scan, &gone, NULL), RC_NOT_FOUND);
	assert_int_equal(view(c, &c->applicant, id).papers.n,
			 1); /* with its last file nothing stands of it */
	OK(&c->w, paper(c, &c->applicant, id, "id_card", "original"));
	assert_int_equal(view(c, &c->applicant, id).scans.n, 0);
	for (size_t i = 0; i < KASE_SCANS_MAX; i++)
		OK(&c->w, scan(c, id, "id_card", "again"));
	REFUSED(&c->w, scan(c, id, "id_card", "too many"), RC_LIMIT, "kase.scans");
	whole(c);
}

static void
acts_are_taken_back_until_seen(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	kase_view v = view(c, &c->clerk, id);
	kase_turn_in t = {.at = at(c, &c->clerk2, id), .turn = v.turn};
	REFUSED(&c->w, run(&c->w, kase_take_back, &t, NULL), RC_DENIED, "kase.not_yours");
	t.at.by = &c->clerk;
	int64_t turn = 0;
	OK(&c->w, run(&c->w, kase_take_back, &t, &turn));
	stands_at(c, id, "accept");
	v = view(c, &c->clerk, id);
	for (size_t i = 0; i < v.documents.n; i++)
		assert_true(v.documents.v[i].voided.n > 0);
	REFUSED(&c->w, act_at(c, &c->doctor, id, t.turn, "meets", "", limb), RC_CONFLICT, "kase.moved_on");
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	v = view(c, &c->clerk, id);
	/* the number of a voided notice is not given again */
	assert_true(str_eq(v.documents.v[v.documents.n - 1].number, STR("残证评〔2026〕2号")));
	t = (kase_turn_in){.at = at(c, &c->doctor, id), .turn = v.turn};
	OK(&c->w, run(&c->w, kase_look, &t, NULL));
	OK(&c->w, run(&c->w, kase_look, &t, NULL));
	t.at.by = &c->clerk;
	REFUSED(&c->w, run(&c->w, kase_take_back, &t, NULL), RC_CONFLICT, "kase.opened_already");
	whole(c);
}

static void
work_goes_to_another_hospital(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	int64_t second = open_office_at(&c->w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "中医院");
	actor doctor = staff(c, second, "doctor2", "hospital.assessor");
	kase_turn_in t = {.at = at(c, &c->doctor, id), .turn = view(c, &c->clerk, id).turn, .office = second};
	REFUSED(&c->w, run(&c->w, kase_hand_over, &t, NULL), RC_INVALID, "kase.reason");
	t.reason = STR("设备检修");
	OK(&c->w, run(&c->w, kase_hand_over, &t, NULL));
	REFUSED(&c->w, act(c, &c->doctor, id, "meets", "", limb), RC_DENIED, "kase.not_yours");
	view(c, &c->doctor, id); /* having held it is a right to see it */
	OK(&c->w, act(c, &doctor, id, "return", "病历不全", NULL));
	/* with two hospitals the clerk says which */
	REFUSED(&c->w, act(c, &c->clerk, id, "accept", "", NULL), RC_INVALID, "kase.office_wanted");
	kase_act_in a = {.at = at(c, &c->clerk, id),
			 .turn = view(c, &c->clerk, id).turn,
			 .act = STR("accept"),
			 .reason = STR(""),
			 .office = second};
	OK(&c->w, run(&c->w, kase_act, &a, NULL));
	const kase_todo_ask all = {
		.due = STR(""), .n = 10, .service = STR(""), .step = STR(""), .region = division_interval(0)};
	kase_todos todo;
	db *d = NULL;
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_todo_read(d, x->a, &x->f, &doctor, &all, &todo));
	assert_int_equal(todo.n, 1);
	assert_int_equal(todo.v[0].kase, id);
	OK(&c->w, kase_todo_read(d, x->a, &x->f, &c->doctor, &all, &todo));
	assert_int_equal(todo.n, 0);
	store_read_end(x->s, d);
	whole(c);
}

static void
a_case_is_void_and_made_again(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF), again = 0;
	kase_turn_in t = {.at = at(c, &c->clerk, id), .turn = 1};

	REFUSED(&c->w, run(&c->w, kase_void, &t, &again), RC_INVALID, "kase.reason");
	t.reason = STR("录错了人");
	t.at.by = &c->doctor;
	REFUSED(&c->w, run(&c->w, kase_void, &t, &again), RC_DENIED, "kase.denied");
	t.at.by = &c->clerk;
	OK(&c->w, run(&c->w, kase_void, &t, &again));
	assert_int_equal(view(c, &c->clerk, id).state, KASE_AT_VOID);
	kase_view v = view(c, &c->clerk, again);
	assert_int_equal(v.state, KASE_AT_DRAFT);
	assert_int_equal(v.papers.n, 3);
	str number;
	OK(&c->w, submit(c, &c->clerk, again, NULL, &number));
	assert_true(str_starts(number, STR("420102-2026-000002-"))); /* the first is not given again */
	number_leads(c, number, again);
	number_leads(c, str_fmt(x->a, " 420102 2026 000002 %.*s", STR_ARG(str_from(number, 19))), again);
	number_leads(c, STR("420102-2026-000002-ABCDEF"), 0);
	number_leads(c, STR("420102"), 0);
	t = (kase_turn_in){.at = at(c, &c->applicant, again), .turn = 1, .reason = STR("不办了")};
	OK(&c->w, run(&c->w, kase_withdraw, &t, NULL));
	mine_is(c, &c->applicant, id, KASE_AT_VOID);
	mine_is(c, &c->applicant, again, KASE_AT_END);
	actor stranger = c->applicant; /* the same number of account, of another federation */
	stranger.tenant = COUNTY;
	mine_is(c, &stranger, again, 0);
	REFUSED(&c->w, save(c, &stranger, again, man, NULL), RC_DENIED, "kase.denied");
	assert_int_equal(view(c, &c->clerk, again).state, KASE_AT_END);
	whole(c);
}

/* The leader signs on paper, the clerk enters it: recorded as his decision, entered by her. */
static void
sheets_and_batches(fixture *x)
{
	county *c = county_open(x);
	int64_t one = man_at_review(c), two = filed(c, child, ASKS_GUARDIAN);
	kase_done on[2] = {{.tenant = COUNTY, .id = one}, {.tenant = COUNTY, .id = two}}, done[2];

	OK(&c->w, act(c, &c->clerk, one, "propose", "", NULL));
	on[0].turn = view(c, &c->clerk, one).turn;
	on[1].turn = view(c, &c->clerk, two).turn;
	kase_batch_in b = {.house = &c->house,
			   .by = &c->clerk2,
			   .on = on,
			   .n = 2,
			   .act = STR("approve"),
			   .reason = STR("审批表第1号"),
			   .decided_by = c->doctor.account,
			   .now = x->now};
	OK(&c->w, kase_batch(x->s, x->a, &x->f, &b, done));
	assert_int_equal(done[0].rc, RC_DENIED); /* a doctor has no such post here */
	assert_string_equal(done[0].why->id, "kase.sheet");
	b.decided_by = c->approver.account;
	OK(&c->w, kase_batch(x->s, x->a, &x->f, &b, done));
	assert_int_equal(done[0].rc, RC_OK);
	assert_string_equal(done[1].why->id, "kase.act"); /* skipped, and why */
	kase_view v = view(c, &c->clerk, one);
	const kase_turn *last = &v.turns.v[v.turns.n - 1];
	assert_int_equal(last->actor, c->clerk2.account);
	assert_int_equal(last->decided_by, c->approver.account);
	assert_true(str_eq(last->part, STR("sheet")));
	b.n = KASE_BATCH_MAX + 1;
	REFUSED(&c->w, kase_batch(x->s, x->a, &x->f, &b, done), RC_LIMIT, "kase.batch");
	whole(c);
}

/* ---- what a page asks ---- */

static const kase_offer *
offer(const kase_offers *o, const char *act_id)
{
	for (size_t i = 0; i < o->acts.n; i++)
		if (str_eq(o->acts.v[i].act->id, str_of(act_id)))
			return &o->acts.v[i];
	fail_msg("%s is not among the acts", act_id);
	return NULL;
}

/* The page and the command give one answer. */
static void
offers_say_what_may_be_done(fixture *x)
{
	county *c = county_open(x);
	int64_t second =
		open_office_at(&c->w, COUNTY, OFFICE_HOSPITAL, LEVEL_COUNTY, COUNTY_CODE, "县精神卫生中心");
	int64_t id = filed(c, man, ASKS_SELF);

	kase_offers o = offers(c, &c->clerk, id);
	assert_int_equal(offer(&o, "accept")->rc, RC_OK);
	assert_int_equal(offer(&o, "accept")->next.n, 2); /* two hospitals are as near */
	assert_false(o.take_back || o.hand_over);
	assert_true(o.fill && o.remake);
	o = offers(c, &c->approver, id); /* he may enter, by sheet, what the clerks decided */
	assert_int_equal(o.mine, RC_DENIED);
	assert_string_equal(offer(&o, "accept")->why->id, "kase.not_yours");
	assert_int_equal(offer(&o, "accept")->signers.n, 2);

	kase_act_in a = {.at = at(c, &c->clerk, id), .turn = 1, .act = STR("accept"), .office = second};
	OK(&c->w, run(&c->w, kase_act, &a, NULL));
	o = offers(c, &c->clerk, id);
	assert_true(o.take_back);
	assert_int_equal(o.acts.n, 0);
	o = offers(c, &c->approver, id);
	assert_false(o.take_back);
	whole(c);
}

static void
a_file_says_what_is_missing_and_who_acted(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF), found = 0, tenant = 0;
	const kase_ref *ref = NULL;
	bool ever = false, now = false;
	kase_notices hanging;
	kase_piles piles;
	kase_file file;
	kase_view v;
	db *d = NULL;

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", limb));
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_see(d, x->a, &x->f, &c->clerk, COUNTY, id, &ref));
	OK(&c->w, kase_read(d, x->a, &x->f, &c->house, ref, &v));
	OK(&c->w, kase_file_read(&v, x->now, &file));
	assert_int_equal(file.missing.n, 0);
	assert_int_equal(file.notices.n, 1);
	assert_int_equal(file.assessments.n, 1);
	assert_true(str_eq(file.names.v[1].office, STR("县人民医院")));
	assert_true(str_eq(file.names.v[0].actor, file.names.v[0].decider));
	OK(&c->w, kase_by_number(d, x->a, &x->f, v.number, &tenant, &found));
	assert_true(tenant == COUNTY && found == id);
	str last = str_ends(v.number, STR("0")) ? STR("2") : STR("0"); /* it is drawn: another one */
	str wrong = str_cat(x->a, str_sub(v.number, 0, v.number.n - 1), last);
	assert_int_equal(kase_by_number(d, x->a, &x->f, wrong, &tenant, &found), RC_NOT_FOUND);
	assert_int_equal(kase_by_number(d, x->a, &x->f, STR("420102-2026-1"), &tenant, &found), RC_NOT_FOUND);
	OK(&c->w, kase_at_desk(d, x->a, &x->f, &c->clerk, COUNTY, id, &ever, &now));
	assert_true(ever && !now);
	actor other = c->doctor; /* of a hospital that it was never given to */
	other.office = id;
	OK(&c->w, kase_see(d, x->a, &x->f, &c->doctor, COUNTY, id, &ref));
	assert_int_equal(kase_see(d, x->a, &x->f, &other, COUNTY, id, &ref), RC_NOT_FOUND);
	OK(&c->w, kase_notices_read(d, x->a, &x->f, &c->village, STR(""), 0, 10, &hanging));
	assert_int_equal(hanging.n, 1);
	assert_true(str_eq(hanging.v[0].number, v.number));
	OK(&c->w, kase_piles_read(d, x->a, &x->f, &c->village, STR("2026-06-08"), &piles));
	assert_int_equal(piles.n, 1);
	assert_true(piles.v[0].n == 1 && piles.v[0].today == 1 && piles.v[0].overdue == 0);
	store_read_end(x->s, d);
}

static rc
sees(county *c, const actor *who, int64_t id)
{
	fixture *x = c->w.x;
	const kase_ref *ref = NULL;
	db *d = NULL;

	fault_clear(&x->f);
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	rc r = kase_see(d, x->a, &x->f, who, COUNTY, id, &ref);
	store_read_end(x->s, d);
	return r;
}

/* How many turns, piles and notices his lists show. */
static size_t
listed(county *c, const actor *who)
{
	fixture *x = c->w.x;
	const kase_todo_ask all = {
		.due = STR(""), .n = 50, .service = STR(""), .step = STR(""), .region = division_interval(0)};
	kase_notices hanging;
	kase_todos todo;
	kase_piles piles;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kase_todo_read(d, x->a, &x->f, who, &all, &todo));
	OK(&c->w, kase_piles_read(d, x->a, &x->f, who, STR("2026-06-08"), &piles));
	OK(&c->w, kase_notices_read(d, x->a, &x->f, who, STR(""), 0, 10, &hanging));
	store_read_end(x->s, d);
	return todo.n + piles.n + hanging.n;
}

static void
who_works_in_another_line_does_not_see_it(fixture *x)
{
	county *c = county_open(x);
	int64_t id = filed(c, man, ASKS_SELF);
	actor clerk = c->clerk, reviewer = c->clerk, village = c->village;

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", limb));
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	assert_int_equal(listed(c, &c->village), 3);
	village.line = STR("certificate"); /* the post is for this line alone */
	assert_int_equal(listed(c, &village), 3);
	assert_int_equal(sees(c, &village, id), RC_OK);
	village.line = STR("subsidy");
	assert_int_equal(listed(c, &village), 0);
	assert_int_equal(sees(c, &village, id), RC_NOT_FOUND); /* though his office has it */
	clerk.line = STR("rights");
	assert_int_equal(sees(c, &clerk, id), RC_NOT_FOUND);
	clerk.line = STR("certificate");
	assert_int_equal(sees(c, &clerk, id), RC_OK);
	reviewer.role = role_find(c->w.roles, STR("civil_affairs.reviewer")); /* subsidies only */
	reviewer.office = id;
	assert_int_equal(sees(c, &reviewer, id), RC_NOT_FOUND); /* though he reads the register there */
	reviewer.role = c->clerk.role;
	assert_int_equal(sees(c, &reviewer, id), RC_OK);
	whole(c);
}

/* ---- the house ---- */

static const kase_house *
hold(county *c, kases *k, arena *a)
{
	fixture *x = c->w.x;
	const kase_house *h = NULL;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, kases_hold(k, d, x->now, a, &x->f, &h));
	store_read_end(x->s, d);
	return h;
}

static void
a_house_is_renewed_when_something_is_published(fixture *x)
{
	county *c = county_open(x);
	actor console = actor_console(0);
	arena *own = arena_open(x->a, 0), *first = arena_open(own, 0), *second = arena_open(own, 0);
	kases *k = kases_open(x->a, c->house.fields, c->w.roles);
	const service_ask with = {.fields = c->house.fields, .roles = c->w.roles, .effects = kase_effects};
	int64_t version = 0;

	const kase_house *h = hold(c, k, first);
	assert_int_equal(h->nservices, c->house.nservices);
	assert_ptr_equal(hold(c, k, second), h);
	const definition_offer o = offers_of(c, &with).v[1]; /* behind the parameters */
	definition_new next = {.by = &console,
			       .kind = STR(DEFINITION_SERVICE),
			       .id = o.id,
			       .sha256 = STR("another"),
			       .text = o.text,
			       .alone = true};
	OK(&c->w, run(&c->w, definition_propose, &next, &version));
	assert_int_equal(version, 2);
	const kase_house *renewed = hold(c, k, second);
	assert_ptr_not_equal(renewed, h);
	assert_int_equal(renewed->nservices, h->nservices + 1);
	arena_close(first); /* the old one goes with its last holder: the address sanitizer watches */
	assert_ptr_equal(hold(c, k, own), renewed);
	arena_close(own);
}

BOTH(a_man_gets_his_certificate)
BOTH(the_card_is_as_its_county_has_it)
BOTH(a_child_is_not_published)
BOTH(one_is_sent_back_for_a_paper)
BOTH(one_is_refused_with_its_letter)
BOTH(one_is_objected_to)
BOTH(only_the_right_hands_act)
BOTH(nobody_approves_what_he_accepted)
BOTH(own_and_near_cases_are_left_to_others)
BOTH(answers_are_checked_where_they_stand)
BOTH(papers_come_as_files)
BOTH(acts_are_taken_back_until_seen)
BOTH(work_goes_to_another_hospital)
BOTH(a_case_is_void_and_made_again)
BOTH(sheets_and_batches)
BOTH(a_house_is_renewed_when_something_is_published)
BOTH(offers_say_what_may_be_done)
BOTH(a_file_says_what_is_missing_and_who_acted)
BOTH(who_works_in_another_line_does_not_see_it)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_man_gets_his_certificate),
		BOTH_TESTS(the_card_is_as_its_county_has_it),
		BOTH_TESTS(a_child_is_not_published),
		BOTH_TESTS(one_is_sent_back_for_a_paper),
		BOTH_TESTS(one_is_refused_with_its_letter),
		BOTH_TESTS(one_is_objected_to),
		BOTH_TESTS(only_the_right_hands_act),
		BOTH_TESTS(nobody_approves_what_he_accepted),
		BOTH_TESTS(own_and_near_cases_are_left_to_others),
		BOTH_TESTS(answers_are_checked_where_they_stand),
		BOTH_TESTS(papers_come_as_files),
		BOTH_TESTS(acts_are_taken_back_until_seen),
		BOTH_TESTS(work_goes_to_another_hospital),
		BOTH_TESTS(a_case_is_void_and_made_again),
		BOTH_TESTS(sheets_and_batches),
		BOTH_TESTS(a_house_is_renewed_when_something_is_published),
		BOTH_TESTS(offers_say_what_may_be_done),
		BOTH_TESTS(a_file_says_what_is_missing_and_who_acted),
		BOTH_TESTS(who_works_in_another_line_does_not_see_it),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* lifecycle_test.c - what the shipped services do to a certificate over its life: renewed, replaced, lost and
 * found, changed, cancelled for four reasons, suspended; each to its end, and what is refused on the way. */
#include "app/kase/kase_fixture.h"

#include "app/certificate/certificate.h"
#include "app/kase/public.h"

static int64_t
holder(county *c, const char *expires, int64_t status)
{
	fixture *x = c->w.x;
	person_in in = {.tenant = COUNTY,
			.id_kind = 1,
			.id_number = STR(MAN),
			.name = STR("张明"),
			.born = STR("1990-03-07"),
			.phone = STR("13800000009"),
			.source = STR("test"),
			.sex = 1,
			.ethnic = 1,
			.nplaces = 1,
			.has_certificate = true};
	static const part_in part = {.category = 4,
				     .level = 2,
				     .cause = STR("42"),
				     .item = STR("4.2a"),
				     .assessed_on = STR("2020-01-01")};
	person_new p;
	db *d = NULL;

	in.place[0] = (place_in){
		.kind = PLACE_REGISTRATION, .tenant = COUNTY, .region = VILLAGE, .address = STR("一组8号")};
	in.guardian.name = in.guardian.id_number = in.guardian.phone = STR("");
	in.bank.account = STR("");
	in.certificate = (certificate_in){.category = 4,
					  .level = 2,
					  .status = status,
					  .generation = 2,
					  .number = STR(MAN "42"),
					  .issued = STR("2020-01-01"),
					  .expires = str_of(expires),
					  .remarks = STR(""),
					  .part = &part,
					  .nparts = 1};
	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_prepare(x->s, db_sealer(d), x->a, &x->f, &in, x->now, &p));
	store_read_end(x->s, d);
	person_enter e = {.person = &p, .kind = "person.registered"};
	store_command k = {
		.fn = person_enter_run, .in = &e, .a = x->a, .now = x->now, .keys = &p.wrapped, .nkeys = 1};
	OK(&c->w, store_write(x->s, &x->f, &k));
	return p.id;
}

static person_view
record_of_him(county *c, int64_t person)
{
	fixture *x = c->w.x;
	const person_ref *ref = NULL;
	person_view p;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, person_open(d, x->a, &x->f, &c->clerk, COUNTY, person, &ref));
	OK(&c->w, person_read(d, x->a, &x->f, ref, &p));
	store_read_end(x->s, d);
	return p;
}

static certificate_view
latest(county *c, int64_t person)
{
	person_view p = record_of_him(c, person);

	assert_true(p.certificates.n > 0);
	return p.certificates.v[0];
}

/* Does a certificate number lead to somebody? */
static bool
is_good(county *c, const char *number)
{
	fixture *x = c->w.x;
	const person_ref *ref = NULL;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	rc r = person_by_number(d, x->a, &x->f, &c->clerk, str_of(number), date_of_instant(x->now), &ref);
	store_read_end(x->s, d);
	assert_true(r == RC_OK || r == RC_NOT_FOUND);
	return r == RC_OK;
}

/* What everybody is asked. */
#define HIM                                                                                                  \
	{"name", "张明"}, {"id_number", MAN}, {"phone", "13800000009"},                                      \
		{"registration_place", "420102001001"}, {"category", "4"},                                   \
	{                                                                                                    \
		"level", "2"                                                                                 \
	}

static const say plain[] = {HIM, {0}};
static const say lost[] = {HIM, {"lost_on", "2026-05-20"}, {"lost_how", "在集市上遗失"}, {0}};
static const say worse[] = {HIM, {"claimed_category", "4"}, {"change_story", "左腿也截肢了"}, {0}};
static const say better[] = {HIM, {"claimed_category", "4"}, {"change_story", "术后行走自如"}, {0}};
static const say story[] = {HIM, {"change_story", "人在外地打工，已经联系上"}, {0}};
static const say hint[] = {HIM, {"told_by", "群众来信"}, {"change_story", "评定时由他人顶替"}, {0}};
static const say suspended[] = {
	HIM, {"freeze_reason", "2"}, {"freeze_until", "2026-06-30"}, {"change_story", "三次入户未见"}, {0}};
static const say gone[] = {{"name", "张明"},
			   {"id_number", MAN},
			   {"phone", "13800000009"},
			   {"registration_place", "420102001001"},
			   {"died", "2026-04-20"},
			   {"told_by", "长子"},
			   {0}};

/* Concluded again: one level up, and the same as before. */
static const say severer[] = {{"limb_adl", "1"},
			      {"limb_item", "1g"},
			      {"findings", "双下肢缺失"},
			      {"assessed_category", "4"},
			      {"assessed_level", "1"},
			      {"cause", "42"},
			      {"assessed_on", "2026-06-01"},
			      {"assess_way", "1"},
			      {"doctor", "王医生"},
			      {"second_doctor", "赵医生"},
			      {0}};
static const say unchanged[] = {{"limb_adl", "2"},
				{"limb_item", "2a"},
				{"findings", "偏瘫，保留少许功能"},
				{"assessed_category", "4"},
				{"assessed_level", "2"},
				{"cause", "42"},
				{"assessed_on", "2026-06-01"},
				{"assess_way", "1"},
				{"doctor", "王医生"},
				{"second_doctor", "赵医生"},
				{0}};
static const say unfit[] = {
	{"limb_adl", "4"},   {"limb_item", "4k"},  {"findings", "功能恢复"},    {"assessed_on", "2026-06-01"},
	{"assess_way", "1"}, {"doctor", "王医生"}, {"second_doctor", "赵医生"}, {0}};

/* Every paper that the service knows, as an original or promised. */
static void
all_papers(county *c, const actor *by, int64_t id)
{
	const service *s = kase_service(&c->house, c->service);

	for (size_t i = 0; i < s->npapers; i++) {
		const service_paper *p = &s->paper[i];
		const char *state = p->accepts & PAPER_ORIGINAL ? "original" : "promised";
		OK(&c->w, paper(c, by, id, cstr(c->w.x->a, p->id), state));
	}
}

/* A draft of that service with everything in it. */
static int64_t
drafted(county *c, const char *service_id, const actor *by, asks_as as, const say *what)
{
	c->service = str_of(service_id);
	int64_t id = open_draft(c, by, as, MAN);

	OK(&c->w, save(c, by, id, what, NULL));
	all_papers(c, by, id);
	return id;
}

static int64_t
asked_for(county *c, const char *service_id, const actor *by, asks_as as, const say *what)
{
	kase_problems none = {0};
	int64_t id = drafted(c, service_id, by, as, what);
	str number;

	rc r = submit(c, by, id, &none, &number);
	for (size_t i = 0; i < none.n; i++)
		print_error("%s %s\n", cstr(c->w.x->a, fault_print(c->w.x->a, none.v[i].why)),
			    cstr(c->w.x->a, none.v[i].say.zh));
	OK(&c->w, r);
	return id;
}

/* It is refused when it is filed, with the service's own words. */
static void
barred(county *c, const char *service_id, const actor *by, asks_as as, const say *what, const char *words)
{
	kase_problems all = {0};
	int64_t id = drafted(c, service_id, by, as, what);
	bool said_so = false;
	str number;

	assert_int_equal(submit(c, by, id, &all, &number), RC_INVALID);
	for (size_t i = 0; i < all.n; i++)
		said_so = said_so || str_find(all.v[i].say.zh, str_of(words)) >= 0;
	if (!said_so)
		fail_msg("not said: %s", words);
	fault_clear(&c->w.x->f);
}

static void
ended_as(county *c, int64_t id, const char *outcome)
{
	kase_view v = view(c, &c->clerk, id);

	assert_int_equal(v.state, KASE_AT_END);
	assert_string_equal(cstr(c->w.x->a, v.outcome), outcome);
}

/* It hangs five working days from the day after; nobody objects. */
static void
notice_is_over(county *c)
{
	c->w.x->now += 7 * DAY;
	morning(c);
	c->w.x->now += 2 * DAY;
	morning(c);
}

/* ---- lost ---- */

static void
a_lost_one_has_a_b(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-lost", &c->applicant, ASKS_SELF, lost);

	assert_true(is_good(c, MAN "42"));
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	assert_int_equal(latest(c, p).status, CERTIFICATE_LOST);
	barred(c, "certificate-replace", &c->applicant, ASKS_SELF, plain, "已经挂失");
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	ended_as(c, id, "issued");
	certificate_view now = latest(c, p);
	assert_int_equal(now.status, CERTIFICATE_VALID);
	assert_int_equal(now.reissue, 1);
	assert_string_equal(cstr(x->a, now.expires), "2029-12-31");
	assert_true(is_good(c, MAN "42B1") && !is_good(c, MAN "42"));
	assert_int_equal(record_of_him(c, p).certificates.v[1].status, CERTIFICATE_SUPERSEDED);
	/* and once more */
	id = asked_for(c, "certificate-lost", &c->applicant, ASKS_SELF, lost);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	assert_true(is_good(c, MAN "42B2") && !is_good(c, MAN "42B1"));
	whole(c);
}

static void
a_found_one_is_good_again(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-lost", &c->applicant, ASKS_SELF, lost);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	REFUSED(&c->w, act(c, &c->clerk, id, "found", "", NULL), RC_INVALID, "kase.reason");
	OK(&c->w, act(c, &c->clerk, id, "found", "在家里找到了", NULL));
	ended_as(c, id, "found");
	assert_int_equal(latest(c, p).status, CERTIFICATE_VALID);
	assert_true(is_good(c, MAN "42"));
	whole(c);
}

/* ---- renewed ---- */

static void
renewed_when_it_may_be(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2027-06-01", CERTIFICATE_VALID); /* a year to the day */
	int64_t id = asked_for(c, "certificate-renew", &c->applicant, ASKS_SELF, plain);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	REFUSED(&c->w, act(c, &c->clerk, id, "approve", "", NULL), RC_DENIED, "kase.not_yours");
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	certificate_view now = latest(c, p);
	assert_int_equal(now.status, CERTIFICATE_VALID);
	assert_string_equal(cstr(x->a, now.issued), "2026-06-01");
	assert_string_equal(cstr(x->a, now.expires), "2036-05-31");
	assert_true(now.remarks.n > 0);
	person_view r = record_of_him(c, p);
	assert_int_equal(r.certificates.n, 2);
	assert_int_equal(r.certificates.v[1].status, CERTIFICATE_SUPERSEDED);
	assert_int_equal(r.parts.n, 2); /* what was assessed goes with it */
	assert_true(is_good(c, MAN "42"));
	/* ten years are a long time: not again now */
	barred(c, "certificate-renew", &c->applicant, ASKS_SELF, plain, "离到期还早");
	whole(c);
}

static void
renewed_after_it_expired(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2026-05-31", CERTIFICATE_VALID); /* yesterday */

	barred(c, "certificate-replace", &c->applicant, ASKS_SELF, plain, "已经过期");
	barred(c, "certificate-lost", &c->applicant, ASKS_SELF, lost, "已经过期");
	int64_t id = asked_for(c, "certificate-renew", &c->applicant, ASKS_SELF, plain);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->clerk, id, "assess", "行走已明显好转", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", limb)); /* level 3 now */
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	notice_is_over(c);
	stands_at(c, id, "review");
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	person_view r = record_of_him(c, p);
	assert_int_equal(r.certificates.v[0].level, 3);
	assert_int_equal(r.certificates.v[1].status, CERTIFICATE_EXPIRED);
	assert_true(is_good(c, MAN "43"));
	whole(c);
}

/* What /verify says to a number alone. */
static bool
verified(county *c, const char *number)
{
	static const actor nobody = {.kind = ACTOR_NOBODY};
	const certificate_ask in = {.by = &nobody,
				    .number = str_of(number),
				    .code = STR(""),
				    .asker = STR(""),
				    .source = STR("10.0.0.1")};
	certificate_said out;

	OK(&c->w, run(&c->w, certificate_verify, &in, &out));
	return out.valid;
}

/* The number of the one that expired still finds him at the counter; to the world it is good for nothing. */
static void
a_number_of_old_is_not_good(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2026-05-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-renew", &c->applicant, ASKS_SELF, plain);

	assert_false(verified(c, MAN "42"));
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	assert_true(verified(c, MAN "42"));
	id = asked_for(c, "certificate-lost", &c->applicant, ASKS_SELF, lost);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	assert_int_equal(latest(c, p).reissue, 1);
	assert_true(is_good(c, MAN "42"));
	assert_false(verified(c, MAN "42"));
	assert_true(verified(c, MAN "42B1"));
	whole(c);
}

/* ---- damaged ---- */

static void
a_damaged_card_changes_nothing(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-replace", &c->applicant, ASKS_SELF, plain);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	ended_as(c, id, "issued");
	assert_int_equal(record_of_him(c, p).certificates.n, 1);
	whole(c);
}

/* ---- details ---- */

static const say renamed[] = {{"name", "张明"},
			      {"id_number", MAN},
			      {"registration_place", "420102001001"},
			      {"category", "4"},
			      {"level", "2"},
			      {"detail_kinds", "1 2 3"},
			      {"new_name", "张大明"},
			      {"new_id_number", "990101200012310047"},
			      {"phone", "13900000001"},
			      {0}};

static void
another_name_and_number(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-details", &c->applicant, ASKS_SELF, renamed);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	person_view r = record_of_him(c, p);
	assert_string_equal(cstr(x->a, r.name), "张大明");
	assert_string_equal(cstr(x->a, r.born), "2000-12-31");
	assert_int_equal(r.certificates.n, 2);
	assert_string_equal(cstr(x->a, r.certificates.v[0].expires), "2029-12-31");
	assert_int_equal(r.certificates.v[1].status, CERTIFICATE_SUPERSEDED);
	assert_true(is_good(c, "99010120001231004742") && !is_good(c, MAN "42"));
	whole(c);
}

/* ---- changed ---- */

static void
another_level_is_another_number(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-change", &c->applicant, ASKS_SELF, worse);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", severer));
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	notice_is_over(c);
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	REFUSED(&c->w, act(c, &c->approver, id, "same", "没有变化", NULL), RC_INVALID, "kase.act_when");
	OK(&c->w, act(c, &c->approver, id, "approve", "", NULL));
	assert_int_equal(latest(c, p).level, 1);
	assert_true(is_good(c, MAN "41") && !is_good(c, MAN "42"));
	/* assessed ten days ago: only the approver may let it through, and says why */
	id = asked_for(c, "certificate-change", &c->applicant, ASKS_SELF, worse);
	assert_true(view(c, &c->clerk, id).warnings != 0);
	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "meets", "", unchanged));
	OK(&c->w, act(c, &c->village, id, "posted", "", NULL));
	notice_is_over(c);
	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	REFUSED(&c->w, act(c, &c->approver, id, "approve", "", NULL), RC_INVALID, "kase.lift");
	OK(&c->w, act(c, &c->approver, id, "approve", "有手术病历", NULL));
	assert_true(is_good(c, MAN "42") && !is_good(c, MAN "41"));
	whole(c);
}

static void
who_meets_the_standard_no_longer(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-change", &c->applicant, ASKS_SELF, better);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "fails", "不符合肢体残疾标准", unfit));
	stands_at(c, id, "review");
	REFUSED(&c->w, act(c, &c->clerk, id, "propose", "", NULL), RC_INVALID, "kase.act_when");
	OK(&c->w, act(c, &c->clerk, id, "unfit", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "cancel", "评定结论为不符合标准", NULL));
	ended_as(c, id, "cancelled");
	certificate_view now = latest(c, p);
	assert_int_equal(now.status, CERTIFICATE_CANCELLED);
	assert_int_equal(now.ended_for, 2);
	assert_string_equal(cstr(x->a, now.ended), "2026-06-01");
	assert_false(is_good(c, MAN "42"));
	whole(c);
}

/* ---- cancelled ---- */

static void
death_is_told_by_the_family(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_LOST); /* nobody finds the card any more */
	int64_t id = asked_for(c, "certificate-cancel-death", &c->clerk, ASKS_OFFICE, gone);

	OK(&c->w, act(c, &c->clerk2, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "cancel", "死亡证明齐全", NULL));
	person_view r = record_of_him(c, p);
	assert_string_equal(cstr(x->a, r.died), "2026-04-20");
	assert_int_equal(r.certificates.v[0].status, CERTIFICATE_CANCELLED);
	assert_int_equal(r.certificates.v[0].ended_for, 1);
	barred(c, "certificate-cancel-death", &c->clerk, ASKS_OFFICE, gone, "不用再注销");
	whole(c);
}

static rc
grants(tx *t, const void *in, void *out)
{
	const int64_t *person = in;

	(void)out;
	tx_event(t, &(event_head){.tenant = COUNTY, .kind = "test.granted", .subject = *person});
	return put_entitlement(t, &(row_entitlement){.tenant = COUNTY,
						     .person = *person,
						     .id = tx_id(t),
						     .service = STR("living-subsidy"),
						     .policy = STR("two-subsidies"),
						     .name = STR("生活补贴"),
						     .valid_from = STR("2026-01-01"),
						     .valid_to = STR(""),
						     .fen = 6000});
}

static str
granted_until(county *c, int64_t person)
{
	fixture *x = c->w.x;
	entitlements all;
	db *d = NULL;

	OK(&c->w, store_read(x->s, x->a, &x->f, &d));
	OK(&c->w, entitlements_read(d, x->a, &x->f, COUNTY, person, &all));
	store_read_end(x->s, d);
	assert_int_equal(all.n, 1);
	return all.v[0].valid_to;
}

/* His voluntary cancellation ends it with this month; his death, told in June, would have with April. */
static void
what_rests_on_it_ends(fixture *x, const char *asked, asks_as as, const say *what, const char *until)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	const actor *by = as == ASKS_OFFICE ? &c->clerk : &c->applicant;

	OK(&c->w, run(&c->w, grants, &p, NULL));
	int64_t id = asked_for(c, asked, by, as, what);
	OK(&c->w, act(c, &c->clerk2, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "cancel", "属实", NULL));
	assert_string_equal(cstr(x->a, granted_until(c, p)), until);
	whole(c);
}

static void
a_subsidy_ends_with_the_month(fixture *x)
{
	what_rests_on_it_ends(x, "certificate-cancel-voluntary", ASKS_SELF, plain, "2026-06-30");
}

static void
a_subsidy_ends_with_the_month_of_death(fixture *x)
{
	what_rests_on_it_ends(x, "certificate-cancel-death", ASKS_OFFICE, gone, "2026-04-30");
}

static void
a_year_after_he_gave_it_up(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-cancel-voluntary", &c->applicant, ASKS_SELF, plain);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "cancel", "本人书面申请", NULL));
	assert_int_equal(latest(c, p).ended_for, 3);
	/* within the year it is a warning that the approver lifts with a reason; afterwards there is none */
	c->service = STR("certificate-new");
	id = filed(c, man, ASKS_SELF);
	assert_true(view(c, &c->clerk, id).warnings != 0);
	kase_turn_in back = {.at = at(c, &c->applicant, id), .turn = 1, .reason = STR("过一年再来")};
	OK(&c->w, run(&c->w, kase_withdraw, &back, NULL));
	x->now = date_start_instant(date_from_ymd(2027, 6, 1));
	house_again(c, c->house.fields);
	id = filed(c, man, ASKS_SELF);
	assert_int_equal(view(c, &c->clerk, id).warnings, 0);
	whole(c);
}

static void
recovery_is_concluded_by_doctors(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-cancel-recovered", &c->clerk, ASKS_OFFICE, better);

	OK(&c->w, act(c, &c->clerk, id, "accept", "", NULL));
	OK(&c->w, act(c, &c->doctor, id, "fails", "功能恢复", unfit));
	OK(&c->w, act(c, &c->clerk2, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "cancel", "评定结论为不符合", NULL));
	assert_int_equal(latest(c, p).ended_for, 2);
	whole(c);
}

static void
fraud_is_heard_first(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);

	/* nobody asks for that himself */
	c->service = STR("certificate-cancel-fraud");
	kase_new n = {.house = &c->house,
		      .by = &c->applicant,
		      .service = c->service,
		      .tenant = COUNTY,
		      .region = VILLAGE,
		      .as = ASKS_OFFICE,
		      .channel = STR("2"),
		      .id_number = STR("")};
	REFUSED(&c->w, run(&c->w, kase_open, &n, NULL), RC_INVALID, "kase.asks_as");
	int64_t id = asked_for(c, "certificate-cancel-fraud", &c->clerk, ASKS_OFFICE, hint);
	OK(&c->w, act(c, &c->clerk, id, "proved", "监控显示由他人顶替", NULL));
	REFUSED(&c->w, act(c, &c->clerk, id, "propose", "", NULL), RC_INVALID, "kase.form");
	OK(&c->w, act(c, &c->clerk, id, "propose", "", (const say[]){{"hearing", "承认"}, {0}}));
	OK(&c->w, act(c, &c->approver, id, "revoke", "骗取属实", NULL));
	certificate_view now = latest(c, p);
	assert_int_equal(now.status, CERTIFICATE_REVOKED);
	assert_int_equal(now.ended_for, 4);
	whole(c);
}

/* What is expired is not revoked, as the states have it: it is cancelled for that reason. */
static void
fraud_with_one_that_expired(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2026-05-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-cancel-fraud", &c->clerk, ASKS_OFFICE, hint);

	OK(&c->w, act(c, &c->clerk, id, "proved", "监控显示由他人顶替", NULL));
	OK(&c->w, act(c, &c->clerk, id, "propose", "", (const say[]){{"hearing", "承认"}, {0}}));
	REFUSED(&c->w, act(c, &c->approver, id, "revoke", "骗取属实", NULL), RC_INVALID, "kase.act_when");
	OK(&c->w, act(c, &c->approver, id, "cancel", "骗取属实", NULL));
	assert_int_equal(latest(c, p).status, CERTIFICATE_CANCELLED);
	assert_int_equal(latest(c, p).ended_for, 4);
	whole(c);
}

/* ---- suspended ---- */

static void
a_suspension_ends_on_its_day(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-freeze", &c->clerk, ASKS_OFFICE, suspended);

	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "freeze", "三次入户未见本人", NULL));
	assert_int_equal(latest(c, p).status, CERTIFICATE_FROZEN);
	morning(c);
	x->now = date_start_instant(date_from_ymd(2026, 6, 30)) + 8 * 3600000;
	morning(c);
	assert_int_equal(latest(c, p).status, CERTIFICATE_FROZEN); /* its last day */
	x->now += DAY;
	morning(c);
	assert_int_equal(latest(c, p).status, CERTIFICATE_VALID);
	ended_as(c, id, "lifted");
	whole(c);
}

static void
a_suspension_is_lifted_when_he_asks(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-freeze", &c->clerk, ASKS_OFFICE, suspended);

	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "freeze", "三次入户未见本人", NULL));
	barred(c, "certificate-renew", &c->applicant, ASKS_SELF, plain, "已经冻结");
	int64_t ask = asked_for(c, "certificate-unfreeze", &c->applicant, ASKS_SELF, story);
	OK(&c->w, act(c, &c->clerk, ask, "accept", "", NULL));
	OK(&c->w, act(c, &c->approver, ask, "lift", "已经联系上", NULL));
	assert_int_equal(latest(c, p).status, CERTIFICATE_VALID);
	/* the suspension's own case ends by itself on its day, and does nothing more */
	morning(c);
	x->now = date_start_instant(date_from_ymd(2026, 7, 1)) + 8 * 3600000;
	morning(c);
	ended_as(c, id, "lifted");
	assert_int_equal(latest(c, p).status, CERTIFICATE_VALID);
	whole(c);
}

static void
a_suspended_one_may_be_cancelled(fixture *x)
{
	county *c = county_open(x);
	int64_t p = holder(c, "2029-12-31", CERTIFICATE_VALID);
	int64_t id = asked_for(c, "certificate-freeze", &c->clerk, ASKS_OFFICE, suspended);

	OK(&c->w, act(c, &c->clerk, id, "propose", "", NULL));
	OK(&c->w, act(c, &c->approver, id, "freeze", "三次入户未见本人", NULL));
	OK(&c->w,
	   act(c, &c->approver, id, "cancel", "派出所证实", (const say[]){{"cancel_reason", "5"}, {0}}));
	assert_int_equal(latest(c, p).status, CERTIFICATE_CANCELLED);
	assert_int_equal(latest(c, p).ended_for, 5);
	whole(c);
}

/* Who never had one is told where to go. */
static void
without_one_there_is_nothing_to_do(fixture *x)
{
	static const struct {
		const char *service;
		const say *what;
	} all[] = {{"certificate-renew", plain},    {"certificate-replace", plain},
		   {"certificate-lost", lost},      {"certificate-change", worse},
		   {"certificate-unfreeze", story}, {"certificate-cancel-voluntary", plain}};
	county *c = county_open(x);

	for (size_t i = 0; i < LEN(all); i++)
		barred(c, all[i].service, &c->applicant, ASKS_SELF, all[i].what, "没有查到");
	whole(c);
}

BOTH(a_lost_one_has_a_b)
BOTH(a_found_one_is_good_again)
BOTH(renewed_when_it_may_be)
BOTH(renewed_after_it_expired)
BOTH(a_number_of_old_is_not_good)
BOTH(a_damaged_card_changes_nothing)
BOTH(another_name_and_number)
BOTH(another_level_is_another_number)
BOTH(who_meets_the_standard_no_longer)
BOTH(death_is_told_by_the_family)
BOTH(a_subsidy_ends_with_the_month)
BOTH(a_subsidy_ends_with_the_month_of_death)
BOTH(a_year_after_he_gave_it_up)
BOTH(recovery_is_concluded_by_doctors)
BOTH(fraud_is_heard_first)
BOTH(fraud_with_one_that_expired)
BOTH(a_suspension_ends_on_its_day)
BOTH(a_suspension_is_lifted_when_he_asks)
BOTH(a_suspended_one_may_be_cancelled)
BOTH(without_one_there_is_nothing_to_do)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(a_lost_one_has_a_b),
		BOTH_TESTS(a_found_one_is_good_again),
		BOTH_TESTS(renewed_when_it_may_be),
		BOTH_TESTS(renewed_after_it_expired),
		BOTH_TESTS(a_number_of_old_is_not_good),
		BOTH_TESTS(a_damaged_card_changes_nothing),
		BOTH_TESTS(another_name_and_number),
		BOTH_TESTS(another_level_is_another_number),
		BOTH_TESTS(who_meets_the_standard_no_longer),
		BOTH_TESTS(death_is_told_by_the_family),
		BOTH_TESTS(a_subsidy_ends_with_the_month),
		BOTH_TESTS(a_subsidy_ends_with_the_month_of_death),
		BOTH_TESTS(a_year_after_he_gave_it_up),
		BOTH_TESTS(recovery_is_concluded_by_doctors),
		BOTH_TESTS(fraud_is_heard_first),
		BOTH_TESTS(fraud_with_one_that_expired),
		BOTH_TESTS(a_suspension_ends_on_its_day),
		BOTH_TESTS(a_suspension_is_lifted_when_he_asks),
		BOTH_TESTS(a_suspended_one_may_be_cancelled),
		BOTH_TESTS(without_one_there_is_nothing_to_do),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

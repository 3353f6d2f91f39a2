/* certificate_test.c - a certificate's life, each state from each other, one that stands a person, numbers
 * that lead to him while they are good. */
#include "app/certificate/certificate.h"

#include "app/person/person_fixture.h"

#include <stdlib.h>

#include "base/nid.h"

#define NUMBER "990101199003070015"

/* ---- which follows which ---- */

/* As the list of states has it, written down a second time: from, to. */
static const char allowed[][3] = {"23", "24", "25", "26", "27", "28", "29",
				  "35", "37", "42", "49", "52", "57"};

static void
only_these_follow(void **state)
{
	(void)state;
	for (int from = 0; from < CERTIFICATE_STATUSES; from++)
		for (int to = 0; to < CERTIFICATE_STATUSES; to++) {
			bool may = false;
			for (size_t i = 0; i < LEN(allowed); i++)
				may = may || (allowed[i][0] - '0' == from && allowed[i][1] - '0' == to);
			assert_int_equal(
				certificate_follows((certificate_status)from, (certificate_status)to), may);
		}
}

static void
expired_from_the_day_after(void **state)
{
	(void)state;
	assert_int_equal(certificate_status_on(2, STR("2024-05-12"), STR("2024-05-12")), CERTIFICATE_VALID);
	assert_int_equal(certificate_status_on(2, STR("2024-05-12"), STR("2024-05-13")), CERTIFICATE_EXPIRED);
	assert_int_equal(certificate_status_on(2, STR(""), STR("2124-05-13")), CERTIFICATE_VALID);
	assert_int_equal(certificate_status_on(5, STR("2024-05-12"), STR("2024-05-13")), CERTIFICATE_FROZEN);
}

/* ---- one person ---- */

typedef enum deed { DEED_MAKE, DEED_MOVE, DEED_READ, DEED_PUT } deed;

typedef struct ask {
	deed what;
	int64_t person;
	int64_t level, reissue;
	str expires;
	bool before; /* in the place of his latest */
	certificate_status to;
	int64_t reason;
} ask;

static rc
run(tx *t, const void *in, void *out)
{
	const ask *k = in;
	data_key key;
	row_certificate has = {0};
	const certificate_parts parts = {.n = 1,
					 .v = {{.category = 4,
						.level = k->level,
						.cause = STR("31"),
						.item = STR(""),
						.assessed_on = STR("2026-01-05")}}};

	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), COUNTY, k->person, &key));
	const certificate_holder h = {.tenant = COUNTY, .person = k->person, .key = &key};
	const certificate_new n = {.holder = &h,
				   .parts = &parts,
				   .reissue = k->reissue,
				   .generation = 2,
				   .issued = date_str(tx_arena(t), tx_today(t)),
				   .expires = k->expires,
				   .remarks = STR(""),
				   .source = STR("test")};
	tx_event(t, &(event_head){
			    .tenant = COUNTY, .kind = "certificate.test", .subject = k->person, .key = &key});
	rc r = certificate_latest(t, &h, &has);
	if (r != RC_OK && r != RC_NOT_FOUND)
		return r;
	if (k->what == DEED_MAKE)
		TRY(certificate_make(t, &n, k->before ? &has : NULL, NULL));
	if (k->what == DEED_MOVE)
		TRY(certificate_move(t, &h, &has, k->to, k->reason));
	if (k->what == DEED_PUT) /* past every check */
		TRY(put_certificate(t, &(row_certificate){.tenant = COUNTY,
							  .person = k->person,
							  .id = tx_id(t),
							  .number = STR(""),
							  .status = CERTIFICATE_VALID,
							  .issued = STR(""),
							  .expires = STR(""),
							  .remarks = STR(""),
							  .source = STR(""),
							  .ended = STR("")}));
	r = certificate_latest(t, &h, out);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
does(fixture *x, ask k, row_certificate *out)
{
	store_command c = {.fn = run, .in = &k, .out = out, .a = x->a, .now = x->now};

	fault_clear(&x->f);
	return store_write(x->s, &x->f, &c);
}

static int64_t
entered(fixture *x, const char *number)
{
	person_in in = somebody("示例甲", number);
	person_new p;

	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	return p.id;
}

/* Whom a certificate number leads to; 0: nobody. */
static int64_t
led_to(fixture *x, const char *number)
{
	arena *own = arena_open(x->a, 0);
	actor here = officer_of(x, COUNTY, 0);
	const person_ref *ref = NULL;
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	rc r = person_by_number(d, own, &x->f, &here, str_of(number), date_of_instant(x->now), &ref);
	assert_true(r == RC_OK || r == RC_NOT_FOUND);
	int64_t id = r == RC_OK ? person_ref_id(ref) : 0;
	arena_close(own);
	return id;
}

static void
a_whole_life(fixture *x)
{
	int64_t p = entered(x, NUMBER);
	row_certificate c = {0};
	ask first = {DEED_MAKE, .person = p, .level = 2, .expires = STR("2036-06-09")};

	assert_int_equal(does(x, first, &c), RC_OK);
	assert_int_equal(c.status, CERTIFICATE_VALID);
	assert_int_equal(led_to(x, NUMBER "42"), p);
	assert_int_equal(does(x, first, &c), RC_CONFLICT);
	assert_string_equal(x->f.id, "certificate.stands");
	/* lost, found, lost again, and a new one with B1 */
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_LOST}, &c), RC_OK);
	assert_int_equal(does(x, first, &c), RC_CONFLICT);
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_VALID}, &c), RC_OK);
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_LOST}, &c), RC_OK);
	ask b1 = {DEED_MAKE, .person = p, .level = 2, .reissue = 1, .expires = c.expires, .before = true};
	assert_int_equal(does(x, b1, &c), RC_OK);
	assert_int_equal(c.reissue, 1);
	assert_int_equal(led_to(x, NUMBER "42B1"), p);
	assert_int_equal(led_to(x, NUMBER "42"), 0);
	/* after ten years and a day: expired without anybody having done a thing, and renewed under its
	 * number */
	x->now = date_start_instant(date_from_ymd(2036, 6, 10));
	assert_int_equal(does(x, (ask){DEED_READ, .person = p}, &c), RC_OK);
	assert_int_equal(c.status, CERTIFICATE_EXPIRED);
	b1.expires = STR("2046-06-09");
	assert_int_equal(does(x, b1, &c), RC_OK);
	assert_int_equal(c.status, CERTIFICATE_VALID);
	assert_int_equal(led_to(x, NUMBER "42B1"), p);
	/* another level is another number, and begins without a B */
	ask change = {DEED_MAKE, .person = p, .level = 1, .expires = STR("2047-06-09"), .before = true};
	assert_int_equal(does(x, change, &c), RC_OK);
	assert_int_equal(led_to(x, NUMBER "41"), p);
	/* suspended, good again, cancelled: the number is nobody's, the day and the reason stay */
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_FROZEN}, &c), RC_OK);
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_VALID}, &c), RC_OK);
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_CANCELLED, .reason = 3}, &c),
			 RC_OK);
	assert_int_equal(c.ended_for, 3);
	assert_true(str_eq(c.ended, STR("2036-06-10")));
	assert_int_equal(led_to(x, NUMBER "41"), 0);
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_VALID}, &c), RC_CONFLICT);
	assert_string_equal(x->f.id, "certificate.state");
	check_ledger(x);
}

/* Lost as 42, had as 42B1, 41 for a while and again level 2: 42 is still nobody's. */
static void
a_void_number_never_comes_back(fixture *x)
{
	int64_t p = entered(x, NUMBER);
	row_certificate c = {0};
	ask k = {DEED_MAKE, .person = p, .level = 2, .expires = STR("2036-06-09")};

	assert_int_equal(does(x, k, &c), RC_OK);
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_LOST}, &c), RC_OK);
	k.before = true;
	k.reissue = 1;
	assert_int_equal(does(x, k, &c), RC_OK);
	k.reissue = 0;
	k.level = 1;
	assert_int_equal(does(x, k, &c), RC_OK);
	assert_int_equal(c.reissue, 0);
	k.level = 2;
	assert_int_equal(does(x, k, &c), RC_OK);
	assert_int_equal(c.reissue, 1);
	assert_int_equal(led_to(x, NUMBER "42"), 0);
	assert_int_equal(led_to(x, NUMBER "42B1"), p);
	check_ledger(x);
}

/* Whatever a program does past the checks, the store has one that stands. */
static void
a_second_one_does_not_stand(fixture *x)
{
	int64_t p = entered(x, NUMBER);
	row_certificate c = {0};

	assert_int_equal(does(x, (ask){DEED_MAKE, .person = p, .level = 3, .expires = STR("2036-06-09")}, &c),
			 RC_OK);
	assert_int_equal(does(x, (ask){DEED_PUT, .person = p}, &c), RC_CONFLICT);
	assert_int_equal(does(x, (ask){DEED_MOVE, .person = p, .to = CERTIFICATE_CANCELLED, .reason = 3}, &c),
			 RC_OK);
	assert_int_equal(does(x, (ask){DEED_PUT, .person = p}, &c), RC_OK);
	check_ledger(x);
}

static void
without_a_number_there_is_none(fixture *x)
{
	int64_t p = entered(x, "");
	row_certificate c = {0};

	assert_int_equal(does(x, (ask){DEED_MAKE, .person = p, .level = 3, .expires = STR("2036-06-09")}, &c),
			 RC_INVALID);
	assert_string_equal(x->f.id, "certificate.no_number");
}

BOTH(a_whole_life)
BOTH(a_void_number_never_comes_back)
BOTH(a_second_one_does_not_stand)
BOTH(without_a_number_there_is_none)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(only_these_follow),        cmocka_unit_test(expired_from_the_day_after),
		BOTH_TESTS(a_void_number_never_comes_back), BOTH_TESTS(a_whole_life),
		BOTH_TESTS(a_second_one_does_not_stand),    BOTH_TESTS(without_a_number_there_is_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

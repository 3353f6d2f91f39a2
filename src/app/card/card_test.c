/* card_test.c - blanks that are never lost from the books, cards printed once and again, the way to the
 * holder, and the file, on both engines; the ledger proves each. */
#include "app/card/card_fixture.h"

#include <unistd.h>

#include "app/card/sheet.h"

/* ---- blanks ---- */

static rc
receive(mint *m, const actor *by, const char *first, const char *last)
{
	blank_in in = {.by = by,
		       .stock = MINT_SECOND_GREEN,
		       .first = str_of(first),
		       .last = str_of(last),
		       .received = STR("2026-06-01"),
		       .source = STR("省残联")};
	int64_t id = 0;

	return run(&m->o->w, blank_receive, &in, &id);
}

static rc
issue(mint *m, const char *first, const char *last, int64_t office)
{
	blank_out in = {.by = &m->o->clerk,
			.first = str_of(first),
			.last = str_of(last),
			.office = office,
			.receiver = STR("张三")};

	return run(&m->o->w, blank_issue, &in, NULL);
}

static rc
spoil_blank(mint *m, const char *serial)
{
	return run(&m->o->w, blank_spoil,
		   &(blank_waste){.by = &m->o->clerk, .serial = str_of(serial), .reason = STR("5")}, NULL);
}

static void
level_is(const blank_levels *v, int64_t given, int64_t used, int64_t lost, const char *next)
{
	assert_int_equal(v->n, 1);
	const blank_level *l = &v->v[0];
	if (l->given != given || l->used != used || l->lost != lost || l->left != given - used - lost ||
	    !str_eq(l->next, str_of(next)))
		fail_msg("given %lld used %lld lost %lld left %lld next %.*s", (long long)l->given,
			 (long long)l->used, (long long)l->lost, (long long)l->left, STR_ARG(l->next));
}

static void
numbers_are_read_as_they_stand_on_blanks(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	actor nobody = m.o->clerk;

	REFUSED(w, receive(&m, &m.o->clerk, "", "HB10"), RC_INVALID, "blank.serial");
	REFUSED(w, receive(&m, &m.o->clerk, "HB", "HB10"), RC_INVALID, "blank.serial");
	REFUSED(w, receive(&m, &m.o->clerk, "HB1x", "HB10"), RC_INVALID, "blank.serial");
	REFUSED(w, receive(&m, &m.o->clerk, "HB01", "HA10"), RC_INVALID, "blank.order");
	REFUSED(w, receive(&m, &m.o->clerk, "HB9", "HB10"), RC_INVALID,
		"blank.order"); /* of another length */
	REFUSED(w, receive(&m, &m.o->clerk, "HB11", "HB10"), RC_INVALID, "blank.order");
	REFUSED(w, receive(&m, &m.o->clerk, "HB0000001", "HB0100001"), RC_INVALID, "blank.many");
	nobody.perms = (perms){0};
	REFUSED(w, receive(&m, &nobody, "HB01", "HB10"), RC_DENIED, "blank.denied");
	REFUSED(w, receive(&m, &m.town, "HB01", "HB10"), RC_DENIED, "blank.denied");
	OK(w, receive(&m, &m.o->clerk, "hb 0101", "HB0200"));
	blank_levels v = mint_levels(&m, m.o->office);
	level_is(&v, 100, 0, 0, "HB0101");
	REFUSED(w, receive(&m, &m.o->clerk, "HB0200", "HB0300"), RC_CONFLICT, "blank.overlap");
	OK(w, receive(&m, &m.o->clerk, "HB0201", "HB0300"));
	OK(w, receive(&m, &m.o->clerk, "0101", "0200")); /* other letters, other numbers */
	county_proved(m.o);
}

static void
what_is_given_out_comes_back(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;

	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0100");
	REFUSED(w, issue(&m, "HB0020", "HB0030", m.o->office), RC_INVALID, "blank.office");
	REFUSED(w, issue(&m, "HB0020", "HB0030", 77), RC_INVALID, "blank.office");
	REFUSED(w, issue(&m, "HB0090", "HB0101", m.town_office), RC_CONFLICT, "blank.gone");
	OK(w, issue(&m, "HB0020", "HB0030", m.town_office));
	REFUSED(w, issue(&m, "HB0030", "HB0035", m.town_office), RC_CONFLICT, "blank.gone");
	blank_levels here = mint_levels(&m, m.o->office), there = mint_levels(&m, m.town_office);
	level_is(&here, 89, 0, 0, "HB0001");
	level_is(&there, 11, 0, 0, "HB0020");
	REFUSED(w, spoil_blank(&m, "HB0025"), RC_CONFLICT, "blank.gone"); /* lies elsewhere */
	OK(w, spoil_blank(&m, "HB0001"));
	REFUSED(w, spoil_blank(&m, "HB0001"), RC_CONFLICT, "blank.gone");
	REFUSED(w, spoil_blank(&m, "HX0001"), RC_INVALID, "blank.unknown");
	here = mint_levels(&m, m.o->office);
	level_is(&here, 89, 0, 1, "HB0002");
	blank_book b;
	MINT_READ(&m, blank_book_read(d, x->a, &x->f, SAMPLE_TENANT, &b));
	assert_int_equal(b.gifts.n, 1);
	blank_back back = {.by = &m.o->clerk, .run = b.gifts.v[0].run, .issue = b.gifts.v[0].id};
	OK(w, run(w, blank_return, &back, NULL));
	assert_int_equal(run(w, blank_return, &back, NULL), RC_NOT_FOUND);
	here = mint_levels(&m, m.o->office);
	level_is(&here, 100, 0, 1, "HB0002");
	assert_int_equal(mint_levels(&m, m.town_office).n, 0);
	county_proved(m.o);
}

static void
counting_says_what_differs(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	blank_tally in = {.by = &m.o->clerk, .stock = MINT_SECOND_GREEN, .counted = 10, .note = STR("")};
	blank_checks v;
	int64_t differs = 7;

	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(w, run(w, blank_counted, &in, &differs));
	assert_int_equal(differs, 0);
	in.counted = 9;
	REFUSED(w, run(w, blank_counted, &in, &differs), RC_INVALID, "blank.words");
	assert_true(str_eq(x->f.field, STR("note")));
	in.note = STR("少一张，正在查找");
	OK(w, run(w, blank_counted, &in, &differs));
	assert_int_equal(differs, -1);
	MINT_READ(&m, blank_checks_read(d, x->a, &x->f, &m.o->clerk, 10, &v));
	assert_int_equal(v.n, 2);
	assert_int_equal(v.v[0].expected, 10);
	assert_int_equal(v.v[0].counted, 9);
	county_proved(m.o);
}

/* ---- printing ---- */

static void
what_waits_is_printed_once(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	int64_t batch = 0;
	card_item v[3];

	for (uint64_t i = 0; i < LEN(v); i++)
		v[i] = mint_holder(&m, i, 4, 0, "2026-05-30");
	mint_holder(&m, 9, 4, 0, "2020-01-01"); /* too long ago for this question */
	card_waitings all = mint_waiting(&m);
	assert_int_equal(all.n, 3);
	assert_true(all.v[0].region <= all.v[1].region && all.v[1].region <= all.v[2].region);
	REFUSED(w, mint_print(&m, v, 3, MINT_SECOND_GREEN, "", "", &batch), RC_CONFLICT, "blank.short");
	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	REFUSED(w, mint_print(&m, v, 0, MINT_SECOND_GREEN, "", "", &batch), RC_INVALID, "card.nothing");
	REFUSED(w, mint_print(&m, v, 3, MINT_SECOND_GREEN, "HB0009", "", &batch), RC_CONFLICT, "blank.short");
	REFUSED(w, mint_print(&m, v, 3, MINT_SECOND_GREEN, "HB0011", "", &batch), RC_INVALID,
		"blank.unknown");
	OK(w, spoil_blank(&m, "HB0004"));
	REFUSED(w, mint_print(&m, v, 3, MINT_SECOND_GREEN, "HB0004", "", &batch), RC_CONFLICT, "blank.used");
	OK(w, mint_print(&m, v, 2, MINT_SECOND_GREEN, "HB0003", "", &batch));
	card_views cards = mint_cards(&m, batch);
	assert_int_equal(cards.n, 2);
	assert_int_equal(cards.v[0].serial, 3);
	assert_int_equal(cards.v[1].serial, 5); /* the fourth is gone */
	assert_int_equal(cards.v[1].place, 2);
	assert_int_equal(cards.v[0].state, CARD_IS_HERE);
	assert_int_equal(mint_waiting(&m).n, 1);
	blank_levels level = mint_levels(&m, m.o->office);
	level_is(&level, 10, 2, 1, "HB0006");
	REFUSED(w, mint_print(&m, v, 1, MINT_SECOND_GREEN, "", "", &batch), RC_CONFLICT, "card.there");
	level = mint_levels(&m, m.o->office);
	level_is(&level, 10, 2, 1, "HB0006"); /* nothing by halves */
	county_proved(m.o);
}

static void
a_spoilt_card_waits_again(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	card_item one = mint_holder(&m, 1, 4, 0, "2026-05-30");
	int64_t batch = 0, again = 0;

	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(w, mint_print(&m, &one, 1, MINT_SECOND_GREEN, "", "", &batch));
	card_ref card = {one.person, mint_cards(&m, batch).v[0].id};
	card_spoil_in in = {.by = &m.o->clerk, .reason = STR("1"), .v = &card, .n = 1};
	OK(w, run(w, card_spoil, &in, NULL));
	REFUSED(w, run(w, card_spoil, &in, NULL), RC_CONFLICT, "card.moved");
	assert_int_equal(mint_waiting(&m).n, 1);
	OK(w, mint_print(&m, &one, 1, MINT_SECOND_GREEN, "", "", &batch));
	assert_int_equal(mint_cards(&m, batch).v[0].serial, 2);

	/* once more, of a good one: with a reason, and the old one is void */
	OK(w, mint_print(&m, &one, 1, MINT_SECOND_GREEN, "", "3", &again));
	assert_int_equal(mint_cards(&m, batch).v[0].state, CARD_IS_REMADE);
	assert_int_equal(mint_cards(&m, again).v[0].state, CARD_IS_HERE);
	assert_int_equal(mint_waiting(&m).n, 0);
	blank_levels level = mint_levels(&m, m.o->office);
	level_is(&level, 10, 3, 0, "HB0004");

	/* renewed by a later case: another card */
	fixture_sql(x, "UPDATE certificate SET kase = 4711");
	assert_int_equal(mint_waiting(&m).n, 1);
	fixture_sql(x, "UPDATE certificate SET kase = 1001");
	county_proved(m.o);
}

static void
red_is_for_those_who_do_not_see(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	card_item visual = mint_holder(&m, 1, CATEGORY_VISUAL, 0, "2026-05-30"),
		  several = mint_holder(&m, 2, 7, 1, "2026-05-30"),
		  limb = mint_holder(&m, 3, 4, 0, "2026-05-30");
	int64_t batch = 0;

	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	mint_blanks(&m, MINT_SECOND_RED, "HR0001", "HR0010");
	REFUSED(w, mint_print(&m, &visual, 1, MINT_SECOND_GREEN, "", "", &batch), RC_CONFLICT, "card.cover");
	REFUSED(w, mint_print(&m, &limb, 1, MINT_SECOND_RED, "", "", &batch), RC_CONFLICT, "card.cover");
	OK(w, mint_print(&m, &visual, 1, MINT_SECOND_RED, "", "", &batch));
	OK(w, mint_print(&m, &several, 1, MINT_SECOND_RED, "", "", &batch)); /* may */
	OK(w, mint_print(&m, &limb, 1, MINT_SECOND_GREEN, "", "", &batch));
	REFUSED(w, mint_print(&m, &several, 1, (blank_stock){3, COVER_OTHERS}, "", "again", &batch),
		RC_CONFLICT, "blank.short");
	fixture_sql(x, "UPDATE certificate SET status = 7");
	REFUSED(w, mint_print(&m, &limb, 1, MINT_SECOND_GREEN, "", "1", &batch), RC_CONFLICT, "card.gone");
	fixture_sql(x, "UPDATE certificate SET status = 2");
	actor elsewhere = m.o->clerk;
	interval other = {420106000000, 420107000000};
	elsewhere.scope = (scope){&other, 1};
	card_print_in in = {.by = &elsewhere,
			    .layout = STR("second"),
			    .stock = MINT_SECOND_GREEN,
			    .start = 1,
			    .first = STR(""),
			    .reason = STR("1"),
			    .v = &limb,
			    .n = 1};
	assert_int_equal(run(w, card_print, &in, &batch), RC_NOT_FOUND); /* out of his divisions */
	in.by = &m.town;
	REFUSED(w, run(w, card_print, &in, &batch), RC_DENIED, "card.denied");
	county_proved(m.o);
}

static void
a_printer_remembers_how_far_it_is_off(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	card_printer_in in = {
		.by = &m.o->clerk,
		.printer = {
			.x = 3, .y = -12, .scale = 10020, .name = STR("针式一号"), .layout = STR("second")}};
	actor other = m.o->clerk;
	card_printers v;
	int64_t id = 0;

	in.printer.x = CARD_OFFSET_MAX + 1;
	REFUSED(w, run(w, card_printer_set, &in, &id), RC_INVALID, "card.printer_offset");
	in.printer.x = 3;
	in.printer.scale = 9000;
	REFUSED(w, run(w, card_printer_set, &in, &id), RC_INVALID, "card.printer_scale");
	in.printer.scale = 10020;
	OK(w, run(w, card_printer_set, &in, &id));
	in.printer.id = id;
	in.printer.y = 15;
	OK(w, run(w, card_printer_set, &in, &id));
	MINT_READ(&m, card_printers_read(d, x->a, &x->f, &m.o->clerk, &v));
	assert_int_equal(v.n, 1);
	assert_int_equal(v.v[0].y, 15);
	other.office = m.town_office;
	in.by = &other;
	assert_int_equal(run(w, card_printer_set, &in, &id), RC_NOT_FOUND);
	assert_int_equal(run(w, card_printer_drop, &in, NULL), RC_NOT_FOUND);
	in.by = &m.o->clerk;
	OK(w, run(w, card_printer_drop, &in, NULL));
	MINT_READ(&m, card_printers_read(d, x->a, &x->f, &m.o->clerk, &v));
	assert_int_equal(v.n, 0);
	county_proved(m.o);
}

/* ---- the way to the holder ---- */

static rc
send(mint *m, const actor *by, int64_t target, const card_ref *v, size_t n, int64_t *list)
{
	card_send_in in = {.by = by, .target = target, .mail = STR(""), .v = v, .n = n};

	return run(&m->o->w, card_send, &in, list);
}

static rc
take_in(mint *m, const actor *by, int64_t list, const card_ref *v, size_t n)
{
	card_receive_in in = {.by = by, .list = list, .v = v, .n = n};

	return run(&m->o->w, card_receive, &in, NULL);
}

static rc
hand(mint *m, const actor *by, int64_t relation, const char *receiver, const card_ref *v, size_t n)
{
	card_hand_in in = {.by = by,
			   .relation = relation,
			   .proof = 1,
			   .receiver = str_of(receiver),
			   .mail = STR(""),
			   .day = date_of_instant(m->o->x->now),
			   .v = v,
			   .n = n};

	return run(&m->o->w, card_hand, &in, NULL);
}

static card_views
here(mint *m, const actor *who)
{
	fixture *x = m->o->x;
	card_views v;

	MINT_READ(m, card_here_read(d, x->a, &x->f, who, division_interval(0), 100, &v));
	return v;
}

static card_views
left_lying(mint *m, const actor *who, bool all, const char *until)
{
	fixture *x = m->o->x;
	card_views v;

	MINT_READ(m, card_left_read(d, x->a, &x->f, who, all, str_of(until), 100, &v));
	return v;
}

static void
cards_go_from_hand_to_hand(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	card_item v[3];
	card_ref r[3];
	int64_t batch = 0, list = 0, signed_on = 0;

	for (uint64_t i = 0; i < LEN(v); i++)
		v[i] = mint_holder(&m, i * m.o->people.villages.n, 4, 0, "2026-05-30");
	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(w, mint_print(&m, v, 3, MINT_SECOND_GREEN, "", "", &batch));
	card_views cards = mint_cards(&m, batch);
	for (size_t i = 0; i < LEN(r); i++)
		r[i] = (card_ref){cards.v[i].person, cards.v[i].id};
	REFUSED(w, send(&m, &m.town, m.o->office, r, 3, &list), RC_CONFLICT, "card.moved"); /* not there */
	REFUSED(w, send(&m, &m.o->clerk, m.o->office, r, 3, &list), RC_INVALID, "card.target");
	OK(w, send(&m, &m.o->clerk, m.town_office, r, 3, &list));
	assert_int_equal(here(&m, &m.o->clerk).n, 0);
	assert_int_equal(here(&m, &m.town).n, 0); /* on the way */
	REFUSED(w, hand(&m, &m.town, 1, "", r, 1), RC_CONFLICT, "card.moved");
	assert_int_equal(take_in(&m, &m.o->clerk, list, r, 2), RC_NOT_FOUND);
	OK(w, take_in(&m, &m.town, list, r, 2)); /* one did not come */
	card_lists open;
	MINT_READ(&m, card_lists_to_read(d, x->a, &x->f, &m.town, &open));
	assert_int_equal(open.n, 1);
	REFUSED(w, take_in(&m, &m.town, list, r, 1), RC_CONFLICT, "card.moved");
	OK(w, take_in(&m, &m.town, list, &r[2], 1));
	MINT_READ(&m, card_lists_to_read(d, x->a, &x->f, &m.town, &open));
	assert_int_equal(open.n, 0);
	card_lists sent;
	MINT_READ(&m, card_lists_from_read(d, x->a, &x->f, &m.o->clerk, 10, &sent));
	assert_int_equal(sent.n, 1);
	assert_true(str_eq(sent.v[0].received, STR("2026-06-01")));

	OK(w, send(&m, &m.town, 0, r, 3, &signed_on)); /* the sheet on which they sign */
	assert_int_equal(here(&m, &m.town).n, 3);
	card_list one;
	MINT_READ(&m, card_list_read(d, x->a, &x->f, &m.town, signed_on, &one, &cards));
	assert_int_equal(cards.n, 3);
	REFUSED(w, hand(&m, &m.town, 2, "", r, 1), RC_INVALID, "card.receiver");
	REFUSED(w, hand(&m, &m.o->clerk, 1, "", r, 1), RC_CONFLICT, "card.moved");
	OK(w, hand(&m, &m.town, 1, "", r, 2));
	OK(w, hand(&m, &m.town, 2, "李监护", &r[2], 1));
	REFUSED(w, hand(&m, &m.town, 1, "", r, 1), RC_CONFLICT, "card.moved");
	assert_int_equal(here(&m, &m.town).n, 0);
	assert_int_equal(mint_waiting(&m).n, 0); /* a card in a hand is good */
	county_proved(m.o);
}

static void
what_nobody_comes_for_is_a_list(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	card_item one = mint_holder(&m, 0, 4, 0, "2026-05-30");
	int64_t batch = 0, list = 0;

	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(w, mint_print(&m, &one, 1, MINT_SECOND_GREEN, "", "", &batch));
	card_ref r = {one.person, mint_cards(&m, batch).v[0].id};
	OK(w, send(&m, &m.o->clerk, m.town_office, &r, 1, &list));
	x->now += INT64_C(5) * 86400000;
	OK(w, take_in(&m, &m.town, list, &r, 1));
	assert_int_equal(left_lying(&m, &m.town, false, "2026-06-05").n, 0);
	assert_int_equal(left_lying(&m, &m.town, false, "2026-06-06").n, 1);
	assert_int_equal(left_lying(&m, &m.o->clerk, false, "2026-06-06").n, 0); /* not at his office */
	card_views v = left_lying(&m, &m.o->clerk, true, "2026-06-06");
	assert_int_equal(v.n, 1);
	assert_true(str_eq(v.v[0].where, STR("街道残联")));
	card_hand_in in = {.by = &m.town,
			   .relation = 1,
			   .proof = PROOF_MAIL,
			   .receiver = STR(""),
			   .mail = STR(""),
			   .day = date_from_ymd(2026, 6, 5),
			   .v = &r,
			   .n = 1};
	REFUSED(w, run(w, card_hand, &in, NULL), RC_INVALID, "card.mail");
	in.mail = STR("EMS123");
	REFUSED(w, run(w, card_hand, &in, NULL), RC_INVALID, "card.day"); /* before it came */
	in.day = date_from_ymd(2026, 6, 7);
	REFUSED(w, run(w, card_hand, &in, NULL), RC_INVALID, "card.day"); /* tomorrow */
	in.day = date_from_ymd(2026, 6, 6);
	OK(w, run(w, card_hand, &in, NULL));
	assert_int_equal(left_lying(&m, &m.o->clerk, true, "2026-06-06").n, 0);
	county_proved(m.o);
}

/* ---- the file ---- */

static press *
press_of(mint *m, bool live)
{
	fixture *x = m->o->x;
	press_config c = {.s = x->s,
			  .layouts = m->layouts,
			  .papers = fixture_path(x, "papers"),
			  .who = &m->o->clerk,
			  .now = x->now,
			  .live = live};
	press *p = NULL;

	OK(&m->o->w, press_open(x->a, &x->f, &c, &p));
	return p;
}

static void
a_batch_becomes_a_file(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	card_item v[3];
	press_trial tried[3];
	int64_t id = 0;
	card_batch b;
	pdf_file file, rest, plain;

	for (uint64_t i = 0; i < LEN(v); i++)
		v[i] = mint_holder(&m, i, 4, 0, i == 1 ? "" : "2026-05-30");
	press *p = press_of(&m, false);
	const print_layout *second = print_layout_find(m.layouts, STR("second"));
	OK(w, press_try(p, x->a, &x->f, second, v, LEN(v), tried));
	assert_int_equal(tried[0].why.n, 0);
	assert_true(str_find(tried[1].why, STR("“签发日期”是空的")) >= 0);
	assert_int_equal(tried[2].why.n, 0);
	assert_false(tried[0].photo);
	OK(w, press_try(p, x->a, &x->f, print_layout_find(m.layouts, STR("third")), v, 1, tried));
	assert_true(str_find(tried[0].why, STR("没有照片")) >= 0);

	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	v[1] = v[2];
	OK(w, mint_print(&m, v, 2, MINT_SECOND_GREEN, "", "", &id));
	MINT_READ(&m, card_batch_find(d, x->a, &x->f, &m.o->clerk, id, &b));
	OK(w, press_batch(p, x->a, &x->f, &b, 1, &file));
	assert_int_equal(file.pages, 2);
	OK(w, press_batch(p, x->a, &x->f, &b, 2, &rest));
	assert_int_equal(rest.pages, 1);
	assert_int_equal(press_batch(p, x->a, &x->f, &b, 3, &rest), RC_NOT_FOUND);
	OK(w, press_batch(press_of(&m, true), x->a, &x->f, &b, 1, &plain));
	assert_true(plain.bytes.n < file.bytes.n); /* without the sample mark */
	OK(w, press_ruler(p, x->a, &x->f, second, NULL, &rest));
	assert_int_equal(rest.pages, 1);
	OK(w, run(w, card_look, &(card_look_in){&m.o->clerk, id}, NULL));
	assert_int_equal(run(w, card_look, &(card_look_in){&m.o->clerk, id + 1}, NULL), RC_NOT_FOUND);
	fixture_sql(x, "UPDATE certificate SET status = 7");
	REFUSED(w, press_batch(p, x->a, &x->f, &b, 1, &file), RC_CONFLICT, "card.gone");
	fixture_sql(x, "UPDATE certificate SET status = 2");
	county_proved(m.o);
}

static str
sample_village(void *ctx, int64_t code)
{
	(void)ctx;
	(void)code;
	return STR("谷雨街道南亩村");
}

/* What another program reads of the list as paper. */
static str
paper_of(mint *m, const actor *who, int64_t id)
{
	fixture *x = m->o->x;
	card_list l;
	card_views v;
	blank_book b;
	pdf_file file;
	char name[] = "/tmp/card-test-XXXXXX";
	buf text = buf_in(x->a);

	MINT_READ(m, card_list_read(d, x->a, &x->f, who, id, &l, &v));
	MINT_READ(m, blank_book_read(d, x->a, &x->f, SAMPLE_TENANT, &b));
	const card_sheet k = {.pack = &pack_all,
			      .list = &l,
			      .cards = &v,
			      .blanks = &b,
			      .village = sample_village,
			      .now = x->now};
	OK(&m->o->w, card_sheet_make(x->a, &x->f, &k, &file));
	int fd = mkstemp(name);
	assert_int_equal(write(fd, file.bytes.p, file.bytes.n), file.bytes.n);
	close(fd);
	FILE *p = popen(cstr(x->a, str_fmt(x->a, "pdftotext -layout %s -", name)), "r");
	assert_non_null(p);
	for (size_t n = 1; n > 0; text.n += n)
		n = fread(buf_room(&text, 1 << 16), 1, 1 << 16, p);
	assert_int_equal(pclose(p), 0);
	unlink(name);
	return buf_str(&text);
}

static void
has(str text, const char *what)
{
	if (str_find(text, str_of(what)) < 0)
		fail_msg("no %s in %.*s", what, STR_ARG(text));
}

static void
lists_are_papers_to_sign(fixture *x)
{
	mint m = mint_open(x);
	town *w = &m.o->w;
	card_item one = mint_holder(&m, 0, 4, 0, "2026-05-30");
	int64_t batch = 0, sent = 0, signed_on = 0;
	str col[SAMPLE_COLUMNS];

	mint_blanks(&m, MINT_SECOND_GREEN, "HB0001", "HB0010");
	OK(w, mint_print(&m, &one, 1, MINT_SECOND_GREEN, "", "", &batch));
	card_ref r = {one.person, mint_cards(&m, batch).v[0].id};
	card_send_in in = {.by = &m.o->clerk, .target = m.town_office, .mail = STR("EMS1"), .v = &r, .n = 1};
	OK(w, run(w, card_send, &in, &sent));
	str text = paper_of(&m, &m.o->clerk, sent);
	sample_person(&m.o->people, 0, col);
	has(text, "残疾人证交接清单");
	has(text, "县残联 交 街道残联");
	has(text, "邮寄单号：EMS1");
	has(text, "HB0001");
	has(text, "谷雨街道南亩村");
	has(text, cstr(x->a, col[SC_NAME]));
	assert_true(str_find(text, col[SC_ID]) < 0); /* it lies about */
	OK(w, take_in(&m, &m.town, sent, &r, 1));
	OK(w, send(&m, &m.town, 0, &r, 1, &signed_on));
	text = paper_of(&m, &m.town, signed_on);
	has(text, "残疾人证发放签收表");
	has(text, "签名或手印");
	has(text, "2026年6月1日");
	assert_true(str_find(text, STR("邮寄单号")) < 0);
	card_list l;
	card_views v;
	arena *own = arena_open(x->a, 0);
	db *d = NULL;
	OK(w, store_read(x->s, own, &x->f, &d));
	assert_int_equal(card_list_read(d, x->a, &x->f, &m.o->clerk, signed_on, &l, &v), RC_NOT_FOUND);
	arena_close(own);
}

BOTH(lists_are_papers_to_sign)
BOTH(numbers_are_read_as_they_stand_on_blanks)
BOTH(what_is_given_out_comes_back)
BOTH(counting_says_what_differs)
BOTH(what_waits_is_printed_once)
BOTH(a_spoilt_card_waits_again)
BOTH(red_is_for_those_who_do_not_see)
BOTH(a_printer_remembers_how_far_it_is_off)
BOTH(cards_go_from_hand_to_hand)
BOTH(what_nobody_comes_for_is_a_list)
BOTH(a_batch_becomes_a_file)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(numbers_are_read_as_they_stand_on_blanks),
		BOTH_TESTS(what_is_given_out_comes_back),
		BOTH_TESTS(counting_says_what_differs),
		BOTH_TESTS(what_waits_is_printed_once),
		BOTH_TESTS(a_spoilt_card_waits_again),
		BOTH_TESTS(red_is_for_those_who_do_not_see),
		BOTH_TESTS(a_printer_remembers_how_far_it_is_off),
		BOTH_TESTS(cards_go_from_hand_to_hand),
		BOTH_TESTS(what_nobody_comes_for_is_a_list),
		BOTH_TESTS(lists_are_papers_to_sign),
		BOTH_TESTS(a_batch_becomes_a_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* card_fixture.h - for tests: a county with a clerk, a township, people whose certificates came from cases,
 * and blanks. */
#pragma once
#include "app/card/handover.h"
#include "app/card/press.h"
#include "app/errand/errand_fixture.h"

typedef struct mint {
	county *o;
	actor town; /* who hands out in the township */
	int64_t town_office;
	const print_layouts *layouts;
} mint;

#define MINT_SECOND_GREEN ((blank_stock){2, COVER_OTHERS})
#define MINT_SECOND_RED   ((blank_stock){2, COVER_VISUAL})

static inline mint
mint_open(fixture *x)
{
	mint m = {.o = county_open(x)};
	county *o = m.o;
	int64_t village = o->people.villages.v[0], township = village - village % 1000;

	m.town_office =
		open_office_at(&o->w, SAMPLE_TENANT, OFFICE_TOWNSHIP, LEVEL_TOWNSHIP, township, "街道残联");
	int64_t account = open_account(&o->w, SAMPLE_TENANT, "town");
	int64_t post = give(&o->w, SAMPLE_TENANT, account, m.town_office, "township.clerk");
	m.town = county_actor(o, account, post);
	OK(&o->w, print_layouts_load(x->a, &x->f, o->c, &pack_all, STR(""), &m.layouts));
	return m;
}

/* The i-th of the sample, registered in the i-th village, with a certificate that a case issued. */
static inline card_item
mint_holder(mint *m, uint64_t i, int64_t category, int64_t visual_part, const char *issued)
{
	county *o = m->o;
	fixture *x = o->x;
	arena *own = arena_open(x->a, 0);
	part_in part = {.category = CATEGORY_VISUAL,
			.level = 3,
			.cause = STR(""),
			.item = STR(""),
			.assessed_on = STR("")};
	str col[SAMPLE_COLUMNS];
	person_new p;
	db *d = NULL;

	sample_person(&o->people, i, col);
	person_in in = {.tenant = SAMPLE_TENANT,
			.id_kind = 1,
			.id_number = col[SC_ID],
			.name = col[SC_NAME],
			.born = STR("1990-03-07"),
			.phone = STR(""),
			.source = STR("test"),
			.sex = 1,
			.ethnic = 1,
			.nplaces = 1,
			.has_certificate = true};
	in.place[0] = (place_in){.kind = PLACE_REGISTRATION,
				 .tenant = SAMPLE_TENANT,
				 .region = o->people.villages.v[i % o->people.villages.n],
				 .address = STR("示范路 1 号")};
	in.certificate = (certificate_in){
		.number = str_fmt(x->a, "%.*s%lld3", STR_ARG(col[SC_ID]), (long long)category),
		.category = category,
		.level = 3,
		.status = CERTIFICATE_VALID,
		.generation = 2,
		.kase = 1000 + (int64_t)i,
		.issued = str_of(issued),
		.expires = STR("2036-05-31"),
		.remarks = STR(""),
		.part = &part,
		.nparts = (size_t)visual_part};
	OK(&o->w, store_read(x->s, own, &x->f, &d));
	OK(&o->w, person_prepare(x->s, db_sealer(d), x->a, &x->f, &in, x->now, &p));
	arena_close(own);
	person_enter e = {.person = &p, .actor = 7, .office = 9, .kind = "person.registered"};
	store_command c = {
		.fn = person_enter_run, .in = &e, .a = x->a, .now = x->now, .keys = &p.wrapped, .nkeys = 1};
	OK(&o->w, store_write(x->s, &x->f, &c));
	return (card_item){p.id, p.certificate};
}

static inline int64_t
mint_blanks(mint *m, blank_stock stock, const char *first, const char *last)
{
	blank_in in = {.by = &m->o->clerk,
		       .stock = stock,
		       .first = str_of(first),
		       .last = str_of(last),
		       .received = STR("2026-06-01"),
		       .source = STR("省残联")};
	int64_t id = 0;

	OK(&m->o->w, run(&m->o->w, blank_receive, &in, &id));
	return id;
}

static inline rc
mint_print(mint *m, const card_item *v, size_t n, blank_stock stock, const char *first, const char *reason,
	   int64_t *batch)
{
	card_print_in in = {.by = &m->o->clerk,
			    .layout = STR("second"),
			    .stock = stock,
			    .start = 1,
			    .first = str_of(first),
			    .reason = str_of(reason),
			    .v = v,
			    .n = n};

	return run(&m->o->w, card_print, &in, batch);
}

/* A reading, in a snapshot that ends with it. */
#define MINT_READ(m, call)                                                                                   \
	do {                                                                                                 \
		arena *read_ = arena_open((m)->o->x->a, 0);                                                  \
		db *d = NULL;                                                                                \
		OK(&(m)->o->w, store_read((m)->o->x->s, read_, &(m)->o->x->f, &d));                          \
		OK(&(m)->o->w, call);                                                                        \
		arena_close(read_);                                                                          \
	} while (0)

static inline card_waitings
mint_waiting(mint *m)
{
	const card_waiting_ask ask = {.since = STR("2025-06-01"),
				      .until = STR("2026-06-30"),
				      .within = division_interval(0),
				      .n = 100};
	fixture *x = m->o->x;
	card_waitings v;

	MINT_READ(m, card_waiting_read(d, x->a, &x->f, &m->o->clerk, &ask, &v));
	return v;
}

static inline card_views
mint_cards(mint *m, int64_t batch)
{
	fixture *x = m->o->x;
	card_views v;

	MINT_READ(m, card_batch_cards(d, x->a, &x->f, &m->o->clerk, batch, &v));
	return v;
}

static inline blank_levels
mint_levels(mint *m, int64_t office)
{
	fixture *x = m->o->x;
	blank_book b;
	blank_levels v;

	MINT_READ(m, blank_book_read(d, x->a, &x->f, SAMPLE_TENANT, &b));
	MINT_READ(m, blank_levels_read(d, x->a, &x->f, &b, office, &v));
	return v;
}

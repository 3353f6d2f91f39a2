/* card.c - see card.h. */
#include "app/card/card.h"

#include "app/card_sql.h"
#include "app/certificate/certificate.h"
#include "base/date.h"
#include "base/utf8.h"

#define AT(name) FA_FIELD(STR(name))

/* ---- what waits ---- */

bool
card_cover_ok(int64_t category, bool visual, int64_t cover)
{
	if (cover == COVER_VISUAL)
		return category == CATEGORY_VISUAL || visual;
	return category != CATEGORY_VISUAL;
}

rc
card_waiting_read(db *d, arena *a, fault *f, const actor *who, const card_waiting_ask *ask,
		  card_waitings *out)
{
	card_waiting_rows rows;

	*out = (card_waitings){0};
	TRY(sql_card_waiting(d, a, f, &who->scope,
			     &(card_waiting_in){.tenant = who->tenant,
						.since = ask->since,
						.until = ask->until,
						.within = ask->within.lo,
						.below = ask->within.hi,
						.n = ask->n},
			     &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_waiting){.person = rows.v[i].person,
						  .certificate = rows.v[i].id,
						  .kase = rows.v[i].kase,
						  .category = rows.v[i].category,
						  .generation = rows.v[i].generation,
						  .region = rows.v[i].region,
						  .visual = rows.v[i].visual > 0,
						  .name = rows.v[i].name,
						  .issued = rows.v[i].issued};
	return RC_OK;
}

static bool
has_visual(const person_view *p, int64_t certificate)
{
	for (size_t i = 0; i < p->parts.n; i++)
		if (p->parts.v[i].certificate == certificate && p->parts.v[i].category == CATEGORY_VISUAL)
			return true;
	return false;
}

rc
card_by_number(db *d, arena *a, fault *f, const actor *who, str number, int32_t today, const person_ref **ref,
	       card_waiting *out)
{
	person_view p;

	TRY(person_by_number(d, a, f, who, number, today, ref));
	TRY(person_read(d, a, f, *ref, &p));
	for (size_t i = 0; person_ref_tenant(*ref) == who->tenant && i < p.certificates.n; i++) {
		const certificate_view *c = &p.certificates.v[i];
		if (certificate_status_on(c->status, c->expires, date_str(a, today)) != CERTIFICATE_VALID)
			continue;
		*out = (card_waiting){.person = person_ref_id(*ref),
				      .certificate = c->id,
				      .category = c->category,
				      .generation = c->generation,
				      .visual = has_visual(&p, c->id),
				      .name = p.name,
				      .issued = c->issued};
		return RC_OK;
	}
	return RC_NOT_FOUND;
}

/* ---- printers ---- */

static rc
allowed(tx *t, const actor *by)
{
	if (by->kind != ACTOR_STAFF || by->office == 0 || !may(by, PERM_CERTIFICATE_PRINT, REGION_NONE))
		return FAIL(tx_fault(t), RC_DENIED, "card.denied");
	return RC_OK;
}

static void
begin(tx *t, const actor *by, const char *kind, int64_t id)
{
	tx_event(t, &(event_head){.tenant = by->tenant,
				  .actor = by->account,
				  .office = by->office,
				  .kind = kind,
				  .subject = id});
}

rc
card_printers_read(db *d, arena *a, fault *f, const actor *who, card_printers *out)
{
	card_printers_rows rows;

	*out = (card_printers){0};
	TRY(sql_card_printers(d, a, f, &(card_printers_in){who->tenant, who->office}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_printer){.id = rows.v[i].id,
						  .x = rows.v[i].x,
						  .y = rows.v[i].y,
						  .scale = rows.v[i].scale,
						  .name = rows.v[i].name,
						  .layout = rows.v[i].layout};
	return RC_OK;
}

static rc
check_printer(fault *f, const card_printer *p)
{
	if (p->name.n == 0 || utf8_count(p->name) > BLANK_WORDS_MAX)
		return FAIL(f, RC_INVALID, "card.printer_name", AT("name"), FA_INT("max", BLANK_WORDS_MAX));
	if (p->x < -CARD_OFFSET_MAX || p->x > CARD_OFFSET_MAX)
		return FAIL(f, RC_INVALID, "card.printer_offset", AT("x"),
			    FA_INT("max", CARD_OFFSET_MAX / 10));
	if (p->y < -CARD_OFFSET_MAX || p->y > CARD_OFFSET_MAX)
		return FAIL(f, RC_INVALID, "card.printer_offset", AT("y"),
			    FA_INT("max", CARD_OFFSET_MAX / 10));
	if (p->scale < OVERPRINT_WHOLE - CARD_SCALE_OFF || p->scale > OVERPRINT_WHOLE + CARD_SCALE_OFF)
		return FAIL(f, RC_INVALID, "card.printer_scale", AT("scale"));
	return RC_OK;
}

/* An open printer of his office. */
static rc
find_printer(tx *t, const actor *by, int64_t id, row_card_printer *out)
{
	TRY(find_card_printer(t, by->tenant, id, out));
	return out->office == by->office && out->closed.n == 0 ? RC_OK : RC_NOT_FOUND;
}

rc
card_printer_set(tx *t, const void *in, void *out)
{
	const card_printer_in *k = in;
	const card_printer *p = &k->printer;
	row_card_printer row;

	TRY(allowed(t, k->by));
	TRY(check_printer(tx_fault(t), p));
	if (p->id)
		TRY(find_printer(t, k->by, p->id, &row));
	row = (row_card_printer){.tenant = k->by->tenant,
				 .id = p->id ? p->id : tx_id(t),
				 .office = k->by->office,
				 .name = p->name,
				 .layout = p->layout,
				 .x = p->x,
				 .y = p->y,
				 .scale = p->scale,
				 .closed = STR("")};
	*(int64_t *)out = row.id;
	begin(t, k->by, "card.printer_set", row.id);
	if (p->id == 0)
		return put_card_printer(t, &row);
	return patch_card_printer(t, &row,
				  CARD_PRINTER_NAME | CARD_PRINTER_LAYOUT | CARD_PRINTER_X | CARD_PRINTER_Y |
					  CARD_PRINTER_SCALE);
}

rc
card_printer_drop(tx *t, const void *in, void *out)
{
	const card_printer_in *k = in;
	row_card_printer row;

	(void)out;
	TRY(allowed(t, k->by));
	TRY(find_printer(t, k->by, k->printer.id, &row));
	begin(t, k->by, "card.printer_gone", row.id);
	return close_card_printer(t, row.tenant, row.id, date_str(tx_arena(t), tx_today(t)));
}

/* ---- printing ---- */

/* What a certificate looks like when its turn comes; its holder's name for refusals. */
typedef struct found {
	row_certificate c;
	str name;
	bool visual;
} found;

static rc
find_one(tx *t, const actor *by, const card_item *item, found *out)
{
	const person_ref *ref = NULL;
	person_view p;

	TRY(person_open(tx_db(t), tx_arena(t), tx_fault(t), by, by->tenant, item->person, &ref));
	TRY(person_read(tx_db(t), tx_arena(t), tx_fault(t), ref, &p));
	TRY(find_certificate(t, by->tenant, item->person, item->certificate, &out->c));
	out->name = p.name;
	out->visual = has_visual(&p, item->certificate);
	return RC_OK;
}

/* Good cards of it: void now, if there is a reason to make one again. */
static rc
clear_old(tx *t, const card_print_in *k, const found *x)
{
	card_of_certificate_rows rows;

	TRY(sql_card_of_certificate(tx_db(t), tx_arena(t), tx_fault(t),
				    &(card_of_certificate_in){k->by->tenant, x->c.id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (rows.v[i].kase != x->c.kase || rows.v[i].state > CARD_IS_HANDED)
			continue;
		if (k->reason.n == 0)
			return FAIL(tx_fault(t), RC_CONFLICT, "card.there", FA_STR("name", x->name));
		row_card old;
		TRY(find_card(t, k->by->tenant, rows.v[i].person, rows.v[i].id, &old));
		old.state = CARD_IS_REMADE;
		old.spoilt = k->reason;
		TRY(patch_card(t, &old, CARD_STATE | CARD_SPOILT));
	}
	return RC_OK;
}

static rc
print_one(tx *t, const card_print_in *k, int64_t batch, size_t i, const blank_number *blank)
{
	found x;

	rc r = find_one(t, k->by, &k->v[i], &x);
	str today = date_str(tx_arena(t), tx_today(t));
	if (r == RC_OK && (certificate_status_on(x.c.status, x.c.expires, today) != CERTIFICATE_VALID ||
			   x.c.generation != k->stock.generation))
		r = FAIL(tx_fault(t), RC_CONFLICT, "card.gone", FA_STR("name", x.name));
	if (r == RC_OK && !card_cover_ok(x.c.category, x.visual, k->stock.cover))
		r = FAIL(tx_fault(t), RC_CONFLICT, "card.cover", FA_STR("name", x.name));
	TRY(r);
	TRY(clear_old(t, k, &x));
	return put_card(t, &(row_card){.tenant = k->by->tenant,
				       .person = k->v[i].person,
				       .id = tx_id(t),
				       .certificate = x.c.id,
				       .kase = x.c.kase,
				       .run = blank->run,
				       .serial = blank->serial,
				       .batch = batch,
				       .place = (int64_t)i + 1,
				       .reason = k->reason,
				       .state = CARD_IS_HERE,
				       .spoilt = STR(""),
				       .holder = k->by->office,
				       .since = date_str(tx_arena(t), tx_today(t))});
}

static rc
take_blanks(tx *t, const card_print_in *k, blank_number **out)
{
	const blank_want want = {.office = k->by->office, .stock = k->stock, .first = k->first, .n = k->n};

	*out = arena_array(tx_arena(t), blank_number, k->n);
	return blank_take(tx_db(t), tx_arena(t), tx_fault(t), k->by->tenant, &want, *out);
}

rc
card_print(tx *t, const void *in, void *out)
{
	const card_print_in *k = in;
	row_card_printer printer;
	blank_number *blank = NULL;
	int64_t batch = tx_id(t);

	TRY(allowed(t, k->by));
	if (k->n == 0)
		return FAIL(tx_fault(t), RC_INVALID, "card.nothing");
	if (k->n > CARD_BATCH_MAX)
		return FAIL(tx_fault(t), RC_INVALID, "card.many", FA_INT("max", CARD_BATCH_MAX));
	if (k->printer)
		TRY(find_printer(t, k->by, k->printer, &printer));
	TRY(take_blanks(t, k, &blank));
	begin(t, k->by, "card.printed", batch);
	TRY(put_card_batch(t, &(row_card_batch){.tenant = k->by->tenant,
						.id = batch,
						.office = k->by->office,
						.layout = k->layout,
						.printer = k->printer,
						.start = k->start,
						.n = (int64_t)k->n,
						.at = tx_now(t),
						.actor = k->by->account}));
	for (size_t i = 0; i < k->n; i++)
		TRY(print_one(t, k, batch, i, &blank[i]));
	tx_result(t, str_fmt(tx_arena(t), "%lld", (long long)batch));
	*(int64_t *)out = batch;
	return RC_OK;
}

rc
card_spoil(tx *t, const void *in, void *out)
{
	const card_spoil_in *k = in;
	row_card c;

	(void)out;
	TRY(allowed(t, k->by));
	if (k->n == 0)
		return FAIL(tx_fault(t), RC_INVALID, "card.nothing");
	begin(t, k->by, "card.spoilt", 0);
	for (size_t i = 0; i < k->n; i++) {
		TRY(find_card(t, k->by->tenant, k->v[i].person, k->v[i].id, &c));
		if (c.holder != k->by->office || c.state != CARD_IS_HERE)
			return FAIL(tx_fault(t), RC_CONFLICT, "card.moved");
		c.state = CARD_IS_SPOILT;
		c.spoilt = k->reason;
		TRY(patch_card(t, &c, CARD_STATE | CARD_SPOILT));
	}
	return RC_OK;
}

/* ---- batches ---- */

rc
card_batches_read(db *d, arena *a, fault *f, const actor *who, int64_t n, card_batches *out)
{
	card_batches_rows rows;

	*out = (card_batches){0};
	TRY(sql_card_batches(d, a, f, &(card_batches_in){who->tenant, who->office, n}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_batch){.id = rows.v[i].id,
						.n = rows.v[i].n,
						.at = rows.v[i].at,
						.actor = rows.v[i].actor,
						.layout = rows.v[i].layout};
	return RC_OK;
}

rc
card_batch_find(db *d, arena *a, fault *f, const actor *who, int64_t id, card_batch *out)
{
	card_batch_one_row r;

	TRY(sql_card_batch_one(d, a, f, &(card_batch_one_in){who->tenant, who->office, id}, &r));
	*out = (card_batch){.id = id,
			    .n = r.n,
			    .at = r.at,
			    .actor = r.actor,
			    .printer = r.printer,
			    .start = r.start,
			    .layout = r.layout};
	return RC_OK;
}

rc
card_batch_cards(db *d, arena *a, fault *f, const actor *who, int64_t batch, card_views *out)
{
	card_batch_cards_rows rows;

	*out = (card_views){0};
	TRY(sql_card_batch_cards(d, a, f, &(card_batch_cards_in){who->tenant, batch}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (card_view){.person = rows.v[i].person,
					       .id = rows.v[i].id,
					       .certificate = rows.v[i].certificate,
					       .run = rows.v[i].run,
					       .serial = rows.v[i].serial,
					       .place = rows.v[i].place,
					       .state = (card_state)rows.v[i].state,
					       .name = rows.v[i].name,
					       .spoilt = rows.v[i].spoilt};
	return RC_OK;
}

rc
card_look(tx *t, const void *in, void *out)
{
	const card_look_in *k = in;
	card_batch b;
	card_views v;

	(void)out;
	TRY(allowed(t, k->by));
	TRY(card_batch_find(tx_db(t), tx_arena(t), tx_fault(t), k->by, k->batch, &b));
	TRY(card_batch_cards(tx_db(t), tx_arena(t), tx_fault(t), k->by, k->batch, &v));
	for (size_t i = 0; i < v.n; i++)
		TRY(tx_look(t, &(look_row){.tenant = k->by->tenant,
					   .actor = k->by->account,
					   .office = k->by->office,
					   .person = v.v[i].person,
					   .what = STR("card"),
					   .purpose = STR("1")}));
	return RC_OK;
}

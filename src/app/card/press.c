/* press.c - see press.h. */
#include "app/card/press.h"

#include "app/card_sql.h"
#include "app/intake/photo.h"
#include "app/paper/paper.h"
#include "app/print/piece.h"
#include "app/region/tenant.h"
#include "base/date.h"

struct press {
	press_config c;
	tenant federation;
	field_regions regions;
	card_printers printers;
};

rc
press_open(arena *a, fault *f, const press_config *c, press **out)
{
	press *p = arena_new(a, press);
	arena *own = arena_open(a, 0);
	const places *known = NULL;
	db *d = NULL;

	*p = (press){.c = *c};
	rc r = store_read(c->s, own, f, &d);
	if (r == RC_OK)
		r = tenant_find(d, a, f, c->who->tenant, &p->federation);
	if (r == RC_OK)
		r = places_load(d, a, f, &c->who->scope, &known);
	if (r == RC_OK)
		r = card_printers_read(d, a, f, c->who, &p->printers);
	arena_close(own);
	if (r != RC_OK)
		return r;
	p->regions = places_regions(known);
	*out = p;
	return RC_OK;
}

/* ---- one piece ---- */

/* A paper that a service calls a portrait. */
static bool
is_portrait(const kase_house *h, str kind)
{
	for (size_t i = 0; h && i < h->nservices; i++) {
		const service_paper *p = service_paper_find(h->service[i], kind);
		if (p && p->portrait)
			return true;
	}
	return false;
}

/* The photo that came with the case which issued the certificate; empty: none. */
static rc
photo_of_case(const press *p, db *d, arena *a, fault *f, const card_item *item, int64_t kase, str *out)
{
	card_portraits_rows rows;
	data_key key;

	*out = STR("");
	TRY(sql_card_portraits(d, a, f, &(card_portraits_in){p->c.who->tenant, item->person, kase}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		if (!str_starts(rows.v[i].type, STR("image/")) || !is_portrait(p->c.house, rows.v[i].kind))
			continue;
		TRY(seal_find(db_sealer(d), f, p->c.who->tenant, item->person, &key));
		const paper_seal from = {.folder = p->c.papers,
					 .key = &key,
					 .place = {.table = "paper", .column = "file", .row = rows.v[i].id}};
		rc r = paper_open(db_sealer(d), a, f, &from, rows.v[i].file, PAPER_FILE_MAX, out);
		crypto_wipe(&key, sizeof key);
		return r;
	}
	return RC_OK;
}

/* That of the register, else of the case. */
static rc
photo_of(const press *p, db *d, arena *a, fault *f, const person_view *v, const card_item *item, int64_t kase,
	 str *out)
{
	*out = STR("");
	if (v->photo.n)
		return photo_read(d, a, f, v, p->c.papers, out);
	return kase ? photo_of_case(p, d, a, f, item, kase, out) : RC_OK;
}

/* The record as if this certificate were its only one. */
static rc
keep_one(person_view *v, int64_t certificate)
{
	for (size_t i = 0; i < v->certificates.n; i++)
		if (v->certificates.v[i].id == certificate &&
		    v->certificates.v[i].status == CERTIFICATE_VALID) {
			v->certificates.v[0] = v->certificates.v[i];
			v->certificates.n = 1;
			return RC_OK;
		}
	return RC_NOT_FOUND;
}

typedef struct piece_of {
	const print_layout *layout;
	const card_item *item;
	str name;   /* of its holder, once he was read */
	bool photo; /* he has one */
} piece_of;

static rc
read_piece(const press *p, db *d, arena *a, fault *f, piece_of *of, overprint_piece *out)
{
	const print_ask ask = {.layouts = p->c.layouts,
			       .layout = of->layout,
			       .regions = &p->regions,
			       .office = p->federation.name,
			       .now = p->c.now,
			       .lang = p->c.lang};
	const person_ref *ref = NULL;
	card_kase_row c;
	person_view *v;
	record r;
	str photo;

	TRY(person_open(d, a, f, p->c.who, p->c.who->tenant, of->item->person, &ref));
	TRY(record_read(d, a, f, p->c.layouts->fields, ref, &r));
	v = arena_new(a, person_view);
	*v = *r.p;
	r.p = v;
	of->name = v->name;
	rc e = keep_one(v, of->item->certificate);
	if (e == RC_NOT_FOUND)
		e = FAIL(f, RC_CONFLICT, "card.gone", FA_STR("name", v->name));
	if (e == RC_OK)
		e = sql_card_kase(d, a, f,
				  &(card_kase_in){p->c.who->tenant, of->item->person, of->item->certificate},
				  &c);
	if (e == RC_OK)
		e = photo_of(p, d, a, f, v, of->item, c.kase, &photo);
	if (e == RC_OK) {
		of->photo = photo.n > 0;
		e = print_piece(a, f, &ask, &r, photo, out);
	}
	record_done(&r);
	return e;
}

static rc
make_piece(const press *p, arena *a, fault *f, piece_of *of, overprint_piece *out)
{
	arena *own = arena_open(a, 0);
	db *d = NULL;
	rc r = store_read(p->c.s, own, f, &d);

	if (r == RC_OK)
		r = read_piece(p, d, a, f, of, out);
	arena_close(own);
	return r;
}

/* ---- trying ---- */

static bool
is_the_machine(rc r)
{
	return r == RC_IO || r == RC_FULL || r == RC_BUSY;
}

rc
press_try(press *p, arena *a, fault *f, const print_layout *layout, const card_item *v, size_t n,
	  press_trial *out)
{
	size_t pictures = 0;

	for (size_t i = 0; i < n; i++) {
		arena *own = arena_open(a, 0);
		piece_of of = {.layout = layout, .item = &v[i], .name = STR("")};
		overprint_piece piece;
		fault why = {0};
		rc r = make_piece(p, own, &why, &of, &piece);
		if (r == RC_OK)
			r = overprint_check(own, &why, &layout->stock, &piece);
		if (r == RC_OK && (pictures += overprint_size(&piece)) > OVERPRINT_BYTES)
			r = FAIL(&why, RC_LIMIT, "overprint.large", FA_INT("mb", OVERPRINT_BYTES >> 20));
		if (r == RC_NOT_FOUND && !why.id)
			(void)FAIL(&why, RC_NOT_FOUND, "card.nobody");
		if (is_the_machine(r))
			fault_copy(f, &why);
		out[i] = (press_trial){.why = r == RC_OK ? STR("") : fault_text(a, p->c.lang, &why),
				       .photo = of.photo};
		arena_close(own);
		if (is_the_machine(r))
			return r;
	}
	return RC_OK;
}

/* ---- the file ---- */

typedef struct run_of {
	press *p;
	const print_layout *layout;
	card_views cards;
	int64_t from;
} run_of;

static rc
card_piece(void *ctx, arena *a, fault *f, size_t i, overprint_piece *out)
{
	run_of *run = ctx;
	const card_view *c = &run->cards.v[(size_t)(run->from - 1) + i];
	const card_item item = {c->person, c->certificate};
	piece_of of = {.layout = run->layout, .item = &item, .name = STR("")};

	return make_piece(run->p, a, f, &of, out);
}

static const card_printer *
find_printer(const press *p, int64_t id)
{
	for (size_t i = 0; i < p->printers.n; i++)
		if (p->printers.v[i].id == id)
			return &p->printers.v[i];
	return NULL;
}

static overprint_job
job_of(const press *p, const print_layout *layout, const card_printer *printer)
{
	return (overprint_job){.title = layout->zh,
			       .author = p->federation.name,
			       .at = p->c.now,
			       .stock = &layout->stock,
			       .x = printer ? (int32_t)printer->x : 0,
			       .y = printer ? (int32_t)printer->y : 0,
			       .scale = printer ? (int32_t)printer->scale : OVERPRINT_WHOLE,
			       .start = 1,
			       .sample = p->c.live ? STR("") : STR("样张")};
}

rc
press_batch(press *p, arena *a, fault *f, const card_batch *b, int64_t from, pdf_file *out)
{
	run_of run = {.p = p, .layout = print_layout_find(p->c.layouts, b->layout), .from = from};
	arena *own = arena_open(a, 0);
	db *d = NULL;

	if (!run.layout || from < 1 || from > b->n)
		return RC_NOT_FOUND;
	rc r = store_read(p->c.s, own, f, &d);
	if (r == RC_OK)
		r = card_batch_cards(d, a, f, p->c.who, b->id, &run.cards);
	arena_close(own);
	if (r != RC_OK)
		return r;
	overprint_job print = job_of(p, run.layout, find_printer(p, b->printer));
	int32_t on_sheet = run.layout->stock.across * run.layout->stock.down;
	print.start = (int32_t)((b->start - 1 + from - 1) % on_sheet) + 1;
	print.n = run.cards.n - (size_t)(from - 1);
	print.ctx = &run;
	print.piece = card_piece;
	return overprint_make(a, f, &print, out);
}

static rc
empty_piece(void *ctx, arena *a, fault *f, size_t i, overprint_piece *out)
{
	const run_of *run = ctx;

	(void)f;
	(void)i;
	print_piece_empty(a, run->layout, run->p->c.lang, out);
	return RC_OK;
}

rc
press_ruler(press *p, arena *a, fault *f, const print_layout *layout, const card_printer *printer,
	    pdf_file *out)
{
	run_of run = {.p = p, .layout = layout};
	overprint_job print = job_of(p, layout, printer);

	print.n = 1;
	print.ctx = &run;
	print.piece = empty_piece;
	return overprint_ruler(a, f, &print, out);
}

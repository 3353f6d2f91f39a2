/* undo.c - imports that were made: their list, their work list, and taking one back. */
#include "app/intake/intake.h"

#include "app/amend_sql.h"
#include "app/intake/apply.h"
#include "app/intake_sql.h"
#include "store/rows.h"

enum { PAGE = 200 };

/* A place or a period that ends before it begins: it counts as never true. */
#define NEVER STR("0001-01-01")

rc
import_console(db *d, arena *a, fault *f, actor *out)
{
	static const interval everywhere = {0, 1000000000000};
	intake_topmost_row top;
	rc r = sql_intake_topmost(d, a, f, &top);

	if (r == RC_NOT_FOUND)
		return FAIL(f, RC_INVALID, "intake.no_federation_here");
	TRY(r);
	*out = (actor){.kind = ACTOR_CONSOLE, .tenant = top.id, .scope = {.v = &everywhere, .n = 1}};
	perms_add(&out->perms, PERM_LIST_IMPORT);
	perms_add(&out->perms, PERM_PERSON_READ);
	return RC_OK;
}

static import_view
view_of(const intake_imports_row *r)
{
	return (import_view){
		.id = r->id,
		.actor = r->actor,
		.office = r->office,
		.begun = r->begun,
		.ended = r->ended,
		.file = r->file,
		.sha256 = r->sha256,
		.map = r->map,
		.state = r->state,
		.counts = {r->total, r->added, r->same, r->differs, r->refused},
	};
}

rc
import_list(db *d, arena *a, fault *f, const actor *who, int64_t n, import_views *out)
{
	intake_imports_rows rows;

	*out = (import_views){0};
	if (!may(who, PERM_LIST_IMPORT, REGION_NONE))
		return FAIL(f, RC_DENIED, "intake.denied");
	TRY(sql_intake_imports(
		d, a, f, &(intake_imports_in){.tenant = who->tenant, .office = who->office, .n = n}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = view_of(&rows.v[i]);
	return RC_OK;
}

rc
import_find(db *d, arena *a, fault *f, const actor *who, int64_t id, import_view *out)
{
	intake_import_row r;

	if (!may(who, PERM_LIST_IMPORT, REGION_NONE))
		return FAIL(f, RC_DENIED, "intake.denied");
	TRY(sql_intake_import(d, a, f, &(intake_import_in){.tenant = who->tenant, .id = id}, &r));
	if (r.office != who->office)
		return RC_NOT_FOUND;
	*out = view_of(&(intake_imports_row){.id = r.id,
					     .actor = r.actor,
					     .office = r.office,
					     .file = r.file,
					     .sha256 = r.sha256,
					     .map = r.map,
					     .state = r.state,
					     .begun = r.begun,
					     .ended = r.ended,
					     .total = r.total,
					     .added = r.added,
					     .same = r.same,
					     .differs = r.differs,
					     .refused = r.refused});
	return RC_OK;
}

rc
import_entered(db *d, arena *a, fault *f, const actor *who, int64_t id, int64_t first, int64_t n,
	       import_people *out)
{
	intake_entered_rows rows;
	import_view v;

	*out = (import_people){0};
	TRY(import_find(d, a, f, who, id, &v));
	TRY(sql_intake_entered(
		d, a, f, &(intake_entered_in){.tenant = who->tenant, .import = id, .first = first, .n = n},
		&rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (import_person_view){.owner = rows.v[i].owner,
							.person = rows.v[i].person,
							.line = rows.v[i].line,
							.missing = rows.v[i].missing};
	return RC_OK;
}

rc
import_incomplete(db *d, arena *a, fault *f, const actor *who, int64_t id, int64_t after, int64_t n,
		  import_people *out)
{
	intake_incomplete_rows rows;
	import_view v;

	*out = (import_people){0};
	TRY(import_find(d, a, f, who, id, &v));
	TRY(sql_intake_incomplete(
		d, a, f, &(intake_incomplete_in){.tenant = who->tenant, .import = id, .after = after, .n = n},
		&rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (import_person_view){.owner = rows.v[i].owner,
							.person = rows.v[i].person,
							.line = rows.v[i].line,
							.missing = rows.v[i].missing |
								   (rows.v[i].photo.n ? 0 : MISSING_PHOTO)};
	return RC_OK;
}

enum { MULTIPLE = 7, ADULT = 18, VILLAGES = 1000 };

/* Which of these the register answers by now. */
static int64_t
known_of_certificate(const person_view *p)
{
	const certificate_view *c = &p->certificates.v[0];
	int64_t known = 0;
	size_t parts = 0;

	if (p->certificates.n == 0)
		return 0;
	for (size_t i = 0; i < p->parts.n; i++)
		parts += p->parts.v[i].certificate == c->id;
	known |= c->category != MULTIPLE || parts ? MISSING_COMPONENTS : 0;
	known |= c->expires.n ? MISSING_EXPIRES : 0;
	return known | (c->issued.n ? MISSING_ISSUED : 0);
}

static int64_t
known_of_places(const person_view *p)
{
	int64_t known = 0;

	for (size_t i = 0; i < p->places.n; i++) {
		const place_view *v = &p->places.v[i];
		if (v->valid_to.n)
			continue;
		if (v->kind == PLACE_RESIDENCE)
			known |= MISSING_RESIDENCE;
		else if (v->region % VILLAGES)
			known |= MISSING_VILLAGE;
	}
	return known;
}

int64_t
import_still_missing(const person_view *p, int64_t missing, int32_t today)
{
	int64_t known = known_of_certificate(p) | known_of_places(p);
	int32_t born = DATE_NONE;

	for (size_t i = 0; i < p->guardians.n; i++)
		if (p->guardians.v[i].valid_to.n == 0)
			known |= MISSING_GUARDIAN | (p->guardians.v[i].phone.n ? MISSING_PHONE : 0);
	known |= p->phone.n ? MISSING_PHONE : 0;
	if (date_parse(p->born, &born) && date_age(born, today) >= ADULT)
		known |= MISSING_GUARDIAN;
	return ((missing | MISSING_PHOTO) & ~known & ~(int64_t)MISSING_PHOTO) |
	       (p->photo.n ? 0 : MISSING_PHOTO);
}

/* ---- taking one back ---- */

typedef struct undoing {
	const actor *who;
	const catalogue *c;
	int64_t id;
	bool corrections;     /* everybody is withdrawn, what was corrected is next */
	int64_t owner, after; /* where it stands */
	int64_t n;            /* withdrawn by this command */
	bool finished;
} undoing;

static rc
page_of(db *d, arena *a, fault *f, const undoing *u, intake_people_rows *out)
{
	return sql_intake_people(d, a, f,
				 &(intake_people_in){.tenant = u->who->tenant,
						     .import = u->id,
						     .owner = u->owner,
						     .after = u->after,
						     .n = PAGE},
				 out);
}

static rc
forget_numbers(tx *t, const data_key *key, const row_person *p)
{
	sealer *k = db_sealer(tx_db(t));
	amend_certificates_of_rows certs;
	row_certificate c;
	str number, idx;

	TRY(seal_open(k, tx_arena(t), tx_fault(t), key,
		      &(seal_place){.table = "person", .column = "id_number", .row = p->id}, p->id_number,
		      &number));
	if (number.n) {
		TRY(seal_index(k, tx_arena(t), tx_fault(t), "id_number", number, &idx));
		TRY(sql_intake_forget_numbers(
			tx_db(t), tx_fault(t),
			&(intake_forget_numbers_in){.owner = p->tenant, .person = p->id, .idx = idx}, NULL));
	}
	TRY(sql_amend_certificates_of(tx_db(t), tx_arena(t), tx_fault(t),
				      &(amend_certificates_of_in){.owner = p->tenant, .person = p->id},
				      &certs));
	for (size_t i = 0; i < certs.n; i++) {
		TRY(find_certificate(t, p->tenant, p->id, certs.v[i].id, &c));
		TRY(seal_open(k, tx_arena(t), tx_fault(t), key,
			      &(seal_place){.table = "certificate", .column = "number", .row = c.id},
			      c.number, &number));
		if (number.n) {
			TRY(seal_index(k, tx_arena(t), tx_fault(t), "certificate", number, &idx));
			TRY(sql_intake_forget_numbers(
				tx_db(t), tx_fault(t),
				&(intake_forget_numbers_in){.owner = p->tenant, .person = p->id, .idx = idx},
				NULL));
		}
		/* never issued here: a draft */
		TRY(patch_certificate(
			t, &(row_certificate){.tenant = p->tenant, .person = p->id, .id = c.id, .status = 0},
			CERTIFICATE_STATUS));
	}
	return RC_OK;
}

static rc
close_places(tx *t, const row_person *p)
{
	amend_places_of_rows rows;
	str key[2];

	key[0] = person_name_key(tx_arena(t), p->name);
	key[1] = person_pinyin_key(tx_arena(t), p->name);
	TRY(sql_amend_places_of(tx_db(t), tx_arena(t), tx_fault(t),
				&(amend_places_of_in){.owner = p->tenant, .person = p->id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const amend_places_of_row *r = &rows.v[i];
		TRY(close_place(t, r->tenant, r->region, p->tenant, p->id, r->kind, r->valid_from, NEVER));
		for (size_t k = 0; k < LEN(key); k++)
			TRY(sql_amend_forget_name(tx_db(t), tx_fault(t),
						  &(amend_forget_name_in){.tenant = r->tenant,
									  .key = key[k],
									  .owner = p->tenant,
									  .person = p->id},
						  NULL));
	}
	return RC_OK;
}

static rc
close_guardians(tx *t, const row_person *p)
{
	amend_open_guardian_row g;
	rc r = RC_OK;

	while ((r = sql_amend_open_guardian(tx_db(t), tx_arena(t), tx_fault(t),
					    &(amend_open_guardian_in){p->tenant, p->id}, &g)) == RC_OK)
		TRY(close_guardian(t, p->tenant, p->id, g.id, NEVER));
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
close_banks(tx *t, const row_person *p)
{
	amend_open_bank_row b;
	rc r = RC_OK;

	while ((r = sql_amend_open_bank(tx_db(t), tx_arena(t), tx_fault(t),
					&(amend_open_bank_in){p->tenant, p->id}, &b)) == RC_OK)
		TRY(close_bank(t, p->tenant, p->id, b.id, NEVER));
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
close_others(tx *t, const row_person *p)
{
	intake_facts_of_rows facts;

	TRY(sql_intake_facts_of(tx_db(t), tx_arena(t), tx_fault(t),
				&(intake_facts_of_in){.owner = p->tenant, .person = p->id}, &facts));
	for (size_t i = 0; i < facts.n; i++)
		TRY(close_fact(t, p->tenant, p->id, facts.v[i].id, tx_now(t)));
	TRY(close_guardians(t, p));
	return close_banks(t, p);
}

static rc
withdraw(tx *t, const undoing *u, int64_t owner, int64_t person)
{
	intake_built_on_row built;
	row_person p;
	data_key key;

	TRY(find_person(t, owner, person, &p));
	if (p.merged_into == PERSON_WITHDRAWN)
		return RC_OK;
	TRY(sql_intake_built_on(tx_db(t), tx_arena(t), tx_fault(t),
				&(intake_built_on_in){.owner = owner, .person = person}, &built));
	if (built.n)
		return FAIL(tx_fault(t), RC_CONFLICT, "intake.built_on", FA_INT("n", 1));
	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), owner, person, &key));
	tx_event(t, &(event_head){.tenant = owner,
				  .actor = u->who->account,
				  .office = u->who->office,
				  .kind = "person.withdrawn",
				  .subject = person,
				  .key = &key});
	rc r = patch_person(t, &(row_person){.tenant = owner, .id = person, .merged_into = PERSON_WITHDRAWN},
			    PERSON_MERGED_INTO);
	if (r == RC_OK)
		r = forget_numbers(t, &key, &p);
	if (r == RC_OK)
		r = close_places(t, &p);
	if (r == RC_OK)
		r = close_others(t, &p);
	if (r == RC_OK)
		r = tx_event_end(t);
	crypto_wipe(&key, sizeof key);
	return r;
}

static rc
withdraw_page(tx *t, undoing *u)
{
	intake_people_rows rows;

	TRY(page_of(tx_db(t), tx_arena(t), tx_fault(t), u, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		TRY(withdraw(t, u, rows.v[i].owner, rows.v[i].person));
		u->owner = rows.v[i].owner;
		u->after = rows.v[i].person;
		u->n++;
	}
	if (rows.n == PAGE)
		return RC_OK;
	u->corrections = true;
	u->owner = -1;
	u->after = 0;
	return RC_OK;
}

static rc
put_back_page(tx *t, undoing *u)
{
	apply_page p = {.who = u->who, .c = u->c, .import = u->id, .owner = u->owner, .after = u->after};

	TRY(intake_put_back(t, &p));
	u->owner = p.owner;
	u->after = p.after;
	u->finished = p.finished;
	return RC_OK;
}

/* One page of people, withdrawn or put back. Everything it needs to go on stands in *out. */
static rc
undo_page(tx *t, const void *in, void *out)
{
	undoing u = *(const undoing *)in;

	u.n = 0;
	TRY(u.corrections ? put_back_page(t, &u) : withdraw_page(t, &u));
	if (u.finished) {
		tx_event(t, &(event_head){.tenant = u.who->tenant,
					  .actor = u.who->account,
					  .office = u.who->office,
					  .kind = "import.undone",
					  .subject = u.id});
		TRY(patch_import(t,
				 &(row_import){.tenant = u.who->tenant,
					       .id = u.id,
					       .state = STR("undone"),
					       .ended = tx_now(t)},
				 IMPORT_STATE | IMPORT_ENDED));
	}
	*(undoing *)out = u;
	return RC_OK;
}

static rc
count_against(db *d, arena *a, fault *f, const actor *who, int64_t id)
{
	intake_against_count_row built;

	TRY(sql_intake_against_count(d, a, f, &(intake_against_count_in){who->tenant, id}, &built));
	return built.n ? FAIL(f, RC_CONFLICT, "intake.built_on", FA_INT("n", built.n)) : RC_OK;
}

rc
import_against(db *d, arena *a, fault *f, const actor *who, int64_t id, int64_t n, import_people *out)
{
	intake_against_rows rows;
	import_view v;

	*out = (import_people){0};
	TRY(import_find(d, a, f, who, id, &v));
	TRY(sql_intake_against(d, a, f, &(intake_against_in){who->tenant, id, n}, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (import_person_view){
			.owner = rows.v[i].owner, .person = rows.v[i].person, .line = rows.v[i].line};
	return RC_OK;
}

static rc
may_undo(store *s, arena *a, fault *f, const actor *who, int64_t id)
{
	arena *own = arena_open(a, 0);
	import_view v;
	db *d = NULL;
	rc r = store_read(s, own, f, &d);

	if (r == RC_OK)
		r = import_find(d, own, f, who, id, &v);
	if (r == RC_OK && str_eq(v.state, STR("undone")))
		r = FAIL(f, RC_CONFLICT, "intake.undone");
	if (r == RC_OK)
		r = count_against(d, own, f, who, id);
	arena_close(own);
	return r;
}

rc
import_undo(store *s, arena *a, fault *f, const import_undoing *in, int64_t *withdrawn)
{
	undoing u = {.who = in->who, .c = in->c, .id = in->id, .owner = -1}, next = {0};

	*withdrawn = 0;
	TRY(may_undo(s, a, f, in->who, in->id));
	while (!u.finished) {
		arena *own = arena_open(NULL, 0);
		store_command c = {
			.fn = undo_page, .in = &u, .out = &next, .a = own, .now = in->now, .lane = LANE_JOB};
		rc r = store_write(s, f, &c);
		arena_close(own);
		TRY(r);
		u = next;
		*withdrawn += u.n;
	}
	return RC_OK;
}

/* read.c - who may see a case, and all of it opened. */
#include "app/kase/kase_priv.h"

#include "base/utf8.h"
#include "io/crypto.h"

struct kase_ref {
	int64_t tenant, id;
};

void
ref_at(const kase_ref *r, int64_t *tenant, int64_t *id)
{
	*tenant = r->tenant;
	*id = r->id;
}

static rc
applicant_sees(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id)
{
	kase_head_row k;

	TRY(sql_kase_head(d, a, f, &(kase_head_in){.tenant = tenant, .id = id}, &k));
	const row_kase r = {.filed_tenant = k.filed_tenant,
			    .filed_by = k.filed_by,
			    .person_tenant = k.person_tenant,
			    .person = k.person};
	return kase_is_his(who, &r) ? RC_OK : RC_NOT_FOUND;
}

static rc
office_sees(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id)
{
	kase_held_rows held;
	kase_in_scope_row row;
	kase_head_row k;

	TRY(sql_kase_held(d, a, f,
			  &(kase_held_in){.tenant = who->tenant,
					  .office = who->office,
					  .subject_tenant = tenant,
					  .subject = id},
			  &held));
	if (held.n)
		return actor_line_ok(who, held.v[0].line) ? RC_OK : RC_NOT_FOUND;
	TRY(sql_kase_head(d, a, f, &(kase_head_in){.tenant = tenant, .id = id}, &k));
	const row_kase r = {.filed_tenant = k.filed_tenant, .filed_office = k.filed_office};
	if (kase_was_taken_by(who, &r))
		return actor_line_ok(who, k.line) ? RC_OK : RC_NOT_FOUND;
	if (!may(who, PERM_PERSON_READ, REGION_NONE)) /* a hospital knows what was given to it */
		return RC_NOT_FOUND;
	TRY(sql_kase_in_scope(d, a, f, &who->scope, &(kase_in_scope_in){.tenant = tenant, .id = id}, &row));
	return actor_line_ok(who, row.line) ? RC_OK : RC_NOT_FOUND;
}

rc
kase_see(db *d, arena *a, fault *f, const actor *who, int64_t tenant, int64_t id, const kase_ref **out)
{
	if (!may(who, PERM_CASE_READ, REGION_NONE))
		return RC_NOT_FOUND;
	if (who->kind == ACTOR_APPLICANT)
		TRY(applicant_sees(d, a, f, who, tenant, id));
	else
		TRY(office_sees(d, a, f, who, tenant, id));
	kase_ref *r = arena_new(a, kase_ref);
	*r = (kase_ref){tenant, id};
	*out = r;
	return RC_OK;
}

enum { NUMBER_TENANT = 6, NUMBER_YEAR = 4, NUMBER_TAIL = 6, NUMBER_MIN = 20, NUMBER_MAX = 30 };

/* Letters in capitals, nothing but letters and digits. */
static str
number_fold(arena *a, str typed)
{
	str s = text_fold(a, typed);
	buf b = buf_in(a);

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c >= 'a' && c <= 'z')
			c = (char)(c - 'a' + 'A');
		if ((c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z'))
			buf_c(&b, c);
	}
	return buf_str(&b);
}

rc
kase_number_find(db *d, arena *a, fault *f, str typed, int64_t *owner, int64_t *id)
{
	str s = number_fold(a, typed);
	const size_t running_at = NUMBER_TENANT + NUMBER_YEAR;
	kase_by_running_in in = {0};
	kase_by_running_row row;

	if (s.n < NUMBER_MIN || s.n > NUMBER_MAX)
		return RC_NOT_FOUND;
	str running = str_sub(s, running_at, s.n - running_at - NUMBER_TAIL);
	if (!str_to_i64(str_sub(s, 0, NUMBER_TENANT), &in.tenant) ||
	    !str_to_i64(str_sub(s, NUMBER_TENANT, NUMBER_YEAR), &in.year) ||
	    !str_to_i64(running, &in.running))
		return RC_NOT_FOUND;
	TRY(sql_kase_by_running(d, a, f, &in, &row));
	if (!crypto_same(number_fold(a, row.number), s))
		return RC_NOT_FOUND;
	*owner = in.tenant;
	*id = row.id;
	return RC_OK;
}

static rc
read_turns(kase_ctx *c, kase_view *v)
{
	kase_turns_rows rows;

	TRY(sql_kase_turns(c->d, c->a, c->f, &(kase_turns_in){.tenant = v->tenant, .kase = v->id}, &rows));
	for (size_t i = 0; i < rows.n; i++) {
		const kase_turns_row *r = &rows.v[i];
		kase_turn *t = vec_add(c->a, &v->turns);
		*t = (kase_turn){.n = r->n,
				 .office_tenant = r->office_tenant,
				 .office = r->office,
				 .entered = r->entered,
				 .done = r->done,
				 .actor = r->actor,
				 .decided_by = r->decided_by,
				 .stands_for = r->stands_for,
				 .opened_at = r->opened_at,
				 .step = r->step,
				 .role = r->role,
				 .due = r->due,
				 .wakes = r->wakes,
				 .act = r->act,
				 .part = r->part,
				 .undone = r->undone != 0};
		TRY(ctx_open(c, "kase_step", "reason", r->id, r->reason, &t->reason));
	}
	return RC_OK;
}

static rc
read_rest(kase_ctx *c, kase_view *v)
{
	kase_documents_rows docs;
	kase_papers_rows papers;

	TRY(sql_kase_documents(c->d, c->a, c->f, &(kase_documents_in){.tenant = v->tenant, .kase = v->id},
			       &docs));
	for (size_t i = 0; i < docs.n; i++)
		*vec_add(c->a, &v->documents) = (kase_document){
			.id = docs.v[i].id,
			.running = docs.v[i].running,
			.year = docs.v[i].year,
			.n = docs.v[i].n,
			.kind = docs.v[i].kind,
			.number = document_number(c->a, docs.v[i].series, docs.v[i].year, docs.v[i].running),
			.day = docs.v[i].day,
			.voided = docs.v[i].voided};
	TRY(sql_kase_papers(c->d, c->a, c->f, &(kase_papers_in){.tenant = v->tenant, .kase = v->id},
			    &papers));
	for (size_t i = 0; i < papers.n; i++)
		*vec_add(c->a, &v->papers) = (kase_held_paper){.id = papers.v[i].id,
							       .paper = papers.v[i].paper,
							       .state = papers.v[i].state,
							       .due = papers.v[i].due};
	kase_scans_rows scans;
	TRY(sql_kase_scans(c->d, c->a, c->f,
			   &(kase_scans_in){.tenant = v->tenant, .person = c->k.key_id, .kase = v->id},
			   &scans));
	for (size_t i = 0; i < scans.n; i++)
		*vec_add(c->a, &v->scans) = (kase_scan){.id = scans.v[i].id,
							.size = scans.v[i].size,
							.added = scans.v[i].added,
							.paper = scans.v[i].kind,
							.type = scans.v[i].type,
							.file = scans.v[i].file};
	for (size_t i = 0; i < c->h->fields->n; i++)
		if (c->answer[i].n)
			*vec_add(c->a, &v->answers) =
				(kase_answer){.field = &c->h->fields->field[i], .value = c->answer[i]};
	return RC_OK;
}

/* The row as a command has it, from a reading connection. */
static rc
load_row(kase_ctx *c, const kase_ref *ref)
{
	kase_head_row k;

	TRY(sql_kase_head(c->d, c->a, c->f, &(kase_head_in){.tenant = ref->tenant, .id = ref->id}, &k));
	c->k = (row_kase){.tenant = ref->tenant,
			  .id = ref->id,
			  .service = k.service,
			  .sha256 = k.sha256,
			  .number = k.number,
			  .state = k.state,
			  .turn = k.turn,
			  .step = k.step,
			  .outcome = k.outcome,
			  .region = k.region,
			  .person_tenant = k.person_tenant,
			  .person = k.person,
			  .key_tenant = k.key_tenant,
			  .key_id = k.key_id,
			  .name = k.name,
			  .asks_as = k.asks_as,
			  .filed_tenant = k.filed_tenant,
			  .filed_by = k.filed_by,
			  .filed_office = k.filed_office,
			  .channel = k.channel,
			  .warnings = k.warnings,
			  .submitted = k.submitted,
			  .accepted = k.accepted,
			  .ended = k.ended};
	return ctx_fill(c);
}

rc
ctx_read(kase_ctx *c, db *d, arena *a, fault *f, const kase_house *h, const kase_ref *ref)
{
	static const actor nobody = {.kind = ACTOR_NOBODY};

	*c = (kase_ctx){.d = d, .a = a, .f = f, .h = h, .by = &nobody};
	return load_row(c, ref);
}

rc
kase_read(db *d, arena *a, fault *f, const kase_house *h, const kase_ref *ref, kase_view *out)
{
	kase_ctx *c = arena_new(a, kase_ctx);

	TRY(ctx_read(c, d, a, f, h, ref));
	*out = (kase_view){.tenant = c->k.tenant,
			   .open = c,
			   .id = c->k.id,
			   .turn = c->k.turn,
			   .region = c->k.region,
			   .person = c->k.person,
			   .warnings = c->k.warnings,
			   .state = (kase_state)c->k.state,
			   .as = (asks_as)c->k.asks_as,
			   .service = c->s,
			   .number = c->k.number,
			   .step = c->k.step,
			   .outcome = c->k.outcome,
			   .name = c->k.name,
			   .submitted = c->k.submitted,
			   .accepted = c->k.accepted,
			   .ended = c->k.ended};
	TRY(read_turns(c, out));
	return read_rest(c, out);
}

paper_seal
kase_scan_seal(const kase_view *v, int64_t id)
{
	return (paper_seal){.key = &v->open->key, .place = {.table = "paper", .column = "file", .row = id}};
}

rc
kase_scan_read(const kase_view *v, str folder, int64_t id, str *type, str *bytes)
{
	const kase_ctx *c = v->open;
	paper_seal from = kase_scan_seal(v, id);

	from.folder = folder;
	for (size_t i = 0; i < v->scans.n; i++) {
		if (v->scans.v[i].id != id)
			continue;
		*type = v->scans.v[i].type;
		return paper_open(db_sealer(c->d), c->a, c->f, &from, v->scans.v[i].file, PAPER_FILE_MAX,
				  bytes);
	}
	return RC_NOT_FOUND;
}

str
kase_answer_of(const kase_view *v, const field *x)
{
	str value = v->open->answer[x->number];

	return value.n ? value : STR("");
}

str
kase_answer_source(const kase_view *v, const field *x)
{
	str s = v->open->source[x->number];

	return s.n ? s : STR("");
}

rc
kase_holds(const kase_view *v, int64_t now, const service_term *term, bool *out)
{
	v->open->now = now;
	return ctx_holds(v->open, term, out);
}

rc
kase_grade_read(const kase_view *v, int64_t now, const service_form *form, kase_grade *out)
{
	v->open->now = now;
	return ctx_grade(v->open, form, out);
}

static bool
listed(const kase_mines *out, int64_t id)
{
	for (size_t i = 0; i < out->n; i++)
		if (out->v[i].id == id)
			return true;
	return false;
}

#define MINE(r)                                                                                              \
	(kase_mine)                                                                                          \
	{                                                                                                    \
		.tenant = (r).tenant, .id = (r).id, .turn = (r).turn, .opened = (r).opened,                  \
		.state = (kase_state)(r).state, .service = (r).service, .sha256 = (r).sha256,                \
		.number = (r).number, .step = (r).step, .outcome = (r).outcome, .name = (r).name,            \
		.submitted = (r).submitted, .ended = (r).ended, .person_tenant = (r).person_tenant,          \
		.person = (r).person                                                                         \
	}

rc
kase_mine_read(db *d, arena *a, fault *f, const actor *who, kase_mines *out)
{
	const int64_t home = who->home ? who->home : who->tenant;
	kases_filed_rows filed;
	kases_about_rows about;

	*out = (kase_mines){0};
	TRY(sql_kases_filed(d, a, f, &(kases_filed_in){.tenant = who->tenant, .account = who->account},
			    &filed));
	TRY(sql_kases_about(d, a, f, &(kases_about_in){.tenant = home, .person = who->person}, &about));
	for (size_t i = 0; i < filed.n; i++)
		*vec_add(a, out) = MINE(filed.v[i]);
	for (size_t i = 0; i < about.n; i++)
		if (!listed(out, about.v[i].id))
			*vec_add(a, out) = MINE(about.v[i]);
	return RC_OK;
}

void
kase_of_person_ahead(db *d, const person_ref *p)
{
	ahead_kases_about(d, &(kases_about_in){.tenant = person_ref_tenant(p), .person = person_ref_id(p)});
}

rc
kase_of_person_read(db *d, arena *a, fault *f, const actor *who, const person_ref *p, kase_mines *out)
{
	kases_about_rows about;

	*out = (kase_mines){0};
	TRY(sql_kases_about(d, a, f,
			    &(kases_about_in){.tenant = person_ref_tenant(p), .person = person_ref_id(p)},
			    &about));
	for (size_t i = 0; i < about.n; i++) {
		const kase_ref *ref = NULL;
		if (about.v[i].state == KASE_AT_DRAFT)
			continue;
		rc r = kase_see(d, a, f, who, about.v[i].tenant, about.v[i].id, &ref);
		if (r == RC_OK)
			*vec_add(a, out) = MINE(about.v[i]);
		else if (r != RC_NOT_FOUND)
			return r;
	}
	fault_clear(f);
	return RC_OK;
}

static work_todo_in
todo_in(const actor *who, const kase_todo_ask *ask)
{
	return (work_todo_in){.tenant = who->tenant,
			      .office = who->office,
			      .due = ask->due,
			      .id = ask->id,
			      .n = ask->n,
			      .line = who->line,
			      .service = ask->service,
			      .step = ask->step,
			      .from = ask->region.lo,
			      .to = ask->region.hi,
			      .people = ask->people};
}

void
kase_todo_ahead(db *d, const actor *who, const kase_todo_ask *ask)
{
	work_todo_in in = todo_in(who, ask);

	if (may(who, PERM_CASE_READ, REGION_NONE) && who->office)
		ahead_work_todo(d, &in);
}

rc
kase_todo_read(db *d, arena *a, fault *f, const actor *who, const kase_todo_ask *ask, kase_todos *out)
{
	work_todo_in in = todo_in(who, ask);
	work_todo_rows rows;

	*out = (kase_todos){0};
	if (!may(who, PERM_CASE_READ, REGION_NONE) || who->office == 0)
		return RC_OK;
	TRY(sql_work_todo(d, a, f, &in, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (kase_todo){.id = rows.v[i].id,
					       .tenant = rows.v[i].subject_tenant,
					       .kase = rows.v[i].subject,
					       .turn = rows.v[i].n,
					       .region = rows.v[i].region,
					       .entered = rows.v[i].entered,
					       .opened_at = rows.v[i].opened,
					       .person_tenant = rows.v[i].person_tenant,
					       .person = rows.v[i].person,
					       .due = rows.v[i].due,
					       .step = rows.v[i].kind,
					       .service = rows.v[i].service,
					       .name = rows.v[i].name,
					       .number = rows.v[i].number};
	return RC_OK;
}

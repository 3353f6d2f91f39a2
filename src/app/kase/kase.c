/* kase.c - the application: drafts, answers, papers, and what keeps it from being filed. */
#include "app/kase/kase.h"

#include "app/kase/kase_priv.h"
#include "app/region/tenant.h"
#include "base/check.h"
#include "base/date.h"
#include "base/nid.h"
#include "io/crypto.h"

enum { DRAW = 5 };

/* ---- opening ---- */

static rc
known_person(db *d, arena *a, fault *f, str number, int64_t now, kase_new *n)
{
	kase_person_by_index_row row;
	nid id;
	str idx;

	TRY(nid_parse(a, f, number, date_of_instant(now), &id));
	TRY(seal_index(db_sealer(d), a, f, "id_number", nid_str(&id), &idx));
	rc r = sql_kase_person_by_index(d, a, f, idx, &row);
	if (r == RC_OK) {
		n->person_tenant = row.tenant;
		n->person = row.person;
	}
	return r == RC_NOT_FOUND ? RC_OK : r;
}

rc
kase_prepare(store *s, db *d, arena *a, fault *f, int64_t now, kase_new *n)
{
	n->id = store_id(s, now);
	n->person = 0;
	if (n->id_number.n)
		TRY(known_person(d, a, f, n->id_number, now, n));
	else if (n->as == ASKS_GUARDIAN && n->ward) {
		n->person_tenant = person_ref_tenant(n->ward);
		n->person = person_ref_id(n->ward);
	} else if (n->as == ASKS_SELF && n->by->kind == ACTOR_APPLICANT && n->by->person > 0) {
		n->person_tenant = n->by->home ? n->by->home : n->by->tenant;
		n->person = n->by->person;
	}
	n->new_key = n->person == 0;
	if (n->new_key)
		return seal_new(db_sealer(d), f, n->tenant, store_id(s, now), &n->key, &n->wrapped);
	return seal_find(db_sealer(d), f, n->person_tenant, n->person, &n->key);
}

static rc
check_new(tx *t, const kase_new *n, const service *s)
{
	fault *f = tx_fault(t);
	bool own = n->by->kind == ACTOR_APPLICANT;

	if (!s)
		return FAIL(f, RC_NOT_FOUND, "kase.service", FA_STR("service", n->service));
	if (!may(n->by, PERM_CASE_FILE, own || s->anywhere ? REGION_NONE : n->region))
		return FAIL(f, RC_DENIED, "kase.denied");
	if (!(s->may & n->as) || (n->as == ASKS_OFFICE && own))
		return FAIL(f, RC_INVALID, "kase.asks_as");
	return RC_OK;
}

static row_kase
draft_of(const kase_new *n, const service *s, int64_t now)
{
	return (row_kase){.tenant = n->tenant,
			  .id = n->id,
			  .service = s->id,
			  .line = s->line,
			  .sha256 = str_of(s->sha256),
			  .number = STR(""),
			  .state = KASE_AT_DRAFT,
			  .step = STR(""),
			  .outcome = STR(""),
			  .region = n->region,
			  .residence = n->residence,
			  .person_tenant = n->person_tenant,
			  .person = n->person,
			  .key_tenant = n->key.tenant,
			  .key_id = n->key.id,
			  .name = STR(""),
			  .asks_as = n->as,
			  .filed_tenant = n->by->tenant,
			  .filed_by = n->by->account,
			  .filed_office = n->by->office,
			  .channel = n->channel,
			  .opened = now,
			  .submitted = STR(""),
			  .accepted = STR(""),
			  .ended = STR("")};
}

static bool
in_sections(const kase_ctx *c, const field *x)
{
	for (size_t i = 0; i < c->s->nsections; i++)
		for (size_t k = 0; k < c->s->section[i].n; k++)
			if (c->s->section[i].q[k].field == x)
				return true;
	return false;
}

rc
filing_put(kase_ctx *c)
{
	return put_filing(c->t, &(row_filing){.tenant = c->k.filed_tenant,
					      .account = c->k.filed_by,
					      .id = c->k.id,
					      .kase_tenant = c->k.tenant});
}

rc
kase_open(tx *t, const void *in, void *out)
{
	const kase_new *n = in;
	const service *s = kase_service(n->house, n->service);
	kase_ctx c = {.t = t,
		      .d = tx_db(t),
		      .a = tx_arena(t),
		      .f = tx_fault(t),
		      .now = tx_now(t),
		      .h = n->house,
		      .by = n->by,
		      .s = s,
		      .key = n->key};

	TRY(check_new(t, n, s));
	c.k = draft_of(n, s, c.now);
	c.answer = arena_array(c.a, str, n->house->fields->n);
	ctx_event(&c, "kase.opened");
	TRY(put_kase(t, &c.k));
	TRY(filing_put(&c));
	if (in_sections(&c, field_find(c.h->fields, STR("registration_place"))))
		TRY(ctx_put_answer(&c, field_find(c.h->fields, STR("registration_place")),
				   str_fmt(c.a, "%012lld", (long long)n->region)));
	if (n->id_number.n) {
		nid id;
		TRY(nid_parse(c.a, c.f, n->id_number, ctx_today(&c), &id));
		TRY(ctx_put_answer(&c, field_find(c.h->fields, STR("id_number")),
				   str_dup(c.a, nid_str(&id))));
		TRY(ctx_put_answer(&c, field_find(c.h->fields, STR("born")), date_str(c.a, id.born)));
		TRY(ctx_put_answer(&c, field_find(c.h->fields, STR("sex")),
				   id.sex == NID_MALE ? STR("1") : STR("2")));
	}
	TRY(prefill(&c));
	c.k.name = ctx_answer(&c, "name");
	if (c.k.name.n)
		TRY(patch_kase(t, &c.k, KASE_NAME));
	if (out)
		*(int64_t *)out = n->id;
	/* a post that comes again leads to the draft of the first, not to the one it prepared */
	tx_result(t, str_fmt(c.a, "%lld-%lld", (long long)n->tenant, (long long)n->id));
	return RC_OK;
}

/* ---- answers ---- */

/* What the office that has the case may fill in: the application at the first step, forms and what acts ask.
 */
static bool
in_step(const kase_ctx *c, const field *x)
{
	const service_step *step = service_step_find(c->s, c->k.step);

	if (!step)
		return false;
	if (step->number == 0 && in_sections(c, x))
		return true;
	for (size_t i = 0; step->forms && i < c->s->nforms; i++)
		for (size_t k = 0; k < c->s->form[i].n; k++)
			if (c->s->form[i].q[k].field == x)
				return true;
	for (size_t i = 0; i < step->nacts; i++)
		for (size_t k = 0; k < step->act[i].nq; k++)
			if (step->act[i].q[k].field == x)
				return true;
	return false;
}

/* The one who filed it, the applicant himself, staff who take applications there, or the office that took it.
 */
static bool
files_it(const kase_ctx *c)
{
	const actor *by = c->by;

	if (by->kind == ACTOR_APPLICANT)
		return kase_is_his(by, &c->k);
	if (kase_was_taken_by(by, &c->k))
		return may(by, PERM_CASE_FILE, REGION_NONE);
	return by->tenant == c->k.tenant && may(by, PERM_CASE_FILE, c->k.region);
}

static rc
may_fill(kase_ctx *c)
{
	const service_step *step = service_step_find(c->s, c->k.step);

	if (c->k.state == KASE_AT_DRAFT || c->k.state == KASE_AT_APPLICANT)
		return files_it(c) ? RC_OK : FAIL(c->f, RC_DENIED, "kase.denied");
	if (c->k.state == KASE_AT_OFFICE && step)
		return act_may_fill(c, step);
	return FAIL(c->f, RC_DENIED, "kase.denied");
}

/* The offices of a case follow from its place, so the place stays within the federation. */
static rc
follow_place(kase_ctx *c, const char *about, int64_t *kept, uint64_t column, kase_problems *problems)
{
	str said = ctx_answer(c, about);
	int64_t code = 0;
	fault why = {0};
	tenant t;

	if (said.n == 0 || !str_to_i64(said, &code) || code == *kept)
		return RC_OK;
	*kept = code;
	if (column == KASE_RESIDENCE)
		return patch_kase(c->t, &c->k, column);
	rc r = tenant_of_region(c->d, c->a, &why, code, ctx_today(c), &t);
	if (r != RC_OK && r != RC_NOT_FOUND)
		return r;
	if (r == RC_OK && t.id == c->k.tenant)
		return patch_kase(c->t, &c->k, column);
	fault_clear(&why);
	(void)FAIL(&why, RC_INVALID, "kase.place_other", FA_FIELD(str_of(about)));
	problem(c, problems, str_of(about), &why);
	return FAIL(c->f, RC_INVALID, "kase.answers", FA_INT("n", 1));
}

rc
kase_save(tx *t, const void *in, void *out)
{
	const kase_save_in *s = in;
	kase_ctx c;

	(void)out;
	TRY(ctx_load(&c, t, &s->at));
	TRY(may_fill(&c));
	ctx_event(&c, "kase.saved");
	TRY(ctx_take(&c, s->said, s->n, c.k.state == KASE_AT_OFFICE ? in_step : in_sections, s->problems));
	TRY(follow_place(&c, "registration_place", &c.k.region, KASE_REGION, s->problems));
	TRY(follow_place(&c, "residence_place", &c.k.residence, KASE_RESIDENCE, s->problems));
	str name = ctx_answer(&c, "name");
	if (str_eq(name, c.k.name))
		return RC_OK;
	c.k.name = name;
	return patch_kase(t, &c.k, KASE_NAME);
}

rc
kase_ask_as(tx *t, const void *in, void *out)
{
	const kase_as_in *s = in;
	kase_ctx c;

	(void)out;
	TRY(ctx_load(&c, t, &s->at));
	if (c.k.state != KASE_AT_DRAFT || !files_it(&c))
		return FAIL(c.f, RC_DENIED, "kase.denied");
	if (!(c.s->may & s->as))
		return FAIL(c.f, RC_INVALID, "kase.asks_as");
	ctx_event(&c, "kase.saved");
	c.k.asks_as = s->as;
	return patch_kase(t, &c.k, KASE_ASKS_AS);
}

/* ---- papers ---- */

rc
papers_owed(kase_ctx *c)
{
	int64_t rows = 0;

	return sql_work_of_papers(c->d, c->f, &(work_of_papers_in){.tenant = c->k.tenant, .kase = c->k.id},
				  &rows);
}

static rc
is_owed(kase_ctx *c, str paper, bool *out)
{
	kase_papers_rows held;

	*out = false;
	TRY(sql_kase_papers(c->d, c->a, c->f, &(kase_papers_in){.tenant = c->k.tenant, .kase = c->k.id},
			    &held));
	for (size_t i = 0; i < held.n; i++)
		*out = *out || (str_eq(held.v[i].paper, paper) && str_eq(held.v[i].state, STR(PAPER_OWED)));
	return RC_OK;
}

/* The first turn, of which only who has it is wanted. */
static rc
first_turn(kase_ctx *c, row_kase_step *out)
{
	kase_turns_rows turns;

	TRY(sql_kase_turns(c->d, c->a, c->f, &(kase_turns_in){.tenant = c->k.tenant, .kase = c->k.id},
			   &turns));
	if (turns.n == 0)
		return FAIL(c->f, RC_DENIED, "kase.denied");
	*out = (row_kase_step){.n = turns.v[0].n,
			       .step = turns.v[0].step,
			       .office_tenant = turns.v[0].office_tenant,
			       .office = turns.v[0].office};
	return RC_OK;
}

rc
paper_may_take(kase_ctx *c, str paper)
{
	bool running = c->k.state == KASE_AT_OFFICE || c->k.state == KASE_AT_APPLICANT, owed = false;
	kase_ctx first = *c;

	rc r = may_fill(c);
	if (r != RC_DENIED || !running)
		return r;
	TRY(is_owed(c, paper, &owed));
	if (!owed)
		return r;
	fault_clear(c->f);
	TRY(first_turn(c, &first.turn));
	return act_may_fill(&first, service_step_find(c->s, first.turn.step));
}

static rc
check_paper(kase_ctx *c, const kase_paper_in *p)
{
	const service_paper *paper = service_paper_find(c->s, p->paper);
	unsigned state = 0;

	for (size_t i = 0; i < PAPER_STATES; i++)
		if (str_eq(p->state, paper_state_names[i]))
			state = 1u << i;
	if (!paper)
		return FAIL(c->f, RC_INVALID, "kase.paper", FA_FIELD(p->paper));
	if (!(paper->accepts & state))
		return FAIL(c->f, RC_INVALID, "kase.paper_state", FA_FIELD(p->paper),
			    FA_STR("name", paper->name.zh));
	if (state == PAPER_LATER && p->due <= ctx_today(c))
		return FAIL(c->f, RC_INVALID, "kase.paper_due", FA_FIELD(p->paper),
			    FA_STR("name", paper->name.zh));
	return RC_OK;
}

/* What was said of the paper before goes. */
static rc
forget_paper(kase_ctx *c, str paper)
{
	kase_papers_rows held;

	TRY(sql_kase_papers(c->d, c->a, c->f, &(kase_papers_in){.tenant = c->k.tenant, .kase = c->k.id},
			    &held));
	for (size_t i = 0; i < held.n; i++)
		if (str_eq(held.v[i].paper, paper))
			TRY(close_kase_paper(c->t, c->k.tenant, c->k.id, held.v[i].id, c->now));
	return RC_OK;
}

/* Its files: one more, or none any longer. */
static rc
keep_scans(kase_ctx *c, const kase_paper_in *p)
{
	bool electronic = str_eq(p->state, STR("electronic"));
	kase_scans_rows held;
	size_t n = 0;

	TRY(sql_kase_scans(c->d, c->a, c->f,
			   &(kase_scans_in){.tenant = c->k.tenant, .person = c->k.key_id, .kase = c->k.id},
			   &held));
	for (size_t i = 0; i < held.n; i++) {
		if (!str_eq(held.v[i].kind, p->paper))
			continue;
		n++;
		if (!electronic)
			TRY(close_paper(c->t, c->k.tenant, c->k.key_id, held.v[i].id, c->now));
	}
	if (!electronic || !p->scan)
		return RC_OK;
	if (n == KASE_SCANS_MAX)
		return FAIL(c->f, RC_LIMIT, "kase.scans", FA_FIELD(STR("file")),
			    FA_INT("max", KASE_SCANS_MAX));
	return put_paper(c->t, &(row_paper){.tenant = c->k.tenant,
					    .person = c->k.key_id,
					    .id = p->scan->id,
					    .kase = c->k.id,
					    .kind = p->paper,
					    .state = p->state,
					    .type = p->scan->type,
					    .size = p->scan->size,
					    .file = p->scan->file,
					    .mark = STR(""),
					    .added = c->now});
}

rc
kase_add_paper(tx *t, const void *in, void *out)
{
	const kase_paper_in *p = in;
	kase_ctx c;

	TRY(ctx_load(&c, t, &p->at));
	TRY(paper_may_take(&c, p->paper));
	TRY(check_paper(&c, p));
	ctx_event(&c, "kase.paper");
	TRY(forget_paper(&c, p->paper));
	TRY(keep_scans(&c, p));
	row_kase_paper r = {.tenant = c.k.tenant,
			    .kase = c.k.id,
			    .id = tx_id(t),
			    .paper = p->paper,
			    .state = p->state,
			    .due = str_eq(p->state, STR(PAPER_OWED)) ? date_str(c.a, p->due) : STR(""),
			    .actor = c.by->account,
			    .added = c.now};
	if (out)
		*(int64_t *)out = r.id;
	TRY(put_kase_paper(t, &r));
	return papers_owed(&c);
}

rc
kase_remove_scan(tx *t, const void *in, void *out)
{
	const kase_scan_in *s = in;
	const kase_scans_row *it = NULL;
	kase_scans_rows held;
	size_t left = 0;
	kase_ctx c;

	(void)out;
	TRY(ctx_load(&c, t, &s->at));
	TRY(may_fill(&c));
	TRY(sql_kase_scans(c.d, c.a, c.f,
			   &(kase_scans_in){.tenant = c.k.tenant, .person = c.k.key_id, .kase = c.k.id},
			   &held));
	for (size_t i = 0; i < held.n; i++)
		if (held.v[i].id == s->scan)
			it = &held.v[i];
	if (!it)
		return RC_NOT_FOUND;
	for (size_t i = 0; i < held.n; i++)
		left += str_eq(held.v[i].kind, it->kind);
	ctx_event(&c, "kase.paper");
	TRY(close_paper(t, c.k.tenant, c.k.key_id, it->id, c.now));
	return left == 1 ? forget_paper(&c, it->kind) : RC_OK;
}

/* ---- filing ---- */

#define PROBLEM(c, to, about, id, ...)                                                                       \
	do {                                                                                                 \
		fault why_ = {0};                                                                            \
		(void)FAIL(&why_, RC_INVALID, id __VA_OPT__(, ) __VA_ARGS__);                                \
		problem((c), (to), (about), &why_);                                                          \
	} while (0)

static rc
missing_answers(kase_ctx *c, kase_problems *to)
{
	for (size_t i = 0; i < c->s->nsections; i++) {
		const service_section *s = &c->s->section[i];
		bool asked = false;
		TRY(ctx_holds(c, s->when, &asked));
		if (asked)
			TRY(act_missing(c, s->q, s->n, to));
	}
	return RC_OK;
}

static rc
missing_papers(kase_ctx *c, kase_problems *to)
{
	kase_papers_rows held;

	TRY(sql_kase_papers(c->d, c->a, c->f, &(kase_papers_in){.tenant = c->k.tenant, .kase = c->k.id},
			    &held));
	for (size_t i = 0; i < c->s->npapers; i++) {
		const service_paper *p = &c->s->paper[i];
		bool wanted = false, there = false;
		TRY(ctx_holds(c, p->when, &wanted));
		for (size_t k = 0; k < held.n; k++)
			there = there || str_eq(held.v[k].paper, p->id);
		if (wanted && !there)
			PROBLEM(c, to, p->id, "kase.paper_missing", FA_FIELD(p->id),
				FA_STR("name", p->name.zh));
	}
	return RC_OK;
}

rc
file_missing(kase_ctx *c, kase_problems *to)
{
	TRY(missing_answers(c, to));
	return missing_papers(c, to);
}

/* A child or someone of the mental categories is spoken for; nobody is his own guardian. */
static rc
check_speaker(kase_ctx *c, kase_problems *to)
{
	bool needed = false;
	str own = ctx_answer(c, "id_number"), guardian = ctx_answer(c, "guardian_id_number");

	if (c->s->guardian_when)
		TRY(ctx_holds(c, c->s->guardian_when, &needed));
	if (needed && c->k.asks_as == ASKS_SELF)
		PROBLEM(c, to, STR(""), "kase.guardian_needed");
	if (guardian.n && str_eq(own, guardian))
		PROBLEM(c, to, STR("guardian_id_number"), "kase.guardian_self",
			FA_FIELD(STR("guardian_id_number")));
	return RC_OK;
}

static rc
check_bars(kase_ctx *c, kase_problems *to)
{
	c->k.warnings = 0;
	for (size_t i = 0; i < c->s->nbars; i++) {
		const service_bar *b = &c->s->bar[i];
		bool stands = false;
		TRY(ctx_holds(c, b->when, &stands));
		if (!stands)
			continue;
		if (b->lift) {
			c->k.warnings |= INT64_C(1) << i;
			continue;
		}
		PROBLEM(c, to, STR(""), "kase.barred");
		if (to)
			to->v[to->n - 1].say = b->say;
	}
	return RC_OK;
}

/* Who the applicant is, now that his number is known for certain. */
static rc
settle_person(kase_ctx *c)
{
	kase_person_by_index_row row;
	const entitlement *has = NULL;
	kase_running_rows others;
	str idx, number = ctx_answer(c, "id_number");

	if (number.n && (c->k.person == 0 || c->k.state == KASE_AT_DRAFT)) {
		TRY(seal_index(db_sealer(c->d), c->a, c->f, "id_number", number, &idx));
		rc r = sql_kase_person_by_index(c->d, c->a, c->f, idx, &row);
		if (r != RC_OK && r != RC_NOT_FOUND)
			return r;
		/* begun for one and filled in for another */
		if (r == RC_OK && c->k.person && c->k.person != row.person)
			return FAIL(c->f, RC_CONFLICT, "kase.other_person");
		if (r == RC_OK) {
			c->k.person_tenant = row.tenant;
			c->k.person = row.person;
		}
	}
	if (c->k.person == 0 || c->k.state != KASE_AT_DRAFT)
		return RC_OK;
	TRY(sql_kase_running(
		c->d, c->a, c->f,
		&(kase_running_in){.tenant = c->k.tenant, .person = c->k.person, .service = c->k.service},
		&others));
	if (others.n)
		return FAIL(c->f, RC_CONFLICT, "kase.running", FA_STR("number", others.v[0].number));
	TRY(entitled_already(c, &has));
	if (has)
		return FAIL(c->f, RC_CONFLICT, "kase.entitled", FA_STR("name", has->name),
			    FA_STR("from", has->valid_from));
	return RC_OK;
}

/* "420102-2026-000123-KT7QXMD": federation, year, running number, check character, five at random. */
static rc
give_number(kase_ctx *c, str random)
{
	series_next_row next;
	int64_t year = date_ymd(ctx_today(c)).y;

	BUG_ON(random.n != DRAW);
	TRY(sql_series_next(
		c->d, c->a, c->f,
		&(series_next_in){.tenant = c->k.tenant, .office = 0, .series = STR(""), .year = year},
		&next));
	str body = str_fmt(c->a, "%lld%04lld%06lld", (long long)c->k.tenant, (long long)year,
			   (long long)next.last);
	c->k.year = year;
	c->k.running = next.last;
	c->k.number = str_fmt(c->a, "%lld-%04lld-%06lld-%c%.*s", (long long)c->k.tenant, (long long)year,
			      (long long)next.last, check31(body), STR_ARG(random));
	return RC_OK;
}

str
kase_draw(arena *a)
{
	uint8_t raw[DRAW * 4];
	buf b = buf_in(a);

	/* 31 does not divide 256: bytes of the last, uneven round are passed over; four in a row never are */
	while (b.n < DRAW) {
		crypto_random(raw, sizeof raw);
		for (size_t i = 0; i < sizeof raw && b.n < DRAW; i++)
			if (raw[i] < 248)
				buf_c(&b, check31_alphabet[raw[i] % 31]);
	}
	return buf_str(&b);
}

/* Where a case that was sent back goes on: the step that sent it. */
static rc
sender(kase_ctx *c, const service_step **step, int64_t *office, int64_t *spent)
{
	kase_turns_rows turns;

	TRY(sql_kase_turns(c->d, c->a, c->f, &(kase_turns_in){.tenant = c->k.tenant, .kase = c->k.id},
			   &turns));
	for (size_t i = turns.n; i-- > 0;)
		if (turns.v[i].office && !turns.v[i].undone) {
			*step = service_step_find(c->s, turns.v[i].step);
			*office = turns.v[i].office;
			*spent = turns.v[i].spent;
			return RC_OK;
		}
	BUG_ON(turns.n); /* with the applicant without ever having been anywhere */
	return RC_NOT_FOUND;
}

static rc
file_again(kase_ctx *c)
{
	const service_step *step = NULL;
	row_office office;
	int64_t wanted = 0, spent = 0;
	const role *r = NULL;

	TRY(sender(c, &step, &wanted, &spent));
	TRY(turn_office(c, step, wanted, true, &office, &r));
	TRY(patch_kase(c->t, &c->k, KASE_PERSON_TENANT | KASE_PERSON | KASE_WARNINGS));
	str due = STR(NO_DUE);
	if (step->within.n) {
		span left = step->within;
		left.n = MAX(left.n - spent, 1);
		due = date_str(c->a, kase_span_end(c->h->calendar, left, ctx_today(c)));
	}
	return turn_put(c, step, &office, r, due, STR(""), spent);
}

rc
kase_submit(tx *t, const void *in, void *out)
{
	const kase_submit_in *s = in;
	kase_problems found = {0};
	kase_ctx c;

	TRY(ctx_load(&c, t, &s->at));
	if (c.k.state != KASE_AT_DRAFT && c.k.state != KASE_AT_APPLICANT)
		return FAIL(c.f, RC_CONFLICT, "kase.not_draft");
	if (!files_it(&c))
		return FAIL(c.f, RC_DENIED, "kase.denied");
	TRY(settle_person(&c));
	TRY(file_missing(&c, &found));
	TRY(check_speaker(&c, &found));
	TRY(check_bars(&c, &found));
	if (s->problems)
		*s->problems = found;
	if (found.n)
		return FAIL(c.f, RC_INVALID, "kase.incomplete", FA_INT("n", found.n));
	ctx_event(&c, "kase.submitted");
	if (c.k.state == KASE_AT_APPLICANT) {
		TRY(file_again(&c));
	} else {
		TRY(give_number(&c, s->random));
		c.k.submitted = ctx_day(&c);
		TRY(patch_kase(t, &c.k,
			       KASE_NUMBER | KASE_YEAR | KASE_RUNNING | KASE_SUBMITTED | KASE_PERSON_TENANT |
				       KASE_PERSON | KASE_WARNINGS));
		TRY(turn_enter(&c, &c.s->step[0], 0));
	}
	if (out)
		*(str *)out = c.k.number;
	return RC_OK;
}

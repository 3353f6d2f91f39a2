/* roster.c - 花名册: the people of an office's divisions as a sheet, in the columns that were chosen. Numbers
 * in full need the right to reveal; every roster is a look with its purpose. */
#include "web/desk/import.h"

#include "app/intake/roster.h"
#include "base/buf.h"
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/desk/import_priv.h"

/* Chosen when the page is opened first. */
static const char *const usual[] = {
	"name",     "sex",   "id_number", "phone", "registration_place", "certificate_number",
	"category", "level", "expires"};

static const struct {
	field_subject subject;
	const char *name; /* of the boxes */
	int title;
} groups[] = {{SUBJECT_PERSON, "person", MSG_ROSTER_PERSON},
	      {SUBJECT_CERTIFICATE, "certificate", MSG_ROSTER_CERTIFICATE},
	      {SUBJECT_GUARDIAN, "guardian", MSG_ROSTER_GUARDIAN},
	      {SUBJECT_BANK, "bank", MSG_ROSTER_BANK}};

typedef struct asking {
	form f;
	errand_new n;
	wrapped_key key;
} asking;

static bool
is_offered(const web_req *rq, const field *x)
{
	bool stored = x->home == HOME_COLUMN || x->home == HOME_FACT;
	bool kept = str_eq(x->id, STR("guardian_proof")) || str_eq(x->id, STR("reissue"));

	return stored && !kept && x->type != FIELD_INT && actor_sees(house_actor(rq), x->class);
}

static bool
is_usual(const field *x)
{
	for (size_t i = 0; i < LEN(usual); i++)
		if (str_eq(x->id, str_of(usual[i])))
			return true;
	return false;
}

static bool
is_ticked(const url_pairs *in, const char *name, str id)
{
	for (size_t i = 0; i < in->n; i++)
		if (str_eq(in->v[i].name, str_of(name)) && str_eq(in->v[i].value, id))
			return true;
	return false;
}

/* ---- the page ---- */

static tpl_list_choice
columns_of(const web_req *rq, size_t group, bool first)
{
	const catalogue *c = house_of(rq)->fields;
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, c->n);
	size_t n = 0;

	for (size_t i = 0; i < c->n; i++) {
		const field *x = &c->field[i];
		if (x->subject != groups[group].subject || !is_offered(rq, x))
			continue;
		v[n++] = (struct tpl_choice){
			.value = x->id,
			.label = rq->lang == MSG_EN ? x->en : x->name,
			.checked =
				first ? is_usual(x) : is_ticked(&rq->http->form, groups[group].name, x->id)};
	}
	return (tpl_list_choice){v, n};
}

static rc
list_mine(web_req *rq, tpl_list_import_line *out)
{
	VEC(struct tpl_import_line) v = {0};
	errands mine;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(errand_list(d, rq->a, rq->fault, house_actor(rq), &mine));
	for (size_t i = 0; i < mine.n; i++) {
		const errand *e = &mine.v[i];
		if (e->kind != ERRAND_ROSTER)
			continue;
		struct tpl_import_line *line = vec_add(rq->a, &v);
		*line = (struct tpl_import_line){.name = e->file,
						 .href = errand_href(rq, e),
						 .when = instant_str(rq->a, e->created, false),
						 .total = e->counts.total};
		line->state = errand_words(rq, e, &line->colour);
	}
	*out = (tpl_list_import_line){v.v, v.n};
	return RC_OK;
}

static rc
ask_page(web_req *rq, const form *f, bool first)
{
	static const int heads[] = {MSG_ROSTER_ONE, MSG_IMPORT_WHEN, MSG_IMPORT_STATE, MSG_ROSTER_PEOPLE};
	struct tpl_roster_group *g = arena_array(rq->a, struct tpl_roster_group, LEN(groups));
	struct tpl_choice *full = arena_new(rq->a, struct tpl_choice);
	bool bad = !form_ok(f), reveal = may(house_actor(rq), PERM_PERSON_REVEAL, REGION_NONE);
	size_t n = 0;

	for (size_t i = 0; i < LEN(groups); i++) {
		tpl_list_choice columns = columns_of(rq, i, first);
		if (columns.n)
			g[n++] = (struct tpl_roster_group){.name = str_of(groups[i].name),
							   .title = desk_words(rq, groups[i].title),
							   .columns = columns,
							   .wrong = desk_wrong(rq, f, groups[i].name)};
	}
	*full = (struct tpl_choice){.value = STR("1"),
				    .label = desk_words(rq, MSG_ROSTER_REVEAL),
				    .hint = desk_words(rq, MSG_ROSTER_REVEAL_HINT),
				    .checked = form_ticked(f, STR("reveal"))};
	struct tpl_roster_ask page = {.bad = bad,
				      .errors = desk_errors(rq, f),
				      .dropped = web_query(rq, STR("dropped")).n > 0,
				      .groups = {g, n},
				      .full = {full, reveal},
				      .purposes = purpose_choices(rq, STR(""), form_typed(f, STR("purpose"))),
				      .words = form_typed(f, STR("purpose-words")),
				      .wrong = desk_wrong(rq, f, "purpose"),
				      .missing = desk_wrong(rq, f, "purpose-words"),
				      .columns = import_columns(rq, heads, LEN(heads), LEN(heads) - 1)};
	TRY(list_mine(rq, &page.mine));
	tpl_roster_ask(web_html(rq), &page);
	return web_page(rq, bad ? 422 : 200);
}

static rc
ask_get(web_req *rq)
{
	form f = form_of(rq->a, &rq->http->form, rq->now);

	TRY(desk_staff(rq));
	return ask_page(rq, &f, true);
}

/* ---- asked ---- */

/* The ids of the columns in the order of the catalogue, with commas between. */
static str
chosen(const web_req *rq, size_t *count)
{
	const catalogue *c = house_of(rq)->fields;
	buf b = buf_in(rq->a);

	*count = 0;
	for (size_t i = 0; i < c->n; i++) {
		const field *x = &c->field[i];
		for (size_t g = 0; g < LEN(groups); g++) {
			if (x->subject != groups[g].subject || !is_offered(rq, x) ||
			    !is_ticked(&rq->http->form, groups[g].name, x->id))
				continue;
			buf_fmt(&b, "%s%.*s", b.n ? "," : "", STR_ARG(x->id));
			++*count;
		}
	}
	return buf_str(&b);
}

static rc
begun(web_req *rq)
{
	asking *k = rq->work;
	str id = STR("");
	rc r = house_written(rq, NULL, &id);

	if (r == RC_LIMIT) {
		fault *line = form_wrong(&k->f);
		fault_copy(line, rq->fault);
		line->field = STR("person");
		fault_clear(rq->fault);
		return ask_page(rq, &k->f, false);
	}
	TRY(r);
	bench_wake(import_bench(rq));
	return web_see(rq, str_cat(rq->a, STR("/desk/roster/"), id));
}

static rc
ask_post(web_req *rq)
{
	asking *k = arena_new(rq->a, asking);
	size_t n = 0;

	TRY(desk_staff(rq));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	str columns = chosen(rq, &n);
	if (n == 0 || n > ROSTER_COLUMNS)
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "errand.no_columns", FA_FIELD(STR("person")));
	str purpose = purpose_ask(rq, &k->f);
	bool reveal = form_ticked(&k->f, STR("reveal"));
	if (reveal && !may(house_actor(rq), PERM_PERSON_REVEAL, REGION_NONE))
		return RC_NOT_FOUND;
	if (!form_ok(&k->f))
		return ask_page(rq, &k->f, false);
	k->n = (errand_new){
		.who = house_actor(rq),
		.kind = ERRAND_ROSTER,
		.lang = rq->lang,
		.file = desk_words_of(rq, MSG_ROSTER_FILE, "day", date_str(rq->a, date_of_instant(rq->now))),
		.map = columns,
		.reveal = reveal,
		.purpose = purpose};
	house_read_end(rq);
	TRY(errand_keep(house_store(rq), rq->a, rq->fault,
			&(errand_upload){.dir = bench_dir(import_bench(rq)), .now = rq->now}, &k->n,
			&k->key));
	rq->work = k;
	return house_write(
		rq, &(house_command){
			    .fn = errand_begin, .in = &k->n, .keys = &k->key, .nkeys = 1, .then = begun});
}

/* ---- made ---- */

static rc
find(web_req *rq, errand *e)
{
	TRY(import_errand(rq, e));
	return e->kind == ERRAND_ROSTER ? RC_OK : RC_NOT_FOUND;
}

static rc
roster_get(web_req *rq)
{
	errand e;

	TRY(find(rq, &e));
	if (errand_is_working(e.state))
		return import_progress_page(rq, &e);
	tpl_roster_made(web_html(rq), &(struct tpl_roster_made){
					      .name = e.file,
					      .here = errand_href(rq, &e),
					      .failed = e.state == ERRAND_FAILED,
					      .said = e.said,
					      .people = e.counts.total,
					      .numbers = e.import == 0,
					      .reveal = e.reveal,
					      .purpose = purpose_show(rq, e.purpose),
					      .until = instant_str(rq->a, e.ends, false),
				      });
	return web_page(rq, 200);
}

static rc
sheet_get(web_req *rq)
{
	errand e;
	str bytes;

	TRY(find(rq, &e));
	TRY(import_file(rq, &e, ERRAND_OUT, &bytes));
	return import_send(rq, str_cat(rq->a, e.file, STR(".xlsx")), bytes);
}

static rc
dropped(web_req *rq)
{
	const errand *e = rq->work;

	TRY(house_written(rq, NULL, NULL));
	errand_files_drop(rq->a, bench_dir(import_bench(rq)), e->id);
	return web_see(rq, STR("/desk/roster?dropped=1"));
}

static rc
drop_post(web_req *rq)
{
	errand *e = arena_new(rq->a, errand);
	errand_key *key = arena_new(rq->a, errand_key);

	TRY(find(rq, e));
	*key = (errand_key){house_actor(rq), e->id};
	rq->work = e;
	return house_write(rq, &(house_command){.fn = errand_drop, .in = key, .then = dropped});
}

const web_route roster_routes[] = {
	{"GET", "/desk/roster", ask_get, "export.ask", "Rosters: choose columns and purpose"},
	{"POST", "/desk/roster", ask_post, "export.ask", "Write a roster"},
	{"GET", "/desk/roster/{id}", roster_get, "export.ask", "A roster, written or being written"},
	{"POST", "/desk/roster/{id}", drop_post, "export.ask", "Delete a roster"},
	{"GET", "/desk/roster/{id}/sheet", sheet_get, "export.ask", "The roster as a sheet"},
	{0},
};

/* definitions.c - what the offices work by: proposed by one, read beside what holds, published by another. */
#include "web/policy/policy.h"

#include "app/definition/definition.h"
#include "app/definition/difference.h"
#include "app/service/effects.h"
#include "base/date.h"
#include "io/pack.h"
#include "locale/msg_ids.h"
#include "web/components_tpl.h"
#include "web/definitions_tpl.h"
#include "web/form.h"

enum { FORM_BYTES = 2 << 20, FILE_CHARS = 400000, AROUND = 3, HASH_SHOWN = 12 };

/* rq->work of a page of one definition. */
typedef struct page {
	web_req *rq;
	definition_key key;
	definition_versions all;      /* its versions, the newest first */
	const definition_version *at; /* of the address; NULL: the page of all of them */
	str text, before;             /* what is shown or proposed; what it is compared with */
	int64_t beside;               /* the version of `before`; 0: none */
	form f;
	rc checked;
	fault wrong; /* of the check */
	str sha256;
	definition_new proposal;
	definition_at publishing;
} page;

static str
words(const web_req *rq, int id)
{
	return house_words(rq, id);
}

static str
words_n(const web_req *rq, int id, int64_t n)
{
	return msg_text(rq->a, rq->lang, id, (const fault_arg[]){{.name = "n", .i = n}, {0}});
}

static str
kind_words(const web_req *rq, str kind)
{
	int id = msg_find(str_cat(rq->a, STR("definition.kind."), kind));

	return id < 0 ? kind : words(rq, id);
}

static bool
may_here(const web_req *rq, perm p)
{
	return may(house_actor(rq), p, REGION_NONE);
}

/* ---- addresses: dots for the slashes of a layer's name ---- */

static str
swapped(arena *a, str s, char from, char to)
{
	str out = str_dup(a, s);
	char *p = (char *)(uintptr_t)out.p;

	for (size_t i = 0; i < s.n; i++)
		if (p[i] == from)
			p[i] = to;
	return out;
}

static str
href_of(const web_req *rq, str kind, str id)
{
	return str_fmt(rq->a, "/policy/definitions/%.*s/%.*s", STR_ARG(kind),
		       STR_ARG(swapped(rq->a, id, '/', '.')));
}

static str
version_href(const web_req *rq, const page *k, int64_t version)
{
	return str_fmt(rq->a, "%.*s/%lld", STR_ARG(href_of(rq, k->key.kind, k->key.id)), (long long)version);
}

/* ---- all of them ---- */

static bool
is_of(const definition_version *v, const definition_key *k)
{
	return str_eq(v->kind, k->kind) && str_eq(v->id, k->id);
}

static rc
program_words(web_req *rq, db *d, const definition_key *k, const definition_version *newest, str *out)
{
	str packed, text;
	rc r = definition_packed_text(rq->a, rq->fault, &pack_all, k, &packed);

	*out = words(rq, MSG_DEFINITION_PAGE_PROGRAM_NONE);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	*out = words(rq, MSG_DEFINITION_PAGE_PROGRAM_OTHER);
	if (!newest)
		return RC_OK;
	TRY(definition_text_read(d, rq->a, rq->fault,
				 &(definition_at){.kind = k->kind, .id = k->id, .version = newest->version},
				 &text));
	if (str_eq(text, packed))
		*out = words(rq, MSG_DEFINITION_PAGE_PROGRAM_SAME);
	return RC_OK;
}

static str
holds_words(web_req *rq, const definition_version *v)
{
	const fault_arg args[] = {
		{.name = "n", .i = v->version},
		{.name = "from", .is_text = true, .s = html_day_text(web_html(rq), v->from)},
		{0}};

	return msg_text(rq->a, rq->lang, MSG_DEFINITION_PAGE_HOLDS_FROM, args);
}

static rc
row_of(web_req *rq, db *d, const definition_key *k, const definition_versions *all,
       struct tpl_definition_row *out)
{
	const definition_version *newest = NULL, *holds = NULL;

	for (size_t i = all->n; i-- > 0;)
		if (is_of(&all->v[i], k)) {
			newest = &all->v[i];
			holds = newest->published_at ? newest : holds;
		}
	*out = (struct tpl_definition_row){.href = href_of(rq, k->kind, k->id),
					   .name = k->id,
					   .kind = kind_words(rq, k->kind),
					   .holds = holds ? holds_words(rq, holds)
							  : words(rq, MSG_DEFINITION_PAGE_NEVER)};
	if (newest && !newest->published_at)
		out->waiting = words_n(rq, MSG_DEFINITION_PAGE_WAITS, newest->version);
	return program_words(rq, d, k, newest, &out->program);
}

/* What the program carries, then what only the store has. */
static void
keys_of(web_req *rq, const definition_versions *all, definition_keys *out)
{
	definition_packed_keys(rq->a, &pack_all, out);
	for (size_t i = 0; i < all->n; i++) {
		bool known = false;
		for (size_t n = 0; n < out->n; n++)
			known = known || is_of(&all->v[i], &out->v[n]);
		if (!known)
			*vec_add(rq->a, out) = (definition_key){all->v[i].kind, all->v[i].id};
	}
}

static tpl_list_column
columns(const web_req *rq, const int *id, size_t n)
{
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, n);

	for (size_t i = 0; i < n; i++)
		v[i].label = words(rq, id[i]);
	return (tpl_list_column){v, n};
}

static rc
list_get(web_req *rq)
{
	static const int heads[] = {MSG_DEFINITION_PAGE_NAME, MSG_DEFINITION_PAGE_KIND,
				    MSG_DEFINITION_PAGE_HOLDS, MSG_DEFINITION_PAGE_WAITING,
				    MSG_DEFINITION_PAGE_PROGRAM};
	definition_versions all;
	definition_keys keys;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(definition_versions_read(d, rq->a, rq->fault, &all));
	keys_of(rq, &all, &keys);
	struct tpl_definition_row *v = arena_array(rq->a, struct tpl_definition_row, keys.n);
	for (size_t i = 0; i < keys.n; i++)
		TRY(row_of(rq, d, &keys.v[i], &all, &v[i]));
	tpl_definitions(web_html(rq), &(struct tpl_definitions){.columns = columns(rq, heads, LEN(heads)),
								.rows = {v, keys.n}});
	return web_page(rq, 200);
}

/* ---- one of them ---- */

static rc
enter(web_req *rq, page **out)
{
	page *k = arena_new(rq->a, page);
	definition_versions all;
	str packed;
	db *d = NULL;

	k->rq = rq;
	k->key = (definition_key){web_param(rq, STR("kind")),
				  swapped(rq->a, web_param(rq, STR("id")), '.', '/')};
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	TRY(house_read(rq, &d));
	TRY(definition_versions_read(d, rq->a, rq->fault, &all));
	for (size_t i = 0; i < all.n; i++)
		if (is_of(&all.v[i], &k->key))
			*vec_add(rq->a, &k->all) = all.v[i];
	if (k->all.n == 0)
		TRY(definition_packed_text(rq->a, rq->fault, &pack_all, &k->key, &packed));
	rq->work = k;
	*out = k;
	return RC_OK;
}

static rc
text_of(web_req *rq, const page *k, int64_t version, str *text)
{
	db *d = NULL;

	TRY(house_read(rq, &d));
	return definition_text_read(
		d, rq->a, rq->fault,
		&(definition_at){.kind = k->key.kind, .id = k->key.id, .version = version}, text);
}

/* What people call it; of one without a name of its own, its kind. */
static str
name_of(const web_req *rq, const page *k, str text)
{
	str zh, en;

	definition_name(rq->a, &k->key, text, &zh, &en);
	if (zh.n == 0)
		return kind_words(rq, k->key.kind);
	return rq->lang == MSG_EN && en.n ? en : zh;
}

/* What an editor begins from: the newest version, or what the program has. */
static rc
begun_from(web_req *rq, const page *k, str *text)
{
	if (k->all.n)
		return text_of(rq, k, k->all.v[0].version, text);
	return definition_packed_text(rq->a, rq->fault, &pack_all, &k->key, text);
}

/* On a worker. */
static void
check_text(void *p)
{
	page *k = p;
	const house *h = house_of(k->rq);
	const service_ask with = {.fields = h->fields, .roles = h->roles, .effects = kase_effects};

	k->checked = definition_check(k->rq->a, &k->wrong, &pack_all, &with, &k->key, k->text, &k->sha256);
}

/* Where the check found it: the file of that name, and the line in it; 0: it says none. */
static int64_t
place_of(const page *k, const service_files *files, size_t *file)
{
	int64_t line = 0;

	*file = 0;
	for (size_t i = 0; i < k->wrong.nargs; i++) {
		const fault_arg *x = &k->wrong.arg[i];
		if (!x->is_text && strcmp(x->name, "line") == 0)
			line = x->i;
		for (size_t n = 0; x->is_text && strcmp(x->name, "file") == 0 && n < files->n; n++)
			if (str_eq(x->s, files->v[n].name) || str_ends(x->s, files->v[n].name))
				*file = n;
	}
	return line;
}

typedef VEC(struct tpl_shown_line) shown;

static void
show_line(web_req *rq, shown *v, const char *fate, int64_t number, str text)
{
	*vec_add(rq->a, v) = (struct tpl_shown_line){
		.fate = str_of(fate), .number = str_fmt(rq->a, "%lld", (long long)number), .text = text};
}

/* The lines around one of them. */
static tpl_list_shown_line
around(web_req *rq, str text, int64_t line)
{
	shown v = {0};
	int64_t n = 0;
	str part;

	while (line > 0 && str_next(&text, '\n', &part))
		if (++n >= line - AROUND && n <= line + AROUND)
			show_line(rq, &v, n == line ? "wrong" : "kept", n, part);
	return (tpl_list_shown_line){v.v, v.n};
}

/* ---- proposing ---- */

static str
file_field(const web_req *rq, size_t i)
{
	return str_fmt(rq->a, "file-%zu", i);
}

static rc
edited_files(web_req *rq, page *k, tpl_list_edited_file *out)
{
	bool typed =
		form_typed(&k->f, STR("act")).n > 0 && str_eq(form_typed(&k->f, STR("act")), STR("text"));
	service_files files;
	size_t wrong = 0;
	str text = k->text;

	if (!typed)
		TRY(begun_from(rq, k, &text));
	TRY(definition_files(rq->a, rq->fault, &k->key, text, &files));
	int64_t line = k->checked != RC_OK ? place_of(k, &files, &wrong) : 0;
	struct tpl_edited_file *v = arena_array(rq->a, struct tpl_edited_file, files.n);
	for (size_t i = 0; i < files.n; i++) {
		v[i] = (struct tpl_edited_file){
			.name = file_field(rq, i), .label = files.v[i].name, .text = files.v[i].text};
		if (k->checked == RC_OK || i != wrong || !typed)
			continue;
		v[i].error = fault_text(rq->a, rq->lang, &k->wrong);
		v[i].lines = around(rq, files.v[i].text, line);
	}
	*out = (tpl_list_edited_file){v, files.n};
	return RC_OK;
}

static tpl_list_version_row
version_rows(web_req *rq, const page *k)
{
	struct tpl_version_row *v = arena_array(rq->a, struct tpl_version_row, k->all.n);
	str today = date_str(rq->a, date_of_instant(rq->now)),
	    console = words(rq, MSG_DEFINITION_PAGE_CONSOLE);

	for (size_t i = 0; i < k->all.n; i++) {
		const definition_version *x = &k->all.v[i];
		bool waits = x->published_at == 0, begun = !waits && str_cmp(x->from, today) <= 0;
		int state = waits   ? MSG_DEFINITION_PAGE_STATE_WAITS
			    : begun ? MSG_DEFINITION_PAGE_STATE_PUBLISHED
				    : MSG_DEFINITION_PAGE_STATE_COMING;
		v[i] = (struct tpl_version_row){.href = version_href(rq, k, x->version),
						.number = words_n(rq, MSG_DEFINITION_PAGE_NUMBER, x->version),
						.state = words(rq, state),
						.colour = waits   ? STR("yellow")
							  : begun ? STR("green")
								  : STR("blue"),
						.from = html_day_text(web_html(rq), x->from),
						.proposed = x->who_1.n ? x->who_1 : console,
						.published = waits        ? STR("")
							     : x->who_2.n ? x->who_2
									  : console};
	}
	return (tpl_list_version_row){v, k->all.n};
}

/* What the check found stands at its file, what the form or the command found at its field. */
static tpl_list_field_error
errors_of(web_req *rq, const page *k, const tpl_list_edited_file *files, const char *otherwise)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, k->f.errors.n + 1);
	size_t n = 0;

	for (size_t i = 0; i < k->f.errors.n; i++) {
		const fault *e = k->f.errors.v[i];
		v[n++] = (struct tpl_field_error){e->field.n ? e->field : str_of(otherwise),
						  fault_text(rq->a, rq->lang, e)};
	}
	if (k->checked == RC_OK)
		return (tpl_list_field_error){v, n};
	v[n] = (struct tpl_field_error){str_of(otherwise), fault_text(rq->a, rq->lang, &k->wrong)};
	for (size_t i = 0; files && i < files->n; i++)
		if (files->v[i].error.n)
			v[n].field = files->v[i].name;
	return (tpl_list_field_error){v, n + 1};
}

static rc
show_definition(web_req *rq)
{
	static const int heads[] = {MSG_DEFINITION_PAGE_VERSION, MSG_DEFINITION_PAGE_STATE,
				    MSG_DEFINITION_PAGE_FROM, MSG_DEFINITION_PAGE_BY_1,
				    MSG_DEFINITION_PAGE_BY_2};
	page *k = rq->work;
	bool bad = !form_ok(&k->f) || k->checked != RC_OK;
	struct tpl_definition out = {.id = k->key.id,
				     .kind = kind_words(rq, k->key.kind),
				     .here = href_of(rq, k->key.kind, k->key.id),
				     .proposed = web_query(rq, STR("proposed")).n > 0,
				     .bad = bad,
				     .columns = columns(rq, heads, LEN(heads)),
				     .rows = version_rows(rq, k)};
	str packed, newest = STR(""), text;

	TRY(begun_from(rq, k, &text));
	out.title = name_of(rq, k, text);
	if (may_here(rq, PERM_POLICY_EDIT)) {
		rc r = definition_packed_text(rq->a, rq->fault, &pack_all, &k->key, &packed);
		if (r != RC_NOT_FOUND)
			TRY(r);
		if (k->all.n)
			TRY(text_of(rq, k, k->all.v[0].version, &newest));
		out.program = r == RC_OK && !str_eq(packed, newest);
		TRY(edited_files(rq, k, &out.files));
	}
	out.errors = errors_of(rq, k, &out.files, "file-0");
	tpl_definition(web_html(rq), &out);
	return web_page(rq, bad ? 422 : 200);
}

static rc
definition_get(web_req *rq)
{
	page *k = NULL;

	TRY(enter(rq, &k));
	return show_definition(rq);
}

/* A refusal that the page can say becomes a line of the form. */
static bool
refused(web_req *rq, page *k, rc r, const char *at)
{
	if (r != RC_DENIED && r != RC_INVALID && r != RC_CONFLICT)
		return false;
	fault *line = form_wrong(&k->f);
	fault_copy(line, rq->fault);
	if (line->field.n == 0)
		line->field = str_of(at);
	fault_clear(rq->fault);
	return true;
}

static rc
proposed(web_req *rq)
{
	page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (refused(rq, k, r, "file-0"))
		return show_definition(rq);
	TRY(r);
	return web_see(rq, str_cat(rq->a, href_of(rq, k->key.kind, k->key.id), STR("?proposed=1")));
}

static rc
proposal_checked(web_req *rq)
{
	page *k = rq->work;

	if (k->checked != RC_OK && k->checked != RC_INVALID && k->checked != RC_LIMIT)
		return k->checked;
	if (k->checked != RC_OK)
		return show_definition(rq);
	k->proposal = (definition_new){.by = house_actor(rq),
				       .kind = k->key.kind,
				       .id = k->key.id,
				       .sha256 = k->sha256,
				       .text = k->text};
	return house_write(rq, &(house_command){.fn = definition_propose,
						.in = &k->proposal,
						.out = arena_new(rq->a, int64_t),
						.then = proposed});
}

/* The files as they were typed, in place of those they were made from. */
static rc
typed_text(web_req *rq, page *k)
{
	service_files files;
	str from;

	TRY(begun_from(rq, k, &from));
	TRY(definition_files(rq->a, rq->fault, &k->key, from, &files));
	for (size_t i = 0; i < files.n; i++) {
		str text = form_lines(
			&k->f, (form_field){.name = file_field(rq, i), .label = files.v[i].name}, FILE_CHARS);
		files.v[i].text = str_cat(rq->a, text, STR("\n"));
	}
	k->text = definition_of_files(rq->a, &k->key, &files);
	return RC_OK;
}

static rc
definition_post(web_req *rq)
{
	page *k = NULL;

	TRY(enter(rq, &k));
	if (str_eq(form_typed(&k->f, STR("act")), STR("program")))
		TRY(definition_packed_text(rq->a, rq->fault, &pack_all, &k->key, &k->text));
	else
		TRY(typed_text(rq, k));
	if (!form_ok(&k->f))
		return show_definition(rq);
	return web_slowly(rq, check_text, k, proposal_checked);
}

/* ---- a version, and publishing it ---- */

static rc
enter_version(web_req *rq, page **out)
{
	int64_t version = 0;
	page *k = NULL;

	TRY(web_param_id(rq, STR("version"), &version));
	TRY(enter(rq, &k));
	for (size_t i = 0; i < k->all.n; i++) {
		const definition_version *v = &k->all.v[i];
		if (v->version == version)
			k->at = v;
		else if (k->at && !k->beside && v->published_at)
			k->beside = v->version;
	}
	if (!k->at)
		return RC_NOT_FOUND;
	k->before = STR("");
	if (k->beside)
		TRY(text_of(rq, k, k->beside, &k->before));
	*out = k;
	return text_of(rq, k, version, &k->text);
}

/* What changed, with some lines around it. */
static tpl_list_shown_line
changes(web_req *rq, const page *k)
{
	static const char *const fate[] = {[LINE_KEPT] = "kept", [LINE_GONE] = "gone", [LINE_NEW] = "new"};
	text_lines all;
	shown v = {0};
	size_t gap = 0;

	text_difference(rq->a, k->before, k->text, &all);
	for (size_t i = 0; i < all.n; i++) {
		bool near = false;
		for (size_t n = i > AROUND ? i - AROUND : 0; n < MIN(all.n, i + AROUND + 1); n++)
			near = near || all.v[n].fate != LINE_KEPT;
		if (!near) {
			gap++;
			continue;
		}
		if (gap && v.n)
			show_line(rq, &v, "gap", 0, STR(""));
		gap = 0;
		show_line(rq, &v, fate[all.v[i].fate], all.v[i].after ? all.v[i].after : all.v[i].before,
			  all.v[i].text);
	}
	return (tpl_list_shown_line){v.v, v.n};
}

static tpl_list_answer
answers_of(web_req *rq, const page *k)
{
	struct tpl_answer *v = arena_array(rq->a, struct tpl_answer, 5);
	tpl_list_version_row rows = version_rows(rq, k);
	const struct tpl_version_row *row = &rows.v[k->at - k->all.v];
	size_t n = 0;

	const struct tpl_answer all[] = {
		{.key = words(rq, MSG_DEFINITION_PAGE_STATE), .value = row->state},
		{.key = words(rq, MSG_DEFINITION_PAGE_FROM), .value = row->from},
		{.key = words(rq, MSG_DEFINITION_PAGE_BY_1), .value = row->proposed},
		{.key = words(rq, MSG_DEFINITION_PAGE_BY_2), .value = row->published},
		{.key = words(rq, MSG_DEFINITION_PAGE_HASH), .value = str_sub(k->at->sha256, 0, HASH_SHOWN)}};
	for (size_t i = 0; i < LEN(all); i++)
		if (all[i].value.n)
			v[n++] = all[i];
	return (tpl_list_answer){v, n};
}

/* Why this officer finds no button; empty: he finds one. */
static str
why_not(web_req *rq, const page *k)
{
	if (k->at->published_at)
		return words(rq, MSG_DEFINITION_PAGE_NEVER_CHANGES);
	if (!may_here(rq, PERM_POLICY_PUBLISH))
		return words(rq, MSG_DEFINITION_PAGE_PUBLISHERS);
	if (k->at->by_1 == house_actor(rq)->account)
		return words(rq, MSG_DEFINITION_SAME_PERSON);
	return k->checked != RC_OK ? words(rq, MSG_DEFINITION_PAGE_UNCHECKED) : STR("");
}

static void
fill_day(web_req *rq, const page *k, struct tpl_definition_version *out)
{
	bool typed = form_typed(&k->f, STR("from-year")).n > 0;
	str today = date_str(rq->a, date_of_instant(rq->now));

	out->year = typed ? form_typed(&k->f, STR("from-year")) : str_sub(today, 0, 4);
	out->month = typed ? form_typed(&k->f, STR("from-month")) : str_sub(today, 5, 2);
	out->day = typed ? form_typed(&k->f, STR("from-day")) : str_sub(today, 8, 2);
	const fault *e = form_error(&k->f, STR("from"));
	out->from_wrong = e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

static rc
show_version(web_req *rq)
{
	page *k = rq->work;
	bool bad = !form_ok(&k->f);
	service_files files;
	size_t file = 0;
	const fault_arg title[] = {{.name = "name", .is_text = true, .s = name_of(rq, k, k->text)},
				   {.name = "n", .i = k->at->version},
				   {0}};

	if (k->checked != RC_OK && k->checked != RC_INVALID && k->checked != RC_LIMIT)
		return k->checked;
	TRY(definition_files(rq->a, rq->fault, &k->key, k->text, &files));
	struct tpl_definition_version out = {
		.title = msg_text(rq->a, rq->lang, MSG_DEFINITION_PAGE_ONE, title),
		.kind = kind_words(rq, k->key.kind),
		.id = k->key.id,
		.here = version_href(rq, k, k->at->version),
		.back = href_of(rq, k->key.kind, k->key.id),
		.saved = web_query(rq, STR("saved")).n > 0,
		.bad = bad,
		.answers = answers_of(rq, k),
		.good = k->at->published_at == 0 && k->checked == RC_OK,
		.beside = k->beside ? words_n(rq, MSG_DEFINITION_PAGE_BESIDE, k->beside)
				    : words(rq, MSG_DEFINITION_PAGE_FIRST),
		.lines = changes(rq, k),
		.why_not = why_not(rq, k)};
	out.may = out.why_not.n == 0;
	if (k->checked != RC_OK) {
		int64_t line = place_of(k, &files, &file);
		out.wrong = fault_text(rq->a, rq->lang, &k->wrong);
		out.around = around(rq, files.v[file].text, line);
	}
	fill_day(rq, k, &out);
	k->checked = RC_OK; /* told above; the summary is of the form */
	out.errors = errors_of(rq, k, NULL, "from");
	tpl_definition_version(web_html(rq), &out);
	return web_page(rq, bad ? 422 : 200);
}

static rc
version_get(web_req *rq)
{
	page *k = NULL;

	TRY(enter_version(rq, &k));
	return k->at->published_at ? show_version(rq) : web_slowly(rq, check_text, k, show_version);
}

static rc
published(web_req *rq)
{
	page *k = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (refused(rq, k, r, "from"))
		return show_version(rq);
	TRY(r);
	return web_see(rq, str_cat(rq->a, version_href(rq, k, k->at->version), STR("?saved=1")));
}

static rc
version_checked(web_req *rq)
{
	page *k = rq->work;

	if (!form_ok(&k->f))
		return show_version(rq);
	if (k->checked == RC_INVALID || k->checked == RC_LIMIT) {
		fault *line = form_wrong(&k->f);
		fault_copy(line, &k->wrong);
		line->field = STR("from");
		return show_version(rq);
	}
	TRY(k->checked);
	return house_write(
		rq, &(house_command){.fn = definition_publish, .in = &k->publishing, .then = published});
}

static rc
version_post(web_req *rq)
{
	page *k = NULL;

	TRY(enter_version(rq, &k));
	k->publishing =
		(definition_at){.by = house_actor(rq),
				.kind = k->key.kind,
				.id = k->key.id,
				.version = k->at->version,
				.from = form_date(&k->f, FIELD("from", words(rq, MSG_DEFINITION_PAGE_FROM)))};
	return web_slowly(rq, check_text, k, version_checked);
}

const web_route definition_routes[] = {
	{"GET", "/policy/definitions", list_get, "policy.read", "What the offices work by, in versions"},
	{"GET", "/policy/definitions/{kind}/{id}", definition_get, "policy.read",
	 "Versions of one definition"},
	{"POST", "/policy/definitions/{kind}/{id}", definition_post, "policy.edit",
	 "Check and propose a version", HTTP_FORM, FORM_BYTES},
	{"GET", "/policy/definitions/{kind}/{id}/{version}", version_get, "policy.read",
	 "A version beside the one before"},
	{"POST", "/policy/definitions/{kind}/{id}/{version}", version_post, "policy.publish",
	 "Publish a version that another proposed"},
	{0},
};

/* import_map.c - what each heading of a sheet means, as the office has it: guessed, remembered, chosen. */
#include "web/desk/import_priv.h"

#include "base/buf.h"
#include "locale/msg_ids.h"

/* May a column of a sheet be this field? */
static bool
is_offered(const field *x)
{
	bool known = x->subject == SUBJECT_PERSON || x->subject == SUBJECT_CERTIFICATE ||
		     x->subject == SUBJECT_GUARDIAN || x->subject == SUBJECT_BANK;

	return known && x->home != HOME_DERIVED && x->class != 0;
}

static str
label_of(const web_req *rq, const field *x)
{
	return rq->lang == MSG_EN ? x->en : x->name;
}

static tpl_list_choice
choices_of(const web_req *rq, str picked)
{
	const catalogue *c = house_of(rq)->fields;
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, c->n + 1);
	size_t n = 0;

	v[n++] = (struct tpl_choice){
		.value = STR("none"), .label = desk_words(rq, MSG_IMPORT_MAP_NONE), .checked = picked.n == 0};
	for (size_t i = 0; i < c->n; i++)
		if (is_offered(&c->field[i]))
			v[n++] = (struct tpl_choice){.value = c->field[i].id,
						     .label = label_of(rq, &c->field[i]),
						     .checked = str_eq(c->field[i].id, picked)};
	return (tpl_list_choice){v, n};
}

static str
name_of(const web_req *rq, size_t i)
{
	return str_fmt(rq->a, "c%zu", i);
}

/* Is an earlier column called the same? A choice goes by the heading, so the first one counts. */
static bool
is_repeated(const web_req *rq, const found_columns *c, size_t i)
{
	str key = heading_fold(rq->a, c->v[i].heading);

	for (size_t k = 0; k < i; k++)
		if (str_eq(heading_fold(rq->a, c->v[k].heading), key))
			return true;
	return false;
}

static str
samples_of(const web_req *rq, const found_column *c)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < c->nsamples; i++) {
		if (i)
			buf_lit(&b, "；");
		buf_put(&b, c->sample[i]);
	}
	return buf_str(&b);
}

/* The columns as they were guessed; once they were chosen, as they were chosen last. */
static rc
columns_of(web_req *rq, const errand_page *k, found_columns *out)
{
	heading_choices chosen = {0};
	str text;

	TRY(import_file(rq, &k->e, ERRAND_COLUMNS, &text));
	TRY(found_columns_read(rq->a, rq->fault, text, out));
	if (k->e.map.n)
		TRY(heading_choices_read(rq->a, rq->fault, house_of(rq)->fields, STR("map"), k->e.map,
					 &chosen));
	for (size_t i = 0; i < out->n; i++)
		for (size_t n = 0; n < chosen.n; n++)
			if (str_eq(out->v[i].heading, chosen.v[n].heading))
				out->v[i].field = chosen.v[n].field;
	return RC_OK;
}

/* `typed`: what stood in the form that came back; else what was guessed or remembered. */
static rc
show(web_req *rq, const errand_page *k, const found_columns *c, bool typed)
{
	static const int heads[] = {MSG_IMPORT_MAP_HEADING, MSG_IMPORT_MAP_SAMPLES, MSG_IMPORT_MAP_FIELD};
	struct tpl_import_column *v = arena_array(rq->a, struct tpl_import_column, c->n);
	bool bad = !form_ok(&k->f);

	for (size_t i = 0; i < c->n; i++) {
		str name = name_of(rq, i), picked = typed ? form_typed(&k->f, name) : c->v[i].field;
		const fault *e = form_error(&k->f, name);
		v[i] = (struct tpl_import_column){
			.name = name,
			.heading = c->v[i].heading,
			.samples = samples_of(rq, &c->v[i]),
			.repeated = is_repeated(rq, c, i),
			.choices = choices_of(rq, str_eq(picked, STR("none")) ? STR("") : picked),
			.wrong = e ? fault_text(rq->a, rq->lang, e) : (str){0},
		};
	}
	tpl_import_map(web_html(rq), &(struct tpl_import_map){
					     .bad = bad,
					     .errors = desk_errors(rq, &k->f),
					     .moved = web_query(rq, STR("moved")).n > 0,
					     .said = k->e.said.n ? k->e.said : (str){0},
					     .file = k->e.file,
					     .rows = k->e.counts.total,
					     .photos = k->e.photos,
					     .here = import_href(rq, &k->e, ""),
					     .columns = {v, c->n},
					     .heads = desk_columns(rq, heads, LEN(heads)),
				     });
	return web_page(rq, bad ? 422 : 200);
}

rc
import_map_page(web_req *rq, errand_page *k)
{
	found_columns c;

	TRY(columns_of(rq, k, &c));
	return show(rq, k, &c, false);
}

/* ---- chosen ---- */

typedef struct choosing {
	errand_step step;
	VEC(heading_choice) v;
	str *taken; /* by field.number: which column has it */
} choosing;

static void
choose(web_req *rq, errand_page *k, choosing *ch, const found_column *c, str name)
{
	str id = form_typed(&k->f, name);
	const field *x = field_find(house_of(rq)->fields, id);

	if (str_eq(id, STR("none")))
		id = STR("");
	else if (!x || !is_offered(x))
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "import.map_unknown", FA_FIELD(name),
			   FA_STR("heading", c->heading));
	else if (ch->taken[x->number].n)
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "import.map_twice", FA_FIELD(name),
			   FA_STR("heading", c->heading), FA_STR("other", ch->taken[x->number]),
			   FA_STR("name", label_of(rq, x)));
	else
		ch->taken[x->number] = c->heading;
	*vec_add(rq->a, &ch->v) = (heading_choice){c->heading, id};
}

static bool
has(const web_req *rq, const choosing *ch, const char *id)
{
	const field *x = field_find(house_of(rq)->fields, str_of(id));

	return x && ch->taken[x->number].n > 0;
}

static rc
mapped(web_req *rq)
{
	const errand_page *k = rq->work;

	return import_moved(rq, &k->e, house_written(rq, NULL, NULL));
}

rc
import_map_post(web_req *rq, errand_page *k)
{
	choosing *ch = arena_new(rq->a, choosing);
	found_columns c;

	if (k->e.state != ERRAND_MAP)
		return web_see(rq, import_href(rq, &k->e, "?moved=1"));
	TRY(columns_of(rq, k, &c));
	ch->taken = arena_array(rq->a, str, house_of(rq)->fields->n);
	for (size_t i = 0; i < c.n; i++)
		if (!is_repeated(rq, &c, i))
			choose(rq, k, ch, &c.v[i], name_of(rq, i));
	if (form_ok(&k->f) && !has(rq, ch, "name"))
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "import.map_name", FA_FIELD(STR("c0")));
	if (form_ok(&k->f) && !has(rq, ch, "id_number") && !has(rq, ch, "certificate_number"))
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "import.map_number", FA_FIELD(STR("c0")));
	if (!form_ok(&k->f))
		return show(rq, k, &c, true);
	ch->step = (errand_step){.who = house_actor(rq),
				 .id = k->e.id,
				 .was = ERRAND_MAP,
				 .state = ERRAND_CHECK,
				 .headings = ch->v.v,
				 .nheadings = ch->v.n};
	return house_write(rq, &(house_command){.fn = errand_advance, .in = &ch->step, .then = mapped});
}

/* draft_form.c - see draft_priv.h: the way of a change from its form into the draft. */
#include "web/policy/draft_priv.h"

#include "locale/msg_ids.h"

rc
draft_enter(web_req *rq, draft_work *w)
{
	db *d = NULL;

	TRY(tables_enter(rq, &w->t));
	rq->work = w;
	TRY(house_read(rq, &d));
	TRY(draft_read(d, rq->a, rq->fault, house_actor(rq), w->t.layer, &w->d));
	w->t.text = w->d->text;
	w->f = form_of(rq->a, &rq->http->form, rq->now);
	w->act = form_typed(&w->f, STR("act"));
	w->seen = form_int(&w->f, FIELD("seen", house_words(rq, MSG_DRAFT_SEEN)), 0, INT64_MAX);
	w->f.errors.n = 0; /* a form without it is as one of another step */
	return RC_OK;
}

bool
draft_is(const draft_work *w, const char *act)
{
	return str_eq(w->act, str_of(act));
}

str
draft_href(const draft_work *w, const char *under)
{
	return str_fmt(w->t.rq->a, "%.*s/draft%s", STR_ARG(tables_href(&w->t)), under);
}

str
draft_of_words(const draft_work *w)
{
	return str_fmt(w->t.rq->a, "%.*s · %.*s", STR_ARG(tables_policy_name(&w->t)),
		       STR_ARG(tables_name(&w->t)));
}

str
draft_file(const draft_work *w, const char *name)
{
	for (size_t i = 0; i < w->t.files.n; i++)
		if (str_eq(w->t.files.v[i].name, str_of(name)))
			return w->t.files.v[i].text;
	return STR("");
}

void
draft_file_set(draft_work *w, const char *name, str text)
{
	for (size_t i = 0; i < w->t.files.n; i++)
		if (str_eq(w->t.files.v[i].name, str_of(name)))
			w->t.files.v[i].text = text;
}

/* ---- mistakes ---- */

fault *
draft_wrong(draft_work *w, const fault *why, str at)
{
	fault *line = form_wrong(&w->f);

	fault_copy(line, why);
	line->field = str_dup(w->t.rq->a, at); /* it may be a part of `why`, which its caller forgets */
	return line;
}

tpl_list_field_error
draft_errors(const draft_work *w, const char *otherwise)
{
	struct tpl_field_error *v = arena_array(w->t.rq->a, struct tpl_field_error, w->f.errors.n);

	for (size_t i = 0; i < w->f.errors.n; i++) {
		const fault *e = w->f.errors.v[i];
		v[i] = (struct tpl_field_error){e->field.n ? e->field : str_of(otherwise),
						fault_text(w->t.rq->a, w->t.rq->lang, e)};
	}
	return (tpl_list_field_error){v, w->f.errors.n};
}

str
draft_error(const draft_work *w, str at)
{
	const fault *e = form_error(&w->f, at);

	return e ? fault_text(w->t.rq->a, w->t.rq->lang, e) : (str){0};
}

struct tpl_edited_field *
draft_field(draft_work *w, edited_fields *v, const char *as, str name, str label, str stands)
{
	web_req *rq = w->t.rq;
	struct tpl_edited_field *x = vec_add(rq->a, v);
	str typed = form_typed(&w->f, name);

	*x = (struct tpl_edited_field){.as = str_of(as),
				       .name = name,
				       .label = label,
				       .value = w->posted ? typed : stands,
				       .error = draft_error(w, name)};
	if (w->posted && w->seen != w->d->step && !str_eq(str_trim(typed), stands))
		x->hint = house_words_of(rq, MSG_DRAFT_NOW, "value", stands.n ? stands : STR("—"));
	return x;
}

/* ---- on a worker ---- */

static rc
load(draft_work *w)
{
	tables_load(&w->t);
	TRY(w->t.rc);
	return w->ops->read(w);
}

static void
read_slowly(void *p)
{
	draft_work *w = p;

	w->t.rc = load(w);
}

/* Does the policy load with the change in it?  The mistake is at the field that the kind of form knows. */
static rc
try_change(draft_work *w)
{
	arena *a = w->t.rq->a;
	feel_zones zones = *w->t.env.zones;
	const policy *p = NULL;
	fault why = {0};

	w->change.text = service_files_join(a, &w->t.files);
	rc r = definition_layer_load(a, &why, &w->t.all, w->t.layer, &w->t.files, &zones, &p);
	if (r == RC_INVALID || r == RC_LIMIT || r == RC_NOT_FOUND)
		draft_wrong(w, &why, w->ops->field(w, &why));
	else if (r != RC_OK)
		fault_copy(&w->t.fault, &why);
	return r == RC_INVALID || r == RC_LIMIT || r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
edit(draft_work *w)
{
	fault why = {0};

	TRY(load(w));
	if (w->seen != w->d->step) {
		(void)FAIL(&why, RC_CONFLICT, "draft.moved", FA_STR("who", w->d->now.who));
		draft_wrong(w, &why, STR(""));
		return RC_OK;
	}
	TRY(w->ops->edit(w));
	if (form_ok(&w->f))
		TRY(try_change(w));
	if (form_ok(&w->f) && draft_is(w, "check")) {
		w->t.text = w->change.text;
		tables_load(&w->t);
		return w->t.rc;
	}
	return RC_OK;
}

static void
edit_slowly(void *p)
{
	draft_work *w = p;

	w->t.rc = edit(w);
}

/* ---- and back ---- */

static rc
show(web_req *rq)
{
	draft_work *w = rq->work;

	TRY(tables_loaded(&w->t));
	return w->ops->show(rq);
}

rc
draft_form_get(web_req *rq, const draft_ops *ops, str about)
{
	draft_work *w = arena_new(rq->a, draft_work);

	*w = (draft_work){.ops = ops, .about = about};
	TRY(draft_enter(rq, w));
	w->seen = w->d->step;
	return web_slowly(rq, read_slowly, w, show);
}

/* Somebody was faster: the draft as it now stands, and the form as it was typed. */
static rc
show_moved(web_req *rq)
{
	draft_work *w = rq->work;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(draft_read(d, rq->a, rq->fault, house_actor(rq), w->t.layer, &w->d));
	w->t.text = w->d->text;
	return web_slowly(rq, read_slowly, w, show);
}

static rc
stored(web_req *rq)
{
	draft_work *w = rq->work;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_CONFLICT || r == RC_INVALID) {
		draft_wrong(w, rq->fault, STR(""));
		fault_clear(rq->fault);
		return show_moved(rq);
	}
	TRY(r);
	return web_see(rq, draft_href(w, "?saved=1"));
}

/* What was rewritten, a line each: place, column, sign, what stands now. */
static str
told(const draft_work *w)
{
	buf b = buf_in(w->t.rq->a);

	for (size_t i = 0; i < w->changes.n; i++) {
		const normal_change *c = &w->changes.v[i];
		buf_fmt(&b, "%.*s\t%u\t%.*s\t%.*s\n", STR_ARG(c->place), c->column, STR_ARG(c->sign),
			STR_ARG(c->now));
	}
	return buf_str(&b);
}

static rc
edited(web_req *rq)
{
	draft_work *w = rq->work;

	TRY(tables_loaded(&w->t));
	if (!form_ok(&w->f) || draft_is(w, "check"))
		return w->ops->show(rq);
	if (str_eq(w->change.text, w->d->text))
		return web_see(rq, draft_href(w, ""));
	w->change.by = house_actor(rq);
	w->change.draft = w->d->id;
	w->change.seen = w->seen;
	w->change.told = told(w);
	return house_write(rq, &(house_command){.fn = draft_save, .in = &w->change, .then = stored});
}

rc
draft_form_post(web_req *rq, const draft_ops *ops, str about)
{
	draft_work *w = arena_new(rq->a, draft_work);

	*w = (draft_work){.ops = ops, .about = about, .posted = true};
	TRY(draft_enter(rq, w));
	return web_slowly(rq, edit_slowly, w, edited);
}

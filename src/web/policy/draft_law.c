/* draft_law.c - an article that rows of a draft stand on, and its document when that is new. */
#include "web/policy/draft_priv.h"

#include "locale/msg_ids.h"

enum { LAW_CHARS = 1000 };

#define LAWS "citations.yaml"

/* A new article begins empty. */
static rc
read_law(draft_work *w)
{
	arena *a = w->t.rq->a;
	str text = draft_file(w, LAWS);

	w->article = (edit_article){.id = w->about};
	TRY(edit_documents(a, &w->t.fault, text, &w->documents));
	if (w->about.n == 0)
		return RC_OK;
	rc r = edit_article_read(a, &w->t.fault, text, w->about, &w->article);
	if (r == RC_NOT_FOUND && w->posted)
		return FAIL(&w->t.fault, RC_CONFLICT, "draft.gone");
	return r;
}

static str
need(draft_work *w, const char *name, int label, bool optional)
{
	form_field q = {.name = str_of(name), .label = house_words(w->t.rq, label), .optional = optional};

	return form_text(&w->f, q, LAW_CHARS);
}

static void
read_typed(draft_work *w, edit_article *x)
{
	x->id = w->about.n ? w->about : need(w, "id", MSG_DRAFT_LAW_ID, false);
	x->document = need(w, "document", MSG_DRAFT_LAW_DOCUMENT, true);
	x->article = need(w, "article", MSG_DRAFT_LAW_ARTICLE, true);
	x->zh = need(w, "zh", MSG_DRAFT_LAW_ZH, false);
	x->en = need(w, "en", MSG_DRAFT_LAW_EN, false);
	x->link = need(w, "link", MSG_DRAFT_LAW_LINK, true);
	x->unsourced = form_ticked(&w->f, STR("unsourced"));
	x->anew = x->document.n == 0;
	if (!x->anew)
		return;
	x->document = need(w, "document-id", MSG_DRAFT_LAW_DOCUMENT_ID, false);
	x->number = need(w, "number", MSG_DRAFT_LAW_NUMBER, true);
	x->title_zh = need(w, "title-zh", MSG_DRAFT_LAW_TITLE_ZH, false);
	x->title_en = need(w, "title-en", MSG_DRAFT_LAW_TITLE_EN, false);
	x->document_link = need(w, "document-link", MSG_DRAFT_LAW_DOCUMENT_LINK, true);
}

static rc
edit_law(draft_work *w)
{
	arena *a = w->t.rq->a;
	edit_article x = {0}, other;
	fault why = {0};
	str text = draft_file(w, LAWS);
	bool gone = w->about.n && str_eq(w->act, STR("remove"));
	rc r;

	w->change.act = gone ? DRAFT_ARTICLE_GONE : DRAFT_ARTICLE;
	if (!gone)
		read_typed(w, &x);
	if (!form_ok(&w->f))
		return RC_OK;
	w->change.about = gone ? w->about : x.id;
	if (w->about.n == 0 && edit_article_read(a, &why, text, x.id, &other) == RC_OK)
		r = FAIL(&why, RC_INVALID, "policy.edit.id_twice", FA_STR("text", x.id), FA_FIELD(STR("id")));
	else if (gone)
		r = edit_article_remove(a, &why, text, w->about, &text);
	else
		r = edit_article_put(a, &why, text, &x, &text);
	if (r != RC_OK)
		draft_wrong(w, &why, why.field);
	draft_file_set(w, LAWS, text);
	return RC_OK;
}

static str
law_field(const draft_work *w, const fault *why)
{
	(void)w;
	(void)why;
	return STR("");
}

/* ---- shown ---- */

static void
document_question(draft_work *w, edited_fields *v)
{
	web_req *rq = w->t.rq;
	size_t n = w->documents.n;
	struct tpl_edited_field *x =
		draft_field(w, v, "select", STR("document"), house_words(rq, MSG_DRAFT_LAW_DOCUMENT),
			    w->article.document);
	struct tpl_choice *all = arena_array(rq->a, struct tpl_choice, n + 1);

	for (size_t i = 0; i < n; i++)
		all[i] = (struct tpl_choice){.value = w->documents.v[i],
					     .label = w->documents.v[i],
					     .checked = str_eq(w->documents.v[i], x->value)};
	all[n] = (struct tpl_choice){.value = STR(""),
				     .label = house_words(rq, MSG_DRAFT_LAW_DOCUMENT_NEW),
				     .checked = x->value.n == 0 && (w->posted || w->about.n)};
	x->choices = (tpl_list_choice){all, n + 1};
}

static void
unsourced_question(draft_work *w, edited_fields *v)
{
	web_req *rq = w->t.rq;
	struct tpl_edited_field *x =
		draft_field(w, v, "tick", STR("unsourced"), house_words(rq, MSG_DRAFT_LAW_UNSOURCED),
			    w->article.unsourced ? STR("true") : STR(""));
	struct tpl_choice *one = arena_new(rq->a, struct tpl_choice);

	*one = (struct tpl_choice){.value = STR("true"),
				   .label = house_words(rq, MSG_DRAFT_LAW_UNSOURCED_YES),
				   .checked = x->value.n > 0};
	x->choices = (tpl_list_choice){one, 1};
}

static void
question(draft_work *w, edited_fields *v, const char *name, int label, str stands)
{
	draft_field(w, v, "text", str_of(name), house_words(w->t.rq, label), stands);
}

static void
fill(draft_work *w, edited_fields *v)
{
	const edit_article *x = &w->article;

	if (w->about.n == 0) {
		question(w, v, "id", MSG_DRAFT_LAW_ID, STR(""));
		v->v[0].hint = house_words(w->t.rq, MSG_DRAFT_LAW_ID_HINT);
	}
	document_question(w, v);
	question(w, v, "article", MSG_DRAFT_LAW_ARTICLE, x->article);
	question(w, v, "zh", MSG_DRAFT_LAW_ZH, x->zh);
	question(w, v, "en", MSG_DRAFT_LAW_EN, x->en);
	question(w, v, "link", MSG_DRAFT_LAW_LINK, x->link);
	unsourced_question(w, v);
	question(w, v, "document-id", MSG_DRAFT_LAW_DOCUMENT_ID, STR(""));
	question(w, v, "number", MSG_DRAFT_LAW_NUMBER, STR(""));
	question(w, v, "title-zh", MSG_DRAFT_LAW_TITLE_ZH, STR(""));
	question(w, v, "title-en", MSG_DRAFT_LAW_TITLE_EN, STR(""));
	question(w, v, "document-link", MSG_DRAFT_LAW_DOCUMENT_LINK, STR(""));
}

static rc
show_law(web_req *rq)
{
	draft_work *w = rq->work;
	edited_fields fields = {0};
	bool bad = !form_ok(&w->f), old = w->about.n > 0;
	struct tpl_edited_act *act = arena_new(rq->a, struct tpl_edited_act);
	str laws = draft_href(w, "/laws");

	fill(w, &fields);
	struct tpl_draft_form out = {
		.title = old ? house_words_of(rq, MSG_DRAFT_LAW_TITLE, "id", w->about)
			     : house_words(rq, MSG_DRAFT_LAW_NEW),
		.of = draft_of_words(w),
		.back = draft_href(w, ""),
		.here = old ? str_fmt(rq->a, "%.*s/%.*s", STR_ARG(laws), STR_ARG(w->about)) : laws,
		.bad = bad,
		.seen = w->d->step,
		.fields = {fields.v, fields.n}};
	out.errors = draft_errors(w, cstr(rq->a, fields.v[0].name));
	if (old) {
		*act = (struct tpl_edited_act){STR("remove"), house_words(rq, MSG_DRAFT_LAW_REMOVE),
					       STR("warning")};
		out.acts = (tpl_list_edited_act){act, 1};
	}
	tpl_draft_form(web_html(rq), &out);
	return web_page(rq, bad ? 422 : 200);
}

static const draft_ops law_ops = {read_law, edit_law, law_field, show_law};

rc
draft_law_new_get(web_req *rq)
{
	return draft_form_get(rq, &law_ops, STR(""));
}

rc
draft_law_new_post(web_req *rq)
{
	return draft_form_post(rq, &law_ops, STR(""));
}

rc
draft_law_get(web_req *rq)
{
	return draft_form_get(rq, &law_ops, web_param(rq, STR("law")));
}

rc
draft_law_post(web_req *rq)
{
	return draft_form_post(rq, &law_ops, web_param(rq, STR("law")));
}

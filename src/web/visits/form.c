/* form.c - one form of an assessment: filled in by the hospital's clerk or the doctor, flags said. */
#include "locale/msg_ids.h"
#include "web/desk/case_priv.h"
#include "web/visits/visits_priv.h"

static const service_form *
form_of_case(const case_page *k, str id)
{
	for (size_t i = 0; i < k->v.service->nforms; i++)
		if (str_eq(k->v.service->form[i].id, id))
			return &k->v.service->form[i];
	return NULL;
}

/* The form of the address, when it applies and is this officer's to fill in. */
static rc
form_asked(web_req *rq, const case_page *k, const service_form **out)
{
	const service_form *f = form_of_case(k, web_param(rq, STR("form")));
	bool applies = false;

	if (!f || !k->offers.step || !k->offers.step->forms || !k->offers.fill)
		return RC_NOT_FOUND;
	TRY(kase_holds(&k->v, rq->now, f->when, &applies));
	*out = f;
	return applies ? RC_OK : RC_NOT_FOUND;
}

/* The sentences of the table: what it comes to first, which rows speak for and against it. */
static rc
grade_of(web_req *rq, const case_page *k, const service_form *f, tpl_list_case_note *out)
{
	kase_grade g;

	*out = (tpl_list_case_note){0};
	TRY(kase_grade_read(&k->v, rq->now, f, &g));
	if (!g.why)
		return RC_OK;
	policy_lines lines = policy_explain_lines(rq->a, rq->lang, false, g.why);
	struct tpl_case_note *v = arena_array(rq->a, struct tpl_case_note, lines.n);
	for (size_t i = 0; i < lines.n; i++)
		v[i].words = lines.v[i].text;
	*out = (tpl_list_case_note){v, lines.n};
	return RC_OK;
}

static rc
form_page(web_req *rq, const case_page *k, const service_form *f, ask *a, bool posted)
{
	struct tpl_visit_form page = {.title = ask_pair(rq, f->name),
				      .caption = k->brief.number,
				      .clause = f->clause,
				      .name = k->brief.name,
				      .back = case_here(rq, k, ""),
				      .action = str_fmt(rq->a, "/visits/%lld-%lld/%.*s",
							(long long)k->brief.tenant, (long long)k->brief.id,
							STR_ARG(f->id)),
				      .errors = ask_errors(a)};

	page.bad = page.errors.n > 0;
	TRY(case_form_flags(rq, k, f, &page.flags));
	TRY(grade_of(rq, k, f, &page.grade));
	TRY(ask_show(a, posted, &page.asks));
	tpl_visit_form(web_html(rq), &page);
	return web_page(rq, page.bad ? 422 : 200);
}

static rc
show(web_req *rq)
{
	case_page *k = rq->work;
	const service_form *f = NULL;

	TRY(form_asked(rq, k, &f));
	ask a = ask_of(rq, &k->v);
	TRY(ask_add(&a, f->q, f->n));
	return form_page(rq, k, f, &a, false);
}

/* No service has such a form: said before anybody is asked what for. */
static rc
form_known(web_req *rq)
{
	str id = web_param(rq, STR("form"));
	const kase_house *h = NULL;

	TRY(desk_staff(rq));
	TRY(kases_of(rq, &h));
	for (size_t i = 0; i < h->nservices; i++)
		for (size_t k = 0; k < h->service[i]->nforms; k++)
			if (str_eq(h->service[i]->form[k].id, id))
				return RC_OK;
	return RC_NOT_FOUND;
}

rc
visit_form_get(web_req *rq)
{
	TRY(form_known(rq));
	return case_enter(rq, show);
}

typedef struct saving {
	const service_form *form;
	ask asked;
	kase_save_in in;
} saving;

static rc
saved(web_req *rq)
{
	case_page *k = rq->work;
	saving *x = k->more;
	rc r = house_written(rq, NULL, NULL);

	if (r == RC_DENIED) /* it has left the hospital meanwhile */
		return case_conflict(rq, k, k->v.turn);
	if (r == RC_INVALID) {
		kase_problems problems = x->asked.problems;
		fault_clear(rq->fault);
		TRY(case_open(rq, k));
		x->asked = ask_of(rq, &k->v);
		TRY(ask_add(&x->asked, x->form->q, x->form->n));
		TRY(ask_read(&x->asked, ASK_DRAFT));
		x->asked.problems = problems;
		return form_page(rq, k, x->form, &x->asked, true);
	}
	TRY(r);
	return case_done(rq, k, "form");
}

rc
visit_form_post(web_req *rq)
{
	saving *x = arena_new(rq->a, saving);
	case_page *k = NULL;
	bool why = false;

	TRY(form_known(rq));
	TRY(case_of_post(rq, &k, &why));
	if (why)
		return web_see(rq, case_here(rq, k, ""));
	TRY(case_open(rq, k));
	TRY(form_asked(rq, k, &x->form));
	x->asked = ask_of(rq, &k->v);
	TRY(ask_add(&x->asked, x->form->q, x->form->n));
	TRY(ask_read(&x->asked, ASK_DRAFT));
	if (x->asked.problems.n)
		return form_page(rq, k, x->form, &x->asked, true);
	x->in = (kase_save_in){.at = case_at(rq, k),
			       .said = x->asked.said.v,
			       .n = x->asked.said.n,
			       .problems = &x->asked.problems};
	k->more = x;
	return house_write(rq, &(house_command){.fn = kase_save, .in = &x->in, .then = saved});
}

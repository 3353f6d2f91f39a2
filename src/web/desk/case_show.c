/* case_show.c - the parts of a case's page: answers, papers, documents, what is to be known, who did what. */
#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/decisions.h"
#include "web/desk/case_priv.h"

/* ---- answers ---- */

str
case_value(web_req *rq, const case_page *k, const field *x, str stored)
{
	const field_regions regions = ask_regions(rq);
	const field_reader r = {.a = rq->a,
				.c = house_of(rq)->fields,
				.regions = &regions,
				.today = date_of_instant(rq->now),
				.lang = rq->lang};

	return k->here ? ask_text(rq, x, stored) : field_mask(&r, x, stored);
}

static str
origin_of(web_req *rq, const case_page *k, const kase_file *file, const field *x)
{
	if (kase_answer_source(&k->v, x).n)
		return desk_words(rq, MSG_ASK_KNOWN_SHORT);
	for (size_t i = 0; i < file->origins.n; i++) {
		const kase_origin *o = &file->origins.v[i];
		if (!str_eq(o->field, x->id))
			continue;
		const fault_arg args[] = {
			{.name = "who",
			 .is_text = true,
			 .s = o->name.n ? o->name : desk_words(rq, MSG_CASE_ORIGIN_APPLICANT)},
			{.name = "day",
			 .is_text = true,
			 .s = html_date_text(web_html(rq), date_of_instant(o->at))},
			{0}};
		return msg_text(rq->a, rq->lang, MSG_CASE_ORIGIN, args);
	}
	return STR("");
}

typedef VEC(struct tpl_case_fact) fact_lines;

static rc
add_fact(web_req *rq, const case_page *k, const kase_file *file, const service_question *q, fact_lines *out)
{
	str value = kase_answer_of(&k->v, q->field), recorded = STR("");

	if (value.n == 0 || !q->field->class || !actor_sees(house_actor(rq), q->field->class))
		return RC_OK;
	for (size_t i = 0; i < out->n; i++)
		if (str_eq(out->v[i].key, ask_label(rq, q)))
			return RC_OK;
	if (k->brief.person)
		TRY(kase_recorded(&k->v, rq->now, q->field, &recorded));
	struct tpl_case_fact *f = vec_add(rq->a, out);
	*f = (struct tpl_case_fact){.key = ask_label(rq, q),
				    .value = case_value(rq, k, q->field, value),
				    .source = origin_of(rq, k, file, q->field)};
	if (recorded.n == 0)
		return RC_OK;
	bool same = str_eq(recorded, value);
	f->state = same ? desk_words(rq, MSG_CASE_MATCH_SAME)
			: desk_words_of(rq, MSG_CASE_MATCH_OTHER, "value",
					case_value(rq, k, q->field, recorded));
	f->colour = same ? STR("green") : STR("orange");
	return RC_OK;
}

typedef VEC(struct tpl_case_group) fact_groups;

static rc
add_group(web_req *rq, const case_page *k, const kase_file *file, str title, const service_question *q,
	  size_t n, fact_groups *out)
{
	fact_lines lines = {0};
	str source = STR("");
	bool one = true;

	for (size_t i = 0; i < n; i++)
		TRY(add_fact(rq, k, file, &q[i], &lines));
	for (size_t i = 0; i < lines.n; i++)
		one = one && str_eq(lines.v[i].source, lines.v[0].source);
	if (lines.n == 0)
		return RC_OK;
	if (one) { /* one hand, one day: said once */
		source = lines.v[0].source;
		for (size_t i = 0; i < lines.n; i++)
			lines.v[i].source = STR("");
	}
	*vec_add(rq->a, out) =
		(struct tpl_case_group){.title = title, .source = source, .lines = {lines.v, lines.n}};
	return RC_OK;
}

/* What acts asked stands under the step they belong to, each question once. */
static rc
add_step(web_req *rq, const case_page *k, const kase_file *file, const service_step *step, fact_groups *out)
{
	VEC(service_question) all = {0};

	for (size_t i = 0; i < step->nacts; i++)
		for (size_t n = 0; n < step->act[i].nq; n++)
			*vec_add(rq->a, &all) = step->act[i].q[n];
	return add_group(rq, k, file, ask_pair(rq, step->name), all.v, all.n, out);
}

rc
case_facts(web_req *rq, const case_page *k, const kase_file *file, tpl_list_case_group *out)
{
	const service *s = k->v.service;
	fact_groups all = {0};

	for (size_t i = 0; i < s->nsections; i++)
		TRY(add_group(rq, k, file, ask_pair(rq, s->section[i].title), s->section[i].q,
			      s->section[i].n, &all));
	for (size_t i = 0; i < s->nforms; i++) {
		bool applies = false;
		TRY(kase_holds(&k->v, rq->now, s->form[i].when, &applies));
		if (applies)
			TRY(add_group(rq, k, file, ask_pair(rq, s->form[i].name), s->form[i].q, s->form[i].n,
				      &all));
	}
	for (size_t i = 0; i < s->nsteps; i++)
		TRY(add_step(rq, k, file, &s->step[i], &all));
	*out = (tpl_list_case_group){all.v, all.n};
	return RC_OK;
}

/* ---- papers ---- */

static str
state_name(const web_req *rq, str state)
{
	int id = msg_find(str_cat(rq->a, STR("paper.state."), state));

	return id < 0 ? state : desk_words(rq, id);
}

static tpl_list_choice
state_choices(web_req *rq, const service_paper *p, str held)
{
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, PAPER_STATES + 1);
	size_t n = 0;

	v[n++] = (struct tpl_choice){.value = STR(""), .label = desk_words(rq, MSG_CASE_PAPER_NONE)};
	for (size_t i = 0; i < PAPER_STATES; i++)
		if (p->accepts >> i & 1)
			v[n++] = (struct tpl_choice){.value = paper_state_names[i],
						     .label = state_name(rq, paper_state_names[i]),
						     .checked = str_eq(paper_state_names[i], held)};
	return (tpl_list_choice){v, n};
}

bool
case_sees_papers(const web_req *rq)
{
	return actor_sees(house_actor(rq), FIELD_SENSITIVE);
}

static tpl_list_case_scan
scans_of(web_req *rq, const case_page *k, str paper)
{
	struct tpl_case_scan *v = arena_array(rq->a, struct tpl_case_scan, k->v.scans.n);
	size_t n = 0;

	for (size_t i = 0; i < k->v.scans.n && case_sees_papers(rq); i++) {
		if (!str_eq(k->v.scans.v[i].paper, paper))
			continue;
		v[n] = (struct tpl_case_scan){.href = case_file_href(rq, k, k->v.scans.v[i].id, ""),
					      .n = (int64_t)n + 1};
		n++;
	}
	return (tpl_list_case_scan){v, n};
}

/* Who chases a paper says that it came, and nothing of the others. */
static bool
may_say(const case_page *k, str paper)
{
	for (size_t i = 0; i < k->offers.take.n; i++)
		if (str_eq(k->offers.take.v[i], paper))
			return true;
	return k->offers.fill || k->offers.take.n == 0;
}

rc
case_papers(web_req *rq, const case_page *k, tpl_list_case_paper *out)
{
	const service *s = k->v.service;
	VEC(struct tpl_case_paper) all = {0};

	for (size_t i = 0; i < s->npapers; i++) {
		const service_paper *p = &s->paper[i];
		const kase_held_paper *held = NULL;
		bool wanted = false;
		TRY(kase_holds(&k->v, rq->now, p->when, &wanted));
		for (size_t n = 0; n < k->v.papers.n; n++)
			if (str_eq(k->v.papers.v[n].paper, p->id))
				held = &k->v.papers.v[n];
		if (!wanted && !held)
			continue;
		struct tpl_case_paper *line = vec_add(rq->a, &all);
		*line = (struct tpl_case_paper){
			.id = p->id, .name = ask_pair(rq, p->name), .scans = scans_of(rq, k, p->id)};
		if (may_say(k, p->id))
			line->choices = state_choices(rq, p, held ? held->state : STR(""));
		bool later = held && str_eq(held->state, STR("later"));
		line->state = !held   ? desk_words(rq, MSG_CASE_PAPER_NOT_THERE)
			      : later ? desk_words_of(rq, MSG_CASE_PAPER_LATER, "day", held->due)
				      : state_name(rq, held->state);
		line->colour = !held ? STR("red") : later ? STR("orange") : STR("green");
	}
	*out = (tpl_list_case_paper){all.v, all.n};
	return RC_OK;
}

tpl_list_case_document
case_documents(web_req *rq, const case_page *k)
{
	size_t n = k->v.documents.n;
	struct tpl_case_document *v = arena_array(rq->a, struct tpl_case_document, n);

	for (size_t i = 0; i < n; i++) {
		const kase_document *d = &k->v.documents.v[i];
		const service_document *def = service_document_find(k->v.service, d->kind);
		v[i] = (struct tpl_case_document){.id = d->id,
						  .name = def ? ask_pair(rq, def->name) : d->kind,
						  .number = d->number,
						  .day = d->day,
						  .voided = d->voided.n ? desk_words(rq, MSG_CASE_VOIDED)
									: STR("")};
	}
	return (tpl_list_case_document){v, n};
}

/* ---- who did what ---- */

static const kase_names *
names_of(const kase_file *file, int64_t n)
{
	for (size_t i = 0; i < file->names.n; i++)
		if (file->names.v[i].n == n)
			return &file->names.v[i];
	return NULL;
}

/* "武昌区残联，李四（代王五）；审批人赵六，由李四按审批表录入" */
static str
who_words(web_req *rq, const service *s, const kase_turn *t, const kase_names *names)
{
	const service_step *step = service_step_find(s, t->step);
	bool objected = step && step->objection_act && str_eq(t->act, step->objection_act->id);
	buf b = buf_in(rq->a);

	if (!names || names->office.n == 0)
		return desk_words(rq, MSG_CASE_BY_PROGRAM);
	buf_put(&b, names->office);
	if (t->done && names->actor.n == 0)
		buf_put(&b, desk_words(rq, objected ? MSG_CASE_THEN_OBJECTION : MSG_CASE_THEN_PROGRAM));
	if (t->done && names->actor.n) {
		buf_put(&b, desk_words(rq, MSG_CASE_COMMA));
		buf_put(&b, names->actor);
	}
	if (t->done && t->stands_for)
		buf_put(&b, desk_words_of(rq, MSG_CASE_STANDS_FOR, "name", names->stands_for));
	if (t->done && t->decided_by != t->actor)
		buf_put(&b, desk_words_of(rq, MSG_CASE_DECIDED_BY, "name", names->decider));
	return buf_str(&b);
}

str
case_turn_title(web_req *rq, const service *s, const kase_turn *t)
{
	const service_step *step = service_step_find(s, t->step);
	const service_act *act = step ? service_act_find(step, t->act) : NULL;
	str name = step ? ask_pair(rq, step->name) : t->step;
	str did = act       ? ask_pair(rq, act->name)
		  : t->done ? desk_words(rq, t->undone ? MSG_CASE_TAKEN_BACK : MSG_CASE_HANDED_OVER)
			    : STR("");

	return did.n && !str_eq(did, name) ? str_fmt(rq->a, "%.*s%.*s%.*s", STR_ARG(name),
						     STR_ARG(desk_words(rq, MSG_CASE_COLON)), STR_ARG(did))
					   : name;
}

tpl_list_step
case_timeline(web_req *rq, const case_page *k, const kase_file *file)
{
	size_t n = k->v.turns.n;
	struct tpl_step *v = arena_array(rq->a, struct tpl_step, n + 1);
	int32_t filed = DATE_NONE;
	size_t at = 0;

	if (date_parse(k->v.submitted, &filed))
		v[at++] = (struct tpl_step){.title = desk_words(rq, MSG_CASE_FILED),
					    .when = filed,
					    .who = case_asks_as(rq, &k->v),
					    .state = STR("done")};
	for (size_t i = 0; i < n; i++) {
		const kase_turn *t = &k->v.turns.v[i];
		str colour, note = t->reason;
		if (t->done == 0)
			note = case_due(rq, t->due, &colour);
		if (t->undone && t->act.n)
			note = note.n ? str_fmt(rq->a, "%.*s %.*s", STR_ARG(desk_words(rq, MSG_CASE_UNDONE)),
						STR_ARG(note))
				      : desk_words(rq, MSG_CASE_UNDONE);
		v[at++] = (struct tpl_step){.title = case_turn_title(rq, k->v.service, t),
					    .when = date_of_instant(t->done ? t->done : t->entered),
					    .who = who_words(rq, k->v.service, t, names_of(file, t->n)),
					    .note = note,
					    .state = t->done ? STR("done") : STR("now")};
	}
	return (tpl_list_step){v, at};
}

/* ---- what is to be known ---- */

typedef VEC(struct tpl_case_note) note_lines;

static void
add_note(web_req *rq, note_lines *to, int title, str words)
{
	*vec_add(rq->a, to) = (struct tpl_case_note){.title = desk_words(rq, title), .words = words};
}

static str
notice_words(web_req *rq, const kase_notice *n)
{
	const fault_arg args[] = {{.name = "from", .is_text = true, .s = n->posted},
				  {.name = "to", .is_text = true, .s = n->last},
				  {.name = "place", .is_text = true, .s = ask_place_path(rq, n->region)},
				  {0}};

	return msg_text(rq->a, rq->lang, n->closed.n ? MSG_CASE_NOTICE_HUNG : MSG_CASE_NOTICE_HANGS, args);
}

static str
objection_words(web_req *rq, const kase_objected *o)
{
	const fault_arg args[] = {
		{.name = "who",
		 .is_text = true,
		 .s = o->who.n ? o->who : desk_words(rq, MSG_CASE_OBJECTION_NOBODY)},
		{.name = "day", .is_text = true, .s = html_date_text(web_html(rq), date_of_instant(o->at))},
		{.name = "text", .is_text = true, .s = o->text},
		{0}};

	return msg_text(rq->a, rq->lang, MSG_CASE_OBJECTION_SAID, args);
}

tpl_list_case_note
case_notes(web_req *rq, const case_page *k, const kase_file *file)
{
	bool sees = actor_sees(house_actor(rq), FIELD_SENSITIVE);
	note_lines v = {0};

	(void)k;
	for (size_t i = 0; i < file->notices.n; i++)
		add_note(rq, &v, MSG_CASE_NOTICE, notice_words(rq, &file->notices.v[i]));
	for (size_t i = 0; i < file->objections.n; i++)
		add_note(rq, &v, MSG_CASE_OBJECTION,
			 sees ? objection_words(rq, &file->objections.v[i])
			      : desk_words(rq, MSG_CASE_OBJECTION_THERE));
	for (size_t i = 0; i < file->assessments.n; i++) {
		const kase_assessed *x = &file->assessments.v[i];
		const fault_arg args[] = {{.name = "office", .is_text = true, .s = x->office},
					  {.name = "day", .is_text = true, .s = x->assessed_on},
					  {0}};
		add_note(rq, &v, MSG_CASE_ASSESSMENT,
			 msg_text(rq->a, rq->lang,
				  x->meets ? MSG_CASE_ASSESSED_MEETS : MSG_CASE_ASSESSED_FAILS, args));
	}
	return (tpl_list_case_note){v.v, v.n};
}

/* ---- the doctor's forms ---- */

static rc
form_left(web_req *rq, const case_page *k, const service_form *f, size_t *left)
{
	*left = 0;
	for (size_t i = 0; i < f->n; i++) {
		bool asked = false;
		TRY(kase_holds(&k->v, rq->now, f->q[i].when, &asked));
		*left += asked && !f->q[i].optional && kase_answer_of(&k->v, f->q[i].field).n == 0;
	}
	return RC_OK;
}

/* A word of the code list of levels in the reader's language. */
static str
level_word(web_req *rq, const case_page *k, str zh)
{
	const field *x = field_find(k->house->fields, STR("assessed_level"));

	for (size_t i = 0; x && rq->lang == MSG_EN && i < x->list->n; i++)
		if (str_eq(x->list->item[i].zh, zh))
			return x->list->item[i].en;
	return zh;
}

/* What the table of the form says otherwise than the conclusion. */
static rc
grade_note(web_req *rq, const case_page *k, const service_form *f, note_lines *to)
{
	kase_grade g;

	TRY(kase_grade_read(&k->v, rq->now, f, &g));
	if (!g.differs)
		return RC_OK;
	const fault_arg args[] = {{.name = "form", .is_text = true, .s = ask_pair(rq, f->name)},
				  {.name = "result", .is_text = true, .s = level_word(rq, k, g.result)},
				  {.name = "level", .is_text = true, .s = level_word(rq, k, g.level)},
				  {0}};
	*vec_add(rq->a, to) =
		(struct tpl_case_note){.words = msg_text(rq->a, rq->lang, MSG_CASE_GRADE_DIFFERS, args)};
	return RC_OK;
}

rc
case_form_flags(web_req *rq, const case_page *k, const service_form *f, tpl_list_case_note *out)
{
	note_lines notes = {0};

	for (size_t i = 0; i < f->nflags; i++) {
		bool stands = false;
		TRY(kase_holds(&k->v, rq->now, f->flag[i].when, &stands));
		if (stands)
			*vec_add(rq->a, &notes) =
				(struct tpl_case_note){.words = ask_pair(rq, f->flag[i].say)};
	}
	TRY(grade_note(rq, k, f, &notes));
	*out = (tpl_list_case_note){notes.v, notes.n};
	return RC_OK;
}

rc
case_forms(web_req *rq, const case_page *k, tpl_list_task *forms, tpl_list_case_note *flags)
{
	const service *s = k->v.service;
	const kase_offers *o = &k->offers;
	bool here = o->step && o->step->forms && o->fill;
	bool reads = may(house_actor(rq), PERM_ASSESSMENT_READ, REGION_NONE);
	VEC(struct tpl_task) tasks = {0};
	note_lines notes = {0};

	for (size_t i = 0; i < s->nforms; i++) {
		const service_form *f = &s->form[i];
		bool applies = false;
		size_t left = 0;
		TRY(kase_holds(&k->v, rq->now, f->when, &applies));
		if (!applies)
			continue;
		TRY(form_left(rq, k, f, &left));
		if (here)
			*vec_add(rq->a, &tasks) = (struct tpl_task){
				.title = ask_pair(rq, f->name),
				.hint = f->clause,
				.href = str_fmt(rq->a, "/visits/%lld-%lld/%.*s", (long long)k->v.tenant,
						(long long)k->v.id, STR_ARG(f->id)),
				.status = left ? desk_words_n(rq, MSG_CASE_FORM_LEFT, (int64_t)left)
					       : desk_words(rq, MSG_CASE_FORM_FULL),
				.colour = left ? STR("blue") : (str){0}};
		tpl_list_case_note said = {0};
		if (reads)
			TRY(case_form_flags(rq, k, f, &said));
		for (size_t n = 0; n < said.n; n++)
			*vec_add(rq->a, &notes) = said.v[n];
	}
	*forms = (tpl_list_task){tasks.v, tasks.n};
	*flags = (tpl_list_case_note){notes.v, notes.n};
	return RC_OK;
}

/* ---- what the policy says ---- */

rc
case_decides(web_req *rq, const case_page *k, case_decided *out)
{
	const service_step *step = k->offers.step;

	*out = (case_decided){0};
	if (!step || !step->decides || !k->here || !actor_sees(house_actor(rq), FIELD_SENSITIVE))
		return RC_OK;
	rc r = kase_preview(&k->v, rq->now, &out->v);
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	out->is = out->v.results.n > 0;
	out->html = decision_html(rq, &out->v);
	if (!out->is || out->v.results.v[0].fen != 0)
		return RC_OK;
	struct tpl_case_note *note = arena_new(rq->a, struct tpl_case_note);
	note->words = desk_words_of(rq, MSG_CASE_DECIDES_AGAINST, "name", out->v.results.v[0].name);
	out->against = (tpl_list_case_note){note, 1};
	return RC_OK;
}

/* corrections.c - what people say is wrong in their records: all that waits, and one person's, with the
 * answer. */
#include "app/person/correction.h"
#include "locale/msg_ids.h"
#include "web/desk/people_priv.h"
#include "web/table.h"

/* ---- all that waits ---- */

enum { ROWS = 200 };

static rc
show_list(web_req *rq)
{
	static const int heads[] = {MSG_CORRECTIONS_WHO, MSG_CORRECTIONS_WHAT, MSG_CORRECTIONS_ASKED};
	const correction_lines *all = rq->work;
	struct tpl_correction_line *v = arena_array(rq->a, struct tpl_correction_line, all->n);

	for (size_t i = 0; i < all->n; i++)
		v[i] = (struct tpl_correction_line){
			.href = dossier_href(rq->a, all->v[i].person, "/corrections"),
			.name = all->v[i].name,
			.label = dossier_label(rq, all->v[i].field),
			.asked = date_of_instant(all->v[i].asked)};
	tpl_corrections(web_html(rq), &(struct tpl_corrections){
					      .lead = desk_words_n(rq, MSG_CORRECTIONS_LEAD, (int64_t)all->n),
					      .columns = desk_columns(rq, heads, LEN(heads)),
					      .rows = {v, all->n}});
	return web_page(rq, 200);
}

/* The oldest; who answers them sees the next. */
rc
corrections_get(web_req *rq)
{
	correction_lines *all = arena_new(rq->a, correction_lines);
	person_refs *people = arena_new(rq->a, person_refs);
	const size_t most = table_rows(rq, ROWS);
	db *d = NULL;

	TRY(desk_staff(rq));
	TRY(house_read(rq, &d));
	TRY(corrections_waiting_read(d, rq->a, rq->fault, house_actor(rq), (int64_t)most + 1, all));
	TRY(table_whole(rq, all->n > most, most));
	all->n = MIN(all->n, most);
	for (size_t i = 0; i < all->n; i++)
		*vec_add(rq->a, people) = all->v[i].person;
	rq->work = all;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = people,
				  .what = STR("by=corrections"),
				  .purpose = STR("1")},
			  show_list);
}

/* ---- one person's ---- */

/* What is answered on this page; kept over the command. */
typedef struct answer {
	form f;
	correction_reply in;
} answer;

static const str outcomes[] = {STR("done"), STR("refused")};

static struct tpl_correction_card
card_of(web_req *rq, const dossier *k, const correction_view *c)
{
	static const struct {
		int words;
		str colour;
	} states[] = {[CORRECTION_WAITS] = {MSG_RECORD_WAITS, STR("blue")},
		      [CORRECTION_DONE] = {MSG_RECORD_DONE, STR("green")},
		      [CORRECTION_REFUSED] = {MSG_RECORD_REFUSED, STR("grey")}};
	const fault_arg asked[] = {{.name = "day",
				    .is_text = true,
				    .s = html_date_text(web_html(rq), date_of_instant(c->asked))},
				   {.name = "said", .is_text = true, .s = c->said},
				   {0}};
	const fault_arg answered[] = {{.name = "day",
				       .is_text = true,
				       .s = html_date_text(web_html(rq), date_of_instant(c->answered))},
				      {.name = "answer", .is_text = true, .s = c->answer},
				      {0}};
	bool waits = c->state == CORRECTION_WAITS;
	bool by_hand = waits && fact_by_hand(rq, field_find(house_of(rq)->fields, c->field));

	return (struct tpl_correction_card){
		.id = c->id,
		.label = dossier_label(rq, c->field),
		.asked = msg_text(rq->a, rq->lang, MSG_RECORD_ASKED, asked),
		.answered = c->answered ? msg_text(rq->a, rq->lang, MSG_RECORD_ANSWERED, answered) : (str){0},
		.state = desk_words(rq, states[c->state].words),
		.colour = states[c->state].colour,
		.record = by_hand ? str_fmt(rq->a, "%.*s?field=%.*s&correction=%lld",
					    STR_ARG(dossier_href(rq->a, k->p.ref, "/facts/new")),
					    STR_ARG(c->field), (long long)c->id)
				  : (str){0},
		.waits = waits};
}

static tpl_list_choice
outcome_choices(web_req *rq, str picked)
{
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, LEN(outcomes));

	v[0] = (struct tpl_choice){.label = desk_words(rq, MSG_CORRECTIONS_OUTCOME_DONE),
				   .hint = desk_words(rq, MSG_CORRECTIONS_OUTCOME_DONE_HINT)};
	v[1] = (struct tpl_choice){.label = desk_words(rq, MSG_CORRECTIONS_OUTCOME_REFUSED),
				   .hint = desk_words(rq, MSG_CORRECTIONS_OUTCOME_REFUSED_HINT)};
	for (size_t i = 0; i < LEN(outcomes); i++) {
		v[i].value = outcomes[i];
		v[i].checked = str_eq(picked, outcomes[i]);
	}
	return (tpl_list_choice){v, LEN(outcomes)};
}

/* With the form under the request `id`, when it waits. */
static rc
page(web_req *rq, const person_ref *ref, const form *f, int64_t id)
{
	corrections all;
	dossier k;
	int64_t open = 0;

	TRY(dossier_read(rq, ref, &k));
	TRY(person_write_ok(k.d, rq->a, rq->fault, house_actor(rq), ref));
	TRY(corrections_read(k.d, rq->a, rq->fault, ref, &all));
	VEC(struct tpl_correction_card) cards = {0};
	for (size_t i = 0; i < all.n; i++) {
		const correction_view *c = &all.v[i];
		if (id && c->id != id)
			continue;
		struct tpl_correction_card *card = vec_add(rq->a, &cards);
		*card = card_of(rq, &k, c);
		card->waits = card->waits && !id; /* its form is open already */
		if (id && c->state == CORRECTION_WAITS)
			open = id;
	}
	bool bad = !form_ok(f);
	tpl_person_corrections(web_html(rq),
			       &(struct tpl_person_corrections){
				       .ref = dossier_ref(rq->a, ref),
				       .name = k.p.name,
				       .saved = web_query(rq, STR("saved")).n > 0,
				       .bad = bad,
				       .errors = desk_errors(rq, f),
				       .cards = {cards.v, cards.n},
				       .id = open,
				       .choices = outcome_choices(rq, form_typed(f, STR("outcome"))),
				       .outcome_wrong = desk_wrong(rq, f, "outcome"),
				       .words = form_typed(f, STR("words")),
				       .words_wrong = desk_wrong(rq, f, "words")});
	return web_page(rq, bad ? 422 : 200);
}

static rc
show(web_req *rq)
{
	const person_page *how = rq->work;
	form none = form_of(rq->a, &rq->http->form, rq->now);

	return page(rq, how->ref, &none, web_query_int(rq, STR("answer"), 1, INT64_MAX, 0));
}

rc
person_corrections_get(web_req *rq)
{
	return person_enter_page(rq, show);
}

static rc
answered(web_req *rq)
{
	const person_page *how = rq->work;

	TRY(house_written(rq, NULL, NULL));
	return web_see(rq, dossier_href(rq->a, how->ref, "/corrections?saved=1"));
}

rc
person_corrections_post(web_req *rq)
{
	answer *k = arena_new(rq->a, answer);
	person_page *how = NULL;
	bool ask = false;

	TRY(person_of_post(rq, &how, &ask));
	if (ask)
		return web_see(rq, dossier_href(rq->a, how->ref, ""));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	int64_t id = form_int(&k->f, FIELD("id", STR("")), 1, INT64_MAX);
	int outcome = form_choice(&k->f, FIELD("outcome", desk_words(rq, MSG_CORRECTIONS_OUTCOME)), outcomes,
				  LEN(outcomes));
	str words =
		form_lines(&k->f, FIELD("words", desk_words(rq, MSG_CORRECTIONS_WORDS)), CORRECTION_WORDS);
	if (!form_ok(&k->f))
		return page(rq, how->ref, &k->f, id);
	k->in = (correction_reply){.by = house_actor(rq),
				   .person = how->ref,
				   .id = id,
				   .state = outcome == 0 ? CORRECTION_DONE : CORRECTION_REFUSED,
				   .words = words,
				   .purpose = how->purpose};
	return house_write(rq, &(house_command){.fn = correction_answer, .in = &k->in, .then = answered});
}

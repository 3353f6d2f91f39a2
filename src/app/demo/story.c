/* story.c - see story.h. */
#include "app/demo/story.h"

#include "io/yaml.h"

enum { STORY_MAX = 1 << 18, AGE_MAX = 100, DAYS_MAX = 60, NUMBER_MAX = 1000000, CASES_MAX = 1000 };

static const str folder = STR("lists/demo/cases/");

static const str deeds[DEEDS] = {[DEED_ACT] = STR("act"),
				 [DEED_SUBMIT] = STR("submit"),
				 [DEED_TAKE_BACK] = STR("take back"),
				 [DEED_HAND_OVER] = STR("hand over"),
				 [DEED_OBJECT] = STR("object"),
				 [DEED_WITHDRAW] = STR("withdraw"),
				 [DEED_VOID] = STR("void")};

typedef struct reader {
	arena *a;
	fault *f;
	const roles *roles;
	story *s;
} reader;

/* 3, or [3, 5]. Left as it was when the member is absent. */
static rc
read_range(reader *r, const yaml *in, str key, int64_t max, story_range *out)
{
	const yaml *y = yaml_find(in, key);

	if (!y)
		return RC_OK;
	if (y->kind == YAML_TEXT) {
		TRY(yaml_int(r->f, y, 0, max, &out->lo));
		out->hi = out->lo;
		return RC_OK;
	}
	TRY(yaml_is(r->f, y, YAML_LIST));
	if (y->n != 2)
		return YAML_FAIL(r->f, y, "demo.range");
	TRY(yaml_int(r->f, &y->item[0], 0, max, &out->lo));
	return yaml_int(r->f, &y->item[1], out->lo, max, &out->hi);
}

/* ---- what is said ---- */

static rc
read_texts(reader *r, const yaml *y, story_say *out)
{
	size_t n = y->kind == YAML_LIST ? y->n : 1;
	str *text = arena_array(r->a, str, n);

	for (size_t i = 0; i < n; i++)
		TRY(yaml_text(r->f, y->kind == YAML_LIST ? &y->item[i] : y, &text[i]));
	out->text = text;
	out->n = n;
	return RC_OK;
}

/* {day: 0}, {name: any}, {number: [40, 69]}, {assessor: 1} */
static rc
read_drawn(reader *r, const yaml *y, story_say *out)
{
	static const str known[] = {STR("day"), STR("name"), STR("number"), STR("assessor")};
	story_range range = {0};

	TRY(yaml_only(r->f, y, known, LEN(known)));
	if (yaml_find(y, STR("day"))) {
		out->kind = STORY_DAY;
		TRY(yaml_need_int(r->f, y, STR("day"), -NUMBER_MAX, NUMBER_MAX, &out->lo));
	} else if (yaml_find(y, STR("number"))) {
		out->kind = STORY_NUMBER;
		TRY(read_range(r, y, STR("number"), NUMBER_MAX, &range));
		out->lo = range.lo;
		out->hi = range.hi;
	} else if (yaml_find(y, STR("assessor"))) {
		out->kind = STORY_ASSESSOR;
		TRY(yaml_need_int(r->f, y, STR("assessor"), 1, NUMBER_MAX, &out->lo));
	} else {
		out->kind = STORY_NAME;
	}
	return RC_OK;
}

static rc
read_says(reader *r, const yaml *in, str key, story_says *out)
{
	const yaml *y = yaml_find(in, key);

	if (!y)
		return RC_OK;
	TRY(yaml_is(r->f, y, YAML_MAP));
	story_say *v = arena_array(r->a, story_say, y->n);
	for (size_t i = 0; i < y->n; i++) {
		v[i].field = y->key[i].text;
		if (y->item[i].kind == YAML_MAP)
			TRY(read_drawn(r, &y->item[i], &v[i]));
		else
			TRY(read_texts(r, &y->item[i], &v[i]));
	}
	*out = (story_says){v, y->n};
	return RC_OK;
}

static rc
read_papers(reader *r, const yaml *in, story_papers *out)
{
	const yaml *y = yaml_find(in, STR("papers"));

	if (!y)
		return RC_OK;
	TRY(yaml_is(r->f, y, YAML_MAP));
	story_paper *v = arena_array(r->a, story_paper, y->n);
	for (size_t i = 0; i < y->n; i++) {
		v[i].paper = y->key[i].text;
		TRY(yaml_text(r->f, &y->item[i], &v[i].state));
	}
	*out = (story_papers){v, y->n};
	return RC_OK;
}

/* ---- who comes, and to whom ---- */

static rc
read_who(reader *r, str id, const yaml *y, story_who *w)
{
	static const str known[] = {STR("age"),     STR("as"),         STR("say"),
				    STR("prefers"), STR("registered"), STR("level")};
	static const str as[] = {STR("self"), STR("guardian"), STR("helper")};
	size_t which = 0;

	*w = (story_who){.id = id, .prefers = STR(""), .age = {18, 59}, .level = 4};
	TRY(yaml_only(r->f, y, known, LEN(known)));
	TRY(read_range(r, y, STR("age"), AGE_MAX, &w->age));
	TRY(yaml_opt_choice(r->f, y, STR("as"), as, LEN(as), &which));
	w->as = (asks_as)(1u << which);
	TRY(read_says(r, y, STR("say"), &w->say));
	TRY(yaml_opt_text(r->f, y, STR("prefers"), &w->prefers));
	TRY(yaml_opt_int(r->f, y, STR("level"), 1, 4, &w->level));
	return yaml_opt_int(r->f, y, STR("registered"), 1, 9, &w->registered);
}

static rc
read_people(reader *r, const yaml *list)
{
	const yaml *y = NULL;

	TRY(yaml_need_kind(r->f, list, STR("who"), YAML_MAP, &y));
	story_who *v = arena_array(r->a, story_who, y->n);
	for (size_t i = 0; i < y->n; i++)
		TRY(read_who(r, y->key[i].text, &y->item[i], &v[i]));
	r->s->who = v;
	r->s->nwho = y->n;
	return RC_OK;
}

static rc
read_ways(reader *r, const yaml *list)
{
	static const str known[] = {STR("by"), STR("channel")};
	const yaml *y = NULL;

	TRY(yaml_need_kind(r->f, list, STR("ways"), YAML_LIST, &y));
	story_way *v = arena_array(r->a, story_way, y->n);
	for (size_t i = 0; i < y->n; i++) {
		str by;
		TRY(yaml_only(r->f, &y->item[i], known, LEN(known)));
		TRY(yaml_need_text(r->f, &y->item[i], STR("by"), &by));
		TRY(yaml_need_text(r->f, &y->item[i], STR("channel"), &v[i].channel));
		v[i].by = role_find(r->roles, by);
		if (!v[i].by)
			return YAML_FAIL(r->f, &y->item[i], "demo.word", FA_STR("word", by));
	}
	r->s->way = v;
	r->s->nways = y->n;
	return RC_OK;
}

/* ---- what is done ---- */

static rc
read_move(reader *r, const yaml *y, story_move *m)
{
	static const str known[] = {STR("act"),   STR("do"),  STR("after"), STR("reason"),
				    STR("sheet"), STR("say"), STR("papers")};
	size_t deed = DEED_ACT;

	*m = (story_move){.act = STR(""), .reason = STR(""), .after = {1, 2}, .line = y->line};
	if (y->kind == YAML_TEXT)
		return yaml_text(r->f, y, &m->act);
	TRY(yaml_only(r->f, y, known, LEN(known)));
	TRY(yaml_opt_choice(r->f, y, STR("do"), deeds, DEEDS, &deed));
	m->deed = (story_deed)deed;
	if (m->deed == DEED_ACT)
		TRY(yaml_need_text(r->f, y, STR("act"), &m->act));
	TRY(read_range(r, y, STR("after"), DAYS_MAX, &m->after));
	TRY(yaml_opt_text(r->f, y, STR("reason"), &m->reason));
	TRY(yaml_opt_bool(r->f, y, STR("sheet"), &m->sheet));
	TRY(read_says(r, y, STR("say"), &m->say));
	return read_papers(r, y, &m->papers);
}

static rc
read_moves(reader *r, const yaml *y, story_path *p)
{
	const yaml *list = NULL;

	TRY(yaml_opt_list(r->f, y, STR("then"), &list));
	story_move *v = arena_array(r->a, story_move, list->n);
	for (size_t i = 0; i < list->n; i++)
		TRY(read_move(r, &list->item[i], &v[i]));
	p->move = v;
	p->nmoves = list->n;
	return RC_OK;
}

/* The kinds of applicants that a path names; none: all that are not kept for paths that name them. */
static rc
read_path_people(reader *r, const yaml *y, story_path *p)
{
	const yaml *list = NULL;
	const story_who **v = arena_array(r->a, const story_who *, r->s->nwho);

	TRY(yaml_opt_list(r->f, y, STR("who"), &list));
	for (size_t k = 0; k < r->s->nwho; k++) {
		const story_who *w = &r->s->who[k];
		bool named = list->n == 0 && w->as == ASKS_SELF && w->registered == 0;
		for (size_t i = 0; i < list->n; i++)
			named = named || str_eq(list->item[i].text, w->id);
		if (named)
			v[p->nwho++] = w;
	}
	if (p->nwho == 0 || (list->n && p->nwho != list->n))
		return YAML_FAIL(r->f, y, "demo.word", FA_STR("word", STR("who")));
	p->who = v;
	return RC_OK;
}

static rc
read_path(reader *r, str id, const yaml *y, story_path *p)
{
	static const str known[] = {STR("n"),    STR("who"),   STR("began"),
				    STR("then"), STR("draft"), STR("papers")};

	*p = (story_path){.id = id, .n = 1, .began = {1, 1}};
	TRY(yaml_only(r->f, y, known, LEN(known)));
	TRY(yaml_opt_int(r->f, y, STR("n"), 1, CASES_MAX, &p->n));
	TRY(read_range(r, y, STR("began"), DAYS_MAX, &p->began));
	TRY(yaml_opt_bool(r->f, y, STR("draft"), &p->draft));
	TRY(read_papers(r, y, &p->papers));
	TRY(read_path_people(r, y, p));
	return read_moves(r, y, p);
}

static rc
read_story(reader *r, str file, str text)
{
	static const str known[] = {STR("service"), STR("who"),     STR("ways"),
				    STR("say"),     STR("reasons"), STR("paths")};
	const yaml *list = NULL, *y = NULL;

	r->s->file = file;
	TRY(yaml_parse(r->a, r->f, file, text, STORY_MAX, &list));
	TRY(yaml_only(r->f, list, known, LEN(known)));
	TRY(yaml_need_text(r->f, list, STR("service"), &r->s->service));
	TRY(read_people(r, list));
	TRY(read_ways(r, list));
	TRY(read_says(r, list, STR("say"), &r->s->say));
	TRY(read_says(r, list, STR("reasons"), &r->s->reasons));
	TRY(yaml_need_kind(r->f, list, STR("paths"), YAML_MAP, &y));
	story_path *v = arena_array(r->a, story_path, y->n);
	for (size_t i = 0; i < y->n; i++)
		TRY(read_path(r, y->key[i].text, &y->item[i], &v[i]));
	r->s->path = v;
	r->s->npaths = y->n;
	return RC_OK;
}

rc
stories_read(arena *a, fault *f, const pack *p, const roles *all, stories *out)
{
	str name, text;

	*out = (stories){0};
	for (size_t i = 0; pack_each(p, folder, &i, &name);) {
		story *s = arena_new(a, story);
		reader r = {.a = a, .f = f, .roles = all, .s = s};
		TRY(pack_find(p, a, name, &text));
		TRY(read_story(&r, name, text));
		*vec_add(a, out) = s;
	}
	return RC_OK;
}

const story_say *
story_find(story_says says, str id)
{
	for (size_t i = 0; i < says.n; i++)
		if (str_eq(says.v[i].field, id))
			return &says.v[i];
	return NULL;
}

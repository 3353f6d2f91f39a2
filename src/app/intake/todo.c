/* todo.c - see todo.h. */
#include "app/intake/todo.h"

#include "app/intake/places.h"
#include "base/buf.h"
#include "base/date.h"
#include "io/xlsx_write.h"
#include "locale/msg_ids.h"

enum { PAGE = 500, COLUMNS = 4 };

str
todo_words(arena *a, msg_lang lang, int64_t missing)
{
	static const struct {
		int64_t bit;
		int words;
	} all[] = {
		{MISSING_COMPONENTS, MSG_IMPORT_LACKS_COMPONENTS},
		{MISSING_EXPIRES, MSG_IMPORT_LACKS_EXPIRES},
		{MISSING_PHOTO, MSG_IMPORT_LACKS_PHOTO},
		{MISSING_ISSUED, MSG_IMPORT_LACKS_ISSUED},
		{MISSING_VILLAGE, MSG_IMPORT_LACKS_VILLAGE},
		{MISSING_PHONE, MSG_IMPORT_LACKS_PHONE},
		{MISSING_GUARDIAN, MSG_IMPORT_LACKS_GUARDIAN},
		{MISSING_RESIDENCE, MSG_IMPORT_LACKS_RESIDENCE},
	};
	buf b = buf_in(a);

	for (size_t i = 0; i < LEN(all); i++) {
		if (!(missing & all[i].bit))
			continue;
		if (b.n)
			buf_put(&b, lang == MSG_EN ? STR(", ") : STR("、"));
		buf_put(&b, msg_text(a, lang, all[i].words, NULL));
	}
	return buf_str(&b);
}

rc
todo_look_run(tx *t, const void *in, void *out)
{
	const todo_ask *k = in;

	(void)out;
	return tx_look(t, &(look_row){.tenant = k->who->tenant,
				      .actor = k->who->account,
				      .office = k->who->office,
				      .what = str_fmt(tx_arena(t), "list incomplete import=%lld",
						      (long long)k->import),
				      .purpose = STR("3")});
}

typedef struct writing {
	db *d;
	fault *f;
	const todo_ask *ask;
	const places *places;
	xlsx_out *o;
	int64_t n;
} writing;

static rc
begin(writing *w, arena *a)
{
	static const struct {
		int title;
		uint16_t width;
	} columns[COLUMNS] = {{MSG_IMPORT_ROW, 8},
			      {MSG_IMPORT_NAME, 16},
			      {MSG_IMPORT_TODO_PLACE, 50},
			      {MSG_IMPORT_LACKS, 50}};
	xlsx_column *c = arena_array(a, xlsx_column, COLUMNS);

	for (size_t i = 0; i < COLUMNS; i++)
		c[i] = (xlsx_column){.title = msg_text(a, w->ask->lang, columns[i].title, NULL),
				     .type = XLSX_TEXT,
				     .width = columns[i].width};
	return xlsx_create(a, w->f,
			   &(xlsx_plan){.path = w->ask->path,
					.sheet = msg_text(a, w->ask->lang, MSG_IMPORT_TODO_TITLE, NULL),
					.now = w->ask->now,
					.columns = COLUMNS,
					.column = c},
			   &w->o);
}

static int64_t
registered_in(const person_view *p)
{
	for (size_t i = 0; i < p->places.n; i++)
		if (p->places.v[i].kind == PLACE_REGISTRATION && p->places.v[i].valid_to.n == 0)
			return p->places.v[i].region;
	return 0;
}

static rc
write_one(writing *w, arena *a, const import_person_view *at)
{
	const person_ref *ref = NULL;
	person_view p;
	rc r = person_open(w->d, a, w->f, w->ask->who, at->owner, at->person, &ref);

	if (r == RC_NOT_FOUND)
		return RC_OK; /* he lives elsewhere now */
	TRY(r);
	TRY(person_read(w->d, a, w->f, ref, &p));
	int64_t missing = import_still_missing(&p, at->missing, date_of_instant(w->ask->now));
	if (missing == 0)
		return RC_OK;
	xlsx_put_text(w->o, str_fmt(a, "%lld", (long long)at->line));
	xlsx_put_text(w->o, p.name);
	xlsx_put_text(w->o, places_path(w->places, a, registered_in(&p)));
	xlsx_put_text(w->o, todo_words(a, w->ask->lang, missing));
	w->n++;
	return xlsx_end_row(w->o, w->f);
}

rc
todo_write(db *d, arena *a, fault *f, const todo_ask *ask, int64_t *n)
{
	writing w = {.d = d, .f = f, .ask = ask};
	int64_t after = 0;
	size_t got = 0;

	*n = 0;
	TRY(places_load(d, a, f, &ask->who->scope, &w.places));
	TRY(begin(&w, a));
	do {
		arena *own = arena_open(a, 0);
		import_people page;
		rc r = import_incomplete(d, own, f, ask->who, ask->import, after, PAGE, &page);
		got = r == RC_OK ? page.n : 0;
		for (size_t i = 0; r == RC_OK && i < got; i++) {
			r = write_one(&w, own, &page.v[i]);
			after = page.v[i].line;
		}
		arena_close(own);
		TRY(r);
	} while (got == PAGE);
	TRY(xlsx_finish(w.o, f));
	*n = w.n;
	return RC_OK;
}

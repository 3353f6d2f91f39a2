/* people.c - the desk, and looking people up. What was typed travels in the body of a post, never in an
 * address: addresses end up in histories and logs. */
#include "web/ask_place.h"
#include "web/desk/people_priv.h"

#include "base/utf8.h"
#include "locale/msg_ids.h"
#include "web/desk/tasks.h"

enum { PURPOSE_WORDS_MAX = 30, NUMBER_MAX = 40, NAME_MAX = 50, FEDERATIONS_MAX = 400 };

#define OTHER_PURPOSE STR("9")

/* ---- what the desk's pages share ---- */

rc
desk_staff(const web_req *rq)
{
	return house_actor(rq)->kind == ACTOR_STAFF ? RC_OK : RC_NOT_FOUND;
}

str
desk_words(const web_req *rq, int id)
{
	return msg_text(rq->a, rq->lang, id, NULL);
}

str
desk_words_n(const web_req *rq, int id, int64_t n)
{
	return msg_text(rq->a, rq->lang, id, (const fault_arg[]){{.name = "n", .i = n}, {0}});
}

str
desk_words_of(const web_req *rq, int id, const char *name, str text)
{
	return msg_text(rq->a, rq->lang, id,
			(const fault_arg[]){{.name = name, .is_text = true, .s = text}, {0}});
}

tpl_list_column
desk_columns(const web_req *rq, const int *id, size_t n)
{
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, n);

	for (size_t i = 0; i < n; i++)
		v[i].label = desk_words(rq, id[i]);
	return (tpl_list_column){v, n};
}

str
desk_wrong(const web_req *rq, const form *f, const char *name)
{
	const fault *e = form_error(f, str_of(name));

	return e ? fault_text(rq->a, rq->lang, e) : (str){0};
}

tpl_list_field_error
desk_errors(const web_req *rq, const form *f)
{
	struct tpl_field_error *v = arena_array(rq->a, struct tpl_field_error, f->errors.n);

	for (size_t i = 0; i < f->errors.n; i++)
		v[i] = (struct tpl_field_error){.field = f->errors.v[i]->field,
						.text = fault_text(rq->a, rq->lang, f->errors.v[i])};
	return (tpl_list_field_error){v, f->errors.n};
}

/* ---- purposes ---- */

static const code_list *
purposes(const web_req *rq)
{
	const code_list *l = code_list_find(house_of(rq)->fields, STR("purpose"));

	BUG_ON(!l);
	return l;
}

str *
purpose_codes(const web_req *rq, str only, size_t *n)
{
	const code_list *l = purposes(rq);
	str *codes = arena_array(rq->a, str, l->n);

	*n = 0;
	for (size_t i = 0; i < l->n; i++)
		if (str_eq(l->item[i].only, only))
			codes[(*n)++] = l->item[i].code;
	return codes;
}

str
purpose_ask(const web_req *rq, form *f)
{
	size_t all = 0;
	str *codes = purpose_codes(rq, STR(""), &all);

	int n = form_choice(f, FIELD("purpose", desk_words(rq, MSG_PEOPLE_PURPOSE)), codes, all);
	str words = form_text(f, OPTIONAL("purpose-words", desk_words(rq, MSG_PEOPLE_PURPOSE_WORDS)),
			      PURPOSE_WORDS_MAX);
	if (n == FORM_NONE || !str_eq(codes[n], OTHER_PURPOSE))
		return n == FORM_NONE ? STR("") : codes[n];
	if (words.n == 0 && !form_error(f, STR("purpose-words")))
		(void)FAIL(form_wrong(f), RC_INVALID, "people.purpose.missing",
			   FA_FIELD(STR("purpose-words")));
	return words.n ? str_fmt(rq->a, "%.*s:%.*s", STR_ARG(OTHER_PURPOSE), STR_ARG(words)) : STR("");
}

tpl_list_choice
purpose_choices(const web_req *rq, str only, str code)
{
	size_t n = 0;
	str *codes = purpose_codes(rq, only, &n);
	struct tpl_choice *v = arena_array(rq->a, struct tpl_choice, n);

	for (size_t i = 0; i < n; i++)
		v[i] = (struct tpl_choice){.value = codes[i],
					   .label = purpose_show(rq, codes[i]),
					   .checked = str_eq(codes[i], code)};
	return (tpl_list_choice){v, n};
}

void
purpose_split(str purpose, str *code, str *words)
{
	ptrdiff_t colon = str_find_char(purpose, ':');

	*code = colon < 0 ? purpose : str_sub(purpose, 0, (size_t)colon);
	*words = colon < 0 ? STR("") : str_from(purpose, (size_t)colon + 1);
}

str
purpose_show(const web_req *rq, str purpose)
{
	str code, words;

	purpose_split(purpose, &code, &words);
	const code_item *item = code_find(purposes(rq), code);
	if (!item)
		return purpose;
	str text = rq->lang == MSG_EN ? item->en : item->zh;
	return words.n ? str_fmt(rq->a, "%.*s（%.*s）", STR_ARG(text), STR_ARG(words)) : text;
}

/* ---- the desk ---- */

typedef struct door_row {
	int title, words;
	const char *href, *permission;
} door_row;

static rc
desk_get(web_req *rq)
{
	static const door_row rows[] = {
		{MSG_TASKS_TITLE, MSG_TASKS_HOME_WORDS, "/desk/tasks", "case.read"},
		{MSG_VISITS_TITLE, MSG_VISITS_HOME_WORDS, "/visits/today", "assessment.record"},
		{MSG_COUNTER_TITLE, MSG_COUNTER_HOME_WORDS, "/desk/applications", "case.file"},
		{MSG_NOTICES_TITLE, MSG_NOTICES_HOME_WORDS, "/desk/notices", "publicity.read"},
		{MSG_CARDS_TITLE, MSG_CARDS_HOME_WORDS, "/desk/cards", "certificate.print"},
		{MSG_HANDOVER_TITLE, MSG_HANDOVER_HOME_WORDS, "/desk/cards/handover", "certificate.hand"},
		{MSG_TASKS_HOME_CASES, MSG_TASKS_HOME_CASES_WORDS, "/desk/cases", "case.read"},
		{MSG_PEOPLE_HOME_PEOPLE, MSG_PEOPLE_HOME_PEOPLE_WORDS, "/desk/people", "person.read"},
		{MSG_SCHEDULE_TITLE, MSG_SCHEDULE_HOME, "/desk/schedule", "schedule.read"},
		{MSG_ASSESS_TITLE, MSG_ASSESS_HOME, "/desk/assessors", "assessor.read"},
		{MSG_CORRECTIONS_TITLE, MSG_CORRECTIONS_DOOR, "/desk/corrections", "person.write"},
		{MSG_IMPORT_TITLE, MSG_IMPORT_HOME, "/desk/imports", "list.import"},
		{MSG_TASKS_HOME_LETTERS, MSG_TASKS_HOME_LETTERS_WORDS, "/desk/letters/new", "case.file"},
		{MSG_TASKS_HOME_CODES, MSG_TASKS_HOME_CODES_WORDS, "/desk/certificate-codes/new",
		 "case.file"},
		{MSG_ROSTER_TITLE, MSG_ROSTER_HOME, "/desk/roster", "export.ask"},
		{MSG_PEOPLE_HOME_AUDIT, MSG_PEOPLE_HOME_AUDIT_WORDS, "/audit/looks", "look.read"},
		{MSG_PEOPLE_HOME_EVENTS, MSG_PEOPLE_HOME_EVENTS_WORDS, "/audit/events", "ledger.read"},
		{MSG_LOOK_MINE_TITLE, MSG_LOOK_MINE_LEAD, "/me/access-log", "person.read"},
		{MSG_PEOPLE_HOME_ACCOUNT, MSG_PEOPLE_HOME_ACCOUNT_WORDS, "/desk/account", NULL},
	};
	struct tpl_door *v = arena_array(rq->a, struct tpl_door, LEN(rows));
	size_t n = 0;
	perm p = PERM_COUNT;

	if (desk_staff(rq) != RC_OK)
		return web_see(rq, STR("/sign-in?back=/desk"));
	for (size_t i = 0; i < LEN(rows); i++) {
		const door_row *r = &rows[i];
		if (r->permission &&
		    !(perm_find(str_of(r->permission), &p) && may(house_actor(rq), p, REGION_NONE)))
			continue;
		v[n++] = (struct tpl_door){.title = desk_words(rq, r->title),
					   .words = desk_words(rq, r->words),
					   .href = str_of(r->href)};
	}
	struct tpl_desk_home page = {.title = desk_words(rq, MSG_PEOPLE_HOME_TITLE),
				     .lead = desk_words(rq, MSG_PEOPLE_HOME_LEAD),
				     .doors = {v, n}};
	if (may(house_actor(rq), PERM_CASE_READ, REGION_NONE))
		TRY(tasks_tallies(rq, &page.tallies));
	tpl_desk_home(web_html(rq), &page);
	return web_page(rq, 200);
}

/* ---- looking up ---- */

typedef struct finding {
	form f;
	str number, name, month, purpose;
	person_refs people;
	bool more;
	tpl_list_hit hits;
} finding;

static rc
find_page(web_req *rq, const finding *k, bool nobody)
{
	form none = form_of(rq->a, &rq->http->form, rq->now);
	const form *f = k ? &k->f : &none;
	bool bad = !form_ok(f);

	tpl_people_find(web_html(rq),
			&(struct tpl_people_find){
				.bad = bad,
				.errors = desk_errors(rq, f),
				.number = form_typed(f, STR("number")),
				.number_wrong = desk_wrong(rq, f, "number"),
				.name = form_typed(f, STR("name")),
				.name_wrong = desk_wrong(rq, f, "name"),
				.month = form_typed(f, STR("month")),
				.month_wrong = desk_wrong(rq, f, "month"),
				.choices = purpose_choices(rq, STR(""), form_typed(f, STR("purpose"))),
				.words = form_typed(f, STR("purpose-words")),
				.purpose_wrong = desk_wrong(rq, f, "purpose"),
				.words_wrong = desk_wrong(rq, f, "purpose-words"),
				.nobody = nobody,
			});
	return web_page(rq, bad ? 422 : 200);
}

static rc
find_get(web_req *rq)
{
	TRY(desk_staff(rq));
	return find_page(rq, NULL, false);
}

/* "1990-03", "1990.3", "1990年3月", "199003" and "1990" to "1990-03" and "1990-". */
static bool
month_read(arena *a, str raw, str *out)
{
	int64_t part[2] = {0, 0};
	size_t n = 0, digits = 0, i = 0;
	str s = text_fold(a, raw);

	for (; i < s.n && n < 2; i++) {
		bool digit = s.p[i] >= '0' && s.p[i] <= '9';
		if (digit)
			part[n] = part[n] * 10 + (s.p[i] - '0');
		digits += digit;
		/* the year has four digits; what is not a digit ends the month */
		if ((n == 0 && digits == 4) || (n == 1 && !digit && part[1] > 0))
			n++;
	}
	bool year_only = digits == 4, whole = digits >= 5 && digits <= 6 && part[1] >= 1 && part[1] <= 12;
	if (part[0] < 1850 || part[0] > 2200 || (!year_only && !whole))
		return false;
	*out = year_only ? str_fmt(a, "%lld-", (long long)part[0])
			 : str_fmt(a, "%lld-%02lld", (long long)part[0], (long long)part[1]);
	return true;
}

static void
read_question(web_req *rq, finding *k)
{
	k->number = form_text(&k->f, OPTIONAL("number", desk_words(rq, MSG_PEOPLE_NUMBER)), NUMBER_MAX);
	k->name = form_name(&k->f, OPTIONAL("name", desk_words(rq, MSG_PEOPLE_NAME)), NAME_MAX);
	str month = form_text(&k->f, OPTIONAL("month", desk_words(rq, MSG_PEOPLE_MONTH)), NUMBER_MAX);
	if (k->number.n == 0 && k->name.n == 0 && form_ok(&k->f))
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "people.one_of", FA_FIELD(STR("number")));
	k->month = STR("");
	if (month.n && !month_read(rq->a, month, &k->month))
		(void)FAIL(form_wrong(&k->f), RC_INVALID, "people.month.wrong", FA_FIELD(STR("month")));
	k->purpose = purpose_ask(rq, &k->f);
}

/* Pinyin is kept without separators; a name of Latin letters has such a key too. */
static str
name_asked(arena *a, str name)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < name.n; i++) {
		if ((unsigned char)name.p[i] >= 0x80)
			return name;
		if (name.p[i] != ' ' && name.p[i] != '\'' && name.p[i] != '-')
			buf_c(&b, name.p[i]);
	}
	return buf_str(&b);
}

static void
add_new(arena *a, person_refs *to, const person_refs *from)
{
	for (size_t i = 0; i < from->n; i++) {
		bool known = false;
		for (size_t k = 0; k < to->n; k++)
			known = known || person_ref_id(to->v[k]) == person_ref_id(from->v[i]);
		if (!known)
			*vec_add(a, to) = from->v[i];
	}
}

/* Names are found federation by federation: the officer's own, or all those below him. */
static rc
by_name(web_req *rq, db *d, finding *k)
{
	const actor *who = house_actor(rq);
	str asked = name_asked(rq->a, k->name);
	person_refs some;
	audit_tenants all;

	TRY(audit_federations_of(d, rq->a, rq->fault, who, &all));
	if (all.n == 0)
		*vec_add(rq->a, &all) = who->tenant;
	for (size_t i = 0; i < all.n && i < FEDERATIONS_MAX && !k->more; i++) {
		actor there = *who;
		there.tenant = all.v[i];
		there.person = 0;
		TRY(person_by_name(d, rq->a, rq->fault, &there, asked, k->month, &some, &k->more));
		add_new(rq->a, &k->people, &some);
		k->more = k->more || k->people.n > PERSON_NAME_HITS;
	}
	k->people.n = MIN(k->people.n, (size_t)PERSON_NAME_HITS);
	return RC_OK;
}

static rc
by_number(web_req *rq, db *d, finding *k)
{
	const person_ref *ref = NULL;
	rc r = person_by_number(d, rq->a, rq->fault, house_actor(rq), k->number, k->f.today, &ref);

	if (r == RC_INVALID) { /* the number itself is wrong: said at its field */
		fault *e = form_wrong(&k->f);
		fault_copy(e, rq->fault);
		fault_clear(rq->fault);
		e->field = STR("number");
		return RC_OK;
	}
	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	*vec_add(rq->a, &k->people) = ref;
	return RC_OK;
}

static rc
make_hit(web_req *rq, const person_ref *ref, struct tpl_hit *out)
{
	dossier k;

	TRY(dossier_read(rq, ref, &k));
	*out = (struct tpl_hit){.href = dossier_href(rq->a, ref, ""),
				.name = k.p.name,
				.born = str_sub(k.p.born, 0, 7),
				.sex = dossier_code(rq, STR("sex"), k.p.sex)};
	if (k.p.certificates.n)
		out->category = dossier_code(rq, STR("category"), k.p.certificates.v[0].category);
	for (size_t i = 0; i < k.p.places.n; i++)
		if (k.p.places.v[i].kind == PLACE_REGISTRATION && k.p.places.v[i].valid_to.n == 0)
			out->village = ask_place_path(rq, k.p.places.v[i].region);
	return RC_OK;
}

/* The question once more, for a sheet of its answer: what was typed travels in the body of a post only. */
static tpl_list_kept
asked_again(web_req *rq, const finding *k)
{
	static const str name[] = {STR("number"), STR("name"), STR("month"), STR("purpose"),
				   STR("purpose-words")};
	struct tpl_kept *v = arena_array(rq->a, struct tpl_kept, LEN(name));

	for (size_t i = 0; i < LEN(name); i++)
		v[i] = (struct tpl_kept){name[i], form_typed(&k->f, name[i])};
	return (tpl_list_kept){v, LEN(name)};
}

/* In `then`: the look is on the disk. */
static rc
found(web_req *rq)
{
	finding *k = rq->work;
	int heads[5] = {MSG_PEOPLE_NAME, MSG_PEOPLE_HITS_VILLAGE};
	size_t n = 2;
	bool born = dossier_sees(rq, STR("born")), kind = dossier_sees(rq, STR("category"));

	for (size_t i = 0; i < k->people.n; i++)
		look_intend(rq, k->people.v[i], k->purpose);
	if (k->people.n == 0)
		return find_page(rq, k, true);
	if (k->people.n == 1)
		return web_see(rq, dossier_href(rq->a, k->people.v[0], ""));
	if (born)
		heads[n++] = MSG_PEOPLE_HITS_BORN;
	tpl_list_column columns = desk_columns(rq, heads, n);
	struct tpl_column *v = arena_array(rq->a, struct tpl_column, n + 2);
	memcpy(v, columns.v, n * sizeof *v);
	v[n++].label = dossier_label(rq, STR("sex"));
	if (kind)
		v[n++].label = dossier_label(rq, STR("category"));
	tpl_people_hits(web_html(rq), &(struct tpl_people_hits){
					      .rows = k->hits,
					      .count = (int64_t)k->people.n,
					      .more = k->more,
					      .columns = {v, n},
					      .see_born = born,
					      .see_kind = kind,
					      .village = desk_words(rq, MSG_PEOPLE_HITS_VILLAGE),
					      .born = desk_words(rq, MSG_PEOPLE_HITS_BORN),
					      .sex = dossier_label(rq, STR("sex")),
					      .category = dossier_label(rq, STR("category")),
					      .kept = asked_again(rq, k),
				      });
	return web_page(rq, 200);
}

/* What was asked by, for the log: a name as it was typed, a number never. */
static str
query_text(arena *a, const finding *k)
{
	buf b = buf_in(a);

	if (k->number.n)
		return STR("by=number");
	buf_lit(&b, "by=name q=");
	url_escape(&b, k->name);
	if (k->month.n)
		buf_fmt(&b, " born=%.*s", STR_ARG(k->month));
	return buf_str(&b);
}

static rc
find_post(web_req *rq)
{
	finding *k = arena_new(rq->a, finding);
	db *d = NULL;

	TRY(desk_staff(rq));
	k->f = form_of(rq->a, &rq->http->form, rq->now);
	read_question(rq, k);
	if (form_ok(&k->f)) {
		TRY(house_read(rq, &d));
		TRY(k->number.n ? by_number(rq, d, k) : by_name(rq, d, k));
	}
	if (!form_ok(&k->f))
		return find_page(rq, k, false);
	struct tpl_hit *v = arena_array(rq->a, struct tpl_hit, k->people.n);
	for (size_t i = 0; i < k->people.n && k->people.n > 1; i++)
		TRY(make_hit(rq, k->people.v[i], &v[i]));
	k->hits = (tpl_list_hit){v, k->people.n};
	rq->work = k;
	return house_look(rq,
			  &(look){.kind = LOOK_LIST,
				  .people = &k->people,
				  .what = query_text(rq->a, k),
				  .purpose = k->purpose},
			  found);
}

const web_route people_routes[] = {
	{"GET", "/desk", desk_get, "open", "Where an officer begins"},
	{"GET", "/desk/people", find_get, "person.read", "The form to look somebody up"},
	{"POST", "/desk/people", find_post, "person.read", "Look somebody up by number or name"},
	{"GET", "/desk/people/{ref}", person_get, "person.read", "One person"},
	{"POST", "/desk/people/{ref}", person_post, "person.read", "Say what for, and open the record"},
	{"GET", "/desk/people/{ref}/purpose", person_purpose_get, "person.read", "Another purpose"},
	{"GET", "/desk/people/{ref}/decisions", person_decisions_get, "person.read",
	 "What policies came to for a person, and why"},
	{"GET", "/desk/people/{ref}/photo", person_photo_get, "person.read", "The photo on a person's page"},
	{"POST", "/desk/people/{ref}/reveal", person_reveal_post, "person.reveal",
	 "Show one sealed value once"},
	{"GET", "/desk/people/{ref}/facts/new", fact_get, "person.write", "Correct a detail"},
	{"POST", "/desk/people/{ref}/facts", fact_post, "person.write", "Record a corrected detail"},
	{"GET", "/desk/corrections", corrections_get, "person.write",
	 "What people say is wrong in their records"},
	{"GET", "/desk/people/{ref}/corrections", person_corrections_get, "person.write",
	 "What a person says is wrong"},
	{"POST", "/desk/people/{ref}/corrections", person_corrections_post, "person.write", "Answer it"},
	{"GET", "/desk/people/{ref}/merge", merge_get, "person.write", "Find the second record of a person"},
	{"POST", "/desk/people/{ref}/merge", merge_post, "person.write", "Compare two records, merge them"},
	{"GET", "/desk/people/{ref}/unmerge", unmerge_get, "person.write", "Ask why to undo a merge"},
	{"POST", "/desk/people/{ref}/unmerge", unmerge_post, "person.write", "Undo a merge"},
	{0},
};

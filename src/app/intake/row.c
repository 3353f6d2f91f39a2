/* row.c - see row.h. */
#include "app/intake/row.h"

#include "base/utf8.h"

enum {
	ADULT = 18,
	ACTIVE = 2,
	MULTIPLE = 7,
	VILLAGE_LEVEL = 5,
	COUNTY_LEVEL = 3,
	ID_CARD = 1,
	ID_PERMIT,
	ID_FOREIGN
};

#define SOURCE STR("存量")

rc
intake_setting_make(arena *a, fault *f, const catalogue *c, intake_setting *out)
{
	struct {
		const char *id;
		const field **to;
	} const wanted[] = {
		{"name", &out->f_name},
		{"id_kind", &out->f_kind},
		{"id_number", &out->f_id},
		{"sex", &out->f_sex},
		{"born", &out->f_born},
		{"ethnic", &out->f_ethnic},
		{"phone", &out->f_phone},
		{"died", &out->f_died},
		{"registration_place", &out->f_place},
		{"registration_address", &out->f_address},
		{"residence_place", &out->f_home},
		{"residence_address", &out->f_home_address},
		{"certificate_number", &out->f_number},
		{"category", &out->f_category},
		{"level", &out->f_level},
		{"components", &out->f_parts},
		{"cause", &out->f_cause},
		{"certificate_status", &out->f_status},
		{"issued", &out->f_issued},
		{"expires", &out->f_expires},
		{"generation", &out->f_generation},
		{"reissue", &out->f_reissue},
		{"assessed_on", &out->f_assessed},
		{"remarks", &out->f_remarks},
		{"cancelled_on", &out->f_ended},
		{"cancel_reason", &out->f_ended_for},
		{"guardian_name", &out->f_gname},
		{"guardian_relation", &out->f_grelation},
		{"guardian_id_number", &out->f_gid},
		{"guardian_phone", &out->f_gphone},
		{"guardian_proof", &out->f_gproof},
		{"bank_account", &out->f_account},
		{"bank_name", &out->f_bank},
		{"bank_holder", &out->f_holder},
	};

	(void)a;
	out->c = c;
	for (size_t i = 0; i < LEN(wanted); i++) {
		*wanted[i].to = field_find(c, str_of(wanted[i].id));
		if (!*wanted[i].to)
			return FAIL(f, RC_INVALID, "intake.catalogue", FA_STR("id", str_of(wanted[i].id)));
	}
	return RC_OK;
}

/* ---- the row at hand ---- */

typedef struct reading {
	const intake_setting *s;
	arena *a;
	field_reader r;
	const intake_row *row;
	field_value *v; /* by field.number */
	intake_read *out;
} reading;

static const field_value *
value(const reading *in, const field *x)
{
	return &in->v[x->number];
}

static str
text_of(const reading *in, const field *x)
{
	return in->v[x->number].text.p ? in->v[x->number].text : STR("");
}

void
intake_refuse(const intake_setting *s, arena *a, intake_read *r, const field *x, const fault *why)
{
	str say = fault_text(a, s->lang, why);
	int at = x ? intake_column_of(s->table, x) : -1;

	if (r->nreasons == INTAKE_REASONS)
		return;
	if (at >= 0)
		say = str_fmt(a, "[%.*s] %.*s", STR_ARG(s->table->column[at].heading), STR_ARG(say));
	r->reason[r->nreasons++] = say;
}

#define REFUSE(in, x, id, ...)                                                                               \
	do {                                                                                                 \
		fault refuse_ = {0};                                                                         \
		(void)FAIL(&refuse_, RC_INVALID, id __VA_OPT__(, ) __VA_ARGS__);                             \
		intake_refuse((in)->s, (in)->a, (in)->out, (x), &refuse_);                                   \
	} while (0)

/* ---- cells to values ---- */

/* Several codes in one cell: "低保、脱贫户". Their texts are kept in the order of the cell, with 、 between.
 */
static rc
read_many(const reading *in, fault *f, const field *x, const cell *c, field_value *out)
{
	str s;

	TRY(field_read_cell(&in->r, f, x, &(cell){.kind = CELL_EMPTY}, out));
	TRY(text_clean(in->a, f, cell_plain(in->a, c), &s));
	buf b = buf_in(in->a);
	for (uint32_t cp; utf8_next(&s, &cp);)
		utf8_put(&b,
			 cp == 0x3001 || cp == 0xff0c || cp == ',' || cp == ';' || cp == 0xff1b || cp == '/'
				 ? '\n'
				 : cp);
	return field_read_several(&in->r, f, x, buf_str(&b), '\n', STR("、"), out);
}

/* "2020-03-01至2030-02-28" is valid until the second; 长期 has no end. */
static cell
end_of_range(const reading *in, const cell *c)
{
	static const str between[] = {STR("至"), STR("~"), STR("～"), STR("—"), STR(" - ")};
	cell end = *c;

	if (c->kind != CELL_TEXT)
		return end;
	for (size_t i = 0; i < LEN(between); i++) {
		ptrdiff_t at = str_find(c->text, between[i]);
		if (at > 0)
			end.text = str_trim(str_from(c->text, (size_t)at + between[i].n));
	}
	if (str_eq(end.text, STR("长期")) || str_eq(end.text, STR("长期有效")))
		end = (cell){.kind = CELL_EMPTY};
	(void)in;
	return end;
}

/* Places and components are read further down, when all cells are known. */
static bool
is_plain(const intake_setting *s, const field *x)
{
	return x != s->f_place && x != s->f_home && x != s->f_parts;
}

static void
read_cells(reading *in)
{
	const intake_setting *s = in->s;

	for (size_t i = 0; i < s->table->columns && i < in->row->n; i++) {
		const field *x = s->table->column[i].field;
		fault f = {0};
		rc r = RC_OK;
		if (!x || !is_plain(s, x))
			continue;
		const cell *c = &in->row->cell[i];
		field_value *to = &in->v[x->number];
		if (x->many) {
			r = read_many(in, &f, x, c, to);
		} else if (x == s->f_expires) {
			cell end = end_of_range(in, c);
			r = field_read_cell(&in->r, &f, x, &end, to);
		} else {
			r = field_read_cell(&in->r, &f, x, c, to);
		}
		if (r != RC_OK) {
			*to = (field_value){.field = x, .text = STR("")};
			intake_refuse(s, in->a, in->out, x, &f);
		}
	}
}

/* The raw text of a column that is_plain leaves. */
static str
cell_text(const reading *in, const field *x)
{
	int at = intake_column_of(in->s->table, x);
	fault f = {0};
	str s;

	if (at < 0 || (uint32_t)at >= in->row->n)
		return STR("");
	if (text_clean_lines(in->a, &f, cell_plain(in->a, &in->row->cell[at]), &s) != RC_OK) {
		intake_refuse(in->s, in->a, in->out, x, &f);
		return STR("");
	}
	return str_trim(s);
}

/* ---- numbers ---- */

/* Kinds that go with a day of birth and a sex in the number itself. */
static int64_t
kind_of(const nid *n)
{
	switch (n->kind) {
	case NID_PERMIT:
		return ID_PERMIT;
	case NID_FOREIGNER:
		return ID_FOREIGN;
	case NID_CITIZEN:
	case NID_DEMO:
		return ID_CARD;
	}
	return ID_CARD;
}

static void
set_from_number(reading *in, const nid *n)
{
	const intake_setting *s = in->s;
	person_in *p = &in->out->person;
	str born = date_str(in->a, n->born);

	p->id_number = str_dup(in->a, nid_str(n));
	p->id_kind = kind_of(n);
	if (n->kind == NID_DEMO && !s->demo)
		REFUSE(in, s->f_id, "intake.demo_number");
	if (value(in, s->f_born)->given && !str_eq(text_of(in, s->f_born), born))
		REFUSE(in, s->f_born, "intake.born_differs", FA_STR("day", born));
	if (value(in, s->f_sex)->given && value(in, s->f_sex)->n != (int64_t)n->sex &&
	    value(in, s->f_sex)->n <= NID_FEMALE && value(in, s->f_sex)->n >= NID_MALE)
		REFUSE(in, s->f_sex, "intake.sex_differs");
	p->born = born;
	p->sex = (int64_t)n->sex;
}

/* The number of a certificate holds its holder's: either may be missing, never both. */
static void
read_numbers(reading *in)
{
	const intake_setting *s = in->s;
	const field_value *id = value(in, s->f_id), *cert = value(in, s->f_number);
	int at = intake_column_of(s->table, s->f_id), at2 = intake_column_of(s->table, s->f_number);

	if (id->given)
		set_from_number(in, &id->nid);
	else if (cert->given)
		set_from_number(in, &cert->cert.holder);
	else if (in->out->nreasons == 0 || (at < 0 && at2 < 0))
		REFUSE(in, s->f_id, "intake.no_number");
	if (id->given && cert->given && !str_eq(nid_str(&id->nid), nid_str(&cert->cert.holder)))
		REFUSE(in, s->f_number, "intake.holder_differs");
}

/* ---- places ---- */

/* A place by its code or name; what stands after the names goes to *rest. */
static bool
find_place(const reading *in, str text, int64_t *code, str *rest)
{
	int64_t n = 0;
	str s = text_fold(in->a, text);

	*rest = STR("");
	if (str_all_digits(s) && (s.n == 6 || s.n == 9 || s.n == 12) && str_to_i64(s, &n)) {
		*code = n * (s.n == 6 ? 1000000 : s.n == 9 ? 1000 : 1);
		return places_has(in->s->places, *code);
	}
	return s.n && places_find(in->s->places, s, code, rest) == RC_OK;
}

/* The columns 省, 市, 县, 乡镇, 村 of a place, in their order. */
static str
joined_parts(const reading *in, const field *whole)
{
	const catalogue *c = in->s->c;
	buf b = buf_in(in->a);

	for (size_t i = 0; i < c->n; i++)
		if (c->field[i].home == HOME_PART && str_eq(c->field[i].where, whole->id))
			buf_put(&b, text_of(in, &c->field[i]));
	return buf_str(&b);
}

/* Without a place of registration nobody is responsible; where he lives may wait. Always false. */
static bool
unknown_place(reading *in, const field *where, place_kind kind, str named)
{
	if (kind == PLACE_RESIDENCE)
		in->out->missing |= MISSING_RESIDENCE;
	else if (named.n)
		REFUSE(in, where, "intake.place", FA_STR("value", utf8_cut(named, 40)));
	else
		REFUSE(in, where, "intake.place_wide");
	return false;
}

/* One of a person's places from its column, its parts or its address. The address keeps what stands below
 * the place. False: nothing says where it is. */
static bool
read_place(reading *in, const field *where, const field *address, place_kind kind, place_in *out)
{
	str named = cell_text(in, where), full = text_of(in, address), rest = STR(""), below = full;
	int64_t code = 0, deeper = 0;
	bool found = false;

	if (named.n == 0)
		named = joined_parts(in, where);
	if (named.n) {
		found = find_place(in, named, &code, &rest);
		if (!found)
			return unknown_place(in, where, kind, named);
	}
	str tail;
	if (full.n && find_place(in, full, &deeper, &tail)) {
		bool inside = !found || deeper == code ||
			      places_level(in->s->places, deeper) > places_level(in->s->places, code);
		if (inside) {
			code = deeper;
			below = tail;
			found = true;
		}
	}
	if (!found)
		return false;
	if (places_level(in->s->places, code) < COUNTY_LEVEL)
		return unknown_place(in, where, kind, STR(""));
	*out = (place_in){.kind = kind, .region = code, .address = below.n ? below : rest};
	return true;
}

static void
read_places(reading *in)
{
	const intake_setting *s = in->s;
	person_in *p = &in->out->person;
	place_in *first = &p->place[0], *second = &p->place[1];
	size_t before = in->out->nreasons;

	if (!read_place(in, s->f_place, s->f_address, PLACE_REGISTRATION, first)) {
		/* many county rosters carry one address only */
		if (in->out->nreasons == before &&
		    read_place(in, s->f_home, s->f_home_address, PLACE_REGISTRATION, first)) {
			p->nplaces = 1;
		} else if (in->out->nreasons == before) {
			REFUSE(in, s->f_place, "intake.no_place");
		}
		return;
	}
	p->nplaces = 1;
	if (read_place(in, s->f_home, s->f_home_address, PLACE_RESIDENCE, second)) {
		p->nplaces = 2;
	} else if (text_of(in, s->f_home_address).n && !(in->out->missing & MISSING_RESIDENCE)) {
		*second = (place_in){.kind = PLACE_RESIDENCE,
				     .region = first->region,
				     .address = text_of(in, s->f_home_address)};
		p->nplaces = 2;
	}
	if (places_level(s->places, first->region) < VILLAGE_LEVEL)
		in->out->missing |= MISSING_VILLAGE;
}

/* ---- certificate ---- */

bool
intake_parts_read(arena *a, const catalogue *c, str text, part_in *out, size_t max, size_t *n)
{
	const code_list *category = code_list_find(c, STR("category")),
			*level = code_list_find(c, STR("level"));
	str s = heading_fold(a, text), rest = s;

	/* folded, only words and digits are left: categories and levels take turns */
	*n = 0;
	while (rest.n) {
		const code_item *cat = NULL, *lev = NULL;
		size_t used = 0;
		for (str head = utf8_cut(rest, 6); head.n && !cat;
		     head = utf8_cut(head, utf8_count(head) - 1)) {
			cat = code_read(category, head);
			used = head.n;
		}
		if (!cat || cat->number == MULTIPLE || *n == max)
			return false;
		rest = str_from(rest, used);
		for (str head = utf8_cut(rest, 4); head.n && !lev;
		     head = utf8_cut(head, utf8_count(head) - 1)) {
			lev = code_read(level, head);
			used = head.n;
		}
		if (!lev)
			return false;
		rest = str_from(rest, used);
		size_t at = *n;
		for (; at > 0 && out[at - 1].category >= cat->number; at--) {
			if (out[at - 1].category == cat->number)
				return false;
			out[at] = out[at - 1];
		}
		out[at] = (part_in){.category = cat->number,
				    .level = lev->number,
				    .cause = STR(""),
				    .item = STR(""),
				    .assessed_on = STR("")};
		++*n;
	}
	return true;
}

str
intake_parts_show(arena *a, const catalogue *c, const part_in *v, size_t n, msg_lang lang)
{
	const code_list *category = code_list_find(c, STR("category")),
			*level = code_list_find(c, STR("level"));
	buf b = buf_in(a);

	for (size_t i = 0; i < n; i++) {
		const code_item *cat = code_by_number(category, v[i].category),
				*lev = code_by_number(level, v[i].level);
		if (i)
			buf_put(&b, lang == MSG_EN ? STR("; ") : STR("；"));
		if (cat)
			buf_put(&b, lang == MSG_EN ? cat->en : cat->zh);
		if (lang == MSG_EN)
			buf_c(&b, ' ');
		if (lev)
			buf_put(&b, lang == MSG_EN ? lev->en : lev->zh);
	}
	return buf_str(&b);
}

/* The most severe component is the level of the whole. */
static void
check_parts(reading *in, const certificate_in *c)
{
	int64_t severest = CERT_LEVELS + 1;

	for (size_t i = 0; i < c->nparts; i++)
		severest = MIN(severest, c->part[i].level);
	bool multiple = c->category == MULTIPLE;
	if ((multiple && c->nparts < 2) ||
	    (!multiple && (c->nparts != 1 || c->part[0].category != c->category)))
		REFUSE(in, in->s->f_parts, "intake.parts_category");
	else if (severest != c->level)
		REFUSE(in, in->s->f_parts, "intake.parts_level");
}

static void
read_parts(reading *in, certificate_in *c)
{
	const intake_setting *s = in->s;
	str text = cell_text(in, s->f_parts);
	part_in *v = arena_array(in->a, part_in, PERSON_PARTS);
	size_t n = 0;

	c->part = v;
	if (text.n && !map_get(&s->c->absent, text)) {
		if (!intake_parts_read(in->a, s->c, text, v, PERSON_PARTS, &n)) {
			REFUSE(in, s->f_parts, "intake.parts", FA_STR("value", utf8_cut(text, 40)));
			return;
		}
		c->nparts = n;
		check_parts(in, c);
	} else if (c->category != MULTIPLE) {
		v[0] = (part_in){.category = c->category, .level = c->level, .item = STR("")};
		c->nparts = n = 1;
	} else {
		in->out->missing |= MISSING_COMPONENTS;
	}
	for (size_t i = 0; i < n; i++) {
		v[i].cause = n == 1 ? text_of(in, s->f_cause) : STR("");
		v[i].assessed_on = text_of(in, s->f_assessed);
	}
}

static void
check_days(reading *in, const certificate_in *c)
{
	const intake_setting *s = in->s;
	str today = date_str(in->a, s->today);

	if (c->issued.n && str_cmp(c->issued, today) > 0)
		REFUSE(in, s->f_issued, "intake.future");
	if (c->issued.n && in->out->person.born.n && str_cmp(c->issued, in->out->person.born) < 0)
		REFUSE(in, s->f_issued, "intake.before_birth");
	if (c->issued.n && c->expires.n && str_cmp(c->expires, c->issued) < 0)
		REFUSE(in, s->f_expires, "intake.expires_early");
}

static void
read_certificate(reading *in)
{
	const intake_setting *s = in->s;
	person_in *p = &in->out->person;
	certificate_in *c = &p->certificate;
	const field_value *number = value(in, s->f_number), *category = value(in, s->f_category),
			  *level = value(in, s->f_level);

	if (!number->given && !(category->given && level->given))
		return;
	p->has_certificate = true;
	*c = (certificate_in){
		.number = text_of(in, s->f_number),
		.category = number->given ? number->cert.category : category->n,
		.level = number->given ? number->cert.level : level->n,
		.status = value(in, s->f_status)->given ? value(in, s->f_status)->n : ACTIVE,
		.generation = value(in, s->f_generation)->given ? value(in, s->f_generation)->n : 0,
		.reissue = number->given ? number->cert.reissue : value(in, s->f_reissue)->n,
		.issued = text_of(in, s->f_issued),
		.expires = text_of(in, s->f_expires),
		.remarks = text_of(in, s->f_remarks),
		.ended = text_of(in, s->f_ended),
		.ended_for = value(in, s->f_ended_for)->n,
	};
	if (category->given && category->n != c->category)
		REFUSE(in, s->f_category, "intake.category_differs");
	if (level->given && level->n != c->level)
		REFUSE(in, s->f_level, "intake.level_differs");
	check_days(in, c);
	read_parts(in, c);
	if (c->issued.n == 0)
		in->out->missing |= MISSING_ISSUED;
	if (c->expires.n == 0)
		in->out->missing |= MISSING_EXPIRES;
}

/* ---- the rest ---- */

static void
add_fact(reading *in, const field *x, str code)
{
	person_in *p = &in->out->person;

	if (p->nfacts == PERSON_FACTS)
		REFUSE(in, x, "intake.facts", FA_INT("max", PERSON_FACTS));
	else
		p->fact[p->nfacts++] = (fact_in){.field = x->id, .value = code, .valid_from = STR("")};
}

static void
read_facts(reading *in)
{
	const intake_table *t = in->s->table;

	for (size_t i = 0; i < t->columns; i++) {
		const field *x = t->column[i].field;
		if (!x || x->home != HOME_FACT || !value(in, x)->given)
			continue;
		str rest = value(in, x)->text;
		if (!x->many) {
			add_fact(in, x, rest);
			continue;
		}
		for (ptrdiff_t at; (at = str_find(rest, STR("、"))) >= 0;
		     rest = str_from(rest, (size_t)at + STR("、").n))
			add_fact(in, x, str_sub(rest, 0, (size_t)at));
		add_fact(in, x, rest);
	}
}

static void
read_others(reading *in)
{
	const intake_setting *s = in->s;
	person_in *p = &in->out->person;

	p->guardian = (guardian_in){.name = text_of(in, s->f_gname),
				    .id_number = text_of(in, s->f_gid),
				    .phone = text_of(in, s->f_gphone),
				    .proof = text_of(in, s->f_gproof),
				    .relation = value(in, s->f_grelation)->n};
	p->bank = (bank_in){.account = text_of(in, s->f_account),
			    .bank = text_of(in, s->f_bank),
			    .holder = text_of(in, s->f_holder)};
	if (p->bank.account.n && p->bank.holder.n == 0)
		p->bank.holder = p->name;
	int32_t born = DATE_NONE;
	bool child = date_parse(p->born, &born) && date_age(born, s->today) < ADULT;
	if (child && p->guardian.name.n == 0)
		in->out->missing |= MISSING_GUARDIAN;
	if (p->phone.n == 0 && p->guardian.phone.n == 0)
		in->out->missing |= MISSING_PHONE;
}

void
intake_row_read(const intake_setting *s, arena *a, const intake_row *row, intake_read *out)
{
	*out = (intake_read){0};
	reading in = {.s = s,
		      .a = a,
		      .r = {.a = a, .c = s->c, .regions = &s->regions, .today = s->today, .lang = s->lang},
		      .row = row,
		      .v = arena_array(a, field_value, s->c->n),
		      .out = out};
	person_in *p = &out->person;

	read_cells(&in);
	out->value = in.v;
	*p = (person_in){.name = text_of(&in, s->f_name),
			 .id_number = STR(""),
			 .born = text_of(&in, s->f_born),
			 .phone = text_of(&in, s->f_phone),
			 .source = SOURCE,
			 .sex = value(&in, s->f_sex)->n,
			 .ethnic = value(&in, s->f_ethnic)->n,
			 .certificate = {.number = STR(""), .remarks = STR("")}};
	if (p->name.n == 0 && out->nreasons == 0)
		REFUSE(&in, s->f_name, "intake.no_name");
	read_numbers(&in);
	read_places(&in);
	read_certificate(&in);
	read_facts(&in);
	read_others(&in);
}

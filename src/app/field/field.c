/* field.c - see field.h. */
#include "app/field/field.h"

#include "base/buf.h"
#include "base/utf8.h"
#include "base/vec.h"
#include "io/yaml.h"

enum { FILE_MAX = 1 << 20, FOLD_MAX = 512 };

#define FIELDS_FILE   STR("lists/fields.yaml")
#define CODES_FOLDER  STR("lists/codes/")
#define PICTURES_FILE STR("lists/pictures.yaml")
#define PATH_SIGNS    "MLHVCSQTAZmlhvcsqtaz0123456789.- "

const str field_type_names[FIELD_TYPES] = {
	[FIELD_TEXT] = STR("text"),     [FIELD_NAME] = STR("name"),
	[FIELD_NID] = STR("nid"),       [FIELD_CERTIFICATE] = STR("certificate"),
	[FIELD_DATE] = STR("date"),     [FIELD_MONTH] = STR("month"),
	[FIELD_CODE] = STR("code"),     [FIELD_FLAG] = STR("flag"),
	[FIELD_INT] = STR("int"),       [FIELD_DECIMAL] = STR("decimal"),
	[FIELD_MONEY] = STR("money"),   [FIELD_PHONE] = STR("phone"),
	[FIELD_REGION] = STR("region"), [FIELD_ADDRESS] = STR("address"),
	[FIELD_BANK] = STR("bank"),
};

const str field_subject_names[SUBJECTS] = {
	[SUBJECT_PERSON] = STR("person"),       [SUBJECT_CERTIFICATE] = STR("certificate"),
	[SUBJECT_GUARDIAN] = STR("guardian"),   [SUBJECT_BANK] = STR("bank"),
	[SUBJECT_HOUSEHOLD] = STR("household"), [SUBJECT_ORGANISATION] = STR("organisation"),
	[SUBJECT_CASE] = STR("case"),           [SUBJECT_PAYMENT] = STR("payment"),
	[SUBJECT_ACTIVITY] = STR("activity"),
};

/* ---- folding ---- */

/* Brackets, stops, dashes, stars and the like: what people put into headings beside the words. */
static bool
is_mark(uint32_t c)
{
	static const uint32_t han[] = {0x3001, 0x3002, 0xb7,   0x2014, 0x2013, 0x2026, 0x3010,
				       0x3011, 0x3014, 0x3015, 0x300a, 0x300b, 0x201c, 0x201d,
				       0x2018, 0x2019, 0x203b, 0x2605, 0x3000, 0xa0};

	if (c < 0x80)
		return !((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'));
	for (size_t i = 0; i < LEN(han); i++)
		if (han[i] == c)
			return true;
	return false;
}

static bool
opens(uint32_t c)
{
	return c == '(' || c == '[' || c == 0x3010 || c == 0x3014;
}

static bool
closes(uint32_t c)
{
	return c == ')' || c == ']' || c == 0x3011 || c == 0x3015;
}

static uint32_t
narrow(uint32_t c)
{
	if (c >= 0xff01 && c <= 0xff5e)
		c -= 0xff01 - '!';
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

/* Writes at most `max` bytes; `inside` keeps what stands in brackets. A text of marks alone stays itself: "/"
 * and "-" are words too. */
static str
fold(str s, bool inside, char *to, size_t max)
{
	size_t n = 0, depth = 0;
	str rest = s;

	for (uint32_t c; utf8_next(&rest, &c) && n + UTF8_MAX <= max;) {
		c = narrow(c);
		depth += opens(c);
		depth -= closes(c) && depth > 0;
		if (is_mark(c) || (depth && !inside))
			continue;
		buf one = {.p = to + n, .cap = UTF8_MAX};
		utf8_put(&one, c);
		n += one.n;
	}
	if (n == 0 && inside && s.n <= max) {
		memcpy(to, s.p ? s.p : "", s.n);
		n = s.n;
	}
	return (str){to, n};
}

str
heading_fold(arena *a, str s)
{
	size_t max = s.n + UTF8_MAX;

	return fold(s, true, arena_alloc(a, max), max);
}

/* ---- looking up ---- */

const field *
field_find(const catalogue *c, str id)
{
	return map_get(&c->ids, id);
}

const field *
field_by_name(const catalogue *c, str name)
{
	return map_get(&c->names, name);
}

const code_list *
code_list_find(const catalogue *c, str id)
{
	return map_get(&c->lists, id);
}

const field *
field_by_heading(const catalogue *c, str heading)
{
	char to[FOLD_MAX];
	const field *x = map_get(&c->headings, fold(heading, true, to, sizeof to));

	return x ? x : map_get(&c->headings, fold(heading, false, to, sizeof to));
}

const code_item *
code_find(const code_list *l, str code)
{
	return map_get(&l->codes, code);
}

const code_item *
code_read(const code_list *l, str text)
{
	char to[FOLD_MAX];
	const code_item *x = map_get(&l->words, text); /* nearly always written as the list has it */

	return x ? x : map_get(&l->words, fold(text, true, to, sizeof to));
}

int64_t
code_number(str code)
{
	int64_t n = -1;

	if (code.n == 1 && code.p[0] >= 'A' && code.p[0] <= 'Z')
		return code.p[0] - 'A' + 10;
	return str_all_digits(code) && str_to_i64(code, &n) ? n : -1;
}

const code_item *
code_by_number(const code_list *l, int64_t number)
{
	for (size_t i = 0; i < l->n; i++)
		if (l->item[i].number == number)
			return &l->item[i];
	return NULL;
}

/* ---- loading ---- */

typedef struct loader {
	arena *a, *scratch;
	fault *f;
	const pack *p;
	catalogue *c;
	VEC(field) fields;
	VEC(code_list) lists;
} loader;

/* One spelling of a thing; the same spelling for two things would make one of them unreachable. */
static rc
add_word(const loader *l, map *words, const yaml *at, str word, void *thing)
{
	str key = heading_fold(l->a, word);
	void *old = map_get(words, key);

	if (old && old != thing)
		return YAML_FAIL(l->f, at, "field.twice", FA_STR("word", word));
	map_set(words, key, thing);
	return RC_OK;
}

static rc
read_file(const loader *l, str name, const yaml **out)
{
	str text;

	if (pack_find(l->p, l->scratch, name, &text) != RC_OK)
		return FAIL(l->f, RC_INVALID, "field.file", FA_STR("file", name));
	return yaml_parse(l->a, l->f, str_dup(l->a, name), text, FILE_MAX, out);
}

static rc
texts(const loader *l, const yaml *in, str key, const str **v, size_t *n)
{
	const yaml *list = NULL;

	TRY(yaml_opt_list(l->f, in, key, &list));
	*n = list ? list->n : 0;
	str *to = arena_array(l->a, str, *n);
	for (size_t i = 0; i < *n; i++)
		TRY(yaml_text(l->f, &list->item[i], &to[i]));
	*v = to;
	return RC_OK;
}

/* ---- code lists ---- */

static rc
read_item(const loader *l, const yaml *in, code_list *list, code_item *x)
{
	static const str known[] = {STR("code"),      STR("zh"),   STR("en"),   STR("also"),
				    STR("unsourced"), STR("only"), STR("alone")};
	const str *also = NULL;
	size_t nalso = 0;

	TRY(yaml_only(l->f, in, known, LEN(known)));
	TRY(yaml_need_text(l->f, in, STR("code"), &x->code));
	TRY(yaml_need_text(l->f, in, STR("zh"), &x->zh));
	TRY(yaml_need_text(l->f, in, STR("en"), &x->en));
	TRY(yaml_opt_text(l->f, in, STR("only"), &x->only));
	TRY(yaml_opt_bool(l->f, in, STR("alone"), &x->alone));
	x->number = code_number(x->code);
	if (map_get(&list->codes, x->code))
		return YAML_FAIL(l->f, in, "field.twice", FA_STR("word", x->code));
	map_set(&list->codes, x->code, x);
	TRY(add_word(l, &list->words, in, x->code, x));
	TRY(add_word(l, &list->words, in, x->zh, x));
	TRY(add_word(l, &list->words, in, x->en, x));
	TRY(texts(l, in, STR("also"), &also, &nalso));
	for (size_t i = 0; i < nalso; i++)
		TRY(add_word(l, &list->words, yaml_find(in, STR("also")), also[i], x));
	return RC_OK;
}

static rc
read_list(loader *l, str file)
{
	static const str known[] = {STR("id"), STR("name"), STR("source"), STR("unsourced"), STR("items")};
	const yaml *in = NULL, *items = NULL;

	TRY(read_file(l, file, &in));
	if (l->lists.n == CODE_LISTS_MAX)
		return FAIL(l->f, RC_LIMIT, "field.many", FA_STR("file", file),
			    FA_INT("max", CODE_LISTS_MAX));
	code_list *list = vec_add(l->a, &l->lists);
	list->words = map_in(l->a);
	list->codes = map_in(l->a);
	TRY(yaml_only(l->f, in, known, LEN(known)));
	TRY(yaml_need_text(l->f, in, STR("id"), &list->id));
	TRY(yaml_need_pair(l->f, in, STR("name"), &list->zh, &list->en));
	TRY(yaml_need_kind(l->f, in, STR("items"), YAML_LIST, &items));
	if (!str_eq(file, str_fmt(l->scratch, "lists/codes/%.*s.yaml", STR_ARG(list->id))))
		return YAML_FAIL(l->f, yaml_find(in, STR("id")), "field.list_id", FA_STR("id", list->id));
	if (items->n > CODES_MAX)
		return FAIL(l->f, RC_LIMIT, "field.many", FA_STR("file", file), FA_INT("max", CODES_MAX));
	code_item *v = arena_array(l->a, code_item, items->n);
	for (size_t i = 0; i < items->n; i++)
		TRY(read_item(l, &items->item[i], list, &v[i]));
	list->item = v;
	list->n = items->n;
	return RC_OK;
}

static rc
read_lists(loader *l)
{
	str name;

	for (size_t i = 0; pack_each(l->p, CODES_FOLDER, &i, &name);)
		if (str_ends(name, STR(".yaml")))
			TRY(read_list(l, name));
	l->c->list = l->lists.v;
	l->c->nlists = l->lists.n;
	l->c->lists = map_in(l->a);
	for (size_t i = 0; i < l->lists.n; i++)
		map_set(&l->c->lists, l->lists.v[i].id, &l->lists.v[i]);
	return RC_OK;
}

/* ---- fields ---- */

/* "column TABLE", "fact", "derived", "part FIELD". */
static rc
read_home(const loader *l, const yaml *in, field *x)
{
	static const str words[] = {STR("column"), STR("fact"), STR("derived"), STR("part")};
	const yaml *at = NULL;
	str rest, word = STR(""), where = STR("");

	TRY(yaml_need_kind(l->f, in, STR("lives"), YAML_TEXT, &at));
	rest = at->text;
	str_next(&rest, ' ', &word);
	where = str_trim(rest);
	for (size_t i = 0; i < LEN(words); i++) {
		bool names_one = i == HOME_COLUMN || i == HOME_PART;
		if (str_eq(words[i], word) && names_one == (where.n > 0)) {
			x->home = (field_home)i;
			x->where = where;
			return RC_OK;
		}
	}
	return YAML_FAIL(l->f, at, "field.lives", FA_STR("value", at->text));
}

static rc
read_type(const loader *l, const yaml *in, field *x)
{
	size_t type = 0;
	str list = STR("");

	TRY(yaml_need_choice(l->f, in, STR("type"), field_type_names, FIELD_TYPES, &type));
	x->type = (field_type)type;
	TRY(yaml_opt_text(l->f, in, STR("list"), &list));
	if ((x->type == FIELD_CODE) != (list.n > 0))
		return YAML_FAIL(l->f, in, "field.list_wanted", FA_STR("id", x->id));
	x->list = list.n ? code_list_find(l->c, list) : NULL;
	if (list.n && !x->list)
		return YAML_FAIL(l->f, yaml_find(in, STR("list")), "field.list", FA_STR("list", list));
	return RC_OK;
}

static rc
read_class(const loader *l, const yaml *in, field *x)
{
	static const str words[] = {STR("secret"), STR("public"), STR("internal"), STR("personal"),
				    STR("sensitive")};
	static const field_class class[] = {0, FIELD_PUBLIC, FIELD_INTERNAL, FIELD_PERSONAL, FIELD_SENSITIVE};
	size_t k = 0;

	TRY(yaml_need_choice(l->f, in, STR("class"), words, LEN(words), &k));
	x->class = class[k];
	return RC_OK;
}

static rc
read_field(loader *l, const yaml *in, field_subject subject)
{
	static const str known[] = {STR("id"),   STR("name"),   STR("en"),   STR("type"),
				    STR("list"), STR("lives"),  STR("feel"), STR("class"),
				    STR("also"), STR("sealed"), STR("many"), STR("unit")};

	if (l->fields.n == FIELDS_MAX)
		return FAIL(l->f, RC_LIMIT, "field.many", FA_STR("file", in->file),
			    FA_INT("max", FIELDS_MAX));
	field *x = vec_add(l->a, &l->fields);
	x->subject = subject;
	x->number = l->fields.n - 1;
	TRY(yaml_only(l->f, in, known, LEN(known)));
	TRY(yaml_need_text(l->f, in, STR("id"), &x->id));
	TRY(yaml_need_text(l->f, in, STR("name"), &x->name));
	TRY(yaml_need_text(l->f, in, STR("en"), &x->en));
	TRY(read_type(l, in, x));
	TRY(read_home(l, in, x));
	TRY(read_class(l, in, x));
	TRY(yaml_opt_text(l->f, in, STR("feel"), &x->feel));
	TRY(yaml_opt_bool(l->f, in, STR("sealed"), &x->sealed));
	TRY(yaml_opt_bool(l->f, in, STR("many"), &x->many));
	TRY(yaml_opt_text(l->f, in, STR("unit"), &x->unit));
	if (x->unit.n && x->type != FIELD_INT && x->type != FIELD_DECIMAL)
		return YAML_FAIL(l->f, in, "field.unit", FA_STR("id", x->id));
	if (x->feel.n && x->home != HOME_DERIVED)
		return YAML_FAIL(l->f, in, "field.feel", FA_STR("id", x->id));
	if (x->many && x->home != HOME_FACT && !str_eq(x->where, STR("kase_answer")))
		return YAML_FAIL(l->f, in, "field.many_values", FA_STR("id", x->id));
	return texts(l, in, STR("also"), &x->also, &x->nalso);
}

/* Once the fields no longer move: every name and heading leads to one of them. */
static rc
name_field(const loader *l, const yaml *in, field *x)
{
	catalogue *c = l->c;

	if (map_get(&c->ids, x->id) || map_get(&c->names, x->name))
		return YAML_FAIL(l->f, in, "field.twice", FA_STR("word", x->name));
	map_set(&c->ids, x->id, x);
	map_set(&c->names, x->name, x);
	TRY(add_word(l, &c->headings, in, x->name, x));
	TRY(add_word(l, &c->headings, in, x->id, x));
	TRY(add_word(l, &c->headings, in, x->en, x));
	for (size_t i = 0; i < x->nalso; i++)
		TRY(add_word(l, &c->headings, in, x->also[i], x));
	return RC_OK;
}

static rc
check_part(const loader *l, const yaml *in, field *x)
{
	if (x->home == HOME_PART && !field_find(l->c, x->where))
		return YAML_FAIL(l->f, in, "field.lives", FA_STR("value", x->where));
	return RC_OK;
}

/* Runs `each` over the fields in the order of the file. */
static rc
each_field(const loader *l, const yaml *file, rc (*each)(const loader *, const yaml *, field *))
{
	size_t n = 0;

	for (size_t i = 0; i < file->n; i++)
		for (size_t k = 0; file->item[i].kind == YAML_LIST && k < file->item[i].n; k++)
			if (file->item[i].item[k].kind == YAML_MAP)
				TRY(each(l, &file->item[i].item[k], &l->fields.v[n++]));
	return RC_OK;
}

static rc
read_words(const loader *l, const yaml *in, str key, map *out)
{
	const str *v = NULL;
	size_t n = 0;

	*out = map_in(l->a);
	TRY(texts(l, in, key, &v, &n));
	for (size_t i = 0; i < n; i++)
		map_set(out, heading_fold(l->a, v[i]), out);
	return RC_OK;
}

static rc
read_fields(loader *l)
{
	catalogue *c = l->c;
	const yaml *file = NULL, *words = NULL;
	static const str known[] = {STR("absent"), STR("yes"), STR("no")};

	TRY(read_file(l, FIELDS_FILE, &file));
	TRY(yaml_need_kind(l->f, file, STR("words"), YAML_MAP, &words));
	TRY(yaml_only(l->f, words, known, LEN(known)));
	TRY(read_words(l, words, STR("absent"), &c->absent));
	TRY(read_words(l, words, STR("yes"), &c->yes));
	TRY(read_words(l, words, STR("no"), &c->no));
	for (size_t i = 0; i < file->n; i++) {
		size_t subject = 0;
		if (&file->item[i] == words)
			continue;
		TRY(yaml_choice(l->f, &file->key[i], field_subject_names, SUBJECTS, &subject));
		TRY(yaml_is(l->f, &file->item[i], YAML_LIST));
		for (size_t k = 0; k < file->item[i].n; k++) {
			TRY(yaml_is(l->f, &file->item[i].item[k], YAML_MAP));
			TRY(read_field(l, &file->item[i].item[k], (field_subject)subject));
		}
	}
	c->field = l->fields.v;
	c->n = l->fields.n;
	c->ids = map_in(l->a);
	c->names = map_in(l->a);
	c->headings = map_in(l->a);
	TRY(each_field(l, file, name_field));
	return each_field(l, file, check_part);
}

/* Only what a path is written with: it goes into pages as it is. */
static bool
is_path(str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (!memchr(PATH_SIGNS, s.p[i], sizeof PATH_SIGNS - 1))
			return false;
	return s.n > 0 && s.p[0] == 'M';
}

static rc
read_pictures(loader *l)
{
	const yaml *file = NULL;

	TRY(read_file(l, PICTURES_FILE, &file));
	l->c->pictures = map_in(l->a);
	for (size_t i = 0; i < file->n; i++) {
		str *path = arena_new(l->a, str);
		TRY(yaml_text(l->f, &file->item[i], path));
		if (!is_path(*path))
			return YAML_FAIL(l->f, &file->item[i], "field.picture",
					 FA_STR("name", file->key[i].text));
		*path = str_dup(l->a, *path);
		map_set(&l->c->pictures, str_dup(l->a, file->key[i].text), path);
	}
	return RC_OK;
}

str
picture_find(const catalogue *c, str id)
{
	const str *path = map_get(&c->pictures, id);

	return path ? *path : STR("");
}

rc
catalogue_load(arena *a, fault *f, const pack *p, const catalogue **out)
{
	catalogue *c = arena_new(a, catalogue);
	loader l = {.a = a, .scratch = arena_open(a, 0), .f = f, .p = p, .c = c};
	rc r = read_lists(&l);

	if (r == RC_OK)
		r = read_fields(&l);
	if (r == RC_OK)
		r = read_pictures(&l);
	*out = c;
	arena_close(l.scratch);
	return r;
}

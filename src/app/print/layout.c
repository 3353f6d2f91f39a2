/* layout.c - see layout.h. */
#include "app/print/layout.h"

#include "io/file.h"
#include "io/yaml.h"

#define FOLDER "lists/print/"

enum { NUMBERS = 4, LETTERS_MIN = 40, LETTERS_MAX = 720, BOX_LINES_MAX = 8 };

typedef struct reader {
	arena *a;
	fault *f;
	const catalogue *fields;
	const service_words *words;
	print_layout *out;
} reader;

#define ONLY(r, in, ...) yaml_only((r)->f, in, (const str[]){__VA_ARGS__}, LEN(((const str[]){__VA_ARGS__})))

static rc
read_pair(reader *r, const yaml *in, str *zh, str *en)
{
	return yaml_need_pair(r->f, in, STR("name"), zh, en);
}

/* [x, y] or [x, y, w, h], tenths of a millimetre. */
static rc
read_numbers(reader *r, const yaml *in, str key, size_t n, int32_t *out)
{
	const yaml *list = NULL;

	TRY(yaml_need_kind(r->f, in, key, YAML_LIST, &list));
	if (list->n != n)
		return YAML_FAIL(r->f, list, "print.numbers", FA_STR("key", key), FA_INT("n", (int64_t)n));
	for (size_t i = 0; i < n; i++) {
		int64_t v = 0;
		TRY(yaml_int(r->f, &list->item[i], 0, PRINT_SIDE_MAX, &v));
		out[i] = (int32_t)v;
	}
	return RC_OK;
}

static rc
read_box(reader *r, const yaml *in, overprint_box *out)
{
	const overprint_stock *s = &r->out->stock;
	int32_t v[NUMBERS];

	TRY(read_numbers(r, in, STR("at"), NUMBERS, v));
	*out = (overprint_box){v[0], v[1], v[2], v[3]};
	if (out->w == 0 || out->h == 0 || out->x + out->w > s->piece_width ||
	    out->y + out->h > s->piece_height)
		return YAML_FAIL(r->f, yaml_find(in, STR("at")), "print.outside", FA_INT("w", s->piece_width),
				 FA_INT("h", s->piece_height));
	return RC_OK;
}

/* A field's name alone, or an expression with a name of its own. */
static rc
read_show(reader *r, const yaml *in, print_item *out)
{
	const yaml *show = NULL;
	fault why = {0};
	str text;

	TRY(yaml_need(r->f, in, STR("show"), &show));
	TRY(yaml_text(r->f, show, &text));
	out->field = field_by_name(r->fields, text);
	if (out->field && out->field->home != HOME_DERIVED && out->field->home != HOME_PART) {
		out->zh = out->field->name;
		out->en = out->field->en;
		return yaml_find(in, STR("name")) ? read_pair(r, in, &out->zh, &out->en) : RC_OK;
	}
	out->field = NULL;
	out->feel = text;
	rc e = words_know(r->a, &why, r->words, text);
	if (e == RC_INVALID || e == RC_LIMIT)
		return YAML_FAIL(r->f, show, "print.feel", FA_STR("text", text));
	TRY(e);
	return read_pair(r, in, &out->zh, &out->en);
}

static rc
read_letters(reader *r, const yaml *in, print_item *out)
{
	static const str aligns[] = {STR("left"), STR("centre"), STR("right")};
	static const str types[] = {STR("serif"), STR("sans")};
	int64_t size = 0, lines = 1;
	size_t align = 0, type = 0;

	TRY(yaml_need_int(r->f, in, STR("size"), LETTERS_MIN, LETTERS_MAX, &size));
	int64_t least = MAX(size * 2 / 3, LETTERS_MIN);
	TRY(yaml_opt_int(r->f, in, STR("least"), LETTERS_MIN, size, &least));
	TRY(yaml_opt_int(r->f, in, STR("lines"), 1, BOX_LINES_MAX, &lines));
	TRY(yaml_opt_choice(r->f, in, STR("align"), aligns, LEN(aligns), &align));
	TRY(yaml_opt_choice(r->f, in, STR("type"), types, LEN(types), &type));
	TRY(yaml_opt_bool(r->f, in, STR("strong"), &out->strong));
	out->size = (int32_t)size;
	out->least = (int32_t)least;
	out->lines = (int32_t)lines;
	out->align = (pdf_align)align;
	out->sans = type == 1;
	return RC_OK;
}

static rc
read_item(reader *r, const yaml *in, print_item *out)
{
	*out = (print_item){0};
	TRY(yaml_is(r->f, in, YAML_MAP));
	TRY(ONLY(r, in, STR("name"), STR("show"), STR("at"), STR("size"), STR("least"), STR("lines"),
		 STR("align"), STR("type"), STR("strong"), STR("needed")));
	TRY(read_show(r, in, out));
	TRY(yaml_opt_bool(r->f, in, STR("needed"), &out->needed));
	TRY(read_box(r, in, &out->at));
	return read_letters(r, in, out);
}

static rc
read_photo(reader *r, const yaml *in, print_face *out)
{
	TRY(yaml_is(r->f, in, YAML_MAP));
	TRY(ONLY(r, in, STR("at"), STR("needed")));
	TRY(yaml_opt_bool(r->f, in, STR("needed"), &out->photo_needed));
	return read_box(r, in, &out->photo);
}

static rc
read_face(reader *r, const yaml *in, print_face *out)
{
	const yaml *items = NULL, *photo = NULL;

	*out = (print_face){0};
	TRY(yaml_is(r->f, in, YAML_MAP));
	TRY(ONLY(r, in, STR("name"), STR("photo"), STR("items")));
	TRY(read_pair(r, in, &out->zh, &out->en));
	photo = yaml_find(in, STR("photo"));
	if (photo)
		TRY(read_photo(r, photo, out));
	TRY(yaml_need_kind(r->f, in, STR("items"), YAML_LIST, &items));
	if (items->n == 0 || items->n > PRINT_ITEMS_MAX)
		return YAML_FAIL(r->f, items, "print.items", FA_INT("max", PRINT_ITEMS_MAX));
	print_item *v = arena_array(r->a, print_item, items->n);
	for (size_t i = 0; i < items->n; i++)
		TRY(read_item(r, &items->item[i], &v[i]));
	out->item = v;
	out->n = items->n;
	return RC_OK;
}

static rc
read_pieces(reader *r, const yaml *in, overprint_stock *s)
{
	int64_t across = 1, down = 1;
	int32_t size[2], first[2], step[2];

	TRY(yaml_is(r->f, in, YAML_MAP));
	TRY(ONLY(r, in, STR("size"), STR("across"), STR("down"), STR("first"), STR("step")));
	TRY(read_numbers(r, in, STR("size"), LEN(size), size));
	TRY(read_numbers(r, in, STR("first"), LEN(first), first));
	TRY(read_numbers(r, in, STR("step"), LEN(step), step));
	TRY(yaml_need_int(r->f, in, STR("across"), 1, 10, &across));
	TRY(yaml_need_int(r->f, in, STR("down"), 1, 20, &down));
	s->piece_width = size[0];
	s->piece_height = size[1];
	s->left = first[0];
	s->top = first[1];
	s->step_x = step[0];
	s->step_y = step[1];
	s->across = (int32_t)across;
	s->down = (int32_t)down;
	bool apart = (across == 1 || step[0] >= size[0]) && (down == 1 || step[1] >= size[1]);
	bool on_it = s->left + (s->across - 1) * s->step_x + size[0] <= s->width &&
		     s->top + (s->down - 1) * s->step_y + size[1] <= s->height;
	return apart && on_it ? RC_OK : YAML_FAIL(r->f, in, "print.pieces");
}

static rc
read_stock(reader *r, const yaml *in)
{
	const yaml *pieces = yaml_find(in, STR("pieces"));
	int32_t sheet[2];

	TRY(read_numbers(r, in, STR("sheet"), LEN(sheet), sheet));
	if (sheet[0] == 0 || sheet[1] == 0)
		return YAML_FAIL(r->f, yaml_find(in, STR("sheet")), "print.sheet");
	r->out->stock = (overprint_stock){.width = sheet[0],
					  .height = sheet[1],
					  .piece_width = sheet[0],
					  .piece_height = sheet[1],
					  .across = 1,
					  .down = 1};
	return pieces ? read_pieces(r, pieces, &r->out->stock) : RC_OK;
}

/* What a layout that nobody has measured says of itself. */
static rc
read_note(reader *r, const yaml *in)
{
	TRY(yaml_opt_bool(r->f, in, STR("unsourced"), &r->out->unsourced));
	r->out->note_zh = r->out->note_en = STR("");
	if (!r->out->unsourced)
		return RC_OK;
	return yaml_need_pair(r->f, in, STR("note"), &r->out->note_zh, &r->out->note_en);
}

static rc
read_generation(reader *r, const yaml *in)
{
	const code_list *list = code_list_find(r->fields, STR("generation"));
	const code_item *item;
	str code;

	BUG_ON(!list);
	TRY(yaml_need_text(r->f, in, STR("generation"), &code));
	item = code_find(list, code);
	if (!item)
		return YAML_FAIL(r->f, yaml_find(in, STR("generation")), "print.generation",
				 FA_STR("text", code));
	r->out->generation = item->number;
	return RC_OK;
}

static rc
read_faces(reader *r, const yaml *in)
{
	const overprint_stock *s = &r->out->stock;
	const yaml *faces = NULL;

	TRY(yaml_need_kind(r->f, in, STR("faces"), YAML_LIST, &faces));
	bool several = s->across * s->down > 1;
	if (faces->n == 0 || faces->n > OVERPRINT_FACES || (several && faces->n > 1))
		return YAML_FAIL(r->f, faces, "print.faces", FA_INT("max", several ? 1 : OVERPRINT_FACES));
	for (size_t i = 0; i < faces->n; i++)
		TRY(read_face(r, &faces->item[i], &r->out->face[i]));
	r->out->stock.faces = faces->n;
	return RC_OK;
}

static rc
read_layout(reader *r, str id, str file, str text)
{
	const yaml *in = NULL;
	str said;

	TRY(yaml_parse(r->a, r->f, file, text, PRINT_FILE_MAX, &in));
	TRY(yaml_is(r->f, in, YAML_MAP));
	TRY(ONLY(r, in, STR("layout"), STR("name"), STR("generation"), STR("unsourced"), STR("note"),
		 STR("sheet"), STR("pieces"), STR("faces")));
	TRY(yaml_need_text(r->f, in, STR("layout"), &said));
	if (!str_eq(said, id))
		return YAML_FAIL(r->f, yaml_find(in, STR("layout")), "print.name", FA_STR("name", said));
	*r->out = (print_layout){.id = id};
	TRY(read_pair(r, in, &r->out->zh, &r->out->en));
	TRY(read_generation(r, in));
	TRY(read_note(r, in));
	TRY(read_stock(r, in));
	return read_faces(r, in);
}

/* ---- all of them ---- */

typedef struct shelf {
	reader r;
	print_layout *v;
	size_t n;
} shelf;

/* In the place of the one of that name, or behind the others. */
static rc
add(shelf *s, str name, str file, str text)
{
	str id = str_sub(name, 0, name.n - STR(".yaml").n);
	size_t i = 0;

	while (i < s->n && !str_eq(s->v[i].id, id))
		i++;
	if (i == PRINT_LAYOUTS_MAX)
		return FAIL(s->r.f, RC_INVALID, "print.many", FA_INT("max", PRINT_LAYOUTS_MAX));
	s->r.out = &s->v[i];
	s->n = MAX(s->n, i + 1);
	return read_layout(&s->r, id, file, text);
}

static rc
add_packed(shelf *s, const pack *p)
{
	str name, text;

	for (size_t i = 0; pack_each(p, STR(FOLDER), &i, &name);) {
		if (!str_ends(name, STR(".yaml")))
			continue;
		TRY(pack_find(p, s->r.a, name, &text));
		TRY(add(s, str_from(name, STR(FOLDER).n), name, text));
	}
	return RC_OK;
}

static rc
add_own(shelf *s, str folder)
{
	file_names names;
	str text;

	rc e = file_list(s->r.a, s->r.f, folder, &names);
	if (e != RC_OK)
		return e == RC_NOT_FOUND ? RC_OK : e;
	for (size_t i = 0; i < names.n; i++) {
		if (!str_ends(names.v[i], STR(".yaml")))
			continue;
		str path = str_fmt(s->r.a, "%.*s/%.*s", STR_ARG(folder), STR_ARG(names.v[i]));
		TRY(file_read(s->r.a, s->r.f, path, PRINT_FILE_MAX, &text));
		TRY(add(s, names.v[i], path, text));
	}
	return RC_OK;
}

rc
print_layouts_load(arena *a, fault *f, const catalogue *fields, const pack *p, str folder,
		   const print_layouts **out)
{
	print_layouts *all = arena_new(a, print_layouts);
	service_words *words = NULL;

	TRY(words_open(a, f, fields, NULL, 0, &words));
	shelf s = {.r = {.a = a, .f = f, .fields = fields, .words = words},
		   .v = arena_array(a, print_layout, PRINT_LAYOUTS_MAX)};
	TRY(add_packed(&s, p));
	if (folder.n)
		TRY(add_own(&s, folder));
	*all = (print_layouts){.v = s.v, .n = s.n, .fields = fields, .words = words};
	*out = all;
	return RC_OK;
}

const print_layout *
print_layout_find(const print_layouts *all, str id)
{
	for (size_t i = 0; i < all->n; i++)
		if (str_eq(all->v[i].id, id))
			return &all->v[i];
	return NULL;
}

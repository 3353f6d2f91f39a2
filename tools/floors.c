/* floors.c - includes only point down: base < io < {feel, link, store} < app/<noun> < web < main.
 *
 *   floors ROOT          prints file:line: what is wrong, and ends with 1 when something is
 *
 * A file may include from its own folder and from floors below. Folders of one floor may not see each other,
 * except the nouns of app/ and the audiences of web/, which may as long as no circle comes of it. A folder
 * and those inside it are one house. */
#include "source.h"

#include <stdio.h>

enum { NO_FLOOR = -1, MAX_FOLDERS = 256 };

/* `sideways`: folders on this floor may include each other. What is generated from locale/ and lists/ is
 * ground for every floor but base. */
static const struct {
	str name;
	int floor;
	bool sideways;
} floors[] = {
	{{"base", 4}, 0, false}, {{"locale", 6}, 0, false}, {{"lists", 5}, 0, false}, {{"io", 2}, 1, false},
	{{"feel", 4}, 2, false}, {{"link", 4}, 2, false},   {{"store", 5}, 2, false}, {{"app", 3}, 3, true},
	{{"web", 3}, 4, true},   {{"main", 4}, 5, false},
};

/* One include: which of ours looks into which folder, and where that stands. */
typedef struct edge {
	const source *from;
	size_t at;
	str include; /* "store/db.h" */
	str self;    /* folder of the file below src/: "app/person" */
	str other;   /* folder of what it includes */
} edge;

typedef struct house {
	arena *a;
	sources files;
	VEC(edge) edges;
	int wrong;
} house;

static void
say(house *h, const edge *e, const char *what)
{
	printf("%.*s:%d: %s: \"%.*s\"\n", STR_ARG(e->from->path), source_line(e->from, e->at), what,
	       STR_ARG(e->include));
	h->wrong++;
}

static str
first_part(str path)
{
	ptrdiff_t slash = str_find_char(path, '/');

	return slash < 0 ? path : str_sub(path, 0, (size_t)slash);
}

static int
floor_of(str folder, bool *sideways)
{
	for (size_t i = 0; i < LEN(floors); i++) {
		if (str_eq(first_part(folder), floors[i].name)) {
			*sideways = floors[i].sideways;
			return floors[i].floor;
		}
	}
	return NO_FLOOR;
}

/* The includes of one file, in order. */
static void
read_includes(house *h, const source *s)
{
	str rest = s->code, line;
	str self = str_from(source_folder(s), STR("src/").n);

	if (rest.n == 0)
		return;
	while (str_next(&rest, '\n', &line)) {
		str l = str_trim(line);
		if (!str_starts(l, STR("#include \"")))
			continue;
		l = str_from(l, STR("#include \"").n);
		ptrdiff_t end = str_find_char(l, '"'), slash = -1;
		if (end < 0)
			continue;
		l = str_sub(l, 0, (size_t)end);
		for (size_t i = 0; i < l.n; i++)
			if (l.p[i] == '/')
				slash = (ptrdiff_t)i;
		*vec_add(h->a, &h->edges) =
			(edge){.from = s,
			       .at = (size_t)(line.p - s->code.p),
			       .include = l,
			       .self = self,
			       .other = slash < 0 ? STR("") : str_sub(l, 0, (size_t)slash)};
	}
}

/* A generated header stands in the build folder under the same path, so the path alone decides. */
static void
check_edge(house *h, const edge *e)
{
	bool side_self = false, side_other = false;
	int self = floor_of(e->self, &side_self), other = floor_of(e->other, &side_other);

	if (e->other.n == 0)
		say(h, e, "an include names its folder from src/");
	else if (self == NO_FLOOR)
		say(h, e, "this folder stands on no floor");
	else if (other == NO_FLOOR)
		say(h, e, "on no floor");
	else if (other > self)
		say(h, e, "looks up");
	else if (other == self && !str_eq(e->self, e->other) && !(side_self && side_other))
		say(h, e, "looks sideways");
}

/* x.c includes x.h before anything else, which proves that x.h stands by itself. */
static void
check_first(house *h, const source *s)
{
	const edge *first = NULL;

	if (!str_ends(s->path, STR(".c")))
		return;
	str own = str_fmt(h->a, "%.*s.h", (int)s->path.n - 6, s->path.p + 4);
	for (size_t i = 0; i < h->edges.n; i++) {
		const edge *e = &h->edges.v[i];
		if (e->from != s)
			continue;
		first = first ? first : e;
		if (e != first && str_eq(e->include, own))
			say(h, e, "its own header comes first");
	}
}

/* "web" and "web/desk": what lies inside a folder is of its house. */
static bool
inside(str folder, str other)
{
	return str_starts(folder, other) && folder.n > other.n && folder.p[other.n] == '/';
}

/* Depth first over folders; `path` holds the edges walked, so that a circle can be shown whole. */
static bool
walk(house *h, str folder, const edge *path[], size_t depth)
{
	for (size_t i = 0; i < depth; i++) {
		if (!str_eq(path[i]->self, folder))
			continue;
		for (size_t k = i; k < depth; k++)
			say(h, path[k], "part of a circle");
		return true;
	}
	if (depth == MAX_FOLDERS)
		return false;
	for (size_t i = 0; i < h->edges.n; i++) {
		const edge *e = &h->edges.v[i];
		bool same = str_eq(first_part(e->self), first_part(e->other));
		if (!same || inside(e->self, e->other) || inside(e->other, e->self) ||
		    !str_eq(e->self, folder) || str_eq(e->other, folder))
			continue;
		bool seen = false; /* one edge a pair of folders is enough */
		for (size_t k = 0; k < i && !seen; k++)
			seen = str_eq(h->edges.v[k].self, e->self) && str_eq(h->edges.v[k].other, e->other);
		path[depth] = e;
		if (!seen && walk(h, e->other, path, depth + 1))
			return true;
	}
	return false;
}

int
main(int argc, char **argv)
{
	const edge *path[MAX_FOLDERS];
	house h = {.a = arena_open(NULL, 0)};

	if (argc != 2) {
		fprintf(stderr, "usage: floors ROOT\n");
		return 2;
	}
	sources_read(h.a, argv[1], "src", &h.files);
	for (size_t i = 0; i < h.files.n; i++)
		if (source_is_c(&h.files.v[i]))
			read_includes(&h, &h.files.v[i]);
	for (size_t i = 0; i < h.edges.n; i++)
		check_edge(&h, &h.edges.v[i]);
	for (size_t i = 0; i < h.files.n; i++)
		check_first(&h, &h.files.v[i]);
	for (size_t i = 0; i < h.edges.n; i++)
		if (walk(&h, h.edges.v[i].self, path, 0))
			break;
	arena_close(h.a);
	return h.wrong > 0;
}

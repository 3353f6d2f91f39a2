/* scope.c - the names an expression may use: a trie over the bytes of their canonical form, walked along the
 * source to find the longest name that stands there. */
#include "feel/priv.h"

typedef struct trie trie;
struct trie {
	trie *child, *next;
	char c;
	bool ends;
	str name, key;
	uint32_t slot;
	const feel_type *type;
};

struct feel_scope {
	arena *a;
	trie names, types;
	bool unknown_ok;
};

feel_scope *
feel_scope_open(arena *a)
{
	feel_scope *s = arena_new(a, feel_scope);

	s->a = a;
	return s;
}

static trie *
step_to(const trie *t, char c)
{
	for (trie *k = t->child; k; k = k->next)
		if (k->c == c)
			return k;
	return NULL;
}

static void
add(arena *a, trie *t, str name, uint32_t slot, const feel_type *type)
{
	str key = lex_canonical(a, name);

	for (size_t i = 0; i < key.n; i++) {
		trie *k = step_to(t, key.p[i]);
		if (!k) {
			k = arena_new(a, trie);
			k->c = key.p[i];
			k->next = t->child;
			t->child = k;
		}
		t = k;
	}
	t->ends = true;
	t->name = str_dup(a, name);
	t->key = key;
	t->slot = slot;
	t->type = type;
}

void
feel_scope_add(feel_scope *s, str name, uint32_t slot, const feel_type *type)
{
	add(s->a, &s->names, name, slot, type);
}

void
feel_scope_add_type(feel_scope *s, str name, const feel_type *type)
{
	add(s->a, &s->types, name, 0, type);
}

void
feel_scope_allow_unknown(feel_scope *s)
{
	s->unknown_ok = true;
}

void
scope_share_types(feel_scope *s, const feel_scope *from)
{
	s->types = from->types;
}

bool
scope_unknown_ok(const feel_scope *s)
{
	return s && s->unknown_ok;
}

/* Candidates end where a node ends; lex_match then decides whether the name really stands there, so that the
 * rules of white space and of name ends are written once. */
static bool
longest(const trie *t, str text, uint32_t at, scope_hit *hit)
{
	hit->length = 0;
	for (uint32_t i = at; t;) {
		if (t->ends) {
			uint32_t n = lex_match(text, at, t->key);
			if (n > hit->length)
				*hit = (scope_hit){
					.name = t->name, .slot = t->slot, .type = t->type, .length = n};
		}
		char c;
		if (!lex_canonical_next(text, &i, at, &c))
			break;
		t = step_to(t, c);
	}
	return hit->length > 0;
}

bool
scope_longest(const feel_scope *s, str text, uint32_t at, scope_hit *hit)
{
	return s && longest(&s->names, text, at, hit);
}

bool
scope_type_longest(const feel_scope *s, str text, uint32_t at, scope_hit *hit)
{
	return s && longest(&s->types, text, at, hit);
}

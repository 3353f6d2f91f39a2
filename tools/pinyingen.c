/* pinyingen.c - makes the tables of src/base/pinyin.c from the Unicode Character Database (Unihan, version of
 * the Debian package unicode-data).
 *
 *   pinyingen Unihan_Readings.txt Unihan_Variants.txt > pinyin_table.h
 *
 * Readings: the first kMandarin value without its tone, ü as v. Variants: a character that the Table of
 * General Standard Chinese Characters (kTGHZ2013) does not hold is folded to one that it holds: first by
 * kSimplifiedVariant, else by kSemanticVariant or kZVariant when both are read alike. A character of the
 * Table is never folded: 昇 and 升 are two names. Built before everything else, so it leans on nothing but
 * the C library. */
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 0x40000, FIRST = 0x4e00, LAST = 0x9fff, SYLLABLES = 512, SYLLABLE = 8, LINE = 8192, WAYS = 4 };

typedef struct gen {
	uint16_t reading[CODES]; /* index + 1 into syllable, 0: none */
	bool standard[CODES];
	uint32_t simple[CODES][WAYS], alike[CODES][WAYS];
	char syllable[SYLLABLES][SYLLABLE];
	size_t n;
} gen;

static void
die(const char *what, const char *of)
{
	fprintf(stderr, "pinyingen: %s: %s\n", what, of);
	exit(1);
}

/* The next character of p, 0 at the end. The files are UTF-8. */
static uint32_t
next(const char **p)
{
	const unsigned char *s = (const unsigned char *)*p;
	uint32_t len = s[0] < 0x80 ? 1 : s[0] < 0xe0 ? 2 : s[0] < 0xf0 ? 3 : 4;
	uint32_t c = len == 1 ? s[0] : s[0] & (0x7fU >> len);

	for (uint32_t i = 1; i < len; i++)
		c = c << 6 | (s[i] & 0x3f);
	*p += c ? len : 0;
	return c;
}

/* The letter without its tone. */
static char
plain(uint32_t c)
{
	static const struct {
		char letter;
		uint32_t toned[5];
	} row[] = {
		{'a', {0x101, 0xe1, 0x1ce, 0xe0}},
		{'e', {0x113, 0xe9, 0x11b, 0xe8, 0xea}},
		{'e', {0x1ebf, 0x1ec1}},
		{'i', {0x12b, 0xed, 0x1d0, 0xec}},
		{'o', {0x14d, 0xf3, 0x1d2, 0xf2}},
		{'u', {0x16b, 0xfa, 0x1d4, 0xf9}},
		{'v', {0x1d6, 0x1d8, 0x1da, 0x1dc, 0xfc}},
		{'n', {0x144, 0x148, 0x1f9}},
		{'m', {0x1e3f}},
	};

	if (c >= 'a' && c <= 'z')
		return (char)c;
	for (size_t i = 0; i < sizeof row / sizeof row[0]; i++)
		for (size_t k = 0; k < 5; k++)
			if (row[i].toned[k] == c)
				return row[i].letter;
	return '\0';
}

static uint16_t
syllable(gen *g, const char *text)
{
	char s[SYLLABLE] = "";
	size_t n = 0, i = 0;

	for (uint32_t c; (c = next(&text)) && c != ' ';) {
		if (c >= 0x300 && c < 0x370) /* a tone that no composed letter carries */
			continue;
		char letter = plain(c);
		if (!letter || n + 1 >= SYLLABLE)
			die("no reading", text);
		s[n++] = letter;
	}
	while (i < g->n && strcmp(g->syllable[i], s) != 0)
		i++;
	if (i == SYLLABLES)
		die("too many syllables", s);
	if (i == g->n)
		memcpy(g->syllable[g->n++], s, sizeof s);
	return (uint16_t)(i + 1);
}

/* "U+5CF0<kHKGlyph U+5CEF" into the free places of `way`. */
static void
targets(const char *text, uint32_t way[WAYS])
{
	size_t n = 0;

	while (n < WAYS && way[n])
		n++;
	for (const char *p = text; n < WAYS && (p = strstr(p, "U+")); p += 2)
		way[n++] = (uint32_t)strtoul(p + 2, NULL, 16);
}

static void
take(gen *g, uint32_t cp, const char *field, const char *value)
{
	if (strcmp(field, "kMandarin") == 0)
		g->reading[cp] = syllable(g, value);
	else if (strcmp(field, "kTGHZ2013") == 0)
		g->standard[cp] = true;
	else if (strcmp(field, "kSimplifiedVariant") == 0)
		targets(value, g->simple[cp]);
	else if (strcmp(field, "kSemanticVariant") == 0 || strcmp(field, "kZVariant") == 0)
		targets(value, g->alike[cp]);
}

static void
read_file(gen *g, const char *path)
{
	static char line[LINE];
	FILE *in = fopen(path, "rb");

	if (!in)
		die("cannot open", path);
	while (fgets(line, sizeof line, in)) {
		char *field = strchr(line, '\t'), *value = field ? strchr(field + 1, '\t') : NULL;
		unsigned long cp = strncmp(line, "U+", 2) == 0 ? strtoul(line + 2, NULL, 16) : 0;
		if (!value || cp == 0 || cp >= CODES)
			continue;
		*field++ = *value++ = '\0';
		value[strcspn(value, "\n")] = '\0';
		take(g, (uint32_t)cp, field, value);
	}
	if (ferror(in))
		die("cannot read", path);
	fclose(in);
}

static uint32_t
standard_of(const gen *g, uint32_t cp, const uint32_t way[WAYS], bool read_alike)
{
	for (size_t i = 0; i < WAYS && way[i]; i++) {
		uint32_t to = way[i];
		if (to < CODES && g->standard[to] &&
		    (!read_alike || (g->reading[to] && g->reading[to] == g->reading[cp])))
			return to;
	}
	return 0;
}

/* What the character is folded to, or 0. */
static uint32_t
folded(const gen *g, uint32_t cp)
{
	uint32_t to = 0;

	if (g->standard[cp])
		return 0;
	to = standard_of(g, cp, g->simple[cp], true);
	to = to ? to : standard_of(g, cp, g->simple[cp], false);
	return to ? to : standard_of(g, cp, g->alike[cp], true);
}

static void
print(const gen *g)
{
	printf("/* Made by tools/pinyingen.c from the Unicode Character Database; terms of use in "
	       "docs/data-sources.md. */\n"
	       "enum { READING_FIRST = 0x%x, READING_LAST = 0x%x };\n\nstatic const char syllable[][%d] = "
	       "{\n",
	       FIRST, LAST, SYLLABLE);
	for (size_t i = 0; i < g->n; i++)
		printf("\"%s\",%c", g->syllable[i], i % 12 == 11 ? '\n' : ' ');
	printf("};\n\n/* By code point; index into syllable and one, 0: no reading. */\nstatic const "
	       "uint16_t reading[] = {\n");
	for (uint32_t cp = FIRST; cp <= LAST; cp++)
		printf("%u,%c", g->reading[cp], cp % 24 == 23 ? '\n' : ' ');
	printf("};\n\n/* The rest, sorted: code point << 10 | index. */\nstatic const uint32_t rare[] = {\n");
	for (uint32_t cp = 0, n = 0; cp < CODES; cp++)
		if (g->reading[cp] && (cp < FIRST || cp > LAST))
			printf("0x%x,%c", cp << 10 | (g->reading[cp] - 1U), n++ % 12 == 11 ? '\n' : ' ');
	printf("};\n\n/* Sorted: from, to. */\nstatic const uint32_t variant[][2] = {\n");
	for (uint32_t cp = 0, n = 0; cp < CODES; cp++)
		if (folded(g, cp))
			printf("{0x%x, 0x%x},%c", cp, folded(g, cp), n++ % 6 == 5 ? '\n' : ' ');
	printf("};\n");
}

int
main(int argc, char **argv)
{
	gen *g = calloc(1, sizeof *g);

	if (argc != 3 || !g) {
		fprintf(stderr, "usage: pinyingen Unihan_Readings.txt Unihan_Variants.txt\n");
		return 2;
	}
	read_file(g, argv[1]);
	read_file(g, argv[2]);
	if (g->n == 0)
		die("no readings", argv[1]);
	print(g);
	free(g);
	if (fflush(stdout) != 0 || ferror(stdout))
		die("cannot write", "standard output");
	return 0;
}

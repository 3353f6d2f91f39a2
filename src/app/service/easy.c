/* easy.c - the guide in easy words. How long its sentences may be is held to here, as the guidelines for easy
 * reading ask (Inclusion Europe, Information for All: short sentences, one idea in each, a picture beside).
 */
#include "app/service/service_priv.h"
#include "base/utf8.h"

static bool
is_han(uint32_t c)
{
	return (c >= 0x3400 && c <= 0x9fff) || (c >= 0x20000 && c <= 0x3ffff);
}

static bool
ends_sentence(uint32_t c)
{
	return c == 0x3002 /* 。 */ || c == 0xff01 /* ！ */ || c == 0xff1f /* ？ */ || c == 0xff1b /* ； */;
}

/* Counts the Han characters of a line; a sentence of more than are read at once is a fault. */
static rc
count_line(loader *l, const yaml *at, str text, size_t *all)
{
	size_t n = 0;
	uint32_t c;

	for (str rest = text; utf8_next(&rest, &c);) {
		n = ends_sentence(c) ? 0 : n + is_han(c);
		*all += is_han(c);
		if (n > EASY_SENTENCE_HAN)
			return YAML_FAIL(l->f, at, "service.easy_sentence", FA_STR("text", text),
					 FA_INT("max", EASY_SENTENCE_HAN));
	}
	return RC_OK;
}

static rc
read_lines(loader *l, const yaml *list, service_easy_part *out, size_t *all)
{
	pair *line = arena_array(l->a, pair, list->n);

	for (size_t i = 0; i < list->n; i++) {
		const yaml *in = &list->item[i];
		TRY(yaml_is(l->f, in, YAML_MAP));
		TRY(ONLY(l, in, STR("zh"), STR("en")));
		TRY(yaml_need_text(l->f, in, STR("zh"), &line[i].zh));
		TRY(yaml_need_text(l->f, in, STR("en"), &line[i].en));
		line[i] = (pair){str_dup(l->a, line[i].zh), str_dup(l->a, line[i].en)};
		TRY(count_line(l, in, line[i].zh, all));
	}
	out->line = line;
	out->n = list->n;
	return RC_OK;
}

static rc
read_part(loader *l, const yaml *in, service_easy_part *out, size_t *all)
{
	const yaml *list = NULL, *picture = NULL;

	TRY(yaml_is(l->f, in, YAML_MAP));
	TRY(ONLY(l, in, STR("picture"), STR("heading"), STR("lines")));
	TRY(yaml_need(l->f, in, STR("picture"), &picture));
	TRY(yaml_text(l->f, picture, &out->picture));
	if (!picture_find(l->ask->fields, out->picture).n)
		return YAML_FAIL(l->f, picture, "service.easy_picture", FA_STR("name", out->picture));
	out->picture = str_dup(l->a, out->picture);
	TRY(need_pair(l, in, STR("heading"), &out->heading));
	TRY(count_line(l, in, out->heading.zh, all));
	TRY(yaml_need_kind(l->f, in, STR("lines"), YAML_LIST, &list));
	return read_lines(l, list, out, all);
}

rc
read_easy(loader *l, const yaml *name)
{
	service_easy *e = arena_new(l->a, service_easy);
	const yaml *root = NULL, *list = NULL;
	str file;
	size_t all = 0;

	TRY(yaml_text(l->f, name, &file));
	TRY(open_file(l, name, file, &root));
	TRY(yaml_is(l->f, root, YAML_MAP));
	TRY(ONLY(l, root, STR("title"), STR("read by"), STR("read on"), STR("parts")));
	TRY(need_pair(l, root, STR("title"), &e->title));
	TRY(opt_pair(l, root, STR("read by"), &e->read_by));
	if (e->read_by.zh.n)
		TRY(yaml_need_day(l->f, root, STR("read on"), &e->read_on));
	TRY(yaml_need_kind(l->f, root, STR("parts"), YAML_LIST, &list));
	service_easy_part *part = arena_array(l->a, service_easy_part, list->n);
	for (size_t i = 0; i < list->n; i++)
		TRY(read_part(l, &list->item[i], &part[i], &all));
	if (all > EASY_PAGE_HAN)
		return YAML_FAIL(l->f, root, "service.easy_page", FA_INT("n", (int64_t)all),
				 FA_INT("max", EASY_PAGE_HAN));
	e->part = part;
	e->n = list->n;
	l->s->easy = e;
	return RC_OK;
}

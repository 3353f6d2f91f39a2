/* text.c - pages of words from lists/pages/NAME.yaml, both languages side by side: a new page is a new file
 * and a row. */
#include "web/public/text.h"

#include "io/pack.h"
#include "io/yaml.h"

enum { TEXT_MAX = 1 << 18 };

static rc
pair(web_req *rq, const yaml *y, const char *key, str *out)
{
	str zh, en;

	TRY(yaml_need_pair(rq->fault, y, str_of(key), &zh, &en));
	*out = rq->lang == MSG_EN ? en : zh;
	return RC_OK;
}

static rc
read_section(web_req *rq, const yaml *y, struct tpl_text_section *out)
{
	const yaml *body = NULL;
	str zh, en;

	TRY(pair(rq, y, "heading", &out->heading));
	TRY(yaml_need_kind(rq->fault, y, STR("body"), YAML_LIST, &body));
	str *line = arena_array(rq->a, str, body->n);
	for (size_t i = 0; i < body->n; i++) {
		TRY(yaml_need_text(rq->fault, &body->item[i], STR("zh"), &zh));
		TRY(yaml_need_text(rq->fault, &body->item[i], STR("en"), &en));
		line[i] = rq->lang == MSG_EN ? en : zh;
	}
	out->body = (tpl_list_str){.v = line, .n = body->n};
	return RC_OK;
}

/* The file is named as the path: /help is lists/pages/help.yaml. */
rc
text_read(web_req *rq, str path, struct tpl_text_page *out)
{
	str file = str_fmt(rq->a, "lists/pages%.*s.yaml", STR_ARG(path)), text;
	const yaml *y = NULL, *list = NULL;

	TRY(pack_find(&pack_all, rq->a, file, &text));
	TRY(yaml_parse(rq->a, rq->fault, file, text, TEXT_MAX, &y));
	TRY(pair(rq, y, "title", &out->title));
	TRY(yaml_need_kind(rq->fault, y, STR("sections"), YAML_LIST, &list));
	struct tpl_text_section *s = arena_array(rq->a, struct tpl_text_section, list->n);
	for (size_t i = 0; i < list->n; i++)
		TRY(read_section(rq, &list->item[i], &s[i]));
	out->sections = (tpl_list_text_section){.v = s, .n = list->n};
	return RC_OK;
}

static rc
text_page(web_req *rq)
{
	struct tpl_text_page page = {0};

	TRY(text_read(rq, str_of(rq->route->path), &page));
	tpl_text_page(web_html(rq), &page);
	return web_page(rq, 200);
}

const web_route text_routes[] = {
	{"GET", "/help", text_page, "open", "How to use the site"},
	{"GET", "/accessibility", text_page, "open", "The accessibility statement"},
	{"GET", "/privacy", text_page, "open", "What happens to personal data"},
	{"GET", "/contact", text_page, "open", "How to reach a person"},
	{0},
};

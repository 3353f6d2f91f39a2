/* ask_test.c - questions of every kind on a page, filled in well and badly, over both engines. */
#include "web/ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>

#include <cmocka.h>

#include "web/room_fixture.h"

/* One question of each kind, by the field it asks for. */
static const char *const asked[] = {"name",     "id_number",  "onset",       "claimed_category",
				    "cause",    "home_visit", "phone",       "registration_place",
				    "findings", "iq",         "bank_account"};

static ask
ask_all(web_req *rq)
{
	service_question *q = arena_array(rq->a, service_question, LEN(asked));
	ask k = ask_of(rq, NULL);

	for (size_t i = 0; i < LEN(asked); i++) {
		q[i].field = field_find(house_of(rq)->fields, str_of(asked[i]));
		q[i].optional = i == 5 || i == 10;
	}
	q[0].ask = (pair){STR("孩子叫什么名字"), STR("What is the child called")};
	rc r = ask_add(&k, q, LEN(asked));
	assert_int_equal(r, RC_OK);
	return k;
}

static rc
page(web_req *rq, ask *k, bool posted)
{
	html_safe inputs;
	buf *b = web_html(rq)->b;
	tpl_list_field_error e = ask_errors(k);

	TRY(ask_show(k, posted, &inputs));
	html_keys(web_html(rq));
	for (size_t i = 0; i < e.n; i++)
		buf_fmt(b, "<a href=\"#%.*s\">%.*s</a>\n", STR_ARG(e.v[i].field), STR_ARG(e.v[i].text));
	html_put_safe(web_html(rq), inputs);
	return web_page(rq, posted ? 422 : 200);
}

static rc
show(web_req *rq)
{
	ask k = ask_all(rq);

	return page(rq, &k, false);
}

static rc
take(web_req *rq)
{
	ask k = ask_all(rq);
	buf b = buf_in(rq->a);

	TRY(ask_read(&k, ASK_NEEDED));
	if (k.problems.n)
		return page(rq, &k, true);
	for (size_t i = 0; i < k.said.n; i++)
		buf_fmt(&b, "%.*s=%.*s\n", STR_ARG(k.said.v[i].field), STR_ARG(k.said.v[i].raw));
	return web_bytes(rq, 200, STR("text/plain"), buf_str(&b));
}

static const web_route routes[] = {{"GET", "/ask", show, "open", "Questions of every kind"},
				   {"POST", "/ask", take, "open", "What was answered"},
				   {0}};

static room *
room_open(fixture *x)
{
	static const web_route *const tables[] = {routes, NULL};
	room *m = room_new(x);
	region_numbers list = {0};
	int64_t rows = 0;

	*vec_add(x->a, &list) = 99;
	*vec_add(x->a, &list) = 46;
	assert_int_equal(region_load(x->s, &pack_all, &x->f, &list, x->now, &rows), RC_OK);
	room_serve(m, tables);
	return m;
}

#define GOOD                                                                                                                   \
	"name=阿卜杜热依木·麦麦提&id_number=９９０１０１１９９００３０７００１５&onset-year=2024&" \
	"onset-month=3&onset-day=5&claimed_category=4&cause=42&home_visit=1&phone=138 0000 0001&"                              \
	"findings=右腿\r\n缺失&iq=100&bank_account="

static str
post(room *m, const char *fields)
{
	return browser_post(&m->b, browser_get(&m->b, STR("/ask")), STR("/ask"), fields);
}

static void
every_kind_has_its_input(fixture *x)
{
	room *m = room_open(x);
	str reply = browser_get(&m->b, STR("/ask"));

	browser_says(reply, 200, "for=\"name\">孩子叫什么名字</label>");
	browser_says(reply, 200, "18 位，最后一位可能是 X");
	browser_says(reply, 200, "name=\"onset-month\"");
	browser_says(reply, 200, "type=\"radio\" value=\"4\"");
	browser_says(reply, 200, "<select class=\"govuk-select\" id=\"cause\"");
	browser_says(reply, 200,
		     "<label class=\"govuk-label govuk-radios__label\" for=\"home_visit-3\">不填</label>");
	browser_says(reply, 200, "id=\"registration_place-text\"");
	browser_says(reply, 200, "银行账号（选填）");
	web_stop(m->app, 1000);
}

static void
good_answers_become_values(fixture *x)
{
	room *m = room_open(x);
	str reply = post(m, GOOD "&registration_place-text=990102001001");

	browser_says(reply, 200,
		     "name=阿卜杜热依木·麦麦提\nid_number=990101199003070015\nonset=2024-03-05\n");
	browser_says(reply, 200,
		     "phone=13800000001\nregistration_place=990102001001\nfindings=右腿\n缺失\niq=100\n");
	browser_says(reply, 200, "bank_account=\n");
	web_stop(m->app, 1000);
}

static void
what_is_wrong_is_said_at_its_input(fixture *x)
{
	room *m = room_open(x);
	str reply = post(m, "name=A1&id_number=99010119900307001&onset-year=2024&onset-month=2&onset-day=30&"
			    "claimed_category=9&phone=12&findings=x&iq=many&registration_place-text=");

	browser_says(reply, 422, "<a href=\"#name\">“姓名”应只有姓名用字");
	browser_says(reply, 422, "<a href=\"#id_number\">");
	browser_says(reply, 422, "<a href=\"#onset\">“致残时间”应为日期");
	browser_says(reply, 422, "<a href=\"#claimed_category\">");
	browser_says(reply, 422, "<a href=\"#cause\">请在“致残原因”中选择");
	browser_says(reply, 422, "<a href=\"#registration_place-text\">请在“户籍地”中选择");
	browser_says(reply, 422, "<a href=\"#iq\">“智商”应为整数");
	browser_says(reply, 422, "value=\"99010119900307001\" spellcheck=\"false\" aria-invalid=\"true\"");
	browser_says(reply, 422, "name=\"onset-day\" type=\"text\" inputmode=\"numeric\" value=\"30\"");
	assert_false(browser_sees(reply, "#home_visit"));
	browser_says(post(m, GOOD "&name=x\x01y&registration_place-text=990102001001"), 200,
		     "name=阿"); /* the first */
	browser_says(post(m, "name=张\x01三"), 422, "无法识别的字符");
	browser_says(post(m, "name=<b>\"x"), 422, "value=\"&lt;b&gt;&quot;x\"");
	browser_says(post(m, "id_number=990101199002300011"), 422, "#id_number\">");
	web_stop(m->app, 1000);
}

static void
a_place_is_reached_level_by_level(fixture *x)
{
	room *m = room_open(x);

	browser_says(post(m, GOOD "&registration_place-text=zzzz"), 422, "没有找到“zzzz”");
	str reply = post(m, GOOD "&registration_place-text=wangshu"); /* one county */
	browser_says(reply, 422, "name=\"registration_place-within\" value=\"990102000000\"");
	browser_says(reply, 422, "请在“示例省青禾市望舒区”下面选到村");
	reply = post(m, GOOD "&registration_place-within=990102000000&registration_place=990102001000");
	browser_says(reply, 422, "value=\"990102001001\"");
	browser_says(post(m, GOOD "&registration_place=990102001001"), 200,
		     "registration_place=990102001001");
	browser_says(post(m, GOOD "&registration_place-keep=990102001001"), 200,
		     "registration_place=990102001001");
	browser_says(post(m, GOOD "&registration_place=990199001001"), 422, "没有找到");
	web_stop(m->app, 1000);
}

BOTH(every_kind_has_its_input)
BOTH(good_answers_become_values)
BOTH(what_is_wrong_is_said_at_its_input)
BOTH(a_place_is_reached_level_by_level)

int
main(void)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(every_kind_has_its_input),
		BOTH_TESTS(good_answers_become_values),
		BOTH_TESTS(what_is_wrong_is_said_at_its_input),
		BOTH_TESTS(a_place_is_reached_level_by_level),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

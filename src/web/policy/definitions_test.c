/* definitions_test.c - one proposes, another publishes, on a real port, over both engines. */
#include "web/policy/policy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/account/account_fixture.h"
#include "base/date.h"
#include "web/room_fixture.h"
#include "web/session.h"

#define PARAMETERS "/policy/definitions/parameters/parameters"
#define TEXT                                                                                                 \
	"card_years:\n  name: {zh: 年限, en: Years}\n  number: [1, 50]\n  values:\n"                       \
	"    - {from: 2018-01-01, value: 10, basis: {zh: 《办法》, en: Measures, article: \"19\"}}\n"

enum { EDITOR = 31, PUBLISHER, BOTH_POSTS, READER };

/* Who asks from now on. */
static void
as(int64_t account)
{
	room_actor = (actor){.kind = ACTOR_STAFF, .tenant = COUNTY, .account = account, .name = STR("李明")};
	perms_add(&room_actor.perms, PERM_POLICY_READ);
	if (account == EDITOR || account == BOTH_POSTS)
		perms_add(&room_actor.perms, PERM_POLICY_EDIT);
	if (account == PUBLISHER || account == BOTH_POSTS)
		perms_add(&room_actor.perms, PERM_POLICY_PUBLISH);
}

typedef struct bureau {
	town w;
	room *m;
} bureau;

static bureau
opened(fixture *x)
{
	static const web_route *const tables[] = {definition_routes, NULL};
	bureau k = {.w = town_open(x), .m = room_new(x)};

	OK(&k.w, door_open(x->a, &x->f, k.m->house.roles, &k.m->house.door));
	room_serve(k.m, tables);
	return k;
}

static str
get(bureau *k, const char *path)
{
	return browser_get(&k->m->b, str_of(path));
}

/* From the form of the page that stands there. */
static str
post(bureau *k, const char *path, const char *fields)
{
	str page = get(k, path);
	ptrdiff_t main = str_find(page, STR("<main"));

	return browser_post(&k->m->b, str_from(page, main < 0 ? 0 : (size_t)main), str_of(path), fields);
}

static void
two_people_and_a_day(fixture *x)
{
	bureau o = opened(x), *k = &o;

	as(EDITOR);
	browser_says(get(k, "/policy/definitions"), 200, "还没有发布过");
	browser_says(get(k, "/policy/definitions/service/nobody"), 404, "");
	browser_says(get(k, PARAMETERS), 200, "检查并提出程序自带的文本");
	assert_int_equal(browser_status(post(k, PARAMETERS, "act=program")), 303);
	browser_says(get(k, PARAMETERS), 200, "第 1 版");
	/* a second time it says just the same: nothing to propose */
	browser_says(browser_post(&k->m->b, get(k, PARAMETERS), STR(PARAMETERS), "act=program"), 422,
		     "完全相同");
	browser_says(get(k, PARAMETERS "/1"), 200, "由政策发布人核对后发布");
	browser_says(get(k, PARAMETERS "/1"), 200, "参数，第 1 版</h1>");
	browser_says(get(k, "/policy/definitions/service/certificate-new"), 200, "残疾人证新办</h1>");
	assert_int_equal(browser_status(post(k, PARAMETERS "/1", "from-year=2026&from-month=11&from-day=9")),
			 404);

	as(PUBLISHER);
	str page = get(k, PARAMETERS "/1");
	browser_says(page, 200, "检查通过");
	assert_true(browser_sees(page, "<ins>card_years:</ins>"));
	browser_says(post(k, PARAMETERS "/1", "from-year=2026&from-month=11&from-day=1"), 422,
		     "不能早于今天");
	browser_says(post(k, PARAMETERS "/1", "from-year=&from-month=&from-day="), 422, "from");
	str done = post(k, PARAMETERS "/1", "from-year=2026&from-month=11&from-day=9");
	assert_int_equal(browser_status(done), 303);
	browser_says(get(k, PARAMETERS), 200, "未到施行日期");
	page = get(k, PARAMETERS "/1");
	browser_says(page, 200, "已经发布的版本不再改动");
	assert_false(browser_sees(page, "发布这个版本</button>"));
	browser_says(
		browser_post(&k->m->b, page, STR(PARAMETERS "/1"), "from-year=2026&from-month=12&from-day=9"),
		422, "已经发布");
	browser_says(post(k, PARAMETERS, "act=program"), 404, "");
	as(READER);
	browser_says(get(k, "/policy/definitions?as=csv"), 200, "第 1 版");
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

static void
a_text_that_does_not_check_is_told(fixture *x)
{
	bureau o = opened(x), *k = &o;

	as(BOTH_POSTS);
	str page = post(k, PARAMETERS,
			"act=text&file-0=card_years:\n  name: {zh: 年, en: Y}\n  number: [1, 9]\n  values:\n "
			"   - {at: 7, from: 2018-01-01, value: 1}\n");
	browser_says(page, 422, "href=\"#file-0\"");
	assert_true(browser_sees(page, "value: 1}\n</textarea>"));
	assert_true(browser_sees(page, "zc-lines__gone"));
	browser_says(post(k, PARAMETERS, "act=text&file-0="), 422, "href=\"#file-0\"");
	assert_int_equal(browser_status(post(k, PARAMETERS, "act=text&file-0=" TEXT)), 303);
	/* who proposed it does not publish it, whatever posts he holds */
	browser_says(get(k, PARAMETERS "/1"), 200, "两个人");
	browser_says(browser_post(&k->m->b, get(k, PARAMETERS), STR(PARAMETERS "/1"),
				  "from-year=2026&from-month=11&from-day=9"),
		     422, "两个人");
	as(PUBLISHER);
	assert_int_equal(browser_status(post(k, PARAMETERS "/1", "from-year=2026&from-month=11&from-day=2")),
			 303);
	as(EDITOR);
	str next = post(k, PARAMETERS, "act=text&file-0=" TEXT "# 注\n");
	assert_int_equal(browser_status(next), 303);
	page = get(k, PARAMETERS "/2");
	browser_says(page, 200, "与第 1 版相比");
	assert_true(browser_sees(page, "<ins># 注</ins>"));
	assert_false(browser_sees(page, "<ins>card_years"));
	assert_false(browser_sees(page, "<del>"));
	web_stop(k->m->app, 2000);
	proved(&k->w);
}

BOTH(two_people_and_a_day)
BOTH(a_text_that_does_not_check_is_told)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(two_people_and_a_day),
					   BOTH_TESTS(a_text_that_does_not_check_is_told)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

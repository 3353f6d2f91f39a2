/* calendar_test.c - entering a holiday notice on the pages, on a real port, over both engines. */
#include "app/calendar/calendar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <unistd.h>

#include "store/fixture.h"
#include "web/admin/admin.h"
#include "web/room_fixture.h"

#include <cmocka.h>

#define PAGE STR("/admin/calendar")
#define SAVE STR("/admin/calendar/save")

/* What is typed into the form of `page`. */
static str
typed(room *m, const actor *who, str page, str path, const char *year, const char *source, str days)
{
	str fields = str_fmt(m->x->a, "year=%s&source=%s&days=%.*s", year, source, STR_ARG(days));

	return send_form(m, who, page, path, cstr(m->x->a, fields));
}

static const char notice[] = "一、元旦：1月1日（周五）至3日（周日）放假，共3天。\n"
			     "二、春节：2月5日至11日放假调休，共7天。2月14日（周日）上班。\n"
			     "三、劳动节：5月1日至5日放假，共5天。\n";

static void
a_notice_is_compared_then_saved(fixture *x)
{
	static const web_route *const tables[] = {admin_calendar_routes, NULL};
	actor keeper = {.kind = ACTOR_STAFF, .account = 7}, nobody = keeper; /* nobody: he may nothing */
	room *m = room_new(x);
	int64_t years = 0;

	assert_int_equal(calendar_seed(x->s, &pack_all, &x->f, x->now, &years), RC_OK);
	perms_add(&keeper.perms, PERM_SITE_OPERATE);
	room_serve(m, tables);
	browser_says(page_of(m, &nobody, PAGE), 404, "");
	str page = page_of(m, &keeper, PAGE);
	browser_says(page, 200, "缺少 2027 年的放假通知");
	browser_says(page, 200, "文号不详");
	/* wrong: told at the field, what was typed stands there again, nothing is saved */
	str bad = typed(m, &keeper, page, PAGE, "2027", "国办", STR("元旦：2月30日放假。"));
	browser_says(bad, 422, "日期 2027-2-30 不存在");
	browser_says(bad, 422, "元旦：2月30日放假。");
	bad = typed(m, &keeper, page, PAGE, "1850", "", str_of(notice));
	browser_says(bad, 422, "href=\"#year\"");
	browser_says(bad, 422, "href=\"#source\"");
	/* right: shown for comparison first */
	str check = typed(m, &keeper, page, PAGE, "2027", "国办发明电〔2026〕7号", str_of(notice));
	browser_says(check, 200, "请对照通知核对");
	browser_says(check, 200, "2027-02-14 work 春节");
	browser_says(page_of(m, &keeper, PAGE), 200, "缺少 2027");
	str days = between(check, "name=\"days\" value=\"", "\"");
	browser_says(typed(m, &keeper, check, SAVE, "2027", "国办发明电〔2026〕7号", days), 303,
		     "/admin/calendar?saved=2027");
	page = page_of(m, &keeper, STR("/admin/calendar?saved=2027"));
	browser_says(page, 200, "2027 年的放假通知已生效");
	assert_int_equal(str_find(page, STR("缺少 2027")), -1);
	/* the same post again is one act */
	browser_says(typed(m, &keeper, check, SAVE, "2027", "国办发明电〔2026〕7号", days), 303,
		     "saved=2027");
	page = page_of(m, &keeper, PAGE);
	assert_int_equal(str_find(page, STR("已更正")), -1);
	web_stop(m->app, 2000);
}

BOTH(a_notice_is_compared_then_saved)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(a_notice_is_compared_then_saved)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

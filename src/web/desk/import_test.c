/* import_test.c - the pages of the import as a browser meets them: what is wrong with an upload, the same
 * post twice, two windows, somebody else's list; over both engines. */
#include "web/desk/import.h"

#include <arpa/inet.h>
#include <sys/socket.h>
#include <unistd.h>

#include "app/errand/errand_fixture.h"
#include "io/sheet_child.h"
#include "web/asset.h"
#include "web/desk/desk.h"
#include "web/session.h"

enum { REPLY_MAX = 1 << 20 };

#define BOUNDARY "zhucan-test-boundary"

static actor asker; /* the hook has no other way to him */

static void
sessions(void *self, web_req *rq)
{
	(void)self;
	rq->actor = &asker;
	rq->session = STR("test");
}

typedef struct desk {
	county *o;
	arena *a;
	house h;
	web_app *w;
} desk;

static str
talk(desk *k, str text)
{
	struct sockaddr_in to = {.sin_family = AF_INET,
				 .sin_port = htons((uint16_t)web_port(k->w)),
				 .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
	char *reply = arena_alloc(k->a, REPLY_MAX);
	size_t n = 0;
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	assert_int_equal(connect(fd, (const struct sockaddr *)&to, sizeof to), 0);
	assert_int_equal(send(fd, text.p, text.n, MSG_NOSIGNAL), text.n);
	for (ssize_t got; n < REPLY_MAX && (got = recv(fd, reply + n, REPLY_MAX - n, 0)) > 0;)
		n += (size_t)got;
	close(fd);
	return (str){reply, n};
}

static str
get(desk *k, str path)
{
	return talk(k, str_fmt(k->a, "GET %.*s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
			       STR_ARG(path)));
}

static str
send_body(desk *k, str path, const char *type, str body, size_t length)
{
	buf b = buf_in(k->a);

	buf_fmt(&b,
		"POST %.*s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nSec-Fetch-Site: "
		"same-origin\r\n"
		"Content-Type: %s\r\nContent-Length: %zu\r\n\r\n",
		STR_ARG(path), type, length);
	buf_put(&b, body);
	return talk(k, buf_str(&b));
}

static str
between(str s, const char *from, const char *to)
{
	ptrdiff_t at = str_find(s, str_of(from));

	if (at < 0)
		fail_msg("no %s in %.*s", from, STR_ARG(s));
	s = str_from(s, (size_t)at + strlen(from));
	return str_sub(s, 0, (size_t)str_find(s, str_of(to)));
}

static void
says(str reply, int status, const char *words)
{
	char begin[32];

	snprintf(begin, sizeof begin, "HTTP/1.1 %d ", status);
	if (!str_starts(reply, str_of(begin)) || str_find(reply, str_of(words)) < 0)
		fail_msg("no %d \"%s\" in %.*s", status, words, (int)MIN(reply.n, (size_t)6000), reply.p);
}

static str
key_on(str page)
{
	return between(page, "name=\"request-key\" value=\"", "\"");
}

/* A form of fields, with the keys of the page it stands on. */
static str
post(desk *k, str path, str page, const char *fields)
{
	buf b = buf_in(k->a);

	buf_lit(&b, "csrf=");
	html_build_part(&b, between(page, "name=\"csrf\" value=\"", "\""));
	buf_lit(&b, "&request-key=");
	html_build_part(&b, key_on(page));
	buf_fmt(&b, "&%s", fields);
	return send_body(k, path, "application/x-www-form-urlencoded", buf_str(&b), b.n);
}

static void
put_part(buf *b, const char *name, const char *filename, str value)
{
	buf_fmt(b, "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"", name);
	if (filename)
		buf_fmt(b, "; filename=\"%s\"\r\nContent-Type: application/octet-stream", filename);
	buf_lit(b, "\r\n\r\n");
	buf_put(b, value);
	buf_lit(b, "\r\n");
}

/* An upload from `page`. filename NULL: nothing was chosen. */
static str
upload(desk *k, str page, const char *filename, str bytes)
{
	buf b = buf_in(k->a);

	put_part(&b, "csrf", NULL, between(page, "name=\"csrf\" value=\"", "\""));
	put_part(&b, "request-key", NULL, key_on(page));
	if (filename)
		put_part(&b, "sheet", filename, bytes);
	buf_lit(&b, "--" BOUNDARY "--\r\n");
	return send_body(k, STR("/desk/imports/new"), "multipart/form-data; boundary=" BOUNDARY, buf_str(&b),
			 b.n);
}

static desk *
desk_open(fixture *x)
{
	static const web_route *const tables[] = {import_routes, roster_routes, people_routes, NULL};
	static const uint8_t key[32] = {1};
	desk *k = arena_new(x->a, desk);

	*k = (desk){.o = county_open(x), .a = x->a};
	k->h = (house){.site = &k->o->site,
		       .roles = k->o->w.roles,
		       .looks = looks_open(x->a),
		       .fields = k->o->c,
		       .bench = k->o->b};
	OK(&k->o->w, door_open(x->a, &x->f, k->o->w.roles, &k->h.door));
	web_config config = {.http = {.listen = STR("127.0.0.1:0"), .spool = bench_dir(k->o->b).p},
			     .tables = tables,
			     .assets = web_assets,
			     .hooks = house_hooks(&k->h, sessions),
			     .form_key = key};
	OK(&k->o->w, web_start(&x->f, &config, &k->w));
	asker = k->o->clerk;
	return k;
}

static str
place_of(str reply)
{
	says(reply, 303, "Location: ");
	return between(reply, "Location: ", "\r");
}

static int64_t
id_of(str path)
{
	int64_t id = 0;

	assert_true(str_to_i64(str_from(path, STR("/desk/imports/files/").n), &id));
	return id;
}

static size_t
files_in(desk *k)
{
	file_names names;

	OK(&k->o->w, file_list(k->a, &k->o->x->f, bench_dir(k->o->b), &names));
	return names.n;
}

static void
an_upload_is_checked_at_the_door(fixture *x)
{
	desk *k = desk_open(x);
	str page = get(k, STR("/desk/imports/new")), list = county_sheet(k->o, 0, 5, NULL, 0);

	says(page, 200, "导入一份名单");
	says(upload(k, page, NULL, STR("")), 422, "请选择名单文件");
	says(upload(k, page, "a.csv", STR("")), 422, "这个文件是空的");
	says(send_body(k, STR("/desk/imports/new"), "multipart/form-data; boundary=" BOUNDARY, STR("x"),
		       (size_t)300 << 20),
	     413, "");
	assert_int_equal(files_in(k), 0);
	says(send_body(k, STR("/desk/imports/new"), "multipart/form-data; boundary=" BOUNDARY,
		       STR("--" BOUNDARY "--\r\n"), STR("--" BOUNDARY "--\r\n").n),
	     403, "");

	/* the same post twice is one upload, and leaves one file */
	str first = place_of(upload(k, page, "名单.csv", list)),
	    second = place_of(upload(k, page, "名单.csv", list));
	assert_true(str_eq(first, second));
	assert_int_equal(files_in(k), 1);
	says(get(k, first), 200, "Refresh: 2");
	errand e = county_work(k->o, id_of(first));
	assert_int_equal(e.state, ERRAND_MAP);
	says(get(k, first), 200, "核对列名");

	/* what cannot be read is said in its place, and the upload is gone */
	str bad = place_of(upload(k, get(k, STR("/desk/imports/new")), "b.xls",
				  STR("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")));
	county_work(k->o, id_of(bad));
	says(get(k, bad), 200, "另存为 XLSX");

	for (int i = 1; i < ERRAND_OPEN; i++)
		(void)place_of(upload(k, get(k, STR("/desk/imports/new")), "c.csv", list));
	size_t before = files_in(k);
	says(upload(k, get(k, STR("/desk/imports/new")), "c.csv", list), 422, "未完成的名单");
	assert_int_equal(files_in(k), before);
	web_stop(k->w, 2000);
}

/* The first two columns as given, the others left out. */
static const char *
mapping(desk *k, const char *first, const char *second)
{
	buf b = buf_in(k->a);

	buf_fmt(&b, "act=map&c0=%s&c1=%s", first, second);
	for (int i = 2; i < SAMPLE_COLUMNS; i++)
		buf_fmt(&b, "&c%d=none", i);
	return cstr(k->a, buf_str(&b));
}

static void
two_windows_and_strangers(fixture *x)
{
	desk *k = desk_open(x);
	str at = place_of(
		upload(k, get(k, STR("/desk/imports/new")), "名单.csv", county_sheet(k->o, 0, 5, NULL, 0)));

	county_work(k->o, id_of(at));
	str one = get(k, at), two = get(k, at);
	says(post(k, at, one, "act=map&c0=name&c1=name"), 422, "都对应");
	says(post(k, at, one, mapping(k, "none", "none")), 422, "没有一列对应“姓名”");
	says(post(k, at, one, mapping(k, "name", "none")), 422, "没有一列对应“身份证号”");
	says(post(k, at, one, "act=map&c0=nobody"), 422, "选择无效");
	errand e = county_errand(k->o, id_of(at));
	OK(&k->o->w, county_agree(k->o, &e));
	county_work(k->o, id_of(at));
	str moved = place_of(post(k, at, two, "act=map&c0=name&c3=id_number"));
	assert_true(str_ends(moved, STR("?moved=1")));
	says(get(k, moved), 200, "另一个窗口");

	one = get(k, at);
	two = get(k, at);
	assert_true(str_eq(place_of(post(k, at, one, "act=load")), at));
	assert_true(str_ends(place_of(post(k, at, two, "act=load")), STR("?moved=1")));
	assert_true(str_ends(place_of(post(k, at, two, "act=drop")), STR("?moved=1")));
	e = county_work(k->o, id_of(at));
	assert_int_equal(e.state, ERRAND_DONE);
	str done = place_of(get(k, at));
	says(get(k, done), 200, "名单已载入");

	/* it is his alone until it is loaded, and his office's afterwards */
	str import = str_fmt(k->a, "/desk/imports/%lld", (long long)e.import);
	str undo = str_cat(k->a, import, STR("/undo")), page = get(k, undo);
	asker.account++;
	says(get(k, at), 404, "");
	says(post(k, at, page, "act=load"), 404, "");
	says(get(k, str_cat(k->a, at, STR("/refused"))), 404, "");
	says(get(k, import), 200, "一次导入");
	asker.office++;
	says(get(k, import), 404, "");
	says(get(k, undo), 404, "");
	says(post(k, undo, page, ""), 404, "");
	says(get(k, str_cat(k->a, import, STR("/incomplete"))), 404, "");
	asker = k->o->clerk;
	str todo = str_cat(k->a, import, STR("/incomplete")), list = get(k, todo);
	says(list, 200, "照片");
	str made = place_of(post(k, todo, list, ""));
	bool worked = true;
	while (worked)
		OK(&k->o->w, bench_turn(k->o->b, &x->f, &worked));
	says(get(k, made), 200, "共 5 人");
	says(get(k, str_cat(k->a, made, STR("/sheet"))), 200, "PK");
	web_stop(k->w, 2000);
}

/* Loads a sheet; the page of the import that it was. */
static str
loaded(desk *k, str list)
{
	str at = place_of(upload(k, get(k, STR("/desk/imports/new")), "名单.csv", list));
	errand e = county_work(k->o, id_of(at));

	OK(&k->o->w, county_agree(k->o, &e));
	county_work(k->o, e.id);
	OK(&k->o->w, county_step(k->o, e.id, ERRAND_CHECKED, ERRAND_LOAD));
	e = county_work(k->o, e.id);
	assert_int_equal(e.state, ERRAND_DONE);
	return str_fmt(k->a, "/desk/imports/%lld", (long long)e.import);
}

static str
rows_of(desk *k, str import, const char *more)
{
	return get(k, str_fmt(k->a, "%.*s/rows%s", STR_ARG(import), more));
}

static int64_t
looks_kept(desk *k)
{
	static const uint8_t seed[32] = {1};
	sign_key key = sign_key_of(seed);
	ledger_ask ask = {
		.scratch = fixture_path(k->o->x, "looks"), .key = key.open, .derived = person_derived};
	ledger_report r;

	OK(&k->o->w, ledger_check(k->o->x->s, k->a, &k->o->x->f, &ask, &r));
	assert_int_equal(r.nfindings, 0);
	return r.looks;
}

static void
the_counts_lead_to_their_rows(fixture *x)
{
	static const county_cell wrong[] = {{3, SC_ID, "123"}},
				 other[] = {{1, SC_NAME, "李小明"}, {1, SC_PHONE, "13700000001"}};
	desk *k = desk_open(x);
	str one = loaded(k, county_sheet(k->o, 0, 30, wrong, 1));

	/* whom it entered: page by page, all of them as a sheet, and each of them was looked at */
	str page = get(k, one);
	says(page, 200, "/rows?show=added");
	says(page, 200, "/rows?show=refused");
	assert_true(str_find(page, STR("/rows?show=same")) < 0); /* none */
	int64_t before = looks_kept(k);
	page = rows_of(k, one, "?show=added");
	says(page, 200, "已新增的人员");
	says(page, 200, "/rows?show=added&amp;page=2");
	assert_true(str_find(page, STR("href=\"/desk/people/")) >= 0);
	assert_true(str_find(page, STR("****")) >= 0);
	assert_int_equal(looks_kept(k), before + 1);
	page = rows_of(k, one, "?show=added&list=rows&as=csv");
	says(page, 200, "行号,姓名,身份证号");
	assert_int_equal(looks_kept(k), before + 1 + 29);
	/* who was refused, and why */
	page = rows_of(k, one, "?show=refused");
	says(page, 200, "身份证号码");
	says(page, 200, "data-label=\"原因\"");

	/* the same again with another name: same, and different field by field */
	str two = loaded(k, county_sheet(k->o, 0, 3, other, 2));
	page = rows_of(k, two, ""); /* nobody was entered: the first kind that there is */
	says(page, 200, "与档案相同的人员");
	page = rows_of(k, two, "?show=differs");
	says(page, 200, "姓名：表格为“李小明”");
	says(page, 200, "联系电话：表格为“137****0001”");
	page = rows_of(k, two, "?show=differs&list=rows&as=csv");
	says(page, 200, "行号,姓名,身份证号,不同之处");

	/* a colleague reads whom it entered; the rest was the uploader's file */
	asker.account++;
	says(rows_of(k, one, "?show=added"), 200, "已新增的人员");
	page = rows_of(k, one, "?show=refused");
	says(page, 200, "只有导入人能看");
	assert_true(str_find(page, STR("data-label=\"原因\"")) < 0);
	assert_true(str_find(get(k, one), STR("show=refused")) < 0);
	asker.office++;
	says(rows_of(k, one, "?show=added"), 404, "");
	web_stop(k->w, 2000);
}

static void
a_roster_is_written_and_fetched(fixture *x)
{
	desk *k = desk_open(x);
	str at = place_of(
		upload(k, get(k, STR("/desk/imports/new")), "名单.csv", county_sheet(k->o, 0, 5, NULL, 0)));

	errand e = county_work(k->o, id_of(at));
	OK(&k->o->w, county_agree(k->o, &e));
	county_work(k->o, e.id);
	OK(&k->o->w, county_step(k->o, e.id, ERRAND_CHECKED, ERRAND_LOAD));
	county_work(k->o, e.id);

	str page = get(k, STR("/desk/roster"));
	says(page, 200, "生成花名册");
	says(post(k, STR("/desk/roster"), page, "purpose=3"), 422, "请至少选择一列");
	says(post(k, STR("/desk/roster"), page, "person=name"), 422, "href=\"#purpose\"");
	str made = place_of(post(k, STR("/desk/roster"), get(k, STR("/desk/roster")),
				 "person=name&person=sex&purpose=3"));
	bool worked = true;
	while (worked)
		OK(&k->o->w, bench_turn(k->o->b, &x->f, &worked));
	says(get(k, made), 200, "共 5 人");
	says(get(k, str_cat(k->a, made, STR("/sheet"))), 200, "PK");
	asker.account++;
	says(get(k, made), 404, "");
	says(get(k, str_cat(k->a, made, STR("/sheet"))), 404, "");
	asker = k->o->clerk;
	says(post(k, made, get(k, made), ""), 303, "dropped");
	says(get(k, made), 404, "");
	web_stop(k->w, 2000);
}

BOTH(an_upload_is_checked_at_the_door)
BOTH(two_windows_and_strangers)
BOTH(the_counts_lead_to_their_rows)
BOTH(a_roster_is_written_and_fetched)

int
main(int argc, char **argv)
{
	const struct CMUnitTest tests[] = {
		BOTH_TESTS(an_upload_is_checked_at_the_door), BOTH_TESTS(two_windows_and_strangers),
		BOTH_TESTS(the_counts_lead_to_their_rows), BOTH_TESTS(a_roster_is_written_and_fetched)};

	if (argc > 1 && strcmp(argv[1], SHEET_CHILD) == 0)
		return sheet_child_main(argc, argv);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

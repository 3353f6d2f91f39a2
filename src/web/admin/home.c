/* home.c - what this post may do here, and how the site stands. */
#include "app/site/status.h"

#include "base/date.h"
#include "locale/msg_ids.h"
#include "web/admin/admin.h"
#include "web/admin/sheet.h"

typedef struct way {
	const char *href;
	int title, words;
	perm need;
} way;

static const way ways[] = {
	{"/admin/accounts", MSG_ADMIN_ACCOUNTS, MSG_ADMIN_ACCOUNTS_WORDS, PERM_ACCOUNT_READ},
	{"/admin/offices", MSG_ADMIN_OFFICES, MSG_ADMIN_OFFICES_WORDS, PERM_OFFICE_WRITE},
	{"/admin/status", MSG_ADMIN_STATUS_TITLE, MSG_ADMIN_STATUS_WORDS, PERM_SITE_OPERATE},
	{"/admin/jobs", MSG_JOBS_TITLE, MSG_ADMIN_JOBS_WORDS, PERM_SITE_OPERATE},
	{"/admin/calendar", MSG_NAV_CALENDAR, MSG_ADMIN_CALENDAR_WORDS, PERM_SITE_OPERATE},
};

static rc
admin_home(web_req *rq)
{
	struct tpl_door *v = arena_array(rq->a, struct tpl_door, LEN(ways));
	const actor *who = house_actor(rq);
	size_t n = 0;

	for (size_t i = 0; i < LEN(ways); i++)
		if (perms_has(&who->perms, ways[i].need))
			v[n++] = (struct tpl_door){.title = sheet_words(rq, ways[i].title),
						   .words = sheet_words(rq, ways[i].words),
						   .href = str_of(ways[i].href)};
	if (n == 0) /* to all others there is no such page */
		return RC_NOT_FOUND;
	str post = who->role ? sheet_role(rq, who->role->id) : STR("");
	tpl_admin_home(web_html(rq),
		       &(struct tpl_admin_home){
			       .who = str_fmt(rq->a, "%.*s %.*s", STR_ARG(who->name), STR_ARG(post)),
			       .doors = {v, n}});
	return web_page(rq, 200);
}

static str
count(web_req *rq, int64_t n)
{
	return str_fmt(rq->a, "%lld", (long long)n);
}

/* "shown on a page of this site: 1 waiting, 20 sent, 0 lost" */
static str
outbox_words_of(web_req *rq, const outbox_state *n)
{
	const outbox_adapter *by = site_outbox(house_of(rq)->site);
	const fault_arg arg[] = {{.name = "by",
				  .is_text = true,
				  .s = sheet_named(rq, "outbox.by.", by ? by->name : STR("nobody"))},
				 {.name = "waiting", .i = n->waiting},
				 {.name = "sent", .i = n->sent},
				 {.name = "lost", .i = n->lost},
				 {0}};

	return msg_text(rq->a, rq->lang, MSG_ADMIN_STATUS_MESSAGES, arg);
}

static rc
status(web_req *rq)
{
	static const int heads[] = {MSG_ADMIN_STATUS_TENANT, MSG_ADMIN_STATUS_CHAIN, MSG_ADMIN_STATUS_SEQ,
				    MSG_ADMIN_STATUS_AT};
	static const int kinds[] = {[SITE_LIVE] = MSG_ADMIN_SITE_LIVE,
				    [SITE_TRAINING] = MSG_ADMIN_SITE_TRAINING,
				    [SITE_DEMO] = MSG_ADMIN_SITE_DEMO};
	const site *place = house_of(rq)->site;
	site_status s;
	db *d = NULL;

	TRY(house_read(rq, &d));
	TRY(site_status_read(d, rq->a, rq->fault, house_actor(rq)->tenant, rq->now, &s));
	const struct tpl_answer answers[] = {
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_KIND), .value = sheet_words(rq, kinds[place->kind])},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_VERSION), .value = STR(ZHUCAN_VERSION)},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_ENGINE),
		 .value = str_of(store_engine(house_store(rq)))},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_SCHEMA), .value = s.schema},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_NOW), .value = instant_str(rq->a, rq->now, false)},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_QUEUE),
		 .value = count(rq, (int64_t)store_queued(house_store(rq)))},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_OUTBOX), .value = outbox_words_of(rq, &s.outbox)},
		{.key = sheet_words(rq, MSG_ADMIN_OFFICES), .value = count(rq, s.offices)},
		{.key = sheet_words(rq, MSG_ADMIN_ACCOUNTS), .value = count(rq, s.accounts)},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_PEOPLE), .value = count(rq, s.people)},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_EVENTS), .value = count(rq, s.events)},
		{.key = sheet_words(rq, MSG_ADMIN_STATUS_LOOKS), .value = count(rq, s.looks)},
	};
	struct tpl_head_row *v = arena_array(rq->a, struct tpl_head_row, s.signed_heads.n);
	for (size_t i = 0; i < s.signed_heads.n; i++)
		v[i] = (struct tpl_head_row){
			.tenant = s.signed_heads.v[i].tenant,
			.chain = sheet_named(rq, "admin.chain.", s.signed_heads.v[i].chain),
			.seq = s.signed_heads.v[i].seq,
			.at = instant_str(rq->a, s.signed_heads.v[i].at, false)};
	tpl_admin_status(web_html(rq),
			 &(struct tpl_admin_status){.answers = {answers, LEN(answers)},
						    .columns = sheet_columns(rq, heads, LEN(heads)),
						    .rows = {v, s.signed_heads.n}});
	return web_page(rq, 200);
}

const web_route admin_home_routes[] = {
	{"GET", "/admin", admin_home, "open", "What the post of the asker may do here"},
	{"GET", "/admin/status", status, "site.operate", "How the site stands"},
	{0},
};

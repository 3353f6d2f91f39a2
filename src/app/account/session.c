/* session.c - see session.h. */
#include "app/account/session.h"

#include "app/account/account.h"
#include "app/account_sql.h"
#include "base/date.h"
#include "base/utf8.h"

enum { TOKEN_BYTES = 32, TOKEN_TEXT = 43, CLIENT_MAX = 120 };

#define MINUTE 60000
#define HOUR   (60 * (int64_t)MINUTE)
#define DAY    (24 * HOUR)

const session_limits session_staff = {15 * MINUTE, 8 * HOUR};
const session_limits session_public = {30 * MINUTE, 30 * MINUTE};

static str
draw(arena *a)
{
	char raw[TOKEN_BYTES];

	crypto_random(raw, sizeof raw);
	str text = base64_encode(a, BASE64_BARE, (str){raw, sizeof raw});
	crypto_wipe(raw, sizeof raw);
	return text;
}

str
session_hash(arena *a, crypto *c, str token)
{
	if (token.n != TOKEN_TEXT)
		return STR("");
	digest d = crypto_sha256(c, token);
	return base64_encode(a, BASE64_BARE, digest_str(&d));
}

session_secret
session_draw(arena *a, crypto *c)
{
	session_secret s = {.token = draw(a), .csrf = draw(a)};

	s.hash = session_hash(a, c, s.token);
	return s;
}

/* ---- finding ---- */

static bool
alive(const session_row_row *r, int64_t now, int64_t used)
{
	return now < r->ends && now - used < r->idle;
}

/* The rows are sorted by `lo`; what touches becomes one interval. */
static scope
join_intervals(arena *a, const session_posts_rows *rows)
{
	interval *v = arena_array(a, interval, rows->n + 1);
	size_t n = 0;

	for (size_t i = 0; i < rows->n; i++) {
		const session_posts_row *r = &rows->v[i];
		if (!r->role.n || r->level == DB_NULL)
			continue;
		if (n && r->lo <= v[n - 1].hi)
			v[n - 1].hi = MAX(v[n - 1].hi, r->hi);
		else
			v[n++] = (interval){r->lo, r->hi};
	}
	return (scope){v, n};
}

/* A role that asks a second factor is not acted in without one, however the session came to it. */
static void
take_post(actor *who, arena *a, const roles *all, const session_posts_rows *rows, bool factor)
{
	const session_posts_row *p = NULL;

	for (size_t i = 0; i < rows->n && !p; i++)
		if (rows->v[i].role.n && rows->v[i].level != DB_NULL)
			p = &rows->v[i];
	const role *r = p ? role_find(all, p->role) : NULL;
	if (!r || (r->second_factor && !factor))
		return;
	who->role = r;
	who->office = p->office;
	who->level = (office_level)p->level;
	who->stands_for = p->stands_for;
	who->line = p->line;
	who->scope = join_intervals(a, rows);
	who->perms = r->perms;
	who->fields = p->sensitive ? r->fields : r->fields & ~(unsigned)FIELD_SENSITIVE;
}

static void
take_applicant(actor *who, const roles *all)
{
	const role *r = role_find(all, STR("applicant"));

	who->role = r;
	who->perms = r ? r->perms : (perms){0};
	who->fields = r ? r->fields : 0;
}

rc
session_find(db *d, arena *a, fault *f, const session_ask *ask, session *out)
{
	session_row_row r;
	session_posts_rows rows;

	if (ask->hash.n == 0)
		return RC_NOT_FOUND;
	TRY(sql_session_row(d, a, f, ask->hash, &r));
	int64_t used = MAX(r.used, ask->seen);
	if (!alive(&r, ask->now, used) || r.stage < 0 || r.stage >= SESSION_STAGES)
		return RC_NOT_FOUND;
	TRY(sql_session_posts(d, a, f,
			      &(session_posts_in){.tenant = r.tenant,
						  .account = r.account,
						  .post = r.post,
						  .today = date_str(a, date_of_instant(ask->now))},
			      &rows));
	if (rows.n == 0)
		return RC_NOT_FOUND;
	bool staff = !str_eq(rows.v[0].kind, STR("applicant"));
	*out = (session){.who = {.kind = staff ? ACTOR_STAFF : ACTOR_APPLICANT,
				 .tenant = r.tenant,
				 .account = r.account,
				 .name = rows.v[0].name},
			 .stage = (session_stage)r.stage,
			 .factor = r.factor != 0,
			 .hash = ask->hash,
			 .csrf = r.csrf,
			 .created = r.created,
			 .used = used,
			 .ends = r.ends};
	if (out->stage != SESSION_OPEN)
		return RC_OK;
	out->who.person = rows.v[0].person;
	out->who.home = rows.v[0].home ? rows.v[0].home : r.tenant;
	if (!staff) {
		take_applicant(&out->who, ask->roles);
		return RC_OK;
	}
	take_post(&out->who, a, ask->roles, &rows, out->factor);
	out->who.post = out->who.role ? r.post : 0;
	return RC_OK;
}

/* The factor was given when the work was begun. */
rc
session_actor(db *d, arena *a, fault *f, const session_absent *ask, actor *out)
{
	session_posts_rows rows;

	TRY(sql_session_posts(d, a, f,
			      &(session_posts_in){.tenant = ask->tenant,
						  .account = ask->account,
						  .post = ask->post,
						  .today = date_str(a, date_of_instant(ask->now))},
			      &rows));
	if (rows.n == 0 || str_eq(rows.v[0].kind, STR("applicant")))
		return RC_NOT_FOUND;
	*out = (actor){.kind = ACTOR_STAFF,
		       .tenant = ask->tenant,
		       .account = ask->account,
		       .post = ask->post,
		       .name = rows.v[0].name};
	take_post(out, a, ask->roles, &rows, true);
	return out->role ? RC_OK : RC_NOT_FOUND;
}

/* ---- opening ---- */

static rc
posts_today(tx *t, int64_t tenant, int64_t account, posts_now_rows *out)
{
	return sql_posts_now(tx_db(t), tx_arena(t), tx_fault(t),
			     &(posts_now_in){.tenant = tenant, .account = account, .today = tx_day(t)}, out);
}

/* The second factor comes before a new password: a code from an administrator opens nothing by itself. */
rc
session_stage_of(tx *t, const session_new *n, session_stage *out)
{
	factor_find_row fac;
	credential_find_row cred;
	posts_now_rows held;

	*out = SESSION_OPEN;
	if (!n->staff)
		return RC_OK;
	rc e = sql_factor_find(tx_db(t), tx_arena(t), tx_fault(t),
			       &(factor_find_in){.tenant = n->tenant, .account = n->account}, &fac);
	if (e != RC_OK && e != RC_NOT_FOUND)
		return e;
	bool has = e == RC_OK;
	e = sql_credential_find(tx_db(t), tx_arena(t), tx_fault(t),
				&(credential_find_in){.tenant = n->tenant, .account = n->account}, &cred);
	if (e != RC_OK && e != RC_NOT_FOUND)
		return e;
	bool code = e == RC_OK && cred.ends != 0;
	TRY(posts_today(t, n->tenant, n->account, &held));
	bool asked = false;
	for (size_t i = 0; i < held.n; i++) {
		const role *r = role_find(n->roles, held.v[i].role);
		asked = asked || (r && r->second_factor);
	}
	if (has && !n->factor)
		*out = SESSION_FACTOR;
	else if (code)
		*out = SESSION_PASSWORD;
	else if (asked && !has)
		*out = SESSION_ENROL;
	return RC_OK;
}

static rc
put_row(tx *t, const session_new *n, session_stage stage, int64_t ends)
{
	return sql_session_put(
		tx_db(t), tx_fault(t),
		&(session_put_in){.token = n->secret.hash,
				  .tenant = n->tenant,
				  .account = n->account,
				  .post = n->post,
				  .stage = stage,
				  .factor = n->factor,
				  .csrf = n->secret.csrf,
				  .source = n->place.source.p ? n->place.source : STR(""),
				  .client =
					  utf8_cut(n->place.client.p ? n->place.client : STR(""), CLIENT_MAX),
				  .now = tx_now(t),
				  .idle = n->limits.idle,
				  .ends = ends},
		NULL);
}

rc
session_put(tx *t, const session_new *n, session_stage *stage)
{
	session_new s = *n;
	posts_now_rows held;

	TRY(session_stage_of(t, n, stage));
	TRY(posts_today(t, n->tenant, n->account, &held));
	if (s.post == 0 &&
	    held.n) /* the first of his own; where there are several the page offers the rest */
		s.post = held.v[0].id;
	TRY(put_row(t, &s, *stage, tx_now(t) + n->limits.ends));
	tx_event(t, &(event_head){.tenant = n->tenant,
				  .actor = n->account,
				  .kind = "session.opened",
				  .subject = n->account});
	return tx_event_end(t);
}

/* The session as a command's guard sees it. */
static rc
guard(tx *t, const session_key *k, session_row_row *out)
{
	TRY(sql_session_row(tx_db(t), tx_arena(t), tx_fault(t), k->hash, out));
	if (out->tenant != k->tenant || out->account != k->account || tx_now(t) >= out->ends)
		return RC_NOT_FOUND;
	return RC_OK;
}

rc
session_renew(tx *t, const session_next *n, session_stage *stage)
{
	session_row_row r;
	row_account a;
	int64_t gone = 0;

	TRY(guard(t, &n->old, &r));
	TRY(account_find(t, r.tenant, r.account, &a));
	session_new s = {.roles = n->roles,
			 .secret = n->secret,
			 .place = {r.source, r.client},
			 .limits = {r.idle, 0},
			 .tenant = r.tenant,
			 .account = r.account,
			 .post = n->post < 0 ? r.post : n->post,
			 .staff = !str_eq(a.kind, STR("applicant")),
			 .factor = n->factor || r.factor != 0};
	TRY(sql_session_drop(
		tx_db(t), tx_fault(t),
		&(session_drop_in){.token = n->old.hash, .tenant = r.tenant, .account = r.account}, &gone));
	if (gone != 1)
		return RC_NOT_FOUND;
	TRY(session_stage_of(t, &s, stage));
	return put_row(t, &s, *stage, r.ends);
}

/* ---- commands ---- */

rc
session_touch(tx *t, const void *in, void *out)
{
	const session_key *k = in;

	(void)out;
	return sql_session_used(tx_db(t), tx_fault(t), &(session_used_in){.token = k->hash, .now = tx_now(t)},
				NULL);
}

rc
session_end(tx *t, const void *in, void *out)
{
	const session_key *k = in;
	int64_t n = 0;

	(void)out;
	TRY(sql_session_drop(tx_db(t), tx_fault(t),
			     &(session_drop_in){.token = k->hash, .tenant = k->tenant, .account = k->account},
			     &n));
	if (n == 0)
		return RC_NOT_FOUND;
	tx_event(t, &(event_head){.tenant = k->tenant,
				  .actor = k->account,
				  .kind = "session.ended",
				  .subject = k->account});
	return RC_OK;
}

rc
session_switch(tx *t, const void *in, void *out)
{
	const session_turn *n = in;
	session_row_row r;
	posts_now_rows held;
	session_stage stage;
	bool his = n->post == 0;

	(void)out;
	TRY(guard(t, &n->old, &r));
	if (r.stage != SESSION_OPEN)
		return RC_NOT_FOUND;
	TRY(posts_today(t, r.tenant, r.account, &held));
	for (size_t i = 0; i < held.n; i++)
		his = his || held.v[i].id == n->post;
	if (!his)
		return RC_NOT_FOUND;
	return session_renew(
		t, &(session_next){.roles = n->roles, .old = n->old, .secret = n->next, .post = n->post},
		&stage);
}

rc
session_sweep(tx *t, const void *in, void *out)
{
	int64_t now = tx_now(t);

	(void)in;
	(void)out;
	TRY(sql_sessions_sweep(tx_db(t), tx_fault(t), now, NULL));
	TRY(sql_codes_sweep(tx_db(t), tx_fault(t), now, NULL));
	return sql_delays_sweep(tx_db(t), tx_fault(t), now - 2 * DAY, NULL);
}

/* ---- reads ---- */

rc
session_list(db *d, arena *a, fault *f, const actor *who, int64_t now, session_lines *out)
{
	sessions_of_rows rows;

	*out = (session_lines){0};
	TRY(sql_sessions_of(d, a, f,
			    &(sessions_of_in){.tenant = who->tenant, .account = who->account, .now = now},
			    &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (session_line){.hash = rows.v[i].token,
						  .stage = (session_stage)rows.v[i].stage,
						  .source = rows.v[i].source,
						  .client = rows.v[i].client,
						  .created = rows.v[i].created,
						  .used = rows.v[i].used};
	return RC_OK;
}

rc
session_posts_of(db *d, arena *a, fault *f, const session_whose *w, session_posts *out)
{
	posts_now_rows rows;

	*out = (session_posts){0};
	TRY(sql_posts_now(
		d, a, f,
		&(posts_now_in){.tenant = w->tenant, .account = w->account, .today = date_str(a, w->day)},
		&rows));
	for (size_t i = 0; i < rows.n; i++) {
		const role *r = role_find(w->roles, rows.v[i].role);
		if (r)
			*vec_add(a, out) = (session_post){.id = rows.v[i].id,
							  .role = r,
							  .office = rows.v[i].office_name,
							  .line = rows.v[i].line,
							  .stands_for = rows.v[i].stands_for};
	}
	return RC_OK;
}

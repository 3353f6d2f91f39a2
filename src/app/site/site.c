/* site.c - see site.h. */
#include "app/site/site.h"

#include "app/account/outbox.h"
#include "app/account/session.h"
#include "app/site_sql.h"
#include "base/buf.h"
#include "base/date.h"
#include "io/file.h"
#include "io/yaml.h"
#include "store/ledger.h"

static const str kinds[] = {STR("live"), STR("training"), STR("demo")};

enum { SETTINGS_MAX = 65536, KEY_MAX = 200, DAYS_30 = 30, NODES = 1024 };

static const int64_t DAY_MS = 86400000;

static str
in_dir(arena *a, str dir, const char *name)
{
	return str_fmt(a, "%.*s/%s", STR_ARG(dir), name);
}

/* A path in site.yaml is read from the site's folder; a URL is a URL. */
static str
where(arena *a, str dir, str database)
{
	if (str_find(database, STR("://")) >= 0 || str_starts(database, STR("/")))
		return database;
	return in_dir(a, dir, cstr(a, database));
}

/* ---- the root key ---- */

static rc
write_root(arena *a, fault *f, str dir)
{
	uint8_t key[CRYPTO_KEY];
	buf b = buf_in(a);

	crypto_random(key, sizeof key);
	buf_hex(&b, key, sizeof key);
	buf_c(&b, '\n');
	rc r = file_write(a, f, in_dir(a, dir, "root.key"), buf_str(&b), 0600);
	crypto_wipe(key, sizeof key);
	crypto_wipe(b.p, b.n);
	return r;
}

static rc
read_root(arena *a, fault *f, str dir, uint8_t key[CRYPTO_KEY])
{
	str path = in_dir(a, dir, "root.key"), text, bytes;
	rc r = file_read(a, f, path, KEY_MAX, &text);

	if (r == RC_NOT_FOUND)
		return FAIL(f, RC_INVALID, "site.root_missing", FA_STR("file", path));
	TRY(r);
	if (!hex_decode(a, str_trim(text), &bytes) || bytes.n != CRYPTO_KEY)
		return FAIL(f, RC_INVALID, "site.root_bad", FA_STR("file", path));
	memcpy(key, bytes.p, CRYPTO_KEY);
	return RC_OK;
}

static sign_key
signing_key(crypto *c, const uint8_t root[CRYPTO_KEY])
{
	uint8_t seed[CRYPTO_KEY];

	crypto_hkdf(c, (str){(const char *)root, CRYPTO_KEY}, STR(""), STR("zhucan ledger heads"), seed,
		    sizeof seed);
	sign_key k = sign_key_of(seed);
	crypto_wipe(seed, sizeof seed);
	return k;
}

/* ---- settings ---- */

static void
yaml_quoted(buf *b, str s)
{
	buf_c(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"' || s.p[i] == '\\')
			buf_c(b, '\\');
		buf_c(b, s.p[i]);
	}
	buf_c(b, '"');
}

static rc
write_settings(arena *a, fault *f, str dir, const site_new *how)
{
	buf b = buf_in(a);

	buf_lit(&b, "# What this installation is. Read at start.\nkind: ");
	buf_put(&b, kinds[how->kind]);
	buf_lit(&b, "\nname: {zh: ");
	yaml_quoted(&b, how->name_zh);
	buf_lit(&b, ", en: ");
	yaml_quoted(&b, how->name_en);
	buf_lit(&b, "}\ndatabase: ");
	yaml_quoted(&b, how->database.n ? how->database : STR("site.db"));
	buf_lit(&b, "\nkeys: ");
	yaml_quoted(&b, how->keys.n ? how->keys : STR("keys.db"));
	buf_c(&b, '\n');
	return file_write(a, f, in_dir(a, dir, "site.yaml"), buf_str(&b), 0600);
}

typedef struct settings {
	size_t kind;
	str zh, en, database, keys;
} settings;

static rc
read_settings(arena *a, fault *f, str dir, settings *s)
{
	static const str known[] = {STR("kind"), STR("name"), STR("database"), STR("keys")};
	str path = in_dir(a, dir, "site.yaml"), text;
	const yaml *y = NULL;
	rc r = file_read(a, f, path, SETTINGS_MAX, &text);

	if (r == RC_NOT_FOUND)
		return FAIL(f, RC_NOT_FOUND, "site.none", FA_STR("dir", dir));
	TRY(r);
	TRY(yaml_parse(a, f, path, text, SETTINGS_MAX, &y));
	TRY(yaml_only(f, y, known, LEN(known)));
	TRY(yaml_need_choice(f, y, STR("kind"), kinds, LEN(kinds), &s->kind));
	TRY(yaml_need_pair(f, y, STR("name"), &s->zh, &s->en));
	TRY(yaml_need_text(f, y, STR("database"), &s->database));
	return yaml_need_text(f, y, STR("keys"), &s->keys);
}

/* ---- opening ---- */

rc
site_follow_clock(site *s, fault *f)
{
	arena *own = arena_open(NULL, 0);
	db *d = NULL;
	site_value_row row;
	int64_t offset = 0;

	rc r = store_read(s->store, own, f, &d);
	if (r == RC_OK)
		r = sql_site_value(d, own, f, STR("clock_offset"), &row);
	if (r == RC_OK && !str_to_i64(row.value, &offset))
		r = FAIL(f, RC_INVALID, "site.clock_bad");
	if (r == RC_OK)
		__atomic_store_n(&s->offset, offset, __ATOMIC_RELAXED);
	arena_close(own);
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
open_with(arena *a, fault *f, str dir, bool create, site **out)
{
	site *s = arena_new(a, site);
	settings set = {0};
	uint8_t root[CRYPTO_KEY];
	crypto *c = NULL;
	int64_t node = 0;

	s->dir = str_dup(a, dir);
	TRY(read_settings(a, f, dir, &set));
	TRY(read_root(a, f, dir, root));
	TRY(crypto_open(a, f, &c));
	s->kind = (site_kind)set.kind;
	s->name_zh = set.zh;
	s->name_en = set.en;
	s->signing = signing_key(c, root);
	crypto_hkdf(c, (str){(const char *)root, CRYPTO_KEY}, STR(""), STR("zhucan forms"), s->form_key,
		    sizeof s->form_key);
	/* a command beside the server gives other ids than the server */
	TRY(file_claim(a, f, in_dir(a, dir, "site.lock"), NODES, &node));
	store_options o = {.url = where(a, dir, set.database),
			   .keys = where(a, dir, set.keys),
			   .root = root,
			   .create = create,
			   .node = node};
	rc r = store_open(a, f, &o, &s->store);
	crypto_wipe(root, sizeof root);
	*out = s;
	return r;
}

rc
site_init(arena *a, fault *f, str dir, const site_new *how)
{
	site *s = NULL;
	arena *own = arena_open(a, 0);

	if (file_exists(own, in_dir(own, dir, "site.yaml")))
		return FAIL(f, RC_CONFLICT, "site.exists", FA_STR("dir", dir));
	TRY(file_folder(own, f, in_dir(own, dir, "papers")));
	TRY(write_root(own, f, dir));
	TRY(write_settings(own, f, dir, how));
	TRY(open_with(own, f, dir, true, &s));
	arena_close(own);
	return RC_OK;
}

rc
site_open(arena *a, fault *f, str dir, int64_t (*wall)(void), site **out)
{
	/* an older schema is brought up to date by the program that needs the new one */
	TRY(open_with(a, f, dir, true, out));
	(*out)->wall = wall;
	return site_follow_clock(*out, f);
}

/* ---- the clock ---- */

int64_t
site_now(const site *s)
{
	return s->wall() + __atomic_load_n(&s->offset, __ATOMIC_RELAXED);
}

static rc
keep_offset(tx *t, const void *in, void *out)
{
	(void)out;
	return sql_site_set(
		tx_db(t), tx_fault(t),
		&(site_set_in){.name = STR("clock_offset"),
			       .value = str_fmt(tx_arena(t), "%lld", (long long)*(const int64_t *)in)},
		NULL);
}

rc
site_set_clock(site *s, fault *f, int64_t now)
{
	int64_t offset = now - s->wall();
	arena *a = arena_open(NULL, 0);
	store_command c = {.fn = keep_offset, .in = &offset, .a = a, .now = now};

	if (s->kind == SITE_LIVE) {
		arena_close(a);
		return FAIL(f, RC_DENIED, "site.clock_is_real");
	}
	rc r = store_write(s->store, f, &c);
	if (r == RC_OK)
		__atomic_store_n(&s->offset, offset, __ATOMIC_RELAXED);
	arena_close(a);
	return r;
}

const struct outbox_adapter *
site_outbox(const site *s)
{
	return s->kind == SITE_LIVE ? NULL : &outbox_page;
}

/* ---- jobs ---- */

static rc
sign_slice(tx *t, void *ctx, job *j)
{
	const site *s = ctx;

	j->finished = true;
	return ledger_sign_in(t, &s->signing, &j->done);
}

static rc
sweep_slice(tx *t, void *ctx, job *j)
{
	int64_t before = tx_now(t) - DAYS_30 * DAY_MS, n = 0;

	(void)ctx;
	TRY(sql_request_sweep(tx_db(t), tx_fault(t), before, &j->done));
	TRY(sql_job_sweep(tx_db(t), tx_fault(t), before, &n));
	TRY(session_sweep(t, NULL, NULL));
	j->done += n;
	j->finished = true;
	return RC_OK;
}

static rc
outbox_slice(tx *t, void *ctx, job *j)
{
	int64_t swept = 0;
	bool more = false;

	(void)ctx;
	TRY(outbox_sweep(t, &swept, &more));
	j->done += swept;
	j->finished = !more;
	return RC_OK;
}

const job_kind site_jobs[] = {
	{.kind = "ledger.sign", .slice = sign_slice, .every_min = 1440, .at_min = 0},
	{.kind = "site.sweep", .slice = sweep_slice, .every_min = 1440, .at_min = 190},
	{.kind = "outbox.sweep", .slice = outbox_slice, .every_min = 10, .at_min = 0},
	{0},
};

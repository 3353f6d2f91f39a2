/* region.c - see region.h: reading the tree of divisions as it stood on a day.
 *
 * Rows of `region` never change, changes are few. So each question reads plain rows and the changes of the
 * same codes, and lays one over the other here: the statements stay simple, and "on that day" is written
 * once. */
#include "app/region/region.h"

#include "app/region_sql.h"
#include "base/buf.h"
#include "base/pinyin.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { CODE_DIGITS = 12, HITS_READ = 500, VILLAGES_READ = 40000, NO_MATCH = 2 };

static const int64_t COUNTRY = 1000000000000;

rc
region_code_parse(arena *a, fault *f, str raw, int64_t *out)
{
	str s = text_fold(a, raw);
	int64_t v = 0;

	if ((s.n != 2 && s.n != 4 && s.n != 6 && s.n != 9 && s.n != CODE_DIGITS) || !str_all_digits(s) ||
	    !str_to_i64(s, &v))
		return FAIL(f, RC_INVALID, "region.code", FA_STR("code", s));
	for (size_t n = s.n; n < CODE_DIGITS; n++)
		v *= 10;
	if (v < COUNTRY / 10)
		return FAIL(f, RC_INVALID, "region.code", FA_STR("code", s));
	*out = v;
	return RC_OK;
}

interval
region_interval(const region *r)
{
	return (interval){r->code, r->code + div_span(r->level)};
}

/* ---- rows, and the changes laid over them ---- */

/* Two statements give rows of these columns. */
#define REGION_OF(row)                                                                                       \
	((region){.code = (row).code,                                                                        \
		  .parent = (row).parent,                                                                    \
		  .name = (row).name,                                                                        \
		  .level = (div_level)(row).level,                                                           \
		  .lowest = (div_level)(row).lowest,                                                         \
		  .kind = (region_kind)(row).kind,                                                           \
		  .since = day_of((row).valid_from),                                                         \
		  .until = DATE_NONE})

static int32_t
day_of(str text)
{
	int32_t day = DATE_NONE;

	BUG_ON(!date_parse(text, &day)); /* written by us */
	return day;
}

/* Makes `r` what it was on `day`; false when it was not yet created. Both lists are in order of codes, so *at
 * walks on from row to row. */
static bool
overlay(region *r, const region_changes_rows *changes, size_t *at, int32_t day)
{
	bool born = true;

	while (*at < changes->n && changes->v[*at].code < r->code)
		++*at;
	for (; *at < changes->n && changes->v[*at].code == r->code; ++*at) {
		const region_changes_row *c = &changes->v[*at];
		int32_t from = day_of(c->valid_from);
		if (from > day) {
			born = born && !str_eq(c->kind, STR("created"));
		} else if (c->successor == c->code) {
			r->since = from;
			r->name = c->name;
		} else {
			r->until = from;
			r->successor = c->successor;
		}
	}
	return born;
}

rc
region_find(db *d, arena *a, fault *f, int64_t code, int32_t day, region *out)
{
	region_rows_in_rows rows;
	region_changes_rows changes;
	size_t at = 0;

	TRY(sql_region_rows_in(d, a, f, &(region_rows_in_in){code, code + 1, DIV_PROVINCE, 1}, &rows));
	if (rows.n == 0)
		return RC_NOT_FOUND;
	*out = REGION_OF(rows.v[0]);
	TRY(sql_region_changes(d, a, f, &(region_changes_in){out->parent, code, code + 1}, &changes));
	return overlay(out, &changes, &at, day) ? RC_OK : RC_NOT_FOUND;
}

rc
region_children(db *d, arena *a, fault *f, const region_page *page, region_list *out)
{
	int64_t after = page->after;
	bool rest = true;

	*out = (region_list){0};
	while (out->n < page->max && rest) { /* again, when some of those read had ended */
		region_rows_below_rows rows;
		region_changes_rows changes;
		int64_t want = (int64_t)(page->max - out->n);
		size_t at = 0;
		TRY(sql_region_rows_below(d, a, f, &(region_rows_below_in){page->parent, after, want},
					  &rows));
		rest = rows.n == (size_t)want;
		if (rows.n == 0)
			break;
		int64_t last = rows.v[rows.n - 1].code;
		region_changes_in of = {page->parent, after + 1, last + 1};
		TRY(sql_region_changes(d, a, f, &of, &changes));
		after = last;
		for (size_t i = 0; i < rows.n; i++) {
			region r = REGION_OF(rows.v[i]);
			if (overlay(&r, &changes, &at, page->day) && r.until == DATE_NONE)
				*vec_add(a, out) = r;
		}
	}
	return RC_OK;
}

/* ---- paths ---- */

rc
region_path(db *d, arena *a, fault *f, int64_t code, int32_t day, region_list *out)
{
	region up[DIV_VILLAGE];
	size_t n = 0;

	*out = (region_list){0};
	for (; code != 0; code = up[n++].parent) {
		BUG_ON(n == DIV_VILLAGE);
		TRY(region_find(d, a, f, code, day, &up[n]));
	}
	while (n-- > 0)
		if (up[n].kind != REGION_HEADING || n == 0)
			*vec_add(a, out) = up[n];
	return RC_OK;
}

str
region_path_name(arena *a, const region_list *path)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < path->n; i++)
		buf_put(&b, path->v[i].name);
	return buf_str(&b);
}

/* ---- search ---- */

/* Places whose characters are not read as they usually are, wherever they stand in a name. */
static const struct {
	const char *name, *read;
} readings[] = {
	{"重庆", "chong qing"},       {"长子县", "zhang zi xian"}, {"长", "chang"},
	{"厦门", "xia men"},          {"六安", "lu an"},           {"六合", "lu he"},
	{"蚌埠", "beng bu"},          {"番禺", "pan yu"},          {"乐清", "yue qing"},
	{"乐亭", "lao ting"},         {"乐陵", "lao ling"},        {"铅山", "yan shan"},
	{"浚县", "xun xian"},         {"洪洞", "hong tong"},       {"尉犁", "yu li"},
	{"歙县", "she xian"},         {"荥经", "ying jing"},       {"泌阳", "bi yang"},
	{"莘县", "shen xian"},        {"莘庄", "xin zhuang"},      {"东阿", "dong e"},
	{"涡阳", "guo yang"},         {"黄陂", "huang pi"},        {"犍为", "qian wei"},
	{"筠连", "jun lian"},         {"渑池", "mian chi"},        {"单县", "shan xian"},
	{"繁峙", "fan shi"},          {"牟平", "mu ping"},         {"中牟", "zhong mu"},
	{"大城县", "dai cheng xian"}, {"台州", "tai zhou"},        {"曾都", "zeng du"},
	{"蔚县", "yu xian"},          {"井陉", "jing xing"},       {"漯河", "luo he"},
};

/* The reading of the character or characters at the head of *rest, which it takes off. */
static str
read_next(str *rest, buf *self)
{
	uint32_t cp = 0;

	for (size_t i = 0; i < LEN(readings); i++) {
		str name = str_of(readings[i].name);
		if (str_starts(*rest, name)) {
			*rest = str_from(*rest, name.n);
			return str_of(readings[i].read);
		}
	}
	utf8_next(rest, &cp);
	str read = pinyin_of(cp);
	if (read.n > 0)
		return read;
	buf_clear(self);
	utf8_put(self, cp);
	return buf_str(self);
}

/* Characters in their standard form, ASCII in lower case, without spaces and apostrophes. */
static str
search_form(arena *a, str s)
{
	str rest = str_lower(a, text_fold(a, s));
	buf b = buf_in(a);
	uint32_t cp = 0;

	while (utf8_next(&rest, &cp))
		if (cp != ' ' && cp != '\'')
			utf8_put(&b, pinyin_variant(cp));
	return buf_str(&b);
}

str
region_key_text(arena *a, str name)
{
	buf key = buf_in(a), first = buf_in(a), self = buf_in(a);
	str rest = search_form(a, name), read, part;

	buf_put(&key, rest);
	buf_c(&key, '\n');
	while (rest.n > 0) {
		read = read_next(&rest, &self);
		while (str_next(&read, ' ', &part)) {
			buf_put(&key, part);
			buf_put(&first, utf8_cut(part, 1));
		}
	}
	buf_c(&key, '\n');
	buf_put(&key, buf_str(&first));
	return buf_str(&key);
}

/* 0: one of the key's lines begins with it; 1: it is somewhere inside. */
static int
match_rank(str key, str needle)
{
	ptrdiff_t at = str_find(key, needle);
	str line = {0};

	if (at < 0)
		return NO_MATCH;
	while (str_next(&key, '\n', &line))
		if (str_starts(line, needle))
			return 0;
	return 1;
}

typedef struct hit {
	int64_t code, level;
	int rank;
} hit;

typedef VEC(hit) hit_list;

static int
by_rank(const void *x, const void *y)
{
	const hit *p = x, *q = y;

	if (p->rank != q->rank)
		return p->rank - q->rank;
	if (p->level != q->level)
		return p->level < q->level ? -1 : 1;
	return (p->code > q->code) - (p->code < q->code);
}

/* "%needle%", what LIKE would read otherwise behind a '!'. */
static str
like_pattern(arena *a, str needle)
{
	buf b = buf_in(a);

	buf_c(&b, '%');
	for (size_t i = 0; i < needle.n; i++) {
		if (needle.p[i] == '%' || needle.p[i] == '_' || needle.p[i] == '!')
			buf_c(&b, '!');
		buf_c(&b, needle.p[i]);
	}
	buf_c(&b, '%');
	return buf_str(&b);
}

static rc
search_upper(db *d, arena *a, fault *f, const region_query *q, str needle, hit_list *hits)
{
	region_key_hits_in in = {q->within.lo, q->within.hi, like_pattern(a, needle), HITS_READ};
	region_key_hits_rows rows;

	TRY(sql_region_key_hits(d, a, f, &in, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, hits) =
			(hit){rows.v[i].code, rows.v[i].level, match_rank(rows.v[i].text, needle)};
	return RC_OK;
}

/* Villages have no stored keys: those of a city, at most some ten thousand, are matched as they are read. */
static rc
search_villages(db *d, arena *a, fault *f, const region_query *q, str needle, hit_list *hits)
{
	region_rows_in_in in = {q->within.lo, q->within.hi, DIV_VILLAGE, VILLAGES_READ};
	region_rows_in_rows rows;
	arena *own = arena_open(a, 0), *key = arena_open(own, 0);

	TRY(sql_region_rows_in(d, own, f, &in, &rows));
	for (size_t i = 0; i < rows.n && hits->n < HITS_READ; i++) {
		int rank = match_rank(region_key_text(key, rows.v[i].name), needle);
		if (rank < NO_MATCH)
			*vec_add(a, hits) = (hit){rows.v[i].code, DIV_VILLAGE, rank};
		arena_reset(key);
	}
	arena_close(own);
	return RC_OK;
}

rc
region_search(db *d, arena *a, fault *f, const region_query *q, region_hits *out)
{
	str needle = search_form(a, q->needle);
	hit_list hits = {0};

	*out = (region_hits){0};
	if (needle.n < 2) /* one letter is in every name; a Chinese character is three bytes */
		return FAIL(f, RC_INVALID, "region.needle_empty", FA_FIELD(STR("q")));
	if (utf8_count(needle) > REGION_NEEDLE_MAX)
		return FAIL(f, RC_INVALID, "region.needle_long", FA_FIELD(STR("q")),
			    FA_INT("max", REGION_NEEDLE_MAX));
	TRY(search_upper(d, a, f, q, needle, &hits));
	if (q->within.hi - q->within.lo <= div_span(DIV_CITY))
		TRY(search_villages(d, a, f, q, needle, &hits));
	else
		out->without_villages = true;
	if (hits.n > 0)
		qsort(hits.v, hits.n, sizeof *hits.v, by_rank);
	for (size_t i = 0; i < hits.n && !out->more; i++) {
		region r = {0};
		rc found = region_find(d, a, f, hits.v[i].code, q->day, &r);
		if (found == RC_NOT_FOUND) /* created later */
			continue;
		TRY(found);
		out->more = out->v.n == REGION_SEARCH_MAX;
		if (!out->more)
			*vec_add(a, &out->v) = r;
	}
	return RC_OK;
}

/* ---- loaded provinces ---- */

rc
region_loaded(db *d, arena *a, fault *f, region_sets *out)
{
	region_sets_all_rows rows;

	*out = (region_sets){0};
	TRY(sql_region_sets_all(d, a, f, &rows));
	for (size_t i = 0; i < rows.n; i++)
		*vec_add(a, out) = (region_set){.province = rows.v[i].province,
						.divisions = rows.v[i].divisions,
						.source = rows.v[i].source,
						.valid_from = day_of(rows.v[i].valid_from),
						.fictitious = rows.v[i].fictitious};
	return RC_OK;
}

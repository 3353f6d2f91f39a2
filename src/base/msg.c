/* msg.c - see msg.h. */
#include "base/msg.h"

static const fault_arg *
find_arg(const fault_arg *args, size_t n, str name)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(str_of(args[i].name), name))
			return &args[i];
	return NULL;
}

/* One hole, its braces taken off: "name", or "name:one|many". */
static void
put_hole(buf *b, str hole, const fault_arg *args, size_t n)
{
	ptrdiff_t colon = str_find_char(hole, ':');
	const fault_arg *arg = find_arg(args, n, colon < 0 ? hole : str_sub(hole, 0, (size_t)colon));

	if (!arg) {
		buf_fmt(b, "{%.*s}", STR_ARG(hole));
	} else if (colon >= 0) {
		str rest = str_from(hole, (size_t)colon + 1), one = {0}, many = {0};
		str_next(&rest, '|', &one);
		str_next(&rest, '|', &many);
		buf_put(b, arg->i == 1 ? one : many);
	} else if (arg->is_text) {
		buf_put(b, arg->s);
	} else {
		buf_i64(b, arg->i);
	}
}

static void
put_filled(buf *b, str text, const fault_arg *args, size_t n)
{
	for (;;) {
		ptrdiff_t open = str_find_char(text, '{');
		ptrdiff_t close = open < 0 ? -1 : str_find_char(str_from(text, (size_t)open), '}');
		if (close < 0)
			break;
		buf_put(b, str_sub(text, 0, (size_t)open));
		put_hole(b, str_sub(text, (size_t)open + 1, (size_t)close - 1), args, n);
		text = str_from(text, (size_t)(open + close) + 1);
	}
	buf_put(b, text);
}

static size_t
count_args(const fault_arg *args)
{
	size_t n = 0;

	while (args && args[n].name)
		n++;
	return n;
}

static str
text_of(msg_lang lang, int id)
{
	BUG_ON(id < 0 || (size_t)id >= msg_all.n || lang >= MSG_LANGS);
	return str_of(msg_all.v[id].text[lang]);
}

void
msg_put(buf *b, msg_lang lang, int id, const fault_arg *args)
{
	put_filled(b, text_of(lang, id), args, count_args(args));
}

str
msg_text(arena *a, msg_lang lang, int id, const fault_arg *args)
{
	buf b = buf_in(a);

	if (!args)
		return text_of(lang, id);
	msg_put(&b, lang, id, args);
	return buf_str(&b);
}

int
msg_find(str id)
{
	size_t lo = 0, hi = msg_all.n;

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		int c = str_cmp(id, str_of(msg_all.v[mid].id));
		if (c == 0)
			return (int)mid;
		if (c < 0)
			hi = mid;
		else
			lo = mid + 1;
	}
	return -1;
}

str
fault_text(arena *a, msg_lang lang, const fault *f)
{
	int id = f->id ? msg_find(str_of(f->id)) : -1;
	buf b = buf_in(a);

	if (id < 0)
		return fault_print(a, f);
	put_filled(&b, text_of(lang, id), f->arg, f->nargs);
	return buf_str(&b);
}

bool
msg_lang_of(str tag, msg_lang *out)
{
	str head = str_sub(tag, 0, 2);
	bool whole = tag.n == 2 || (tag.n > 2 && tag.p[2] == '-'), en = str_eq_nocase(head, STR("en"));

	*out = whole && en ? MSG_EN : MSG_ZH;
	return whole && (en || str_eq_nocase(head, STR("zh")));
}

const char *
msg_lang_tag(msg_lang lang)
{
	return lang == MSG_EN ? "en" : "zh-CN";
}

/* builtin_string.c - strings, counted in code points; patterns are XPath's, see regex.c. */
#include "feel/builtin.h"

#include <utf8proc.h>

static bool
starts_character(char c)
{
	return ((unsigned char)c & 0xc0) != 0x80;
}

size_t
text_length(str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += starts_character(s.p[i]);
	return n;
}

size_t
text_offset(str s, size_t chars)
{
	size_t i = 0;

	for (; i < s.n; i++)
		if (starts_character(s.p[i]) && chars-- == 0)
			break;
	return i;
}

static feel_value
bi_string(run *r, const node *at, const feel_value *arg, size_t n)
{
	buf b = buf_in(r->a);

	(void)n;
	if (arg[0].kind == FEEL_NULL)
		return bad_argument(r, at, arg[0]);
	if (!feel_print_string(&b, arg[0]))
		return eval_stop(r, at, "feel.limit.memory");
	return eval_room(r, at, 0) ? feel_string(buf_str(&b)) : feel_null(NULL);
}

static feel_value
bi_string_length(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s;

	(void)n;
	return arg_text(arg[0], &s) ? feel_int((int64_t)text_length(s)) : bad_argument(r, at, arg[0]);
}

/* Positions count from 1, or from the end when negative. */
static feel_value
bi_substring(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s;
	int64_t start, count = INT64_MAX;

	if (!arg_text(arg[0], &s) || !arg_place(arg[1], &start))
		return bad_argument(r, at, arg[0].kind == FEEL_NULL ? arg[0] : arg[1]);
	if (n > 2 && arg[2].kind == FEEL_NULL)
		return bad_argument(r, at, arg[2]);
	if (n > 2 && !arg_place(arg[2], &count))
		return bad_argument(r, at, arg[2]);
	int64_t length = (int64_t)text_length(s);
	if (start == 0 || start > length || start < -length)
		return fail_null(r, at, "feel.string.position");
	if (count < 1)
		return fail_null(r, at, "feel.string.position");
	int64_t from = start > 0 ? start - 1 : length + start;
	str tail = str_from(s, text_offset(s, (size_t)from));
	return feel_string(str_sub(tail, 0, count > length ? tail.n : text_offset(tail, (size_t)count)));
}

static feel_value
recased(run *r, const node *at, feel_value v, utf8proc_int32_t (*to)(utf8proc_int32_t))
{
	str s;
	buf b = buf_in(r->a);

	if (!arg_text(v, &s))
		return bad_argument(r, at, v);
	if (!eval_room(r, at, s.n * 2))
		return feel_null(NULL);
	for (size_t i = 0; i < s.n;) {
		utf8proc_int32_t c;
		utf8proc_ssize_t len =
			utf8proc_iterate((const utf8proc_uint8_t *)s.p + i, (utf8proc_ssize_t)(s.n - i), &c);
		if (len <= 0) {
			buf_c(&b, s.p[i++]);
			continue;
		}
		if (c == 0xdf && to == utf8proc_toupper) /* ß, whose capital is two letters */
			buf_lit(&b, "SS");
		else
			b.n += (size_t)utf8proc_encode_char(to(c), (utf8proc_uint8_t *)buf_room(&b, 4));
		i += (size_t)len;
	}
	return feel_string(buf_str(&b));
}

static feel_value
bi_upper_case(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return recased(r, at, arg[0], utf8proc_toupper);
}

static feel_value
bi_lower_case(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return recased(r, at, arg[0], utf8proc_tolower);
}

static bool
two_texts(const feel_value *arg, str *s, str *t)
{
	return arg_text(arg[0], s) && arg_text(arg[1], t);
}

static feel_value
bad_text(run *r, const node *at, const feel_value *arg)
{
	return bad_argument(r, at, arg[0].kind == FEEL_STRING ? arg[1] : arg[0]);
}

static feel_value
bi_substring_before(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, t;

	(void)n;
	if (!two_texts(arg, &s, &t))
		return bad_text(r, at, arg);
	ptrdiff_t i = str_find(s, t);
	return feel_string(str_sub(s, 0, i < 0 ? 0 : (size_t)i));
}

static feel_value
bi_substring_after(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, t;

	(void)n;
	if (!two_texts(arg, &s, &t))
		return bad_text(r, at, arg);
	ptrdiff_t i = str_find(s, t);
	return feel_string(i < 0 ? STR("") : str_from(s, (size_t)i + t.n));
}

static feel_value
bi_contains(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, t;

	(void)n;
	return two_texts(arg, &s, &t) ? feel_bool(str_find(s, t) >= 0) : bad_text(r, at, arg);
}

static feel_value
bi_starts_with(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, t;

	(void)n;
	return two_texts(arg, &s, &t) ? feel_bool(str_starts(s, t)) : bad_text(r, at, arg);
}

static feel_value
bi_ends_with(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, t;

	(void)n;
	return two_texts(arg, &s, &t) ? feel_bool(str_ends(s, t)) : bad_text(r, at, arg);
}

static bool
optional_flags(const feel_value *arg, size_t n, size_t k, str *flags)
{
	*flags = STR("");
	return n <= k || arg[k].kind == FEEL_NULL || arg_text(arg[k], flags);
}

static feel_value
bi_matches(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, pattern, flags;
	regex *re;
	feel_value why;
	const size_t *group;
	size_t ngroups;

	if (!two_texts(arg, &s, &pattern) || !optional_flags(arg, n, 2, &flags))
		return bad_text(r, at, arg);
	if (!regex_open(r, at, pattern, flags, &re, &why))
		return why;
	int hit = regex_find(re, s, 0, &group, &ngroups);
	regex_close(re);
	return hit < 0 ? fail_null_about(r, at, "feel.regex.limit", pattern) : feel_bool(hit > 0);
}

/* $0…$9, \$ and \\ in the replacement text. False: not well formed. */
static bool
put_replacement(buf *b, str s, str with, const size_t *group, size_t ngroups)
{
	for (size_t i = 0; i < with.n; i++) {
		char c = with.p[i], next = i + 1 < with.n ? with.p[i + 1] : 0;
		if (c == '\\') {
			if (next != '\\' && next != '$')
				return false;
			buf_c(b, next);
			i++;
		} else if (c == '$') {
			if (next < '0' || next > '9')
				return false;
			size_t k = (size_t)(next - '0');
			i++;
			while (i + 1 < with.n && with.p[i + 1] >= '0' && with.p[i + 1] <= '9' &&
			       k * 10 + (size_t)(with.p[i + 1] - '0') < ngroups)
				k = k * 10 + (size_t)(with.p[++i] - '0');
			if (k < ngroups && group[2 * k] != SIZE_MAX)
				buf_put(b, str_sub(s, group[2 * k], group[2 * k + 1] - group[2 * k]));
		} else {
			buf_c(b, c);
		}
	}
	return true;
}

static feel_value
replace_all(run *r, const node *at, regex *re, str s, str with, bool literal)
{
	buf b = buf_in(r->a);
	size_t from = 0, ngroups;
	const size_t *group;

	for (size_t search = 0;
	     search <= s.n && eval_step(r, at) && eval_room(r, at, b.n * 2 + with.n + s.n);) {
		int hit = regex_find(re, s, search, &group, &ngroups);
		if (hit < 0)
			return fail_null(r, at, "feel.regex.limit");
		if (hit == 0)
			break;
		buf_put(&b, str_sub(s, from, group[0] - from));
		if (literal)
			buf_put(&b, with);
		else if (!put_replacement(&b, s, with, group, ngroups))
			return fail_null_about(r, at, "feel.regex.replacement", with);
		from = group[1];
		search = group[1];
		if (group[1] == group[0]) { /* an empty match: move on by one character */
			search = from + text_offset(str_from(s, from), 1);
			if (from == s.n)
				break;
		}
	}
	buf_put(&b, str_from(s, from));
	return feel_string(buf_str(&b));
}

static feel_value
bi_replace(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, pattern, with, flags;
	regex *re;
	feel_value why;

	if (!two_texts(arg, &s, &pattern) || !arg_text(arg[2], &with) || !optional_flags(arg, n, 3, &flags))
		return bad_text(r, at, arg);
	if (!regex_open(r, at, pattern, flags, &re, &why))
		return why;
	feel_value v = replace_all(r, at, re, s, with, str_find_char(flags, 'q') >= 0);
	regex_close(re);
	return v;
}

static feel_value
split_all(run *r, const node *at, regex *re, str s)
{
	values parts = {0};
	size_t from = 0, ngroups;
	const size_t *group;

	for (size_t search = 0;
	     search <= s.n && eval_step(r, at) && eval_room(r, at, parts.n * 2 * sizeof(feel_value));) {
		int hit = regex_find(re, s, search, &group, &ngroups);
		if (hit < 0)
			return fail_null(r, at, "feel.regex.limit");
		if (hit == 0)
			break;
		if (group[1] == group[0]) {
			if (group[0] >= s.n)
				break;
			search = group[0] + MAX(text_offset(str_from(s, group[0]), 1), (size_t)1);
			if (group[0] == from)
				continue;
		} else {
			search = group[1];
		}
		*vec_add(r->a, &parts) = feel_string(str_sub(s, from, group[0] - from));
		from = group[1];
	}
	*vec_add(r->a, &parts) = feel_string(str_from(s, from));
	return values_list(&parts);
}

static feel_value
bi_split(run *r, const node *at, const feel_value *arg, size_t n)
{
	str s, pattern;
	regex *re;
	feel_value why;

	(void)n;
	if (!two_texts(arg, &s, &pattern))
		return bad_text(r, at, arg);
	if (!regex_open(r, at, pattern, STR(""), &re, &why))
		return why;
	feel_value v = split_all(r, at, re, s);
	regex_close(re);
	return v;
}

/* Nulls in the list are passed over. */
static feel_value
bi_string_join(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	str between = STR(""), s;
	buf b = buf_in(r->a);
	bool first = true;

	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	if (n > 1 && arg[1].kind != FEEL_NULL && !arg_text(arg[1], &between))
		return bad_argument(r, at, arg[1]);
	for (size_t i = 0; i < list.list.n && eval_step(r, at) && eval_room(r, at, b.n * 2 + between.n);
	     i++) {
		feel_value v = list.list.v[i];
		if (v.kind == FEEL_NULL)
			continue;
		if (v.kind != FEEL_STRING)
			return bad_argument(r, at, v);
		s = v.s;
		if (!eval_room(r, at, s.n))
			break;
		buf_put(&b, first ? STR("") : between);
		buf_put(&b, s);
		first = false;
	}
	return feel_string(buf_str(&b));
}

const builtin builtin_strings[] = {
	{"string", "from", bi_string},
	{"string length", "string", bi_string_length},
	{"substring", "string,start position,length?", bi_substring},
	{"upper case", "string", bi_upper_case},
	{"lower case", "string", bi_lower_case},
	{"substring before", "string,match", bi_substring_before},
	{"substring after", "string,match", bi_substring_after},
	{"contains", "string,match", bi_contains},
	{"starts with", "string,match", bi_starts_with},
	{"ends with", "string,match", bi_ends_with},
	{"matches", "input,pattern,flags?", bi_matches},
	{"replace", "input,pattern,replacement,flags?", bi_replace},
	{"split", "string,delimiter", bi_split},
	{"string join", "list,delimiter?", bi_string_join},
	{0},
};

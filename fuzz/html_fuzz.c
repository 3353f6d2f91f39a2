/* html_fuzz.c - nothing that is written as a value can end the place it stands in, and no address runs a
 * script. */
#include "web/html.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

/* No sign that ends text or an attribute, and every & begins one of ours. */
static void
check_escaped(str s)
{
	for (size_t i = 0; i < s.n; i++) {
		str rest = str_from(s, i);
		BUG_ON(strchr("<>\"'", s.p[i]) && s.p[i]);
		BUG_ON(s.p[i] == '&' && !str_starts(rest, STR("&amp;")) && !str_starts(rest, STR("&lt;")) &&
		       !str_starts(rest, STR("&gt;")) && !str_starts(rest, STR("&quot;")) &&
		       !str_starts(rest, STR("&#39;")));
	}
}

/* Either no scheme at all, or one of four. */
static void
check_address(arena *a, str s)
{
	str low = str_lower(a, s);
	size_t end = 0;

	while (end < s.n && !strchr("/?#", s.p[end]))
		end++;
	bool scheme = str_find_char(str_sub(s, 0, end), ':') >= 0;
	BUG_ON(scheme && !str_starts(low, STR("http:")) && !str_starts(low, STR("https:")) &&
	       !str_starts(low, STR("mailto:")) && !str_starts(low, STR("tel:")));
	BUG_ON(str_starts(s, STR("//")) || str_find_char(s, '\\') >= 0 || s.n == 0);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	buf text = buf_in(a), url = buf_in(a), part = buf_in(a), spelled = buf_in(a);
	str in = {(const char *)data, n};
	html_out o = {.b = &text};

	html_put(&o, in);
	check_escaped(buf_str(&text));
	BUG_ON(text.n < n);
	o.b = &url;
	html_url(&o, in);
	check_escaped(buf_str(&url));
	check_address(a, buf_str(&url));
	o.b = &part;
	html_url_part(&o, in);
	for (size_t i = 0; i < part.n; i++)
		BUG_ON(!strchr("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-._~%",
			       part.p[i]));
	o.b = &spelled;
	html_spelled(&o, in);
	BUG_ON(spelled.n < n);
	arena_close(a);
	return 0;
}

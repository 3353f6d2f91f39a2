/* cookie.c - see cookie.h. */
#include "web/cookie.h"

static str
full_name(const http_req *rq, str name)
{
	return rq->https ? str_cat(rq->a, STR("__Host-"), name) : name;
}

str
cookie_get(const http_req *rq, str name)
{
	return http_cookie(rq, full_name(rq, name));
}

void
cookie_set(http_req *rq, str name, str value, cookie_site site, int64_t seconds)
{
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];
		bool alnum = (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
		BUG_ON(!alnum && !memchr("-._~+/=", c, 7));
	}
	buf_put(&b, full_name(rq, name));
	buf_c(&b, '=');
	buf_put(&b, value);
	buf_lit(&b, "; Path=/; HttpOnly; SameSite=");
	buf_put(&b, site == COOKIE_STRICT ? STR("Strict") : STR("Lax"));
	if (rq->https)
		buf_lit(&b, "; Secure");
	if (seconds != COOKIE_SESSION)
		buf_fmt(&b, "; Max-Age=%lld", (long long)seconds);
	http_reply_field(rq, STR("Set-Cookie"), buf_str(&b));
}

web_modes
modes_read(str s)
{
	web_modes m = {0};
	str word;

	while (str_next(&s, '.', &word)) {
		if (str_eq(word, STR("large")))
			m.size = TEXT_LARGE;
		else if (str_eq(word, STR("xlarge")))
			m.size = TEXT_XLARGE;
		else if (str_eq(word, STR("contrast")))
			m.contrast = true;
		else if (str_eq(word, STR("en")) || str_eq(word, STR("zh")))
			m.has_lang = msg_lang_of(word, &m.lang);
	}
	return m;
}

static void
add_word(buf *b, char between, str word)
{
	if (b->n)
		buf_c(b, between);
	buf_put(b, word);
}

str
modes_write(arena *a, web_modes m)
{
	buf b = buf_in(a);

	if (m.size != TEXT_NORMAL)
		add_word(&b, '.', m.size == TEXT_LARGE ? STR("large") : STR("xlarge"));
	if (m.contrast)
		add_word(&b, '.', STR("contrast"));
	if (m.has_lang)
		add_word(&b, '.', m.lang == MSG_EN ? STR("en") : STR("zh"));
	return buf_str(&b);
}

bool
modes_set(web_modes *m, str wish)
{
	if (str_eq(wish, STR("text-normal")))
		m->size = TEXT_NORMAL;
	else if (str_eq(wish, STR("text-large")))
		m->size = TEXT_LARGE;
	else if (str_eq(wish, STR("text-xlarge")))
		m->size = TEXT_XLARGE;
	else if (str_eq(wish, STR("contrast-normal")))
		m->contrast = false;
	else if (str_eq(wish, STR("contrast-high")))
		m->contrast = true;
	else if (str_eq(wish, STR("lang-zh")) || str_eq(wish, STR("lang-en")))
		m->has_lang = msg_lang_of(str_from(wish, 5), &m->lang);
	else
		return false;
	return true;
}

str
modes_classes(arena *a, web_modes m)
{
	buf b = buf_in(a);

	if (m.size != TEXT_NORMAL)
		add_word(&b, ' ', m.size == TEXT_LARGE ? STR("zc-large") : STR("zc-xlarge"));
	if (m.contrast)
		add_word(&b, ' ', STR("zc-contrast"));
	return buf_str(&b);
}

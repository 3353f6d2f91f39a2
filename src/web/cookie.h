/* cookie.h - cookies and the modes a person reads in: text size, contrast, language.
 *
 * On https every cookie is __Host-: only this very host may set it, so no neighbour can slip one in. On
 * loopback http browsers refuse that prefix, and the plain name is used. Scripts never see a cookie. */
#pragma once
#include "base/msg.h"
#include "io/http.h"

typedef enum cookie_site {
	COOKIE_STRICT, /* sent only from our own pages */
	COOKIE_LAX,    /* also when a person follows a link to us: for applicants, who come by a link in a
			  message */
} cookie_site;

enum { COOKIE_SESSION = -1, COOKIE_GONE = 0 };

/* The value of our cookie, or the empty text. */
str cookie_get(const http_req *rq, str name);

/* `seconds` to live; COOKIE_SESSION: until the browser ends; COOKIE_GONE: forget it. `value` is letters,
 * digits and
 * "-._~+/=": anything else is a bug. */
void cookie_set(http_req *rq, str name, str value, cookie_site site, int64_t seconds);

typedef enum text_size { TEXT_NORMAL, TEXT_LARGE, TEXT_XLARGE } text_size;

typedef struct web_modes {
	text_size size;
	bool contrast;
	bool has_lang; /* chosen, not assumed */
	msg_lang lang;
} web_modes;

/* "xlarge.contrast.en": what the cookie zc-modes holds. Words it does not know are passed over. */
web_modes modes_read(str s);
str modes_write(arena *a, web_modes m);

/* One wish: text-normal, text-large, text-xlarge, contrast-normal, contrast-high, lang-zh, lang-en.
 * False for anything else. */
bool modes_set(web_modes *m, str wish);

/* The classes of <html>: "zc-large zc-contrast". */
str modes_classes(arena *a, web_modes m);

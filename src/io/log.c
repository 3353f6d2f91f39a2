/* log.c - see log.h. The line is built on the stack: a log must work when memory does not. */
#include "io/log.h"

#include "io/crypto.h"

#include <sodium.h>
#include <stdio.h>
#include <time.h>
#include <unistd.h>

enum { TAG_BYTES = 4 };

struct logger {
	int fd;
	log_level least;
	uint8_t key[CRYPTO_KEY];
};

typedef struct line {
	size_t n;
	bool full;
	char p[LOG_LINE];
} line;

static const char cut[] = " …\n"; /* the end of a line that did not fit */

/* What does not fit is cut, at a character, and nothing follows it. */
static void
put(line *l, str s)
{
	size_t room = sizeof l->p - sizeof cut - l->n, n = MIN(s.n, room);

	if (l->full)
		return;
	l->full = s.n > room;
	while (l->full && n > 0 && ((unsigned char)s.p[n] & 0xc0) == 0x80)
		n--;
	memcpy(l->p + l->n, s.p, n);
	l->n += n;
}

static void
put_int(line *l, int64_t v)
{
	char digits[24];
	int n = snprintf(digits, sizeof digits, "%lld", (long long)v);

	put(l, (str){digits, (size_t)n});
}

static bool
needs_escape(char c)
{
	return (unsigned char)c < ' ' || c == 0x7f || c == '"' || c == '\\';
}

/* As it is when it is one word; else between quotes, with control characters as \xHH: no input can begin a
 * line of its own or look like another field. */
static void
put_text(line *l, str s)
{
	bool word = s.n > 0 && s.p[0] != '<';
	size_t from = 0;

	for (size_t i = 0; i < s.n; i++)
		word = word && !needs_escape(s.p[i]) && s.p[i] != ' ' && s.p[i] != '=';
	if (word) {
		put(l, s);
		return;
	}
	put(l, STR("\""));
	for (size_t i = 0; i < s.n; i++) {
		if (!needs_escape(s.p[i]))
			continue;
		char esc[5];
		int n = snprintf(esc, sizeof esc, "\\x%02x", (unsigned char)s.p[i]);
		put(l, str_sub(s, from, i - from));
		put(l, (str){esc, (size_t)n});
		from = i + 1;
	}
	put(l, str_from(s, from));
	put(l, STR("\""));
}

static void
put_hidden(line *l, const logger *lg, log_class class, str s)
{
	static const char *const name[] = {[LOG_CLEAR] = "",
					   [LOG_PERSONAL] = "personal",
					   [LOG_SENSITIVE] = "sensitive",
					   [LOG_SECRET] = "secret"};
	uint8_t tag[crypto_generichash_BYTES_MIN];
	char hex[2 * TAG_BYTES + 1];

	crypto_generichash(tag, sizeof tag, (const unsigned char *)s.p, s.n, lg->key, sizeof lg->key);
	sodium_bin2hex(hex, sizeof hex, tag, TAG_BYTES);
	put(l, STR("<"));
	put(l, str_of(name[class]));
	put(l, STR(":"));
	put(l, str_of(hex));
	put(l, STR(">"));
}

static void
put_head(line *l, log_level level, const char *id)
{
	static const char *const name[] = {[LOG_DEBUG] = "debug",
					   [LOG_INFO] = "info",
					   [LOG_WARN] = "warn",
					   [LOG_ERROR] = "error",
					   [LOG_SILENT] = ""};
	struct timespec now;
	struct tm t;
	char stamp[64];

	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &t);
	size_t n = strftime(stamp, sizeof stamp, "%Y-%m-%dT%H:%M:%S", &t);
	n += (size_t)snprintf(stamp + n, sizeof stamp - n, ".%03ldZ ", now.tv_nsec / 1000000);
	put(l, (str){stamp, n});
	put(l, str_of(name[level]));
	put(l, STR(" "));
	put(l, str_of(id));
}

static void
line_end(line *l, const logger *lg)
{
	str end = l->full ? (str){cut, sizeof cut - 1} : STR("\n");

	memcpy(l->p + l->n, end.p, end.n);
	l->n += end.n;
	if (write(lg->fd, l->p, l->n) < 0)
		return;
}

logger *
log_open(arena *a, int fd, log_level least)
{
	logger *lg = arena_new(a, logger);

	*lg = (logger){.fd = fd, .least = least};
	crypto_random(lg->key, sizeof lg->key);
	return lg;
}

void
log_record(const logger *lg, log_level level, const char *id, const log_arg *args)
{
	line l = {0};

	if (level < lg->least)
		return;
	put_head(&l, level, id);
	for (; args->name; args++) {
		put(&l, STR(" "));
		put(&l, str_of(args->name));
		put(&l, STR("="));
		if (!args->is_text)
			put_int(&l, args->i);
		else if (args->hidden == LOG_CLEAR)
			put_text(&l, args->s);
		else
			put_hidden(&l, lg, args->hidden, args->s);
	}
	line_end(&l, lg);
}

void
log_fault(const logger *lg, log_level level, const fault *f)
{
	log_arg arg[FAULT_ARGS + 3] = {{0}};
	size_t n = 0;

	arg[n++] = (log_arg)LOG_STR("at", str_of(f->where));
	if (f->field.n)
		arg[n++] = (log_arg)LOG_STR("field", f->field);
	for (size_t i = 0; i < f->nargs; i++) {
		const fault_arg *from = &f->arg[i];
		arg[n++] = (log_arg){.name = from->name,
				     .is_text = from->is_text,
				     .hidden = from->is_text ? LOG_PERSONAL : LOG_CLEAR,
				     .i = from->i,
				     .s = from->s};
	}
	log_record(lg, level, f->id ? f->id : "fault.none", arg);
}

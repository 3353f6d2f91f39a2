/* log.h - one line a record: what happened, as an id with typed values; for the operator, never for the
 * audit.
 *
 *   2025-06-01T08:30:00.125Z info http.start address=127.0.0.1 port=8080
 *   2025-06-01T08:30:07.003Z warn import.row row=18 nid=<sensitive:5c01a2e9>
 *
 * Personal values are never written: a line has their class and a blind tag, the same for equal values while
 * this process runs and under a key nobody keeps, so that two lines about one person can be told to be so and
 * no more. A record is one write of at most LOG_LINE bytes, whole among other threads' records. */
#pragma once
#include "base/fault.h"

enum { LOG_LINE = 4000 };

typedef enum log_level {
	LOG_DEBUG,
	LOG_INFO,
	LOG_WARN,
	LOG_ERROR,
	LOG_SILENT, /* as a floor: nothing is written */
} log_level;

/* The classes of lists/fields.yaml that a log may not show. */
typedef enum log_class {
	LOG_CLEAR, /* public or internal */
	LOG_PERSONAL,
	LOG_SENSITIVE,
	LOG_SECRET,
} log_class;

typedef struct log_arg {
	const char *name; /* a literal */
	bool is_text;
	log_class hidden;
	int64_t i;
	str s;
} log_arg;

#define LOG_STR(nm, v)                                                                                       \
	{                                                                                                    \
		.name = "" nm, .is_text = true, .s = (v)                                                     \
	}
#define LOG_INT(nm, v)                                                                                       \
	{                                                                                                    \
		.name = "" nm, .i = (int64_t)(v)                                                             \
	}
#define LOG_HIDE(nm, class, v)                                                                               \
	{                                                                                                    \
		.name = "" nm, .is_text = true, .hidden = (class), .s = (v)                                  \
	}

/* Threads share one: nothing in it changes after it is made. */
typedef struct logger logger;

/* Records of `least` and above go to `fd` (normally 2), which stays the caller's. */
logger *log_open(arena *a, int fd, log_level least);

/* log_write(lg, LOG_WARN, "import.row", LOG_INT("row", n), LOG_HIDE("nid", LOG_SENSITIVE, nid));
 * The id is a literal of the form of a message id; it is what an operator searches for. */
#define log_write(lg, level, id, ...)                                                                        \
	log_record((lg), (level), "" id, (const log_arg[]){__VA_ARGS__ __VA_OPT__(, ){0}})

/* The record of a fault, its arguments hidden (they may quote the input) except numbers. */
void log_fault(const logger *lg, log_level level, const fault *f);

/* `args` ends with an entry without a name. A line that does not get out is lost: there is nowhere to say so.
 */
void log_record(const logger *lg, log_level level, const char *id, const log_arg *args);

/* msg.h - the program's words: a message id and arguments to a sentence in the reader's language.
 *
 * Code and records hold ids and arguments, never sentences. The sentences are in locale/AREA.msg; msggen
 * makes `msg_all` and one constant a message (locale/msg_ids.h) from them. Compiled into locale_dep, not into
 * base, because the generator itself stands on base. */
#pragma once
#include "base/buf.h"
#include "base/fault.h"

typedef enum msg_lang { MSG_ZH, MSG_EN, MSG_LANGS } msg_lang;

typedef struct msg_entry {
	const char *id;
	const char *text[MSG_LANGS];
} msg_entry;

typedef struct msg_table {
	const msg_entry *v; /* sorted by id */
	size_t n;
} msg_table;

extern const msg_table msg_all;

/* Appends message `id` (a constant of locale/msg_ids.h). `args` ends with an entry without a name; NULL:
 * none. An argument that is not given is left as {name}, which is how a person notices. */
void msg_put(buf *b, msg_lang lang, int id, const fault_arg *args);

/* The same as a text; without arguments nothing is copied. */
str msg_text(arena *a, msg_lang lang, int id, const fault_arg *args);

/* The constant of an id known only when running; -1: there is none. */
int msg_find(str id);

/* What went wrong, for the person who can mend it: on a page, on the command line. A fault without a message
 * (a defect) gives its id and arguments as they are. */
str fault_text(arena *a, msg_lang lang, const fault *f);

/* "zh", "zh-CN", "en", "en-GB", …; false and MSG_ZH for anything else. */
bool msg_lang_of(str tag, msg_lang *out);

/* What goes into the lang attribute: "zh-CN", "en". */
const char *msg_lang_tag(msg_lang lang);

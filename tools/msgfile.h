/* msgfile.h - reads locale/AREA.msg, the program's words in Chinese and English.
 *
 *   area.what                       an id: lower case, digits, _ and -, at least one dot
 *     zh 第 {row} 行：……            one line a language; a line indented deeper continues it
 *     en Row {row} of {n} {n:row|rows}
 *
 * {name} is replaced by an argument; {name:one|many} by the word that agrees with the number. Both languages
 * take the same arguments. Lines that begin with # are comments. */
#pragma once
#include "base/buf.h"
#include "base/map.h"
#include "base/vec.h"

enum { MSGFILE_LANGS = 2 };
extern const char *const msgfile_lang[MSGFILE_LANGS]; /* "zh", "en" */

typedef struct msgfile_entry {
	str id;
	str text[MSGFILE_LANGS];
	const char *file;
	int line;
	bool used; /* for whoever wants to note it */
} msgfile_entry;

typedef VEC(msgfile_entry *) msgfile_list;

typedef struct msgfile_book {
	arena *a;
	map by_id;
	msgfile_list all;
} msgfile_book;

/* Every *.msg file of the folder, sorted by id; stops the build at the first fault. */
void msgfile_read_all(arena *a, const char *dir, buf *deps, msgfile_book *out);

msgfile_entry *msgfile_find(const msgfile_book *book, str id);

/* Takes the next {name} off the front of *rest. */
bool msgfile_next_hole(str *rest, str *name);
bool msgfile_has_hole(str text, str name);

/* MSG_AREA_WHAT: the constant of an id in C. */
void msgfile_put_constant(buf *b, str id);

/* utf8.h - text at the edge of the program and its characters: what may enter, how it is folded, how wide it
 * is.
 *
 * text_clean and text_clean_lines are the two doors: everything a person, a file or another system sends
 * passes one of them once, and is valid UTF-8 in NFC (Unicode 15) afterwards. All other functions here take
 * such text. */
#pragma once
#include "base/buf.h"
#include "base/fault.h"

enum { UTF8_MAX = 4, UTF8_LAST = 0x10ffff };

/* Well formed by the Unicode standard's table 3-7: no overlong form, no surrogate, nothing above U+10FFFF. */
bool utf8_valid(str s);

/* Takes the first character off *rest; false when nothing is left. */
bool utf8_next(str *rest, uint32_t *cp);
void utf8_put(buf *b, uint32_t cp);

/* Characters (code points). A name's length limit is counted in these. */
size_t utf8_count(str s);
/* The first `n` characters. */
str utf8_cut(str s, size_t n);

/* Columns of a fixed-width screen or printer: 2 for Chinese and full-width characters, 0 for combining marks.
 */
size_t utf8_width(str s);
/* As many whole characters as fit in `columns`. */
str utf8_cut_width(str s, size_t columns);

/* One line of text from outside: white space at both ends goes, invisible characters of no meaning (U+200B
 * zero-width space, U+FEFF byte-order mark, U+00AD soft hyphen) go, a tab is a space, canonical composition
 * is done. *out may be a part of `raw`. RC_INVALID: text.utf8 (broken bytes, often a file in GB 18030),
 * text.control (a control character, a line end included), text.direction (marks that reorder what is read:
 * U+202A-202E, U+2066-2069). */
rc text_clean(arena *a, fault *f, str raw, str *out) MUST_USE;

/* The same for a field of several lines: tabs stay, every line end becomes LF. */
rc text_clean_lines(arena *a, fault *f, str raw, str *out) MUST_USE;

/* For numbers and codes that people type: full-width ASCII to ASCII, every kind of space to one ASCII space,
 * none at the ends. Chinese punctuation other than the full-width forms stays. */
str text_fold(arena *a, str s);

/* For names: as text_fold; the middle dots people type (· • ・ ･ ‧ . ．) become U+00B7; spaces beside a
 * character that is not ASCII go ("张 三" is "张三", "Li  Ming" is "Li Ming"). May be `s` itself. */
str name_fold(arena *a, str s);

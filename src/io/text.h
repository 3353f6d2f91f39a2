/* text.h - uploaded bytes into text: finds the encoding, gives valid UTF-8, refuses what is not text. */
#pragma once
#include "base/fault.h"
#include "base/str.h"

typedef enum text_coding {
	TEXT_UTF8,
	TEXT_UTF8_BOM,
	TEXT_UTF16LE, /* the two only with their mark at the beginning */
	TEXT_UTF16BE,
	TEXT_GB18030, /* what Excel and WPS write as "CSV" on a Chinese Windows; GBK and GB 2312 are parts of
			 it */
} text_coding;

/* How many bytes the UTF-8 character at `s.p[at]` takes (1..4), or 0 where there is none: cut short,
 * overlong, a surrogate, past U+10FFFF. `at` is below s.n. */
size_t text_char(str s, size_t at);

/* Is all of it UTF-8?  When not and `bad` is given, *bad is the place of the first wrong byte. */
bool text_is_utf8(str s, size_t *bad);

/* What the bytes most likely are: the mark at the beginning if there is one, else UTF-8 if every byte agrees
 * (a character cut by the end of `bytes` is forgiven when `more` follows), else GB 18030. */
text_coding text_guess(str bytes, bool more);

/* `bytes` as UTF-8 without a mark, in `a`, or as they stand when nothing needs changing.
 * RC_INVALID text.binary:   holds a NUL or other control characters that no text has
 * RC_INVALID text.encoding: not readable in the encoding found; `offset` says where
 * RC_LIMIT text.size:       more than `max` bytes
 * `found` may be NULL. */
rc text_decode(arena *a, fault *f, str bytes, size_t max, text_coding *found, str *out) MUST_USE;

/* Loads what decoding GB 18030 needs. A process that will lose sight of the files calls it before: iconv
 * loads its tables from the disk. False: this machine has none. */
bool text_prepare(void);

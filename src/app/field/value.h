/* value.h - the values of fields: read from what people type or sheets hold, shown to people, masked.
 *
 * A value that is stored as text is one text however it was written: a day "2024-03-05", a code as its list
 * has it, an identity number of 18 characters, an amount in fen. Every fault names the field by `field` (its
 * id) and, where the message is this module's, by its name in the reader's language. */
#pragma once
#include "app/field/field.h"
#include "base/msg.h"
#include "base/nid.h"
#include "io/cell.h"

/* Where divisions are known by name: the register's tree, or a county's in memory. NULL functions: only whole
 * codes can be read, and codes are shown. */
typedef struct field_regions {
	const void *ctx;
	/* RC_NOT_FOUND: no such place, or several. */
	rc (*find)(const void *ctx, str path, int64_t *code);
	bool (*stands)(const void *ctx, int64_t code);
	str (*show)(const void *ctx, arena *a, int64_t code, msg_lang lang);
} field_regions;

typedef struct field_reader {
	arena *a;
	const catalogue *c;
	const field_regions *regions; /* may be NULL */
	int32_t today;
	msg_lang lang; /* of the names of fields in messages */
} field_reader;

typedef struct field_value {
	const field *field;
	bool given; /* false: an empty cell, or a word for nothing; all else is then empty */
	str text;   /* as stored */
	int64_t n;  /* a code's number, 0 or 1, an integer, fen, a division, a day since 1970 */
	const code_item *code;
	nid nid;      /* FIELD_NID */
	cert_no cert; /* FIELD_CERTIFICATE */
} field_value;

enum {
	FIELD_NAME_MAX = 50, /* characters */
	FIELD_TEXT_MAX = 500,
	FIELD_ADDRESS_MAX = 200,
	FIELD_ACCOUNT_MIN = 8,
	FIELD_ACCOUNT_MAX = 32,
};

/* `raw` is clean text (utf8.h) as typed.
 * RC_INVALID nid.*, cert.*, card.*, field.value.*: not a value of this field. */
rc field_read(const field_reader *r, fault *f, const field *x, str raw, field_value *out) MUST_USE;

/* The same for a field that holds several values, `sep` between them; `text` has them with `between`, the
 * rest is of the last. Also RC_INVALID field.value.alone: "无" beside something else. */
rc field_read_several(const field_reader *r, fault *f, const field *x, str raw, char sep, str between,
		      field_value *out) MUST_USE;

/* The same for an answer: several values have blanks between. */
rc field_read_answer(const field_reader *r, fault *f, const field *x, str raw, field_value *out) MUST_USE;

/* The same from a cell of a sheet: its text is cleaned here, days and numbers are taken as what they are.
 * RC_INVALID also text.*, field.value.spoilt (a number whose digits the spreadsheet lost), field.value.cell
 * (#N/A). */
rc field_read_cell(const field_reader *r, fault *f, const field *x, const cell *c, field_value *out) MUST_USE;

/* A stored text for people: the word of a code, the path of a division, an amount with its commas. What is
 * not a value of the field stays as it is. */
str field_show(const field_reader *r, const field *x, str stored);

/* The same with what identifies covered: identity, certificate and telephone numbers, accounts to their last
 * four, addresses to the village. Everything else is as field_show. */
str field_mask(const field_reader *r, const field *x, str stored);

/* row.h - one row of a sheet to one person about to be entered: every cell read as its field, every number
 * checked, cells checked against each other, all that is wrong said at once.
 *
 * What is missing is no error: it becomes a bit of the work list (待完善). What contradicts itself is. */
#pragma once
#include "app/intake/places.h"
#include "app/intake/table.h"
#include "app/person/person.h"

/* What is still to be completed of a person: bits of import_person.missing. */
typedef enum intake_missing {
	MISSING_COMPONENTS = 1, /* of a multiple disability */
	MISSING_EXPIRES = 2,
	MISSING_PHOTO = 4, /* never stored: the register tells */
	MISSING_ISSUED = 8,
	MISSING_VILLAGE = 16, /* the place is known to the township or county only */
	MISSING_PHONE = 32,
	MISSING_GUARDIAN = 64,   /* of a child */
	MISSING_RESIDENCE = 128, /* given, but no place that is known here */
} intake_missing;

enum { INTAKE_REASONS = 8 };

/* What is the same for all rows of an import. Immutable; the threads share it. */
typedef struct intake_setting {
	const intake_table *table;
	const catalogue *c;
	const places *places;
	field_regions regions;
	int32_t today;
	bool demo; /* numbers that belong to nobody (99) may be loaded */
	msg_lang lang;
	const field *f_name, *f_kind, *f_id, *f_sex, *f_born, *f_ethnic, *f_phone, *f_died, *f_place,
		*f_address, *f_home, *f_home_address, *f_number, *f_category, *f_level, *f_parts, *f_cause,
		*f_status, *f_issued, *f_expires, *f_generation, *f_reissue, *f_assessed, *f_remarks,
		*f_ended, *f_ended_for, *f_gname, *f_grelation, *f_gid, *f_gphone, *f_gproof, *f_account,
		*f_bank, *f_holder;
} intake_setting;

/* RC_INVALID intake.catalogue: the field catalogue lacks a field that an import needs. */
rc intake_setting_make(arena *a, fault *f, const catalogue *c, intake_setting *out) MUST_USE;

/* A row as read: `person` is whole when nreasons is 0. */
typedef struct intake_read {
	person_in person;         /* without tenants: the caller knows who is responsible for which place */
	const field_value *value; /* by field.number: what the sheet said */
	int64_t missing;
	size_t nreasons;
	str reason[INTAKE_REASONS]; /* sentences, with the heading in front */
} intake_read;

/* Reads one row into `a`. Never fails: what is wrong is in out->reason. */
void intake_row_read(const intake_setting *s, arena *a, const intake_row *row, intake_read *out);

/* Adds a reason found elsewhere. `x` may be NULL. */
void intake_refuse(const intake_setting *s, arena *a, intake_read *r, const field *x, const fault *why);

/* "视力一级；肢体二级" and the other ways it is written, to components in the order of their categories.
 * False: it cannot be read. An empty text has none. */
bool intake_parts_read(arena *a, const catalogue *c, str text, part_in *out, size_t max, size_t *n);
/* The one way we write it. */
str intake_parts_show(arena *a, const catalogue *c, const part_in *v, size_t n, msg_lang lang);

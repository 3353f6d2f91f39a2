/* places.h - the divisions of an office in memory, found by the names that stand in sheets:
 * "示例省青禾市朝露区 谷雨街道南亩社区 3 号" leads to the village, and 3 号 is left.
 *
 * Read once for an import from the register's tree, immutable afterwards: the threads of an import share it.
 * Names may be short (村委会, 居委会, 社区), upper levels may be missing as long as what is named is there
 * once. */
#pragma once
#include "app/field/value.h"
#include "store/db.h"
#include "store/scope.h"

typedef struct places places;

/* The divisions within `area` and those above them. RC_LIMIT intake.places: more than PLACES_MAX. */
enum { PLACES_MAX = 1000000 };
rc places_load(db *d, arena *a, fault *f, const scope *area, const places **out) MUST_USE;

/* The lowest division that the text begins with, and what stands after its names.
 * RC_NOT_FOUND: none, or several. */
rc places_find(const places *p, str path, int64_t *code, str *rest) MUST_USE;

/* Is it a division of `area` or above it? */
bool places_has(const places *p, int64_t code);
/* 1 province … 5 village; 0: unknown. */
int places_level(const places *p, int64_t code);
/* From the province down, headings left out. The code itself when it is not known. */
str places_path(const places *p, arena *a, int64_t code);

/* For value.h. */
field_regions places_regions(const places *p);

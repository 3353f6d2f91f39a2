/* asset.h - the files that are inside the program: style sheets, scripts, pictures. Made by tools/embed. */
#pragma once
#include "base/str.h"

typedef struct web_asset {
	const char *path; /* /assets/HASH/name: never changes its bytes, so it may be kept for ever */
	const char *type; /* for Content-Type */
	const uint8_t *bytes;
	size_t n;
	const uint8_t *gz; /* the same, gzip; NULL when that is not smaller */
	size_t gzn;
	const char *etag; /* quotes included */
} web_asset;

extern const web_asset web_assets[]; /* ends with a path of NULL */

/* The file at this path, or NULL. */
const web_asset *asset_find(str path);

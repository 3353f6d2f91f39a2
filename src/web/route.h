/* route.h - from a method and a path to the row that serves it.
 *
 * Modules register tables of rows; the router is built from them once, at start. Two rows that could both
 * serve a request are a defect of the program, found there and not by whoever asks first. A literal segment
 * wins over a parameter: /desk/people/new is served before /desk/people/{ref}. */
#pragma once
#include "base/str.h"
#include "io/http.h"

struct web_req;

/* RC_OK with a reply set or with rq->then set; anything else becomes an error page made from rq->fault. */
typedef rc (*web_handler)(struct web_req *rq);

/* A table ends with {0}. In `path` a whole segment may be a parameter: "/desk/people/{ref}". */
typedef struct web_route {
	const char *method, *path;
	web_handler handler;
	const char *permission; /* "open": whoever asks */
	const char *summary;
	http_takes takes; /* of a route that is not GET; HTTP_NO_BODY means HTTP_FORM there */
	int64_t max;      /* bytes of body; 0: 64 KiB, of an upload 64 MiB */
	int64_t file_max; /* bytes of one uploaded file; 0: 20 MiB */
	bool secret; /* its form holds a password or a code: nothing of it is kept with a request key or shown
			again */
} web_route;

enum { ROUTE_PARAMS = 6 };

typedef struct route_hit {
	const web_route *route; /* NULL: none for this method */
	str name[ROUTE_PARAMS], value[ROUTE_PARAMS];
	size_t n;
	str allow; /* without a route: the methods this path has, for 405; empty: no such path */
} route_hit;

typedef struct router router;

/* `tables` ends with NULL. Returns NULL and the offending row when two rows clash or a row is not well
 * formed: a method in capitals, a path of segments, a handler, a permission, a summary, at most ROUTE_PARAMS
 * parameters. */
router *route_build(arena *a, const web_route *const tables[], const web_route **clash);

/* `path` as http_req has it. Texts point into `path`; `allow` into the router. */
route_hit route_find(const router *r, str method, str path);

/* Every row in the order of the tables: for (size_t i = 0; (row = route_at(r, i)); i++). */
const web_route *route_at(const router *r, size_t i);

/* ask_place.h - a village as a question: without scripts, by part of its name or level by level.
 *
 * What is typed is searched for; what is found is offered; a place above the villages offers what is below
 * it. The inputs are NAME (the place picked), NAME-text (what is searched), NAME-within (where) and NAME-keep
 * (what stood before, kept when nothing is typed or picked). */
#pragma once
#include "app/field/value.h"
#include "app/region/region.h"
#include "web/house.h"

typedef struct ask_place {
	str name;
	int64_t code;   /* the village; 0: none yet */
	int64_t within; /* the place whose divisions are offered; 0: what a search found */
	str typed;
	region_list offered;
	const fault *wrong; /* why there is no village yet, though something was typed or picked */
	bool step;          /* nothing is wrong with it: the next choice was made of what was given */
} ask_place;

/* As it stands: `code` 0 for none. */
ask_place ask_place_of(str name, int64_t code);

/* What was posted. Nothing typed, picked or kept: code 0 and no fault. */
rc ask_place_read(web_req *rq, str name, ask_place *out) MUST_USE;

/* Its inputs. `error`: what is wrong, in words, or empty. */
rc ask_place_show(web_req *rq, const ask_place *p, str label, str hint, str error, bool heading,
		  html_safe *out) MUST_USE;

/* The id of the input that an error leads to. */
str ask_place_id(const web_req *rq, const ask_place *p);

/* "湖北省武汉市江岸区大智街道大智社区": the names on the day of the request; the code where there is none. */
str ask_place_path(web_req *rq, int64_t code);

/* The names of divisions as the reader of fields wants them. */
field_regions ask_regions(web_req *rq);

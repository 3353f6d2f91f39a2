/* people_photo.c - the photo of a person: bytes for the picture on his page, under the same rights, the same
 * purpose and the same look, and never kept by a browser. */
#include "app/errand/bench.h"
#include "app/intake/photo.h"
#include "web/desk/people_priv.h"

bool
person_photo_seen(const web_req *rq)
{
	return actor_sees(house_actor(rq), FIELD_PERSONAL);
}

static rc
send_photo(web_req *rq)
{
	const person_page *how = rq->work;
	person_view p;
	db *d = NULL;
	str bytes;

	TRY(house_read(rq, &d));
	TRY(person_read(d, rq->a, rq->fault, how->ref, &p));
	TRY(photo_read(d, rq->a, rq->fault, &p, bench_papers(house_of(rq)->bench), &bytes));
	bool png = str_starts(bytes, STR("\x89PNG"));
	return web_bytes(rq, 200, png ? STR("image/png") : STR("image/jpeg"), bytes);
}

/* Without a purpose there is no page of his to show it on. */
rc
person_photo_get(web_req *rq)
{
	person_page *how = NULL;
	bool ask = false;

	TRY(person_of_post(rq, &how, &ask));
	if (ask || !person_photo_seen(rq) || !house_of(rq)->bench)
		return RC_NOT_FOUND;
	return house_look(rq, &(look){.kind = LOOK_PERSON, .person = how->ref, .purpose = how->purpose},
			  send_photo);
}

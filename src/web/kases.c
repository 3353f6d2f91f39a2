/* kases.c - see kases.h. */
#include "web/kases.h"

rc
kases_of(web_req *rq, const kase_house **out)
{
	db *d = NULL;

	TRY(house_read(rq, &d));
	return kases_hold(house_of(rq)->kases, d, rq->now, rq->a, rq->fault, out);
}

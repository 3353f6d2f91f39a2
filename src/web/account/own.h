/* own.h - whose record a page of /me is about: one's own, or with ?person=TENANT-ID that of a ward. */
#pragma once
#include "app/kase/ward.h"
#include "web/house.h"

typedef struct own {
	const person_ref *ref;  /* NULL: the account stands for no record */
	str name;               /* of the ward; empty: one's own */
	const person_ref *ward; /* the same as ref; NULL: one's own */
	kase_wards wards;
} own;

/* RC_NOT_FOUND: the address names somebody who is no ward of this account. */
rc own_open(web_req *rq, own *out) MUST_USE;
/* The same of "TENANT-ID"; empty: oneself. */
rc own_of(web_req *rq, str ward, own *out) MUST_USE;
str own_ref(arena *a, const person_ref *ward); /* "420106-7" */

/* "谁看过我的档案", or the ward's: the title of /me/access-log. */
str own_log_title(const web_req *rq, const own *o);

/* The address of a page about this ward: "/me/record?person=420106-7"; NULL: about oneself. */
str own_href(arena *a, const char *path, const person_ref *ward);

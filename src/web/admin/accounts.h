/* accounts.h - what the pages of accounts and of posts share. */
#pragma once
#include "app/account/staff.h"
#include "web/admin/sheet.h"

/* The account that the path names. RC_NOT_FOUND: none that this actor sees. */
rc accounts_this(web_req *rq, staff_member *m) MUST_USE;
staff_ask accounts_ask(const web_req *rq, int64_t tenant);
/* "/admin/accounts/TENANT-ID" and a tail. */
str accounts_path(const web_req *rq, const staff_member *m, const char *tail);
/* "县残联经办人（县残联）": what a post is, in one line. */
str accounts_post_words(const web_req *rq, const staff_post *p);
str accounts_dates(const web_req *rq, str from, str until);
/* Somebody's own account is another administrator's to write. */
bool accounts_self(const web_req *rq, const staff_member *m);

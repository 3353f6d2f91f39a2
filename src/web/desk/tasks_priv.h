/* tasks_priv.h - what the files of the to-do list share. */
#pragma once
#include "web/desk/tasks.h"

/* The list once more, with what is to be mended. */
rc tasks_again(web_req *rq, const form *f) MUST_USE;

rc tasks_batch_post(web_req *rq);

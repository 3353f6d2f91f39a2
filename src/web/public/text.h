/* text.h - the pages of words, for whoever looks in them. */
#pragma once
#include "web/public/public.h"
#include "web/public_tpl.h"

/* The page at that path, in the reader's language. */
rc text_read(web_req *rq, str path, struct tpl_text_page *out) MUST_USE;

/* kinds.h - categories of disability in the reader's words. */
#pragma once
#include "web/house.h"

str category_word(const web_req *rq, int64_t category);

/* "肢体、视力" of a set of category_bit; empty: none. */
str categories_words(const web_req *rq, int64_t set);

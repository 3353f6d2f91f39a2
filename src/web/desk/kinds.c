/* kinds.c - see kinds.h. */
#include "web/desk/kinds.h"

#include "app/assessor/assessor.h"
#include "app/field/field.h"

str
category_word(const web_req *rq, int64_t category)
{
	const code_list *l = code_list_find(house_of(rq)->fields, STR("category"));
	str code = str_fmt(rq->a, "%lld", (long long)category);
	const code_item *item = l ? code_find(l, code) : NULL;

	return !item ? code : rq->lang == MSG_EN ? item->en : item->zh;
}

str
categories_words(const web_req *rq, int64_t set)
{
	buf b = buf_in(rq->a);

	for (int64_t c = 1; c <= ASSESSOR_CATEGORIES; c++)
		if (set & category_bit(c)) {
			str word = category_word(rq, c);
			buf_fmt(&b, "%s%.*s",
				b.n == 0             ? ""
				: rq->lang == MSG_EN ? ", "
						     : "、",
				STR_ARG(word));
		}
	return buf_str(&b);
}

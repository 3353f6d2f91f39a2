/* occasion.c - see occasion.h. */
#include "web/occasion.h"

#include "base/date.h"
#include "locale/msg_ids.h"

str
occasion_time(const web_req *rq, str day, str begins, str ends)
{
	static const int weekday[] = {0,
				      MSG_SCHEDULE_WEEKDAY_1,
				      MSG_SCHEDULE_WEEKDAY_2,
				      MSG_SCHEDULE_WEEKDAY_3,
				      MSG_SCHEDULE_WEEKDAY_4,
				      MSG_SCHEDULE_WEEKDAY_5,
				      MSG_SCHEDULE_WEEKDAY_6,
				      MSG_SCHEDULE_WEEKDAY_7};
	int32_t on = DATE_NONE;
	bool known = date_parse(day, &on);
	const fault_arg args[] = {{.name = "day", .is_text = true, .s = day},
				  {.name = "weekday",
				   .is_text = true,
				   .s = known ? house_words(rq, weekday[date_weekday(on)]) : STR("")},
				  {.name = "begins", .is_text = true, .s = begins},
				  {.name = "ends", .is_text = true, .s = ends},
				  {0}};

	return msg_text(rq->a, rq->lang, MSG_SCHEDULE_TIME_WORDS, args);
}

str
occasion_kind_words(const web_req *rq, occasion_kind kind)
{
	switch (kind) {
	case OCCASION_SESSION:
		return house_words(rq, MSG_SCHEDULE_KIND_SESSION);
	case OCCASION_CAMP:
		return house_words(rq, MSG_SCHEDULE_KIND_CAMP);
	case OCCASION_HOME:
		break;
	}
	return house_words(rq, MSG_SCHEDULE_KIND_HOME);
}

str
needs_words(const web_req *rq, int64_t needs)
{
	static const struct {
		visit_need need;
		int words;
	} all[] = {{NEED_COMPANION, MSG_SCHEDULE_NEED_COMPANION},
		   {NEED_SIGN, MSG_SCHEDULE_NEED_SIGN},
		   {NEED_TRANSPORT, MSG_SCHEDULE_NEED_TRANSPORT}};
	buf b = buf_in(rq->a);

	for (size_t i = 0; i < LEN(all); i++)
		if (needs & all[i].need)
			buf_fmt(&b, "%s%.*s",
				b.n == 0             ? ""
				: rq->lang == MSG_EN ? ", "
						     : "、",
				STR_ARG(house_words(rq, all[i].words)));
	return buf_str(&b);
}

str
outcome_words(const web_req *rq, str outcome)
{
	static const struct {
		const char *outcome;
		int words;
	} all[] = {{"came", MSG_SCHEDULE_CAME},
		   {"missed", MSG_SCHEDULE_MISSED},
		   {"moved", MSG_SCHEDULE_MOVED},
		   {"cancelled", MSG_SCHEDULE_CANCELLED}};

	for (size_t i = 0; i < LEN(all); i++)
		if (str_eq(outcome, str_of(all[i].outcome)))
			return house_words(rq, all[i].words);
	return house_words(rq, MSG_SCHEDULE_EXPECTED);
}

str
occasion_own_words(const web_req *rq, const appointment_view *a)
{
	if (!a || a->day.n == 0)
		return (str){0};
	const fault_arg args[] = {
		{.name = "time", .is_text = true, .s = occasion_time(rq, a->day, a->begins, a->ends)},
		{.name = "office", .is_text = true, .s = a->office},
		{.name = "place", .is_text = true, .s = a->place},
		{0}};

	return msg_text(rq->a, rq->lang, a->kind == OCCASION_HOME ? MSG_SCHEDULE_OWN_HOME : MSG_SCHEDULE_OWN,
			args);
}

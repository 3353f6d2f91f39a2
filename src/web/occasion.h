/* occasion.h - an occasion in the reader's words. */
#pragma once
#include "app/schedule/schedule.h"
#include "web/house.h"

/* "2026-12-03（周四）08:30–11:30" */
str occasion_time(const web_req *rq, str day, str begins, str ends);
str occasion_kind_words(const web_req *rq, occasion_kind kind);
/* "家属陪同、手语翻译"; empty: none. */
str needs_words(const web_req *rq, int64_t needs);
/* "到场", "未到场"; of one that is expected: that. */
str outcome_words(const web_req *rq, str outcome);

/* What the applicant is told of his day: when, where, what to bring; empty: no day is to come. */
str occasion_own_words(const web_req *rq, const appointment_view *a);

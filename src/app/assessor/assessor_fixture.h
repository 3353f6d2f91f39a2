/* assessor_fixture.h - for tests: a doctor, a licence, a designation in one line each. */
#pragma once
#include "app/account/account_fixture.h"
#include "app/assessor/assessor.h"

static inline int32_t
day_of(const char *text)
{
	int32_t day = DATE_NONE;

	(void)date_parse(str_of(text), &day);
	return day;
}

static inline int64_t
doctor_at(town *w, const actor *by, int64_t office, const char *name, const char *practice)
{
	const doctor_new n = {.by = by,
			      .tenant = COUNTY,
			      .office = office,
			      .name = str_of(name),
			      .title = STR("主治医师"),
			      .practice = str_of(practice)};
	int64_t id = 0;

	OK(w, run(w, doctor_enter, &n, &id));
	return id;
}

static inline void
license(town *w, const actor *by, int64_t doctor, int64_t categories, const char *from, const char *until)
{
	const licence_new n = {.by = by,
			       .tenant = COUNTY,
			       .doctor = doctor,
			       .categories = categories,
			       .number = STR("评 1 号"),
			       .from = day_of(from),
			       .until = day_of(until)};

	OK(w, run(w, licence_give, &n, NULL));
}

static inline void
designate(town *w, const actor *by, int64_t office, int64_t categories, const char *from, const char *until)
{
	const designation_new n = {.by = by,
				   .tenant = COUNTY,
				   .office = office,
				   .categories = categories,
				   .document = STR("省卫健委 12 号"),
				   .from = day_of(from),
				   .until = day_of(until)};
	int64_t id = 0;

	OK(w, run(w, designation_give, &n, &id));
}

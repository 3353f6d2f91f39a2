/* history.h - the days before today, played through the commands that pages use. */
#pragma once
#include "app/demo/cast.h"
#include "app/demo/story.h"
#include "base/calendar.h"

/* How many working days before today the stories begin. */
int64_t history_days(const stories *all);

/* From the maker's day until yesterday; at the end the clock stands at `today` (ms) and what is due today has
 * run. RC_INVALID demo.refused: a command said no, with file, path and why; demo.stuck: a path went on where
 * its case did not. */
rc history_play(maker *m, const stories *all, int64_t today) MUST_USE;

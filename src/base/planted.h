/* planted.h - faults put in on purpose, for the proof that fuzzing finds such.
 *
 * `wrong` only in a build with -Dplant=true: a slip such as people make, one in each of a few parsers, which
 * the parser's fuzz target must find (scripts/fuzz.sh planted). In every other build `right`. */
#pragma once

#ifdef ZHUCAN_PLANT
#define PLANTED(wrong, right) (wrong)
#else
#define PLANTED(wrong, right) (right)
#endif

/* words.h - what the code lists (lists/codes) call in English what they call so in Chinese, for places where
 * only the word stands: values of policies, and of what they were asked. */
#pragma once
#include "base/str.h"

typedef struct word_pair {
	str zh, en;
} word_pair;

extern const word_pair words_all[]; /* made by tools/wordgen.c, in the order of the bytes */
extern const size_t words_n;

/* Empty: no list has it, or two lists mean different things by it. */
str words_english(str zh);

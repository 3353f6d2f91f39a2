/* words.c - see words.h. */
#include "io/words.h"

str
words_english(str zh)
{
	size_t low = 0, high = words_n;

	while (low < high) {
		size_t mid = low + (high - low) / 2;
		int order = str_cmp(zh, words_all[mid].zh);
		if (order == 0)
			return words_all[mid].en;
		if (order < 0)
			high = mid;
		else
			low = mid + 1;
	}
	return STR("");
}

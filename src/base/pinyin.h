/* pinyin.h - keys by which a Chinese name is found again: one spelling of its characters, its toneless
 * pinyin, and a weaker key for southern ears.
 *
 * Keys are for looking up and comparing, never for showing: two people with one key are two people. Every
 * function takes clean text (utf8.h) and folds it as name_fold does. The tables are made at build time from
 * the Unicode Character Database; readings of surnames and equal spellings are by hand, in pinyin.c. */
#pragma once
#include "base/buf.h"

/* The name in one spelling: name_fold, no middle dots, traditional and variant characters as the standard one
 * (呂峯 → 吕峰), ASCII in lower case, and at the head of the name the surnames that offices write two ways
 * (闫→阎 付→傅 肖→萧 邱→丘 代→戴 兰→蓝). */
str name_key(arena *a, str name);

/* "zengguoqiang" of 曾国强: toneless, ü as v, surnames by their own readings, no separators. ASCII letters
 * and digits stay, in lower case, so that what is typed in pinyin meets the key; characters without a reading
 * stay themselves. */
str pinyin_key(arena *a, str name);

/* "zgq": the first letter of each syllable. */
str pinyin_initials(arena *a, str name);

/* pinyin_key with n as l, zh ch sh as z c s, ang eng ing as an en in, hu as f: names taken down by ear. */
str pinyin_southern(arena *a, str name);

/* The surname at the head of a name: two characters for the compound ones (欧阳, 尉迟) when a given name
 * follows, else one; empty for a name with a middle dot or one that does not begin with a Chinese character.
 * A part of `name`, which must be folded (name_fold). */
str name_surname(str name);

/* The usual reading of one character, "" when none is known. */
str pinyin_of(uint32_t cp);
/* The standard character that a variant stands for, or the character itself. */
uint32_t pinyin_variant(uint32_t cp);

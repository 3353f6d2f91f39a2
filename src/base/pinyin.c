/* pinyin.c - see pinyin.h. pinyin_table.h comes from tools/pinyingen.c. */
#include "base/pinyin.h"

#include "base/pinyin_table.h"
#include "base/utf8.h"

enum { MIDDLE_DOT = 0xb7, RARE_BITS = 10, RARE_MASK = (1 << RARE_BITS) - 1 };

/* Surnames that are not read as the character usually is. */
static const struct {
	const char *surname, *reading;
} surname_reading[] = {
	{"么", "yao"},  {"乐", "yue"},  {"乜", "nie"},  {"仇", "qiu"},   {"佴", "nai"},  {"匙", "chi"},
	{"区", "ou"},   {"单", "shan"}, {"卜", "bu"},   {"召", "shao"},  {"句", "gou"},  {"员", "yun"},
	{"折", "she"},  {"曾", "zeng"}, {"朴", "piao"}, {"查", "zha"},   {"洗", "xian"}, {"炅", "gui"},
	{"盖", "ge"},   {"祭", "zhai"}, {"秘", "bi"},   {"种", "chong"}, {"繁", "po"},   {"缪", "miao"},
	{"翟", "zhai"}, {"能", "nai"},  {"蔚", "yu"},   {"薄", "bo"},    {"藏", "zang"}, {"覃", "qin"},
	{"解", "xie"},  {"贠", "yun"},  {"逢", "pang"}, {"郇", "xun"},   {"都", "du"},   {"重", "chong"},
	{"阚", "kan"},  {"隗", "wei"},  {"难", "ning"}, {"黑", "he"},
};

/* Surnames of two characters; the reading where the characters' own would be wrong. */
static const struct {
	const char *surname, *reading;
} compound[] = {
	{"万俟", "mo qi"},     {"上官", NULL}, {"东方", NULL},      {"东郭", NULL},        {"东门", NULL},
	{"乐正", "yue zheng"}, {"亓官", NULL}, {"仲孙", NULL},      {"令狐", NULL},        {"公冶", NULL},
	{"公孙", NULL},        {"公羊", NULL}, {"公西", NULL},      {"公良", NULL},        {"南宫", NULL},
	{"南荣", NULL},        {"南门", NULL}, {"单于", "chan yu"}, {"司徒", NULL},        {"司空", NULL},
	{"司寇", NULL},        {"司马", NULL}, {"呼延", NULL},      {"壤驷", NULL},        {"夏侯", NULL},
	{"太史", NULL},        {"太叔", NULL}, {"夹谷", NULL},      {"子车", "zi ju"},     {"宇文", NULL},
	{"宗政", NULL},        {"宰父", NULL}, {"尉迟", "yu chi"},  {"左丘", NULL},        {"巫马", NULL},
	{"微生", NULL},        {"慕容", NULL}, {"拓跋", "tuo ba"},  {"梁丘", NULL},        {"欧阳", NULL},
	{"段干", NULL},        {"漆雕", NULL}, {"濮阳", NULL},      {"澹台", "tan tai"},   {"独孤", NULL},
	{"申屠", NULL},        {"百里", NULL}, {"皇甫", NULL},      {"相里", NULL},        {"端木", NULL},
	{"第五", NULL},        {"羊舌", NULL}, {"西门", NULL},      {"诸葛", NULL},        {"谷梁", NULL},
	{"赫连", NULL},        {"轩辕", NULL}, {"钟离", NULL},      {"长孙", "zhang sun"}, {"闻人", NULL},
	{"闾丘", NULL},        {"颛孙", NULL}, {"鲜于", NULL},
};

/* In names a character is read as here, whatever stands first in the dictionary. */
static const struct {
	uint32_t cp;
	const char *reading;
} in_names[] = {
	{0x957f, "chang"}, /* 长, first zhang in the dictionary */
	{0x20bb7, "ji"},   /* the 吉 with an upper 土, which has no reading there */
};

/* Surnames that one family's papers write two ways: left over from the simplified forms of 1977. */
static const struct {
	uint32_t from, to;
} same_surname[] = {
	{0x95eb, 0x960e}, /* 闫 阎 */
	{0x4ed8, 0x5085}, /* 付 傅 */
	{0x8096, 0x8427}, /* 肖 萧 */
	{0x90b1, 0x4e18}, /* 邱 丘 */
	{0x4ee3, 0x6234}, /* 代 戴 */
	{0x5170, 0x84dd}, /* 兰 蓝 */
};

static bool
is_han(uint32_t cp)
{
	return (cp >= 0x3400 && cp <= 0x9fff) || (cp >= 0x20000 && cp <= 0x3ffff) || cp == 0x3007;
}

uint32_t
pinyin_variant(uint32_t cp)
{
	size_t lo = 0, hi = LEN(variant);

	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		if (variant[mid][0] == cp)
			return variant[mid][1];
		if (variant[mid][0] < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return cp;
}

str
pinyin_of(uint32_t cp)
{
	size_t lo = 0, hi = LEN(rare);

	if (cp >= READING_FIRST && cp <= READING_LAST) {
		uint16_t r = reading[cp - READING_FIRST];
		return r ? str_of(syllable[r - 1]) : STR("");
	}
	while (lo < hi) {
		size_t mid = lo + (hi - lo) / 2;
		uint32_t at = rare[mid] >> RARE_BITS;
		if (at == cp)
			return str_of(syllable[rare[mid] & RARE_MASK]);
		if (at < cp)
			lo = mid + 1;
		else
			hi = mid;
	}
	return STR("");
}

/* The reading of a character that is not a surname. */
static str
reading_in_name(uint32_t cp)
{
	for (size_t i = 0; i < LEN(in_names); i++)
		if (in_names[i].cp == cp)
			return str_of(in_names[i].reading);
	str own = pinyin_of(cp);
	return own.n ? own : pinyin_of(pinyin_variant(cp));
}

str
name_surname(str name)
{
	str rest = name;
	uint32_t cp = 0;

	if (str_find(name, STR("·")) >= 0 || !utf8_next(&rest, &cp) || !is_han(cp))
		return (str){name.p, 0};
	for (size_t i = 0; i < LEN(compound); i++) {
		str two = str_of(compound[i].surname);
		if (str_starts(name, two) && name.n > two.n)
			return str_sub(name, 0, two.n);
	}
	return str_sub(name, 0, name.n - rest.n);
}

/* name_fold and variants, dots kept. */
static str
one_spelling(arena *a, str name)
{
	str rest = name_fold(a, name);
	buf b = buf_in(a);
	uint32_t cp = 0;

	while (utf8_next(&rest, &cp))
		utf8_put(&b, pinyin_variant(cp));
	return buf_str(&b);
}

str
name_key(arena *a, str name)
{
	str rest = one_spelling(a, name);
	str surname = name_surname(rest);
	buf b = buf_in(a);
	uint32_t cp = 0;

	for (bool first = surname.n > 0; utf8_next(&rest, &cp); first = false) {
		for (size_t i = 0; first && i < LEN(same_surname); i++)
			cp = same_surname[i].from == cp ? same_surname[i].to : cp;
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		if (cp != MIDDLE_DOT && cp != ' ')
			utf8_put(&b, cp);
	}
	return buf_str(&b);
}

/* How the surname is read when not as its characters usually are, a space between syllables; "" otherwise. */
static str
surname_as_read(str surname)
{
	for (size_t i = 0; i < LEN(compound); i++)
		if (compound[i].reading && str_eq(surname, str_of(compound[i].surname)))
			return str_of(compound[i].reading);
	for (size_t i = 0; i < LEN(surname_reading); i++)
		if (str_eq(surname, str_of(surname_reading[i].surname)))
			return str_of(surname_reading[i].reading);
	return STR("");
}

static void
put_whole(buf *b, str s)
{
	buf_put(b, s);
}

static void
put_initial(buf *b, str s)
{
	buf_put(b, str_sub(s, 0, 1));
}

/* zhang → zan, huang → fan, neng → len, lv → lu */
static void
put_southern(buf *b, str s)
{
	static const struct {
		str from, to;
	} head[] = {
		{STR("zh"), STR("z")},   {STR("ch"), STR("c")},    {STR("sh"), STR("s")},
		{STR("n"), STR("l")},    {STR("hui"), STR("fei")}, {STR("hun"), STR("fen")},
		{STR("huo"), STR("fo")}, {STR("hua"), STR("fa")},  {STR("hu"), STR("fu")},
	};

	for (size_t i = 0; i < LEN(head); i++)
		if (str_starts(s, head[i].from)) {
			buf_put(b, head[i].to);
			s = str_from(s, head[i].from.n);
			break;
		}
	if (s.n > 1 && s.p[s.n - 1] == 'g' && !str_ends(s, STR("ong")))
		s.n--;
	for (size_t i = 0; i < s.n; i++)
		buf_c(b, s.p[i] == 'v' ? 'u' : s.p[i]);
}

/* The name with `put` for every syllable; what has no reading stays itself, dots and spaces go. */
static str
spell(arena *a, str name, void (*put)(buf *, str))
{
	str rest = one_spelling(a, name), surname = name_surname(rest), as_read = surname_as_read(surname);
	buf b = buf_in(a);
	uint32_t cp = 0;
	str s = {0};

	while (utf8_next(&rest, &cp)) {
		if (!str_next(&as_read, ' ', &s)) /* after the surname's own syllables */
			s = reading_in_name(cp);
		if (s.n > 0)
			put(&b, s);
		else if (cp >= 'A' && cp <= 'Z')
			buf_c(&b, (char)(cp + ('a' - 'A')));
		else if (cp != MIDDLE_DOT && cp != ' ')
			utf8_put(&b, cp);
	}
	return buf_str(&b);
}

str
pinyin_key(arena *a, str name)
{
	return spell(a, name, put_whole);
}

str
pinyin_initials(arena *a, str name)
{
	return spell(a, name, put_initial);
}

str
pinyin_southern(arena *a, str name)
{
	return spell(a, name, put_southern);
}

/* pinyin.c - see pinyin.h. pinyin_table.h comes from tools/pinyingen.c. */
#include "base/pinyin.h"

#include "base/pinyin_table.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { MIDDLE_DOT = 0xb7, RARE_BITS = 10, RARE_MASK = (1 << RARE_BITS) - 1 };

/* Surnames that are not read as the dictionary reads their characters, sorted by bytes; a space between
 * syllables. */
typedef struct surname_reading {
	str surname, reading;
} surname_reading;

static const surname_reading by_hand[] = {
	{STR("万俟"), STR("mo qi")},     {STR("么"), STR("yao")},         {STR("乐"), STR("yue")},
	{STR("乐正"), STR("yue zheng")}, {STR("乜"), STR("nie")},         {STR("仇"), STR("qiu")},
	{STR("佴"), STR("nai")},         {STR("匙"), STR("chi")},         {STR("区"), STR("ou")},
	{STR("单"), STR("shan")},        {STR("单于"), STR("chan yu")},   {STR("卜"), STR("bu")},
	{STR("句"), STR("gou")},         {STR("召"), STR("shao")},        {STR("员"), STR("yun")},
	{STR("子车"), STR("zi ju")},     {STR("尉迟"), STR("yu chi")},    {STR("折"), STR("she")},
	{STR("拓跋"), STR("tuo ba")},    {STR("曾"), STR("zeng")},        {STR("朴"), STR("piao")},
	{STR("查"), STR("zha")},         {STR("洗"), STR("xian")},        {STR("澹台"), STR("tan tai")},
	{STR("炅"), STR("gui")},         {STR("盖"), STR("ge")},          {STR("祭"), STR("zhai")},
	{STR("种"), STR("chong")},       {STR("秘"), STR("bi")},          {STR("繁"), STR("po")},
	{STR("缪"), STR("miao")},        {STR("翟"), STR("zhai")},        {STR("能"), STR("nai")},
	{STR("蔚"), STR("yu")},          {STR("薄"), STR("bo")},          {STR("藏"), STR("zang")},
	{STR("覃"), STR("qin")},         {STR("解"), STR("xie")},         {STR("贠"), STR("yun")},
	{STR("逢"), STR("pang")},        {STR("郇"), STR("xun")},         {STR("都"), STR("du")},
	{STR("重"), STR("chong")},       {STR("长孙"), STR("zhang sun")}, {STR("阚"), STR("kan")},
	{STR("隗"), STR("wei")},         {STR("难"), STR("ning")},        {STR("黑"), STR("he")},
};

/* Surnames of two characters, sorted by bytes. */
static const str compound[] = {
	STR("万俟"), STR("上官"), STR("东方"), STR("东郭"), STR("东门"), STR("乐正"), STR("亓官"),
	STR("令狐"), STR("仲孙"), STR("公冶"), STR("公孙"), STR("公羊"), STR("公良"), STR("公西"),
	STR("单于"), STR("南宫"), STR("南荣"), STR("南门"), STR("司寇"), STR("司徒"), STR("司空"),
	STR("司马"), STR("呼延"), STR("壤驷"), STR("夏侯"), STR("太叔"), STR("太史"), STR("夹谷"),
	STR("子车"), STR("宇文"), STR("宗政"), STR("宰父"), STR("尉迟"), STR("左丘"), STR("巫马"),
	STR("微生"), STR("慕容"), STR("拓跋"), STR("梁丘"), STR("欧阳"), STR("段干"), STR("漆雕"),
	STR("澹台"), STR("濮阳"), STR("独孤"), STR("申屠"), STR("百里"), STR("皇甫"), STR("相里"),
	STR("端木"), STR("第五"), STR("羊舌"), STR("西门"), STR("诸葛"), STR("谷梁"), STR("赫连"),
	STR("轩辕"), STR("钟离"), STR("长孙"), STR("闻人"), STR("闾丘"), STR("颛孙"), STR("鲜于"),
};

/* In names a character is read as here, whatever stands first in the dictionary. */
static const struct {
	uint32_t cp;
	const char *reading;
} in_names[] = {
	{0x957f, "chang"}, /* 长, first zhang in the dictionary */
	{0x20bb7, "ji"},   /* the 吉 with an upper 土, which has no reading there */
};

/* Surnames that one family's papers write two ways, left over from the simplified forms of 1977. */
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

static int
by_text(const void *key, const void *row)
{
	return str_cmp(*(const str *)key, *(const str *)row); /* the text is first in either table */
}

str
name_surname(str name)
{
	str one = utf8_cut(name, 1), two = utf8_cut(name, 2), rest = name;
	uint32_t cp = 0;

	if (!utf8_next(&rest, &cp) || !is_han(cp) || str_find(name, STR("·")) >= 0)
		return (str){name.p, 0};
	if (name.n > two.n && bsearch(&two, compound, LEN(compound), sizeof compound[0], by_text))
		return two;
	return one;
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
	bool has_surname = name_surname(rest).n > 0;
	buf b = buf_in(a);
	uint32_t cp = 0;

	for (bool first = has_surname; utf8_next(&rest, &cp); first = false) {
		for (size_t i = 0; first && i < LEN(same_surname); i++)
			cp = same_surname[i].from == cp ? same_surname[i].to : cp;
		if (cp >= 'A' && cp <= 'Z')
			cp += 'a' - 'A';
		if (cp != MIDDLE_DOT && cp != ' ')
			utf8_put(&b, cp);
	}
	return buf_str(&b);
}

/* How the surname is read when not as its characters usually are; "" otherwise. */
static str
surname_as_read(str surname)
{
	const surname_reading *r = bsearch(&surname, by_hand, LEN(by_hand), sizeof by_hand[0], by_text);

	return r ? r->reading : STR("");
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
	str rest = one_spelling(a, name), as_read = surname_as_read(name_surname(rest));
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

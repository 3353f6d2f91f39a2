/* pinyin_test.c - names people have, as they are read and as they are looked for. */
#include "base/pinyin.h"

#include "base/utf8.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
names_are_read(void **state)
{
	static const struct {
		const char *name, *key;
	} row[] = {
		{"王小明", "wangxiaoming"},
		{"吕丽", "lvli"},
		{"曾国强", "zengguoqiang"},
		{"单田芳", "shantianfang"},
		{"解晓东", "xiexiaodong"},
		{"仇英", "qiuying"},
		{"查良镛", "zhaliangyong"},
		{"盖叫天", "gejiaotian"},
		{"朴槿惠", "piaojinhui"},
		{"区小明", "ouxiaoming"},
		{"任盈盈", "renyingying"},
		{"翟志刚", "zhaizhigang"},
		{"尉迟恭", "yuchigong"},
		{"尉健行", "weijianxing"},
		{"万俟卨", "moqixie"},
		{"万里", "wanli"},
		{"长孙皇后", "zhangsunhuanghou"},
		{"王长青", "wangchangqing"},
		{"欧阳修", "ouyangxiu"},
		{"欧阳", "ouyang"},
		{"李单", "lidan"}, /* a surname's reading is for surnames */
		{"呂峯", "lvfeng"},
		{"葉問", "yewen"},
		{"买买提·单", "maimaitidan"}, /* no surname */
		{"Li  Ming", "liming"},
		{"ＬＩ明2", "liming2"},
		{"\xf0\xa0\xae\xb7野", "jiye"},        /* U+20BB7, beyond the first plane */
		{"\xee\x82\x8b三", "\xee\x82\x8bsan"}, /* U+E08B, a private character: itself */
		{"", ""},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++)
		assert_string_equal(cstr(a, pinyin_key(a, str_of(row[i].name))), row[i].key);
	arena_close(a);
}

/* A row of the table by hand is there because the dictionary says otherwise. */
static void
surnames_by_hand_are_needed(void **state)
{
	const str surnames =
		STR("么乐乜仇佴匙区单卜召句员折曾朴查洗炅盖祭秘种繁缪翟能蔚薄藏覃解贠逢郇都重阚隗难黑");
	arena *a = arena_open(NULL, 0);
	str rest = surnames;
	uint32_t cp = 0;

	(void)state;
	assert_int_equal(utf8_count(surnames), 40);
	while (utf8_next(&rest, &cp)) {
		buf name = buf_in(a);
		utf8_put(&name, cp);
		str alone = pinyin_key(a, buf_str(&name));
		assert_true(alone.n > 0);
		if (str_eq(alone, pinyin_of(cp)))
			fail_msg("%s is %s anyway", cstr(a, buf_str(&name)), cstr(a, alone));
	}
	arena_close(a);
}

static void
one_spelling_of_a_name(void **state)
{
	static const struct {
		const char *name, *key;
	} row[] = {
		{"呂峯", "吕峰"},  {"张 三", "张三"},     {"買買提．艾力", "买买提艾力"},
		{"闫闫", "阎闫"},  {"付强", "傅强"},      {"肖肖", "萧肖"},
		{"邱丘", "丘丘"},  {"代兰", "戴兰"},      {"兰代", "蓝代"},
		{"陳強", "陈强"},  {"李昇", "李昇"}, /* a standard character is a name of its own */
		{"付·付", "付付"}, {"LI Ming", "liming"}, {"", ""},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		str key = name_key(a, str_of(row[i].name));
		assert_string_equal(cstr(a, key), row[i].key);
	}
	assert_true(str_eq(pinyin_key(a, STR("付强")), pinyin_key(a, STR("傅强"))));
	arena_close(a);
}

static void
weaker_keys(void **state)
{
	static const struct {
		const char *name, *southern, *initials;
	} row[] = {
		{"黄能", "fanlen", "hn"},      {"方棱", "fanlen", "fl"},  {"张胜", "zansen", "zs"},
		{"臧森", "zansen", "zs"},      {"胡英", "fuyin", "hy"},   {"符银", "fuyin", "fy"},
		{"惠农", "feilong", "hn"},     {"霍洪", "fohong", "hh"},  {"吕女", "lulu", "ln"},
		{"花荣", "farong", "hr"},      {"桓玄", "fanxuan", "hx"}, {"怀仁", "fairen", "hr"},
		{"尉迟恭", "yucigong", "ycg"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++) {
		assert_string_equal(cstr(a, pinyin_southern(a, str_of(row[i].name))), row[i].southern);
		assert_string_equal(cstr(a, pinyin_initials(a, str_of(row[i].name))), row[i].initials);
	}
	arena_close(a);
}

static void
surname_of_a_name(void **state)
{
	static const struct {
		const char *name, *surname;
	} row[] = {
		{"王小明", "王"},   {"欧阳修", "欧阳"}, {"欧阳", "欧"},
		{"尉迟恭", "尉迟"}, {"第五伦", "第五"}, {"买买提·艾力", ""},
		{"Li", ""},         {"", ""},           {"\xf0\xa0\xae\xb7野", "\xf0\xa0\xae\xb7"},
	};
	arena *a = arena_open(NULL, 0);

	(void)state;
	for (size_t i = 0; i < LEN(row); i++)
		assert_string_equal(cstr(a, name_surname(str_of(row[i].name))), row[i].surname);
	arena_close(a);
}

/* Each is found, so the table is sorted. */
static void
compound_surnames(void **state)
{
	str rest = STR("万俟 上官 东方 东郭 东门 乐正 亓官 令狐 仲孙 公冶 公孙 公羊 公良 公西 单于 南宫 南荣 "
		       "南门 司寇 司徒 司空 司马 呼延 壤驷 夏侯 太叔 太史 夹谷 子车 宇文 宗政 宰父 尉迟 左丘 "
		       "巫马 微生 慕容 拓跋 梁丘 欧阳 段干 漆雕 澹台 濮阳 独孤 申屠 百里 皇甫 相里 端木 第五 "
		       "羊舌 西门 诸葛 谷梁 赫连 轩辕 钟离 长孙 闻人 闾丘 颛孙 鲜于");
	arena *a = arena_open(NULL, 0);
	str two = {0};
	int n = 0;

	(void)state;
	for (; str_next(&rest, ' ', &two); n++)
		if (!str_eq(name_surname(str_cat(a, two, STR("明"))), two))
			fail_msg("%s", cstr(a, two));
	assert_int_equal(n, 63);
	arena_close(a);
}

static void
tables_are_whole(void **state)
{
	int read = 0, everyday = 0, folded = 0;

	(void)state;
	for (uint32_t cp = 0; cp < 0x40000; cp++) {
		str s = pinyin_of(cp);
		uint32_t to = pinyin_variant(cp);
		read += s.n > 0;
		everyday += s.n > 0 && cp >= 0x4e00 && cp <= 0x9fff;
		for (size_t i = 0; i < s.n; i++)
			assert_in_range(s.p[i], 'a', 'z');
		if (to != cp) {
			folded++;
			assert_int_equal(pinyin_variant(to), to); /* one step is enough */
		}
	}
	/* Unicode 15.0; a newer version of the Debian package has more */
	assert_true(read >= 41419 && everyday >= 20901 && folded >= 3500);
	assert_true(str_eq(pinyin_of(0x2ebe0), STR("")) && str_eq(pinyin_of('a'), STR("")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_are_read),         cmocka_unit_test(surnames_by_hand_are_needed),
		cmocka_unit_test(one_spelling_of_a_name), cmocka_unit_test(weaker_keys),
		cmocka_unit_test(surname_of_a_name),      cmocka_unit_test(tables_are_whole),
		cmocka_unit_test(compound_surnames),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

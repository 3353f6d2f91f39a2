/* sample.h - for tests and measurements: a county's roster of people who do not exist, the same for the same
 * number. Identity numbers begin with 99 and belong to nobody. */
#pragma once
#include "base/buf.h"
#include "base/check.h"
#include "base/date.h"
#include "base/divpack.h"
#include "base/nid.h"
#include "base/vec.h"
#include "io/pack.h"

/* A county; a tenth of it where every access is watched. */
enum { SAMPLE_COUNTY = SANITIZED ? 3000 : 30000 };

enum sample_column {
	SC_NAME,
	SC_SEX,
	SC_ETHNIC,
	SC_ID,
	SC_BORN,
	SC_CERT,
	SC_CATEGORY,
	SC_LEVEL,
	SC_PARTS,
	SC_CAUSE,
	SC_PLACE,
	SC_ADDRESS,
	SC_HOME,
	SC_PHONE,
	SC_MARITAL,
	SC_EDUCATION,
	SC_HOUSEHOLD,
	SC_HARDSHIP,
	SC_ISSUED,
	SC_EXPIRES,
	SC_GUARDIAN,
	SC_RELATION,
	SC_GUARDIAN_ID,
	SC_GUARDIAN_PHONE,
	SC_ACCOUNT,
	SC_BANK,
	SC_REMARKS,
	SAMPLE_COLUMNS
};

static const char *const sample_heading[SAMPLE_COLUMNS] = {
	"姓名",     "性别",     "民族",         "身份证号码",   "出生日期",         "残疾证号",
	"残疾类型", "残疾级别", "多重残疾详情", "残疾原因",     "行政区划",         "户籍详细地址",
	"现住址",   "手机号码", "婚姻",         "学历",         "户口类别",         "低保情况",
	"发证时间", "有效期",   "监护人",       "与残疾人关系", "监护人身份证号码", "监护人联系电话",
	"银行卡号", "开户银行", "备注"};

typedef struct sample {
	arena *a;
	VEC(int64_t) villages;
	uint64_t state;
} sample;

/* The villages of a county of the fictitious province. */
static inline sample
sample_of(arena *a, int64_t county)
{
	sample s = {.a = a};
	fault f = {0};
	divpack d;
	division v;
	str text;

	BUG_ON(pack_find(&pack_all, a, STR("lists/divisions/99.txt"), &text) != RC_OK);
	BUG_ON(divpack_open(&f, text, &d) != RC_OK);
	while (divpack_next(&d, &f, &v) == RC_OK)
		if (v.level == DIV_VILLAGE && v.code / 1000000 == county)
			*vec_add(a, &s.villages) = v.code;
	BUG_ON(s.villages.n == 0);
	return s;
}

/* SplitMix64: one stream a person, so that people do not depend on how many came before. */
static inline uint64_t
sample_next(sample *s, uint64_t below)
{
	uint64_t z = s->state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return (z ^ (z >> 31)) % below;
}

#define SAMPLE_PICK(s, list) (list)[sample_next((s), LEN(list))]

/* Number `n` of the people born on that day: at most 499 of each sex. */
static inline str
sample_nid(arena *a, int32_t born, uint64_t n, bool female)
{
	ymd d = date_ymd(born);
	str body =
		str_fmt(a, "990101%04d%02d%02d%03d", d.y, d.m, d.d, (int)(2 * n + (female ? 2 : 1)) % 1000);

	return str_fmt(a, "%.*s%c", STR_ARG(body), nid_check(body));
}

static inline void
sample_parts(sample *s, str *col, int *level)
{
	static const char *const cat[] = {"视力", "听力", "肢体", "智力", "精神"};
	static const char *const lev[] = {"一级", "二级", "三级", "四级"};
	size_t first = sample_next(s, 4), second = first + 1 + sample_next(s, 4 - first);
	int one = (int)sample_next(s, 4), two = (int)sample_next(s, 4);

	col[SC_PARTS] = str_fmt(s->a, "%s%s；%s%s", cat[first], lev[one], cat[second], lev[two]);
	*level = MIN(one, two) + 1;
}

static inline void
sample_certificate(sample *s, str *col)
{
	static const char *const category[] = {"视力", "听力", "言语", "肢体", "智力", "精神", "多重"};
	static const char *const level[] = {"一级", "二级", "三级", "四级"};
	static const int common[] = {1, 2, 3, 4, 4, 4, 4, 5, 6, 7};
	int cat = SAMPLE_PICK(s, common), lev = 1 + (int)sample_next(s, 4);
	char day[DATE_TEXT];
	int32_t issued = date_from_ymd(2016, 1, 1) + (int32_t)sample_next(s, 3500);

	if (cat == 7)
		sample_parts(s, col, &lev);
	col[SC_CERT] = str_fmt(s->a, "%.*s%d%d", STR_ARG(col[SC_ID]), cat, lev);
	col[SC_CATEGORY] = str_of(category[cat - 1]);
	col[SC_LEVEL] = str_of(level[lev - 1]);
	col[SC_ISSUED] = str_dup(s->a, date_text(issued, day));
	col[SC_EXPIRES] = str_dup(s->a, date_text(date_add_months(issued, 120) - 1, day));
}

static inline void
sample_others(sample *s, str *col, uint64_t i)
{
	static const char *const marital[] = {"未婚", "已婚", "丧偶", "离婚"};
	static const char *const education[] = {"小学教育", "初级中学教育", "普通高级中学教育",
						"大学专科教育"};
	static const char *const household[] = {"农业", "非农业"};
	static const char *const hardship[] = {"最低生活保障", "低收入", "无", "特困人员"};
	static const char *const cause[] = {"非传染性疾病", "先天或遗传", "其他外伤", "交通事故"};

	col[SC_CAUSE] = col[SC_PARTS].n ? STR("") : str_of(SAMPLE_PICK(s, cause));
	col[SC_MARITAL] = str_of(SAMPLE_PICK(s, marital));
	col[SC_EDUCATION] = str_of(SAMPLE_PICK(s, education));
	col[SC_HOUSEHOLD] = str_of(SAMPLE_PICK(s, household));
	col[SC_HARDSHIP] = str_of(SAMPLE_PICK(s, hardship));
	col[SC_PHONE] = str_fmt(s->a, "138%08llu", (unsigned long long)i % 100000000);
	str account = str_fmt(s->a, "622202%012llu", (unsigned long long)i);
	col[SC_ACCOUNT] = str_fmt(s->a, "%.*s%c", STR_ARG(account), luhn_digit(account));
	col[SC_BANK] = STR("示例农村商业银行");
	col[SC_REMARKS] = i % 10 ? STR("") : STR("档案在柜");
}

/* Person `i` as the cells of a row, as a county writes them. */
static inline void
sample_person(sample *s, uint64_t i, str col[SAMPLE_COLUMNS])
{
	static const char *const family[] = {"王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴",
					     "徐", "孙", "胡", "朱", "高", "林", "何", "郭", "马", "欧阳"};
	static const char *const given[] = {"伟", "芳", "娜", "敏", "静", "丽", "强", "磊", "军", "洋",
					    "勇", "艳", "杰", "娟", "涛", "明", "超", "兰", "霞", "平"};
	char day[DATE_TEXT];
	bool female = i % 2;
	int32_t born = date_from_ymd(1940, 1, 1) + (int32_t)(i * 7919 % 23000);

	s->state = i * 1000003 + 17;
	for (size_t k = 0; k < SAMPLE_COLUMNS; k++)
		col[k] = STR("");
	col[SC_NAME] =
		str_fmt(s->a, "%s%s%s", SAMPLE_PICK(s, family), SAMPLE_PICK(s, given), SAMPLE_PICK(s, given));
	col[SC_SEX] = female ? STR("女") : STR("男");
	col[SC_ETHNIC] = sample_next(s, 20) ? STR("汉族") : STR("壮族");
	col[SC_ID] = sample_nid(s->a, born, i / 23000, female);
	col[SC_BORN] = str_dup(s->a, date_text(born, day));
	int64_t village = s->villages.v[sample_next(s, s->villages.n)];
	col[SC_PLACE] = str_fmt(s->a, "%012lld", (long long)village);
	col[SC_ADDRESS] = str_fmt(s->a, "示范路%u号", (unsigned)sample_next(s, 900) + 1);
	col[SC_HOME] = sample_next(s, 3) ? col[SC_ADDRESS] : STR("新村二区 8 栋");
	sample_certificate(s, col);
	sample_others(s, col, i);
	if (sample_next(s, 4))
		return;
	col[SC_GUARDIAN] = str_fmt(s->a, "%s%s", SAMPLE_PICK(s, family), SAMPLE_PICK(s, given));
	col[SC_RELATION] = STR("父母");
	col[SC_GUARDIAN_ID] = sample_nid(s->a, date_from_ymd(1938, 5, 6) + (int32_t)(i % 500), i / 500, true);
	col[SC_GUARDIAN_PHONE] = str_fmt(s->a, "139%08llu", (unsigned long long)i % 100000000);
}

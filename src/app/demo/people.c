/* people.c - see people.h. */
#include "app/demo/people.h"

#include "base/rng.h"
#include "base/utf8.h"
#include "io/yaml.h"

struct demo_names {
	const str *surname;
	const uint32_t *weight;
	size_t surnames;
	str given[2]; /* female, male: characters one after another */
};

enum {
	NAMES_MAX = 65536,
	SURNAME_WEIGHT_MAX = 1000,
	STREAM_PERSON = 1,
	STREAM_OFFICER = 2,
	STREAM_APPLICANT = 3
};

/* Days: nobody's certificate is younger than the story of the demo. */
enum { ISSUED_BEFORE = 90 };

rc
demo_names_load(arena *a, fault *f, const pack *p, const demo_names **out)
{
	static const str file = STR("lists/demo/names.yaml");
	demo_names *n = arena_new(a, demo_names);
	const yaml *y = NULL, *s = NULL;
	str text;

	TRY(pack_find(p, a, file, &text));
	TRY(yaml_parse(a, f, file, text, NAMES_MAX, &y));
	TRY(yaml_need_kind(f, y, STR("surnames"), YAML_MAP, &s));
	TRY(yaml_need_text(f, y, STR("female"), &n->given[0]));
	TRY(yaml_need_text(f, y, STR("male"), &n->given[1]));
	str *name = arena_array(a, str, s->n);
	uint32_t *weight = arena_array(a, uint32_t, s->n);
	for (size_t i = 0; i < s->n; i++) {
		int64_t w = 0;
		TRY(yaml_int(f, &s->item[i], 1, SURNAME_WEIGHT_MAX, &w));
		name[i] = s->key[i].text;
		weight[i] = (uint32_t)w;
	}
	n->surname = name;
	n->weight = weight;
	n->surnames = s->n;
	*out = n;
	return RC_OK;
}

static str
one_of(rng *r, str characters)
{
	size_t at = rng_below(r, utf8_count(characters));
	str head = utf8_cut(characters, at), upto = utf8_cut(characters, at + 1);

	return str_from(upto, head.n);
}

static str
draw_name(const demo_names *n, arena *a, rng *r, bool male)
{
	str s = n->surname[rng_weighted(r, n->weight, n->surnames)];

	s = str_cat(a, s, one_of(r, n->given[male]));
	return rng_chance(r, 7, 10) ? str_cat(a, s, one_of(r, n->given[male])) : s;
}

str
demo_name(const demo_people *d, arena *a, uint64_t index, bool male)
{
	rng r = {.seed = rng_at(d->seed, STREAM_OFFICER, index), .stream = STREAM_OFFICER};

	return draw_name(d->names, a, &r, male);
}

/* ---- a life ---- */

/* A birthday that makes him `from` years old, or more, but not yet `to`. */
static int32_t
birth_between(rng *r, int32_t today, int32_t from, int32_t to)
{
	int32_t latest = date_add_months(today, -12 * from), earliest = date_add_months(today, -12 * to) + 1;

	return earliest + (int32_t)rng_below(r, (uint64_t)(latest - earliest));
}

static int32_t
draw_birth(rng *r, int32_t today)
{
	static const uint32_t share[] = {8, 32, 200, 290, 310, 160};
	static const uint8_t from[] = {2, 7, 18, 45, 60, 75}, to[] = {7, 18, 45, 60, 75, 98};
	size_t band = rng_weighted(r, share, LEN(share));

	return birth_between(r, today, from[band], to[band]);
}

static str
draw_nid(demo_people *d, arena *a, rng *r, const demo_county *c, int32_t born, bool male)
{
	ymd t = date_ymd(born);

	for (uint64_t seq = rng_below(r, 500) * 2 + male;; seq = (seq + 2) % 1000) {
		str body = str_fmt(a, "%s%04d%02d%02d%03d", c->nid_area, t.y, t.m, t.d, (int)seq);
		str number = str_fmt(a, "%.*s%c", STR_ARG(body), nid_check(body));
		if (map_get(&d->taken, number))
			continue;
		map_set(&d->taken, str_dup(d->a, number), d);
		return number;
	}
}

/* Ages bend the shares: mental and intellectual among the young, sight and hearing among the old. */
static int64_t
draw_category(rng *r, int32_t age)
{
	static const uint32_t young[] = {40, 110, 30, 300, 320, 130, 70},
			      middle[] = {80, 60, 18, 570, 110, 130, 32},
			      old[] = {160, 150, 12, 560, 30, 40, 48};

	return 1 + (int64_t)rng_weighted(r, age < 18 ? young : age < 60 ? middle : old, 7);
}

static int64_t
draw_level(rng *r)
{
	static const uint32_t share[] = {15, 31, 27, 27};

	return 1 + (int64_t)rng_weighted(r, share, LEN(share));
}

/* A multiple disability has two components; the certificate's level is the severer one. */
static void
draw_parts(rng *r, arena *a, certificate_in *c, int32_t age)
{
	part_in *part = arena_array(a, part_in, 2);
	static const char *const cause[] = {"10", "20", "32", "42", "70"};

	c->nparts = c->category == 7 ? 2 : 1;
	for (size_t i = 0; i < c->nparts; i++) {
		int64_t category = c->category;
		while (category == 7 || (i == 1 && category == part[0].category))
			category = draw_category(r, age) % 7;
		category = category ? category : 4;
		if (i == 1 && category == part[0].category)
			category = category == 4 ? 1 : 4;
		part[i] = (part_in){.category = category,
				    .level = i == 0 ? c->level : MIN(4, c->level + 1),
				    .cause = str_of(cause[rng_below(r, LEN(cause))]),
				    .item = STR(""),
				    .assessed_on = c->issued};
	}
	c->part = part;
}

static void
draw_certificate(rng *r, arena *a, person_in *p, int32_t born, int32_t today)
{
	int32_t age = date_age(born, today);
	int32_t years = (int32_t)rng_below(r, (uint64_t)MIN(11, MAX(age - 1, 1)));
	int32_t issued = date_add_months(today, -12 * years) - ISSUED_BEFORE - (int32_t)rng_below(r, 360);
	int32_t expires = date_add_months(issued, 120) - 1;
	certificate_in *c = &p->certificate;

	p->has_certificate = true;
	*c = (certificate_in){.category = draw_category(r, age),
			      .level = draw_level(r),
			      .generation = 2,
			      .issued = date_str(a, MAX(issued, born + 400)),
			      .expires = date_str(a, expires),
			      .remarks = STR("")};
	c->status = expires < today ? 3 : rng_chance(r, 1, 100) ? 5 : 2;
	c->number = str_fmt(a, "%.*s%d%d", STR_ARG(p->id_number), (int)c->category, (int)c->level);
	draw_parts(r, a, c, age);
}

static void
draw_facts(rng *r, person_in *p, int32_t age)
{
	static const char *const education[] = {"80", "70", "60", "40", "30"};
	static const uint32_t share[] = {46, 34, 12, 5, 3};
	static const char *const hardship[] = {"1", "2", "3", "6"};

	if (age >= 16)
		p->fact[p->nfacts++] =
			(fact_in){.field = STR("education"),
				  .value = str_of(education[rng_weighted(r, share, LEN(share))])};
	if (age >= 22)
		p->fact[p->nfacts++] = (fact_in){.field = STR("marital"),
						 .value = rng_chance(r, 6, 10) ? STR("20") : STR("10")};
	p->fact[p->nfacts++] =
		(fact_in){.field = STR("household_type"), .value = rng_chance(r, 3, 4) ? STR("1") : STR("2")};
	if (rng_chance(r, 28, 100))
		p->fact[p->nfacts++] = (fact_in){.field = STR("economic_type"),
						 .value = str_of(hardship[rng_below(r, LEN(hardship))])};
}

static str
digits(rng *r, arena *a, const char *head, int n)
{
	str s = str_of(head);

	for (int i = 0; i < n; i++)
		s = str_fmt(a, "%.*s%d", STR_ARG(s), (int)rng_below(r, 10));
	return s;
}

static void
draw_place(rng *r, arena *a, const demo_county *c, person_in *p)
{
	int64_t home = c->village[rng_below(r, c->villages)];

	p->place[p->nplaces++] = (place_in){
		.kind = PLACE_REGISTRATION,
		.tenant = c->tenant,
		.region = home,
		.address = str_fmt(a, "%d组%d号", (int)rng_below(r, 12) + 1, (int)rng_below(r, 200) + 1)};
	if (rng_chance(r, 12, 100))
		p->place[p->nplaces++] =
			(place_in){.kind = PLACE_RESIDENCE,
				   .tenant = c->tenant,
				   .region = c->village[rng_below(r, c->villages)],
				   .address = str_fmt(a, "%d号", (int)rng_below(r, 300) + 1)};
}

void
demo_person(demo_people *d, arena *a, const demo_county *county, uint64_t index, person_in *p)
{
	rng r = {.seed = rng_at(d->seed, STREAM_PERSON, index), .stream = (uint64_t)county->tenant};
	bool male = rng_chance(&r, 57, 100);
	int32_t born = draw_birth(&r, d->today), age = date_age(born, d->today);

	*p = (person_in){.tenant = county->tenant,
			 .id_kind = 1,
			 .name = draw_name(d->names, a, &r, male),
			 .id_number = draw_nid(d, a, &r, county, born, male),
			 .born = date_str(a, born),
			 .sex = male ? 1 : 2,
			 .ethnic = rng_chance(&r, 94, 100) ? 1 : (int64_t)rng_below(&r, 55) + 2,
			 .source = STR("演示"),
			 .phone = rng_chance(&r, 85, 100) ? digits(&r, a, "199", 8) : STR("")};
	draw_place(&r, a, county, p);
	draw_facts(&r, p, age);
	draw_certificate(&r, a, p, born, d->today);
	int64_t category = p->certificate.category;
	if (age < 18 || category == 5 || category == 6)
		p->guardian = (guardian_in){.name = draw_name(d->names, a, &r, rng_chance(&r, 1, 2)),
					    .id_number = STR(""),
					    .phone = digits(&r, a, "199", 8),
					    .relation = age < 18 ? 2 : (int64_t)rng_below(&r, 4) + 1};
	if (rng_chance(&r, 7, 10))
		p->bank = (bank_in){.account = digits(&r, a, "6299", 15),
				    .bank = STR("示例农村商业银行"),
				    .holder = p->name};
}

/* ---- who has no certificate yet ---- */

enum { GUARDIAN_YOUNGEST = 24, GUARDIAN_OLDEST = 45, PARENT = 2 };

/* A parent of a child, a near relative of a grown-up; about a generation older. */
static void
draw_guardian(demo_people *d, arena *a, rng *r, const demo_county *county, person_in *p, int32_t today,
	      int32_t age)
{
	bool male = rng_chance(r, 1, 2);
	int32_t born = birth_between(r, today, age + GUARDIAN_YOUNGEST, age + GUARDIAN_OLDEST);

	p->guardian = (guardian_in){.name = draw_name(d->names, a, r, male),
				    .id_number = draw_nid(d, a, r, county, born, male),
				    .phone = digits(r, a, "199", 8),
				    .relation = PARENT};
}

void
demo_applicant(demo_people *d, arena *a, const demo_county *county, const demo_wish *wish, uint64_t index,
	       person_in *p)
{
	rng r = {.seed = rng_at(d->seed, STREAM_APPLICANT, index), .stream = (uint64_t)county->tenant};
	bool male = rng_chance(&r, 57, 100);
	int32_t born = birth_between(&r, wish->today, wish->from, wish->to + 1),
		age = date_age(born, wish->today);

	*p = (person_in){.tenant = county->tenant,
			 .id_kind = 1,
			 .name = draw_name(d->names, a, &r, male),
			 .id_number = draw_nid(d, a, &r, county, born, male),
			 .born = date_str(a, born),
			 .sex = male ? 1 : 2,
			 .ethnic = rng_chance(&r, 94, 100) ? 1 : (int64_t)rng_below(&r, 55) + 2,
			 .source = STR("演示"),
			 .phone = digits(&r, a, "199", 8)};
	draw_place(&r, a, county, p);
	p->place[0].region = wish->village;
	draw_facts(&r, p, age);
	draw_guardian(d, a, &r, county, p, wish->today, MIN(age, 50));
}

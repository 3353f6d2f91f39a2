/* amend_test.c - a detail changed from a day on: what was before stays, the new one is found, and nobody
 * takes a number that is another's. */
#include "app/amend/amend.h"

#include "app/person/person_fixture.h"
#include "store/rows.h"

#define NUMBER "990101199003070015"
#define OTHERS "990101198511120029"

typedef struct detail {
	const catalogue *c;
	int64_t person;
	const char *field, *text;
	int32_t day;
} detail;

static rc
amends(tx *t, const void *in, void *out)
{
	const detail *k = in;
	data_key key;

	(void)out;
	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), COUNTY, k->person, &key));
	amending g = amending_of(t, &key, k->day);
	g.source = STR("test");
	tx_event(t, &(event_head){
			    .tenant = COUNTY, .kind = "person.amended", .subject = k->person, .key = &key});
	return amend_field(&g, field_find(k->c, str_of(k->field)), str_of(k->text));
}

static rc
amend(fixture *x, const catalogue *c, int64_t person, const char *id, const char *text)
{
	const detail k = {c, person, id, text, date_of_instant(x->now)};
	store_command command = {.fn = amends, .in = &k, .a = x->a, .now = x->now};

	fault_clear(&x->f);
	return store_write(x->s, &x->f, &command);
}

static person_view
seen(fixture *x, int64_t id)
{
	arena *own = arena_open(x->a, 0);
	actor here = officer_of(x, COUNTY, 0);
	person_view v;
	db *d = NULL;

	const person_ref *ref = right_to(x, &here, id);
	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	assert_int_equal(person_read(d, x->a, &x->f, ref, &v), RC_OK);
	arena_close(own);
	return v;
}

static bool
leads_to(fixture *x, const char *number, int64_t id)
{
	arena *own = arena_open(x->a, 0);
	actor here = officer_of(x, COUNTY, 0);
	const person_ref *ref = NULL;
	db *d = NULL;

	assert_int_equal(store_read(x->s, own, &x->f, &d), RC_OK);
	rc r = person_by_number(d, own, &x->f, &here, str_of(number), date_of_instant(x->now), &ref);
	bool is = r == RC_OK && person_ref_id(ref) == id;
	arena_close(own);
	return is;
}

static void
details_from_a_day_on(fixture *x)
{
	const catalogue *c = NULL;
	person_in in = somebody_whole(x, "示例甲", NUMBER), other = somebody("示例乙", OTHERS);
	person_new p, q;

	assert_int_equal(catalogue_load(x->a, &x->f, &pack_all, &c), RC_OK);
	assert_int_equal(enter_person(x, &in, &p), RC_OK);
	assert_int_equal(enter_person(x, &other, &q), RC_OK);
	assert_int_equal(amend(x, c, p.id, "name", "示例丙"), RC_OK);
	assert_int_equal(amend(x, c, p.id, "marital", "40"), RC_OK);
	assert_int_equal(amend(x, c, p.id, "guardian_name", "新监护人"), RC_OK);
	assert_int_equal(amend(x, c, p.id, "residence_address", "三街 3 号"), RC_OK);
	/* another's number is refused, his own new one is his, and tells day of birth and sex */
	assert_int_equal(amend(x, c, p.id, "id_number", OTHERS), RC_CONFLICT);
	assert_string_equal(x->f.id, "person.number_taken");
	assert_int_equal(amend(x, c, p.id, "id_number", "990101200012310047"), RC_OK);
	assert_true(leads_to(x, "990101200012310047", p.id));
	assert_false(leads_to(x, NUMBER, p.id));
	person_view v = seen(x, p.id);
	assert_true(str_eq(v.name, STR("示例丙")));
	assert_true(str_eq(v.born, STR("2000-12-31")));
	assert_int_equal(v.sex, 2);
	assert_int_equal(v.guardians.n, 2); /* the one before stays, with his last day */
	const fact_view *m =
		person_fact(&v, STR("marital"), date_str(x->a, date_of_instant(x->now)), INT64_MAX);
	assert_true(m && str_eq(m->value, STR("40")));
	m = person_fact(&v, STR("marital"), STR("2020-01-01"), INT64_MAX);
	assert_true(m && str_eq(m->value, STR("20")));
	check_ledger(x);
}

BOTH(details_from_a_day_on)

int
main(void)
{
	const struct CMUnitTest tests[] = {BOTH_TESTS(details_from_a_day_on)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

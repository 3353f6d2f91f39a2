/* schema_test.c - what the check of the ledger leaves out: read from the schema itself, so that a new table
 * cannot slip by. A table that is not rebuilt has a reason, and holds no person, no case and no money. */
#include "store/db.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "base/str.h"
#include "store/rows.h"

#include <cmocka.h>

/* Columns that name a person, a case or money, wherever they stand. Money is fen: its columns end so. */
static bool
tells_of_somebody(const db_column *c)
{
	static const char *const names[] = {"person", "kase", "subject", "number", "id_number", "phone"};

	for (size_t i = 0; i < LEN(names); i++)
		if (strcmp(c->name, names[i]) == 0)
			return true;
	str name = str_of(c->name);
	return c->sealed || str_starts(name, STR("amount")) || str_ends(name, STR("fen")) ||
	       str_starts(name, STR("id_number"));
}

/* What may stand in a table that is not rebuilt all the same, and why losing it loses nothing. */
static const struct {
	const char *column, *why;
} let_pass[] = {
	{"sign_in_code.person", "whom a letter was made for: the event letter.made says it for ever"},
	{"sign_in_code.kase", "the same event says it"},
	{"second_factor.secret", "a secret of an account, not of a record"},
	{"outbox.address", "a message on its way: worthless in minutes, swept within a day"},
	{"outbox.args", "the same message"},
};

static bool
passes(const char *table, const char *column)
{
	char name[128];

	snprintf(name, sizeof name, "%s.%s", table, column);
	for (size_t i = 0; i < LEN(let_pass); i++)
		if (strcmp(name, let_pass[i].column) == 0)
			return true;
	return false;
}

static void
what_is_not_rebuilt_has_a_reason_and_nobody_in_it(void **state)
{
	size_t local = 0;

	(void)state;
	for (uint16_t i = 0; i < db_ntables; i++) {
		const db_table *t = &db_tables[i];
		if (t->class != TABLE_LOCAL)
			continue;
		local++;
		if (!t->why || strlen(t->why) < 10)
			fail_msg("%s is not rebuilt and does not say why", t->name);
		for (uint16_t k = 0; k < t->ncols; k++)
			if (tells_of_somebody(&t->col[k]) && !passes(t->name, t->col[k].name))
				fail_msg("%s.%s is not rebuilt from the ledger", t->name, t->col[k].name);
	}
	assert_true(local > 5);
}

/* No excuse outlives its column. */
static void
each_excuse_is_needed(void **state)
{
	(void)state;
	for (size_t i = 0; i < LEN(let_pass); i++) {
		str name = str_of(let_pass[i].column);
		size_t dot = (size_t)str_find_char(name, '.');
		const db_table *t = db_table_find(str_sub(name, 0, dot));
		bool there = false;
		assert_non_null(t);
		assert_int_equal(t->class, TABLE_LOCAL);
		for (uint16_t k = 0; k < t->ncols; k++)
			there = there || str_eq(str_from(name, dot + 1), str_of(t->col[k].name));
		assert_true(there);
	}
}

/* The register, cases and everything with a sealed column is ledgered; the derived tables say how they are
 * made. */
static void
records_are_ledgered(void **state)
{
	static const uint16_t records[] = {T_PERSON,     T_FACT,      T_PLACE,   T_CERTIFICATE, T_GUARDIAN,
					   T_BANK,       T_PAPER,     T_KASE,    T_KASE_ANSWER, T_KASE_STEP,
					   T_ASSESSMENT, T_PUBLICITY, T_DOCUMENT};

	(void)state;
	for (size_t i = 0; i < LEN(records); i++)
		assert_int_equal(db_tables[records[i]].class, TABLE_LEDGERED);
	for (uint16_t i = 0; i < db_ntables; i++)
		if (db_tables[i].class == TABLE_DERIVED && strlen(db_tables[i].why) == 0)
			fail_msg("%s does not say what it is derived from", db_tables[i].name);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_is_not_rebuilt_has_a_reason_and_nobody_in_it),
		cmocka_unit_test(each_excuse_is_needed),
		cmocka_unit_test(records_are_ledgered),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

/* delay.c - see delay.h. */
#include "app/account/delay.h"

#include "app/account_sql.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND, HOUR = 60 * MINUTE, DAY = 24 * HOUR };

/* An office of thirty shares one address, so a source is let off lightly; a stranger from many addresses
 * gets at most one guess in thirty seconds at an account, 2,880 a day. */
const delay_rule delay_pair = {4, 5 * MINUTE, DAY};
const delay_rule delay_account = {8, 30 * SECOND, DAY};
const delay_rule delay_source = {30, MINUTE, HOUR};
const delay_rule delay_factor = {4, 5 * MINUTE, DAY};
const delay_rule delay_phone = {1, 15 * MINUTE, HOUR};
const delay_rule delay_letter = {5, 5 * MINUTE, DAY};

static rc
read_row(tx *t, str name, delay_find_row *out)
{
	rc r = sql_delay_find(tx_db(t), tx_arena(t), tx_fault(t), name, out);

	if (r == RC_NOT_FOUND)
		*out = (delay_find_row){0};
	return r == RC_NOT_FOUND ? RC_OK : r;
}

static rc
write_row(tx *t, str name, int64_t failures, int64_t until)
{
	return sql_delay_put(tx_db(t), tx_fault(t),
			     &(delay_put_in){.name = name, .failures = failures, .until = until}, NULL);
}

rc
delay_guard(tx *t, str name)
{
	delay_find_row row;

	TRY(read_row(t, name, &row));
	int64_t ms = row.until - tx_now(t);
	if (row.failures > 0 && ms > 0)
		return FAIL(tx_fault(t), RC_LIMIT, "account.wait",
			    FA_INT("seconds", (ms + SECOND - 1) / SECOND));
	return RC_OK;
}

/* 1 s, 2 s, 4 s … after the free ones. */
static int64_t
wait_of(const delay_rule *rule, int64_t failures)
{
	int64_t over = failures - rule->free - 1;

	if (over < 0)
		return 0;
	return over > 20 ? rule->cap : MIN(rule->cap, (int64_t)SECOND << over);
}

rc
delay_count(tx *t, const delay_rule *rule, str name)
{
	delay_find_row row;
	int64_t now = tx_now(t);

	TRY(read_row(t, name, &row));
	int64_t n = (now - row.until > rule->forget ? 0 : row.failures) + 1;
	return write_row(t, name, n, now + wait_of(rule, n));
}

rc
delay_clear(tx *t, str name)
{
	return sql_delay_drop(tx_db(t), tx_fault(t), name, NULL);
}

rc
delay_mark(tx *t, str name, int64_t ms)
{
	return write_row(t, name, 0, tx_now(t) + ms);
}

rc
delay_marked(tx *t, str name, bool *out)
{
	delay_find_row row;

	TRY(read_row(t, name, &row));
	*out = row.failures == 0 && row.until > tx_now(t);
	return RC_OK;
}

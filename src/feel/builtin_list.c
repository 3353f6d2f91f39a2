/* builtin_list.c - lists: membership, aggregates, editing, sorting. Positions count from 1, or from the end
 * when negative. What takes a list takes a single value as a list of one. */
#include "feel/builtin.h"

static bool
room_for(run *r, const node *at, size_t items)
{
	return items < SIZE_MAX / (4 * sizeof(feel_value)) && eval_room(r, at, items * sizeof(feel_value)) &&
	       eval_step(r, at);
}

/* Equality as the list functions mean it: null equals null, unlike kinds differ. */
static bool
same(run *r, const node *at, feel_value x, feel_value y)
{
	return eval_step(r, at) && feel_is_true(op_equal(r, x, y));
}

static feel_value
bi_list_contains(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;

	(void)n;
	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	for (size_t i = 0; i < list.list.n; i++)
		if (same(r, at, list.list.v[i], arg[1]))
			return feel_bool(true);
	return feel_bool(false);
}

static feel_value
bi_count(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;

	(void)n;
	return arg_list(r, arg[0], &list) ? feel_int((int64_t)list.list.n) : bad_argument(r, at, arg[0]);
}

static feel_value
extreme(run *r, const node *at, const feel_value *arg, size_t n, int sign)
{
	feel_value list;
	int order;

	if (!arg_items(r, arg, n, &list))
		return bad_argument(r, at, arg[0]);
	if (list.list.n == 0)
		return fail_null(r, at, "feel.list.empty");
	feel_value best = list.list.v[0];
	for (size_t i = 0; i < list.list.n && eval_step(r, at); i++) {
		if (!feel_order(list.list.v[i], best, &order))
			return bad_argument(r, at, list.list.v[i]);
		if (order * sign > 0)
			best = list.list.v[i];
	}
	return best;
}

static feel_value
bi_min(run *r, const node *at, const feel_value *arg, size_t n)
{
	return extreme(r, at, arg, n, -1);
}

static feel_value
bi_max(run *r, const node *at, const feel_value *arg, size_t n)
{
	return extreme(r, at, arg, n, 1);
}

/* Sum or product; also tells how many there were. False: not all are numbers, or none. */
static bool
fold(run *r, const node *at, const feel_value *arg, size_t n, bool product, dec *out, size_t *count,
     feel_value *why)
{
	feel_value list;
	dec x;

	*why = feel_null(NULL);
	if (!arg_items(r, arg, n, &list)) {
		*why = bad_argument(r, at, arg[0]);
		return false;
	}
	*out = dec_i64(product);
	*count = list.list.n;
	for (size_t i = 0; i < list.list.n && eval_step(r, at); i++) {
		if (list.list.v[i].kind != FEEL_NUMBER) {
			*why = bad_argument(r, at, list.list.v[i]);
			return false;
		}
		x = list.list.v[i].n;
		*out = product ? dec_mul(*out, x) : dec_add(*out, x);
	}
	if (list.list.n == 0)
		*why = fail_null(r, at, "feel.list.empty");
	return list.list.n > 0;
}

/* Durations add up too. */
static feel_value
sum_durations(run *r, const node *at, const feel_value *arg, size_t n)
{
	static const node add = {.kind = N_ADD};
	feel_value list;

	if (!arg_items(r, arg, n, &list))
		return bad_argument(r, at, arg[0]);
	feel_value sum = list.list.v[0];
	for (size_t i = 1; i < list.list.n && eval_step(r, at); i++) {
		if (list.list.v[i].kind != sum.kind)
			return bad_argument(r, at, list.list.v[i]);
		sum = op_arith(r, &add, sum, list.list.v[i]);
	}
	return sum;
}

static bool
first_is_duration(run *r, const feel_value *arg, size_t n)
{
	feel_value list;

	return arg_items(r, arg, n, &list) && list.list.n > 0 &&
	       (list.list.v[0].kind == FEEL_DAYS || list.list.v[0].kind == FEEL_MONTHS);
}

static feel_value
bi_sum(run *r, const node *at, const feel_value *arg, size_t n)
{
	dec v;
	size_t count;
	feel_value why;

	if (first_is_duration(r, arg, n))
		return sum_durations(r, at, arg, n);
	return fold(r, at, arg, n, false, &v, &count, &why) ? number_or_null(r, at, v) : why;
}

static feel_value
bi_product(run *r, const node *at, const feel_value *arg, size_t n)
{
	dec v;
	size_t count;
	feel_value why;

	return fold(r, at, arg, n, true, &v, &count, &why) ? number_or_null(r, at, v) : why;
}

static feel_value
bi_mean(run *r, const node *at, const feel_value *arg, size_t n)
{
	dec v;
	size_t count;
	feel_value why;

	return fold(r, at, arg, n, false, &v, &count, &why)
		       ? number_or_null(r, at, dec_div(v, dec_i64((int64_t)count)))
		       : why;
}

/* The sample's standard deviation: n - 1 below. */
static feel_value
bi_stddev(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list, why;
	dec sum, squares = dec_i64(0);
	size_t count;

	if (!fold(r, at, arg, n, false, &sum, &count, &why))
		return why;
	if (count < 2 || !arg_items(r, arg, n, &list))
		return fail_null(r, at, "feel.list.empty");
	dec mean = dec_div(sum, dec_i64((int64_t)count));
	for (size_t i = 0; i < count; i++) {
		dec d = dec_sub(list.list.v[i].n, mean);
		squares = dec_add(squares, dec_mul(d, d));
	}
	return number_or_null(r, at, dec_trim(dec_sqrt(dec_div(squares, dec_i64((int64_t)count - 1)))));
}

/* Merge sort with any comparison, since the caller's may be a FEEL function, which may be inconsistent. */
typedef struct sorter {
	run *r;
	const node *at;
	const feel_value *precedes; /* NULL: by order */
	bool failed;
} sorter;

static bool
goes_first(sorter *s, feel_value x, feel_value y)
{
	int order;

	if (!s->precedes) {
		s->failed = s->failed || !feel_order(x, y, &order);
		return !s->failed && order < 0;
	}
	feel_value v = call_value(s->r, s->at, *s->precedes, NULL, (feel_value[]){x, y}, 2);
	s->failed = s->failed || v.kind != FEEL_BOOL;
	return feel_is_true(v);
}

static void
merge_sort(sorter *s, feel_value *v, feel_value *spare, size_t n)
{
	for (size_t width = 1; width < n && s->r->code == RC_OK && !s->failed; width *= 2) {
		for (size_t lo = 0; lo < n; lo += 2 * width) {
			size_t mid = MIN(lo + width, n), hi = MIN(lo + 2 * width, n), a = lo, b = mid;
			for (size_t k = lo; k < hi; k++) {
				bool right = a == mid ||
					     (b < hi && eval_step(s->r, s->at) && goes_first(s, v[b], v[a]));
				spare[k] = right ? v[b++] : v[a++];
			}
		}
		memcpy(v, spare, n * sizeof *v);
	}
}

static bool
sorted_copy(run *r, const node *at, feel_value list, const feel_value *precedes, feel_value *out)
{
	size_t n = list.list.n;
	sorter s = {.r = r, .at = at, .precedes = precedes};

	if (!room_for(r, at, 2 * n))
		return false;
	feel_value *v = arena_array(r->a, feel_value, n), *spare = arena_array(r->a, feel_value, n);
	if (n > 0)
		memcpy(v, list.list.v, n * sizeof *v);
	merge_sort(&s, v, spare, n);
	*out = feel_list(v, n);
	return !s.failed;
}

static feel_value
bi_sort(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list, out;

	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	if (n > 1 && arg[1].kind != FEEL_FUNCTION)
		return bad_argument(r, at, arg[1]);
	return sorted_copy(r, at, list, n > 1 ? &arg[1] : NULL, &out) ? out
								      : fail_null(r, at, "feel.list.order");
}

static feel_value
bi_median(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list, sorted, why;
	dec sum;
	size_t count;

	if (!fold(r, at, arg, n, false, &sum, &count, &why) || !arg_items(r, arg, n, &list))
		return why;
	if (!sorted_copy(r, at, list, NULL, &sorted))
		return feel_null(NULL);
	if (count % 2)
		return sorted.list.v[count / 2];
	dec pair = dec_add(sorted.list.v[count / 2 - 1].n, sorted.list.v[count / 2].n);
	return number_or_null(r, at, dec_div(pair, dec_i64(2)));
}

/* The values that come most often, ascending. */
static feel_value
bi_mode(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list, sorted, why;
	values most = {0};
	dec sum;
	size_t count, best = 0;

	if (!arg_items(r, arg, n, &list))
		return bad_argument(r, at, arg[0]);
	if (list.list.n == 0)
		return feel_list(NULL, 0);
	if (!fold(r, at, arg, n, false, &sum, &count, &why))
		return why;
	if (!sorted_copy(r, at, list, NULL, &sorted) || !room_for(r, at, count))
		return feel_null(NULL);
	for (size_t i = 0, k; i < count; i = k) {
		for (k = i + 1; k < count && dec_cmp(sorted.list.v[i].n, sorted.list.v[k].n) == 0; k++)
			;
		if (k - i > best)
			most.n = 0;
		if (k - i >= best) {
			best = k - i;
			*vec_add(r->a, &most) = sorted.list.v[i];
		}
	}
	return values_list(&most);
}

/* Kleene over a list: one `decides` settles it. */
static feel_value
quantified(run *r, const node *at, const feel_value *arg, size_t n, bool decides)
{
	feel_value list, open = feel_bool(!decides);

	if (!arg_items(r, arg, n, &list))
		return bad_argument(r, at, arg[0]);
	for (size_t i = 0; i < list.list.n && eval_step(r, at); i++) {
		feel_value v = list.list.v[i];
		if (v.kind == FEEL_BOOL && v.b == decides)
			return v;
		if (v.kind != FEEL_BOOL)
			open = bad_argument(r, at, v);
	}
	return open;
}

static feel_value
bi_all(run *r, const node *at, const feel_value *arg, size_t n)
{
	return quantified(r, at, arg, n, false);
}

static feel_value
bi_any(run *r, const node *at, const feel_value *arg, size_t n)
{
	return quantified(r, at, arg, n, true);
}

static feel_value
bi_sublist(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	int64_t start, count = INT64_MAX;

	if (!arg_list(r, arg[0], &list) || !arg_place(arg[1], &start))
		return bad_argument(r, at, arg[0].kind == FEEL_NULL ? arg[0] : arg[1]);
	if (n > 2 && (arg[2].kind == FEEL_NULL || !arg_place(arg[2], &count)))
		return bad_argument(r, at, arg[2]);
	int64_t length = (int64_t)list.list.n;
	if (start == 0 || start > length || start < -length || count < 0)
		return fail_null(r, at, "feel.list.index");
	int64_t from = start > 0 ? start - 1 : length + start;
	if (count == INT64_MAX)
		count = length - from;
	if (count > length - from)
		return fail_null(r, at, "feel.list.index");
	return feel_list(list.list.v + from, (size_t)count);
}

static feel_value
joined(run *r, const node *at, feel_value x, feel_value y)
{
	size_t n = x.list.n + y.list.n;

	if (!room_for(r, at, n))
		return feel_null(NULL);
	feel_value *v = arena_array(r->a, feel_value, n);
	if (x.list.n)
		memcpy(v, x.list.v, x.list.n * sizeof *v);
	if (y.list.n)
		memcpy(v + x.list.n, y.list.v, y.list.n * sizeof *v);
	return feel_list(v, n);
}

static feel_value
bi_append(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;

	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	return joined(r, at, list, feel_list(arg + 1, n - 1));
}

static feel_value
bi_concatenate(run *r, const node *at, const feel_value *arg, size_t n)
{
	values all = {0};

	for (size_t i = 0; i < n; i++) {
		feel_value list;
		if (!arg_list(r, arg[i], &list))
			return bad_argument(r, at, arg[i]);
		for (size_t k = 0; k < list.list.n && room_for(r, at, 2 * all.n); k++)
			*vec_add(r->a, &all) = list.list.v[k];
	}
	return values_list(&all);
}

/* Place `v` of the list as an index; a fraction is cut off. */
static bool
position(feel_value list, feel_value v, size_t *out)
{
	int64_t p, n = (int64_t)list.list.n;

	if (!arg_place(v, &p) || p == 0 || p > n || p < -n)
		return false;
	*out = (size_t)(p > 0 ? p - 1 : n + p);
	return true;
}

/* The list with `cut` items at `i` replaced by `in`. */
static feel_value
spliced(run *r, const node *at, feel_value list, size_t i, size_t cut, const feel_value *in)
{
	feel_value head = feel_list(list.list.v, i),
		   tail = feel_list(list.list.v + i + cut, list.list.n - i - cut);
	feel_value front = joined(r, at, head, feel_list(in, in ? 1 : 0));

	return front.kind == FEEL_LIST ? joined(r, at, front, tail) : front;
}

static feel_value
bi_insert_before(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	size_t i;

	(void)n;
	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	return position(list, arg[1], &i) ? spliced(r, at, list, i, 0, &arg[2])
					  : fail_null(r, at, "feel.list.index");
}

static feel_value
bi_remove(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	size_t i;

	(void)n;
	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	return position(list, arg[1], &i) ? spliced(r, at, list, i, 1, NULL)
					  : fail_null(r, at, "feel.list.index");
}

/* The second argument is a position or a function(item, newItem) that tells which to replace. */
static feel_value
bi_list_replace(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	size_t i;

	(void)n;
	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	if (arg[1].kind != FEEL_FUNCTION)
		return position(list, arg[1], &i) ? spliced(r, at, list, i, 1, &arg[2])
						  : fail_null(r, at, "feel.list.index");
	if (!room_for(r, at, list.list.n))
		return feel_null(NULL);
	feel_value *v = arena_array(r->a, feel_value, list.list.n);
	for (i = 0; i < list.list.n && eval_step(r, at); i++) {
		feel_value hit = call_value(r, at, arg[1], NULL, (feel_value[]){list.list.v[i], arg[2]}, 2);
		if (hit.kind != FEEL_BOOL)
			return bad_argument(r, at, hit);
		v[i] = hit.b ? arg[2] : list.list.v[i];
	}
	return feel_list(v, list.list.n);
}

static feel_value
bi_reverse(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;

	(void)n;
	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	if (!room_for(r, at, list.list.n))
		return feel_null(NULL);
	feel_value *v = arena_array(r->a, feel_value, list.list.n);
	for (size_t i = 0; i < list.list.n; i++)
		v[i] = list.list.v[list.list.n - 1 - i];
	return feel_list(v, list.list.n);
}

static feel_value
bi_index_of(run *r, const node *at, const feel_value *arg, size_t n)
{
	feel_value list;
	values found = {0};

	(void)n;
	if (!arg_list(r, arg[0], &list))
		return bad_argument(r, at, arg[0]);
	for (size_t i = 0; i < list.list.n && room_for(r, at, 2 * found.n); i++)
		if (same(r, at, list.list.v[i], arg[1]))
			*vec_add(r->a, &found) = feel_int((int64_t)i + 1);
	return values_list(&found);
}

static void
add_distinct(run *r, const node *at, values *to, feel_value v)
{
	for (size_t i = 0; i < to->n; i++)
		if (same(r, at, to->v[i], v))
			return;
	if (room_for(r, at, 2 * to->n))
		*vec_add(r->a, to) = v;
}

static feel_value
bi_union(run *r, const node *at, const feel_value *arg, size_t n)
{
	values all = {0};

	for (size_t i = 0; i < n; i++) {
		feel_value list;
		if (!arg_list(r, arg[i], &list))
			return bad_argument(r, at, arg[i]);
		for (size_t k = 0; k < list.list.n && eval_step(r, at); k++)
			add_distinct(r, at, &all, list.list.v[k]);
	}
	return values_list(&all);
}

static feel_value
bi_distinct_values(run *r, const node *at, const feel_value *arg, size_t n)
{
	(void)n;
	return bi_union(r, at, arg, 1);
}

static void
flatten(run *r, const node *at, feel_value v, values *to, unsigned depth)
{
	if (v.kind != FEEL_LIST || depth > FEEL_DEPTH_MAX) {
		if (room_for(r, at, 2 * to->n))
			*vec_add(r->a, to) = v;
		return;
	}
	for (size_t i = 0; i < v.list.n && eval_step(r, at); i++)
		flatten(r, at, v.list.v[i], to, depth + 1);
}

static feel_value
bi_flatten(run *r, const node *at, const feel_value *arg, size_t n)
{
	values all = {0};

	(void)n;
	if (arg[0].kind == FEEL_NULL)
		return bad_argument(r, at, arg[0]);
	flatten(r, at, arg[0], &all, 0);
	return values_list(&all);
}

const builtin builtin_lists[] = {
	{"list contains", "list,element", bi_list_contains},
	{"count", "list", bi_count},
	{"min", "list|c...", bi_min},
	{"max", "list|c...", bi_max},
	{"sum", "list|n...", bi_sum},
	{"product", "list|n...", bi_product},
	{"mean", "list|n...", bi_mean},
	{"stddev", "list|n...", bi_stddev},
	{"median", "list|n...", bi_median},
	{"mode", "list|n...", bi_mode},
	{"all", "list|b...", bi_all},
	{"any", "list|b...", bi_any},
	{"sublist", "list,start position,length?", bi_sublist},
	{"append", "list,item...", bi_append},
	{"concatenate", "list...", bi_concatenate},
	{"insert before", "list,position,newItem", bi_insert_before},
	{"remove", "list,position", bi_remove},
	{"list replace", "list,position,newItem|list,match,newItem", bi_list_replace},
	{"reverse", "list", bi_reverse},
	{"index of", "list,match", bi_index_of},
	{"union", "list...", bi_union},
	{"distinct values", "list", bi_distinct_values},
	{"flatten", "list", bi_flatten},
	{"sort", "list,precedes?", bi_sort},
	{0},
};

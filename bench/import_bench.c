/* import_bench.c - persons a second: a county's roster loaded by the importer, and beside it the same rows
 * put into a bare SQLite table by row, in the same run on the same disk.
 *
 *   build/bench/import_bench [people] [sqlite|postgres] [threads]
 *
 * Prints the seconds of reading the sheet, of a dry run, of the load, of the same file again, and of the bare
 * inserts. Wall time and the processor time of all threads: on a busy machine only the second compares.
 * The ledger is replayed and compared with the tables after that.
 * Beside a second load, of as many others, twenty people a second open a record, with a look that has to be
 * on the disk first, as a page does: the times of those are told too, and of a page of a file flushed as
 * often beside the bare inserts, once more. */
#include "app/intake/intake.h"

#include <fcntl.h>
#include <pthread.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "app/intake/sample.h"
#include "app/region/tenant.h"
#include "io/csv.h"
#include "store/fixture.h"

enum { COUNTY = 990101, PEOPLE = 30000 };

static void
ok(fixture *x, rc r)
{
	if (r != RC_OK) {
		fprintf(stderr, "%s\n", cstr(x->a, fault_print(x->a, &x->f)));
		exit(1);
	}
}

typedef struct moment {
	double wall, cpu;
} moment;

static moment
now(void)
{
	struct timespec t;
	struct rusage u;

	clock_gettime(CLOCK_MONOTONIC, &t);
	getrusage(RUSAGE_SELF, &u);
	return (moment){(double)t.tv_sec + (double)t.tv_nsec / 1e9,
			(double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) +
				(double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec) / 1e6};
}

static void
tell(const char *what, moment since, uint64_t people)
{
	moment end = now();
	double wall = end.wall - since.wall, cpu = end.cpu - since.cpu;

	printf("%-12s %7.2f s  %8.0f persons/s   processor %7.2f s  %8.0f persons/s\n", what, wall,
	       (double)people / wall, cpu, (double)people / cpu);
	fflush(stdout);
}

static const actor *
county(fixture *x)
{
	region_numbers list = {0};
	interval *area = arena_new(x->a, interval);
	actor *who = arena_new(x->a, actor);
	tenant_found_in in = {.region = (int64_t)COUNTY * 1000000,
			      .day = date_from_ymd(2024, 1, 1),
			      .name = STR(""),
			      .name_en = STR("")};
	int64_t n = 0;

	x->now = date_start_instant(date_from_ymd(2026, 6, 1));
	*vec_add(x->a, &list) = 99;
	ok(x, region_load(x->s, &pack_all, &x->f, &list, x->now, &n));
	store_command c = {.fn = tenant_found_run, .in = &in, .out = &n, .a = x->a, .now = x->now};
	ok(x, store_write(x->s, &x->f, &c));
	*area = (interval){(int64_t)COUNTY * 1000000, (int64_t)(COUNTY + 1) * 1000000};
	*who = (actor){.kind = ACTOR_STAFF, .tenant = COUNTY, .office = 9, .scope = {.v = area, .n = 1}};
	perms_add(&who->perms, PERM_PERSON_READ);
	perms_add(&who->perms, PERM_LIST_IMPORT);
	return who;
}

static str
roster(fixture *x, uint64_t from, uint64_t people)
{
	sample s = sample_of(x->a, COUNTY);
	buf b = buf_in(x->a);
	csv_out w = csv_to(&b, true);
	str col[SAMPLE_COLUMNS];

	for (size_t k = 0; k < SAMPLE_COLUMNS; k++)
		csv_put_text(&w, str_of(sample_heading[k]));
	csv_end_row(&w);
	s.a = arena_open(x->a, 0);
	for (uint64_t i = from; i < from + people; i++) {
		arena_reset(s.a);
		sample_person(&s, i, col);
		for (size_t k = 0; k < SAMPLE_COLUMNS; k++)
			csv_put_text(&w, col[k]);
		csv_end_row(&w);
	}
	return buf_str(&b);
}

static intake *
prepared(fixture *x, const actor *who, const catalogue *c, str bytes, int threads)
{
	intake_table *t = intake_table_new(x->a);
	sheet *s = NULL;
	intake *in = NULL;
	sheet_limits most = SHEET_LIMITS;

	most.bytes = (size_t)1 << 30;
	ok(x, sheet_open(x->a, &x->f, bytes, most, &s));
	ok(x, intake_table_read(t, &x->f, s));
	ok(x, intake_table_map(t, &x->f, c, NULL));
	ok(x, intake_open(x->a, &x->f,
			  &(intake_ask){.s = x->s,
					.c = c,
					.who = who,
					.table = t,
					.file = STR("bench.csv"),
					.sha256 = STR("0"),
					.now = x->now,
					.demo = true,
					.threads = threads},
			  &in));
	return in;
}

/* Of the database and of its keys, with all that waited in their logs. */
static double
bytes_on_disk(fixture *x)
{
	static const char *const file[] = {"site.db", "keys.db"};
	struct stat st;
	double all = 0;

	fixture_sql(x, "PRAGMA wal_checkpoint(TRUNCATE)");
	fixture_keys_sql(x, "PRAGMA wal_checkpoint(TRUNCATE)");
	for (size_t i = 0; i < LEN(file); i++)
		if (stat(cstr(x->a, fixture_path(x, file[i])), &st) == 0)
			all += (double)st.st_size;
	return all;
}

/* ---- the site lives on ---- */

enum { VISITS = 1 << 16, EVERY_MS = 50 };

typedef struct visitor {
	store *s; /* NULL: a page of `file` is flushed instead */
	int file;
	int64_t now;
	bool stop; /* atomic */
	double ms[VISITS];
	size_t n;
} visitor;

static rc
look_run(tx *t, const void *in, void *out)
{
	(void)out;
	return tx_look(t, in);
}

static void
visit(const visitor *v, arena *a)
{
	look_row row = {.tenant = COUNTY,
			.actor = 8,
			.office = 9,
			.person = 1,
			.what = STR("person"),
			.purpose = STR("核对")};
	fault f = {0};
	db *d = NULL;
	tenant t;

	if (store_read(v->s, a, &f, &d) != RC_OK)
		exit(1);
	if (tenant_of_region(d, a, &f, (int64_t)COUNTY * 1000000, date_of_instant(v->now), &t) != RC_OK)
		exit(1);
	store_read_end(v->s, d);
	store_command c = {.fn = look_run, .in = &row, .a = a, .now = v->now, .plain = true};
	if (store_write(v->s, &f, &c) != RC_OK)
		exit(1);
}

/* What a look cannot be faster than: a page of a file of its own, changed and on the disk. */
static void
flush_page(const visitor *v)
{
	static const char page[4096];

	if (pwrite(v->file, page, sizeof page, 0) != (ssize_t)sizeof page || fdatasync(v->file) != 0)
		exit(1);
}

static void *
visitor_main(void *p)
{
	visitor *v = p;

	while (!__atomic_load_n(&v->stop, __ATOMIC_RELAXED) && v->n < VISITS) {
		arena *own = arena_open(NULL, 0);
		double since = now().wall;
		if (v->s)
			visit(v, own);
		else
			flush_page(v);
		v->ms[v->n++] = (now().wall - since) * 1000;
		arena_close(own);
		nanosleep(&(struct timespec){.tv_nsec = EVERY_MS * 1000000}, NULL);
	}
	return NULL;
}

static int
rising(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static void
visitor_leaves(visitor *v, pthread_t th, const char *what)
{
	__atomic_store_n(&v->stop, true, __ATOMIC_RELAXED);
	pthread_join(th, NULL);
	qsort(v->ms, v->n, sizeof *v->ms, rising);
	printf("%-12s %zu %s beside it: p50 %.1f ms, p99 %.1f ms, slowest %.1f ms\n", "", v->n, what,
	       v->ms[v->n / 2], v->ms[v->n * 99 / 100], v->ms[v->n - 1]);
}

static void
load_beside_visitors(fixture *x, intake *in)
{
	visitor *v = arena_new(x->a, visitor);
	pthread_t th;

	*v = (visitor){.s = x->s, .now = x->now};
	pthread_create(&th, NULL, visitor_main, v);
	ok(x, intake_run(in, &x->f, true));
	visitor_leaves(v, th, "looks");
}

static void
check(intake *in, int64_t added, int64_t same)
{
	intake_counts n = intake_count(in);

	if (n.added == added && n.same == same && n.refused == 0)
		return;
	fprintf(stderr, "added %lld, same %lld, differs %lld, refused %lld\n", (long long)n.added,
		(long long)n.same, (long long)n.differs, (long long)n.refused);
	exit(1);
}

/* The rows as they are: one table, one statement, 500 a transaction, the same settings as the store. */
static void
bare(fixture *x, uint64_t people, const char *file)
{
	sample s = sample_of(x->a, COUNTY);
	sqlite3 *h = NULL;
	sqlite3_stmt *put = NULL;
	str col[SAMPLE_COLUMNS];
	buf b = buf_in(x->a);

	if (sqlite3_open(cstr(x->a, fixture_path(x, file)), &h) != SQLITE_OK)
		exit(1);
	sqlite3_exec(h, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL", NULL, NULL, NULL);
	buf_lit(&b, "CREATE TABLE t (id TEXT PRIMARY KEY");
	for (int k = 1; k < SAMPLE_COLUMNS; k++)
		buf_fmt(&b, ", c%d TEXT", k);
	buf_lit(&b, ") WITHOUT ROWID");
	sqlite3_exec(h, cstr(x->a, buf_str(&b)), NULL, NULL, NULL);
	buf_clear(&b);
	buf_lit(&b, "INSERT INTO t VALUES (?");
	for (int k = 1; k < SAMPLE_COLUMNS; k++)
		buf_lit(&b, ",?");
	buf_c(&b, ')');
	sqlite3_prepare_v2(h, cstr(x->a, buf_str(&b)), -1, &put, NULL);
	s.a = arena_open(x->a, 0);
	for (uint64_t i = 0; i < people; i++) {
		if (i % 500 == 0)
			sqlite3_exec(h, i ? "COMMIT; BEGIN" : "BEGIN", NULL, NULL, NULL);
		arena_reset(s.a);
		sample_person(&s, i, col);
		str first = col[0];
		col[0] = col[SC_ID];
		col[SC_ID] = first;
		for (int k = 0; k < SAMPLE_COLUMNS; k++)
			sqlite3_bind_text(put, k + 1, col[k].p, (int)col[k].n, SQLITE_TRANSIENT);
		if (sqlite3_step(put) != SQLITE_DONE)
			exit(1);
		sqlite3_reset(put);
	}
	sqlite3_exec(h, "COMMIT", NULL, NULL, NULL);
	sqlite3_finalize(put);
	sqlite3_close(h);
}

/* The disk of the looks' run: what of their p99 it takes when nothing but rows is written. */
static void
bare_beside_flushes(fixture *x, uint64_t people)
{
	visitor *v = arena_new(x->a, visitor);
	pthread_t th;

	v->file = open(cstr(x->a, fixture_path(x, "page")), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (v->file < 0)
		exit(1);
	pthread_create(&th, NULL, visitor_main, v);
	bare(x, people, "bare_live.db");
	visitor_leaves(v, th, "pages flushed");
	close(v->file);
}

/* What `zhucan replay --check` does: every event read, every table made again and compared. */
static void
prove(fixture *x, uint64_t people)
{
	static const uint8_t key[32] = {0};
	ledger_report *r = arena_new(x->a, ledger_report);
	moment t = now();

	ok(x,
	   ledger_check(x->s, x->a, &x->f,
			&(ledger_ask){
				.scratch = fixture_path(x, "scratch"), .key = key, .derived = person_derived},
			r));
	tell("replay", t, people);
	printf("%-12s %lld events, %lld findings\n", "", (long long)r->events, (long long)r->nfindings);
	if (r->nfindings)
		exit(1);
}

int
main(int argc, char **argv)
{
	uint64_t people = argc > 1 ? strtoull(argv[1], NULL, 10) : PEOPLE;
	engine e = argc > 2 && strcmp(argv[2], "postgres") == 0 ? ENGINE_POSTGRES : ENGINE_SQLITE;
	int threads = argc > 3 ? (int)strtol(argv[3], NULL, 10) : 0;
	fixture *x = fixture_open(e);
	const catalogue *c = NULL;
	const actor *who = county(x);

	ok(x, catalogue_load(x->a, &x->f, &pack_all, &c));
	str bytes = roster(x, 0, people), others = roster(x, people, people);
	printf("%s, %llu people, %.1f MB of CSV\n", store_engine(x->s), (unsigned long long)people,
	       (double)bytes.n / 1e6);
	moment t = now();
	intake *in = prepared(x, who, c, bytes, threads);
	tell("read", t, people);
	t = now();
	ok(x, intake_run(in, &x->f, false));
	tell("dry run", t, people);
	double before = e == ENGINE_SQLITE ? bytes_on_disk(x) : 0;
	t = now();
	ok(x, intake_run(in, &x->f, true));
	tell("load", t, people);
	check(in, (int64_t)people, 0);
	if (e == ENGINE_SQLITE)
		printf("%-12s %7.0f bytes a person\n", "on disk",
		       (bytes_on_disk(x) - before) / (double)people);
	t = now();
	ok(x, intake_run(in, &x->f, true));
	tell("again", t, people);
	check(in, 0, (int64_t)people);
	in = prepared(x, who, c, others, threads);
	t = now();
	load_beside_visitors(x, in);
	tell("others, live", t, people);
	check(in, (int64_t)people, 0);
	prove(x, 2 * people);
	t = now();
	bare(x, people, "bare.db");
	tell("bare SQLite", t, people);
	t = now();
	bare_beside_flushes(x, people);
	tell("bare, live", t, people);
	fixture_close(x);
	return 0;
}

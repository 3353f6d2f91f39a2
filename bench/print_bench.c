/* print_bench.c - seconds for a batch of cards: people of the register with a photo each, tried, written down
 * on blanks, made into one file; beside it the same file out of pieces that lie in memory already.
 *
 *   build/bench/print_bench [people] [sqlite|postgres]
 *
 * Wall time and the processor time of all threads: on a busy machine only the second compares. The most
 * memory that the process had is told in the end. */
#include "app/card/press.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <time.h>

#include "app/intake/sample.h"
#include "app/paper/paper.h"
#include "app/print/piece.h"
#include "app/region/tenant.h"
#include "store/fixture.h"

enum { COUNTY = 990101, PEOPLE = 1000, PHOTO = 60000 };

/* 24 by 32, light, its upper left quarter dark; what stands behind its last line is read by nobody. */
static const char head[] = "\xff\xd8\xff\xe0\x00\x10\x4a\x46\x49\x46\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00"
			   "\xff\xdb\x00\x43\x00\x0d\x09\x0a\x0b\x0a\x08\x0d\x0b\x0a\x0b\x0e\x0e\x0d\x0f\x13"
			   "\x20\x15\x13\x12\x12\x13\x27\x1c\x1e\x17\x20\x2e\x29\x31\x30\x2e\x29\x2d\x2c\x33"
			   "\x3a\x4a\x3e\x33\x36\x46\x37\x2c\x2d\x40\x57\x41\x46\x4c\x4e\x52\x53\x52\x32\x3e"
			   "\x5a\x61\x5a\x50\x60\x4a\x51\x52\x4f\xff\xc0\x00\x0b\x08\x00\x20\x00\x18\x01\x01"
			   "\x11\x00\xff\xc4\x00\x16\x00\x01\x01\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"
			   "\x00\x00\x00\x00\x06\x07\xff\xc4\x00\x18\x10\x01\x00\x03\x01\x00\x00\x00\x00\x00"
			   "\x00\x00\x00\x00\x00\x00\x00\x00\x07\x45\x83\xc2\xff\xda\x00\x08\x01\x01\x00\x00"
			   "\x3f\x00\xcf\x56\xf1\xbd\x96\x5d\xad\xd8\x8a\xde\x37\xb2\xcb\xb5\xb8\x00\x3f";

typedef struct bench {
	fixture *x;
	const catalogue *fields;
	const print_layouts *layouts;
	actor clerk;
	sample people;
	str papers, photo;
	size_t n;
	card_item *v;
} bench;

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
tell(const char *what, moment since, size_t n)
{
	moment end = now();
	double wall = end.wall - since.wall, cpu = end.cpu - since.cpu;

	printf("%-22s %7.2f s  %8.0f cards/s   processor %7.2f s\n", what, wall, (double)n / wall, cpu);
	fflush(stdout);
}

static rc
run(bench *b, store_fn *fn, const void *in, void *out)
{
	store_command c = {.fn = fn, .in = in, .out = out, .a = b->x->a, .now = b->x->now};

	return store_write(b->x->s, &b->x->f, &c);
}

static void
county(bench *b)
{
	fixture *x = b->x;
	region_numbers list = {0};
	interval *area = arena_new(x->a, interval);
	tenant_found_in in = {.region = (int64_t)COUNTY * 1000000,
			      .day = date_from_ymd(2024, 1, 1),
			      .name = STR(""),
			      .name_en = STR("")};
	int64_t n = 0;

	x->now = date_start_instant(date_from_ymd(2026, 6, 1));
	ok(x, catalogue_load(x->a, &x->f, &pack_all, &b->fields));
	ok(x, print_layouts_load(x->a, &x->f, b->fields, &pack_all, STR(""), &b->layouts));
	*vec_add(x->a, &list) = 99;
	ok(x, region_load(x->s, &pack_all, &x->f, &list, x->now, &n));
	ok(x, run(b, tenant_found_run, &in, &n));
	*area = (interval){in.region, in.region + 1000000};
	b->clerk = (actor){.kind = ACTOR_STAFF,
			   .tenant = COUNTY,
			   .account = 7,
			   .office = 9,
			   .scope = {.v = area, .n = 1}};
	perms_add(&b->clerk.perms, PERM_PERSON_READ);
	perms_add(&b->clerk.perms, PERM_CERTIFICATE_PRINT);
	b->people = sample_of(x->a, COUNTY);
	b->papers = fixture_path(x, "papers");
}

static rc
photographed(tx *t, const void *in, void *out)
{
	const row_person *p = in;

	(void)out;
	tx_event(t, &(event_head){.tenant = p->tenant, .kind = "person.photographed", .subject = p->id});
	return patch_person(t, p, PERSON_PHOTO);
}

/* The i-th of the sample, with a certificate out of a case and a photo. */
static void
enter(bench *b, uint64_t i)
{
	fixture *x = b->x;
	arena *own = arena_open(x->a, 0);
	str col[SAMPLE_COLUMNS], hash;
	person_new p;
	db *d = NULL;

	sample_person(&b->people, i, col);
	person_in in = {.tenant = COUNTY,
			.id_kind = 1,
			.id_number = col[SC_ID],
			.name = col[SC_NAME],
			.born = STR("1990-03-07"),
			.phone = STR(""),
			.source = STR("bench"),
			.sex = 1,
			.ethnic = 1,
			.nplaces = 1,
			.has_certificate = true};
	in.place[0] = (place_in){.kind = PLACE_REGISTRATION,
				 .tenant = COUNTY,
				 .region = b->people.villages.v[i % b->people.villages.n],
				 .address = col[SC_ADDRESS]};
	in.certificate = (certificate_in){.number = str_fmt(own, "%.*s43", STR_ARG(col[SC_ID])),
					  .category = 4,
					  .level = 3,
					  .status = CERTIFICATE_VALID,
					  .generation = 2,
					  .kase = 1 + (int64_t)i,
					  .issued = STR("2026-05-30"),
					  .expires = STR("2036-05-29"),
					  .remarks = STR("")};
	ok(x, store_read(x->s, own, &x->f, &d));
	ok(x, person_prepare(x->s, db_sealer(d), own, &x->f, &in, x->now, &p));
	const paper_seal to = {.folder = b->papers,
			       .key = &p.key,
			       .place = {.table = "person", .column = "photo", .row = p.id}};
	ok(x, paper_keep(db_sealer(d), own, &x->f, &to, b->photo, &hash));
	store_read_end(x->s, d);
	person_enter e = {.person = &p, .actor = 7, .office = 9, .kind = "person.registered"};
	store_command c = {
		.fn = person_enter_run, .in = &e, .a = own, .now = x->now, .keys = &p.wrapped, .nkeys = 1};
	ok(x, store_write(x->s, &x->f, &c));
	ok(x, run(b, photographed, &(row_person){.tenant = COUNTY, .id = p.id, .photo = hash}, NULL));
	b->v[i] = (card_item){p.id, p.certificate};
	arena_close(own);
}

/* ---- the pieces, as they come out of the register, kept for the baseline ---- */

static rc
kept_piece(void *ctx, arena *a, fault *f, size_t i, overprint_piece *out)
{
	const overprint_piece *one = ctx;

	(void)a;
	(void)f;
	(void)i;
	*out = *one;
	return RC_OK;
}

static void
baseline(bench *b, const print_layout *layout)
{
	fixture *x = b->x;
	overprint_piece piece;
	pdf_file file;

	print_piece_empty(x->a, layout, MSG_ZH, &piece);
	for (size_t i = 0; i < piece.face[0].n; i++)
		((overprint_text *)(uintptr_t)piece.face[0].text)[i].text = STR("示例文字");
	piece.face[0].picture.bytes = b->photo;
	piece.face[0].picture.width = 24;
	piece.face[0].picture.height = 32;
	piece.face[0].picture.direction = 1;
	overprint_job same = {.title = STR("bench"),
			      .author = STR("bench"),
			      .at = x->now,
			      .stock = &layout->stock,
			      .scale = OVERPRINT_WHOLE,
			      .start = 1,
			      .sample = STR(""),
			      .n = b->n,
			      .ctx = &piece,
			      .piece = kept_piece};
	moment since = now();
	ok(x, overprint_make(x->a, &x->f, &same, &file));
	tell("the same from memory", since, b->n);
}

static void
batch(bench *b)
{
	fixture *x = b->x;
	const print_layout *layout = print_layout_find(b->layouts, STR("second"));
	const blank_stock green = {2, COVER_OTHERS};
	blank_in blanks = {.by = &b->clerk,
			   .stock = green,
			   .first = STR("HB00001"),
			   .last = STR("HB09999"),
			   .received = STR("2026-06-01"),
			   .source = STR("bench")};
	card_print_in in = {.by = &b->clerk,
			    .layout = STR("second"),
			    .stock = green,
			    .start = 1,
			    .first = STR(""),
			    .reason = STR(""),
			    .v = b->v,
			    .n = b->n};
	press_config c = {.s = x->s,
			  .layouts = b->layouts,
			  .papers = b->papers,
			  .who = &b->clerk,
			  .now = x->now,
			  .live = true};
	press_trial *tried = arena_array(x->a, press_trial, b->n);
	card_batch made = {.layout = STR("second"), .start = 1, .n = (int64_t)b->n};
	press *p = NULL;
	pdf_file file;
	int64_t id = 0;

	ok(x, run(b, blank_receive, &blanks, &id));
	ok(x, press_open(x->a, &x->f, &c, &p));
	moment since = now();
	ok(x, press_try(p, x->a, &x->f, layout, b->v, b->n, tried));
	tell("tried", since, b->n);
	for (size_t i = 0; i < b->n; i++)
		if (tried[i].why.n || !tried[i].photo) {
			fprintf(stderr, "%s\n", cstr(x->a, tried[i].why));
			exit(1);
		}
	since = now();
	ok(x, run(b, card_print, &in, &made.id));
	tell("written down", since, b->n);
	since = now();
	ok(x, press_batch(p, x->a, &x->f, &made, 1, &file));
	tell("one file", since, b->n);
	printf("%-22s %7d pages, %.1f MB\n", "", file.pages, (double)file.bytes.n / 1e6);
	baseline(b, layout);
}

int
main(int argc, char **argv)
{
	int64_t n = PEOPLE;

	if (argc > 1 && (!str_to_i64(str_of(argv[1]), &n) || n < 1 || n > CARD_BATCH_MAX)) {
		fprintf(stderr, "print_bench [people, at most %d] [sqlite|postgres]\n", CARD_BATCH_MAX);
		return 2;
	}
	fixture *x =
		fixture_open(argc > 2 && strcmp(argv[2], "postgres") == 0 ? ENGINE_POSTGRES : ENGINE_SQLITE);
	bench b = {.x = x, .n = (size_t)n, .v = arena_array(x->a, card_item, (size_t)n)};
	buf photo = buf_in(x->a);
	struct rusage u;

	buf_put(&photo, (str){head, sizeof head - 1});
	for (size_t i = 0; i < PHOTO; i++)
		buf_c(&photo, (char)(i * 7 % 251));
	buf_put(&photo, STR("\xff\xd9"));
	b.photo = buf_str(&photo);
	county(&b);
	for (size_t i = 0; i < b.n; i++)
		enter(&b, i);
	batch(&b);
	getrusage(RUSAGE_SELF, &u);
	printf("%-22s %7.0f MB\n", "memory at most", (double)u.ru_maxrss / 1024);
	fixture_close(x);
	return 0;
}

/* photo.c - see photo.h. */
#include "app/intake/photo.h"

#include "app/paper/paper.h"
#include "io/zip.h"
#include "store/rows.h"

enum { BATCH = 50 };

/* The people of an import by what a photo may be named after. */
typedef struct album {
	const intake *in;
	arena *a;
	fault *f;
	str papers;
	map numbers, names; /* → intake_result; a name that several bear → &several */
	photo_report *out;
} album;

static const intake_result several;

static void
list_people(album *al)
{
	const intake_result *r = intake_results(al->in);
	int64_t n = intake_count(al->in).total;

	al->numbers = map_in(al->a);
	al->names = map_in(al->a);
	for (int64_t i = 0; i < n; i++) {
		const intake_result *x = &r[i];
		if (x->person == 0)
			continue;
		const intake_result *same = map_get(&al->names, x->name) ? &several : x;
		map_set(&al->numbers, x->number, (void *)(uintptr_t)x);
		map_set(&al->names, x->name, (void *)(uintptr_t)same);
	}
}

static void
leave(album *al, str name, const char *id)
{
	int msg = msg_find(str_of(id));

	BUG_ON(msg < 0);
	*vec_add(al->a, &al->out->left) = (photo_left){
		.name = str_dup(al->a, name), .why = msg_text(al->a, intake_lang(al->in), msg, NULL)};
}

/* "照片/990101194001010018_张三.jpg" without folder and ending. */
static str
stem_of(str name)
{
	for (ptrdiff_t at; (at = str_find_char(name, '/')) >= 0;)
		name = str_from(name, (size_t)at + 1);
	for (size_t i = name.n; i-- > 0;)
		if (name.p[i] == '.')
			return str_sub(name, 0, i);
	return name;
}

/* Any part of the name that is a number leads to its person; else the whole is a name. */
static const intake_result *
person_of(const album *al, str name)
{
	str stem = stem_of(name), rest, part;
	char *z = cstr(al->a, stem);

	for (size_t i = 0; i < stem.n; i++)
		if (z[i] == '_' || z[i] == '-' || z[i] == '+')
			z[i] = ' ';
	rest = (str){z, stem.n};
	while (str_next(&rest, ' ', &part)) {
		str number = str_sub(nid_fold(al->a, part), 0, NID_LEN);
		const intake_result *x = map_get(&al->numbers, number);
		if (x)
			return x;
		x = map_get(&al->names, part);
		if (x && x != &several)
			return x;
	}
	return map_get(&al->names, stem);
}

static bool
is_photo(str bytes)
{
	return str_starts(bytes, STR("\xff\xd8\xff")) || str_starts(bytes, STR("\x89PNG\r\n\x1a\n"));
}

/* ---- giving ---- */

typedef struct gift {
	const intake_result *to;
	str file; /* the hash of its sealed bytes */
} gift;

typedef struct gifts {
	const intake *in;
	gift v[BATCH];
	size_t n;
} gifts;

/* Where a photo stands for its seal. */
static seal_place
place_of(int64_t person)
{
	return (seal_place){.table = "person", .column = "photo", .row = person};
}

static rc
give_one(tx *t, const actor *who, const gift *g)
{
	data_key key;

	TRY(seal_find(db_sealer(tx_db(t)), tx_fault(t), g->to->owner, g->to->person, &key));
	tx_event(t, &(event_head){.tenant = g->to->owner,
				  .actor = who->account,
				  .office = who->office,
				  .kind = "person.photographed",
				  .subject = g->to->person,
				  .key = &key});
	rc r = patch_person(t, &(row_person){.tenant = g->to->owner, .id = g->to->person, .photo = g->file},
			    PERSON_PHOTO);
	if (r == RC_OK)
		r = tx_event_end(t);
	crypto_wipe(&key, sizeof key);
	return r;
}

static rc
give_batch(tx *t, const void *in, void *out)
{
	const gifts *b = in;

	(void)out;
	for (size_t i = 0; i < b->n; i++)
		TRY(give_one(t, intake_actor(b->in), &b->v[i]));
	return RC_OK;
}

static rc
give(album *al, gifts *b)
{
	arena *own = arena_open(NULL, 0);
	store_command c = {.fn = give_batch, .in = b, .a = own, .now = intake_now(al->in), .lane = LANE_JOB};
	rc r = b->n ? store_write(intake_store(al->in), al->f, &c) : RC_OK;

	al->out->given += r == RC_OK ? (int64_t)b->n : 0;
	b->n = 0;
	arena_close(own);
	return r;
}

/* Seals one photo and puts its file in place. RC_CONFLICT: he has one. */
static rc
keep_photo(const album *al, arena *a, const intake_result *to, str bytes, str *file)
{
	db *d = NULL;
	const person_ref *ref = NULL;
	person_view p;
	data_key key;

	TRY(store_read(intake_store(al->in), a, al->f, &d));
	TRY(person_open(d, a, al->f, intake_actor(al->in), to->owner, to->person, &ref));
	TRY(person_read(d, a, al->f, ref, &p));
	if (p.photo.n)
		return RC_CONFLICT;
	TRY(seal_find(db_sealer(d), al->f, to->owner, to->person, &key));
	const paper_seal as = {.folder = al->papers, .key = &key, .place = place_of(to->person)};
	*file = STR("");
	rc r = paper_keep(db_sealer(d), a, al->f, &as, bytes, file);
	crypto_wipe(&key, sizeof key);
	store_read_end(intake_store(al->in), d);
	*file = str_dup(al->a, *file); /* `a` ends with the photo */
	return r;
}

static rc
take_entry(album *al, unzip *z, size_t i, gifts *b)
{
	const unzip_entry *e = unzip_at(z, i);
	arena *own = arena_open(al->a, 0);
	const intake_result *to = person_of(al, e->name);
	str bytes, file;
	rc r = RC_OK;

	if (!to || to == &several) {
		leave(al, e->name, to ? "intake.photo_several" : "intake.photo_nobody");
	} else if (e->size > PHOTO_BYTES) {
		leave(al, e->name, "intake.photo_large");
	} else if ((r = unzip_read(z, own, al->f, i, &bytes)) == RC_OK && !is_photo(bytes)) {
		leave(al, e->name, "intake.photo_kind");
	} else if (r == RC_OK) {
		r = keep_photo(al, own, to, bytes, &file);
		if (r == RC_CONFLICT) {
			al->out->kept++;
			r = RC_OK;
		} else if (r == RC_OK) {
			b->v[b->n++] = (gift){.to = to, .file = file};
		}
	}
	arena_close(own);
	return r;
}

rc
intake_photos(const intake *in, arena *a, fault *f, str zip, str papers, photo_report *out)
{
	album al = {.in = in, .a = a, .f = f, .papers = papers, .out = out};
	gifts *b = arena_new(a, gifts);
	unzip_limits most = UNZIP_LIMITS;
	unzip *z = NULL;

	*out = (photo_report){0};
	b->in = in;
	most.entries = PHOTOS_MAX;
	TRY(unzip_open(a, f, zip, most, &z));
	list_people(&al);
	for (size_t i = 0; i < unzip_count(z); i++) {
		str name = unzip_at(z, i)->name;
		if (str_ends(name, STR("/")) || str_starts(name, STR("__MACOSX/")))
			continue;
		TRY(take_entry(&al, z, i, b));
		if (b->n == BATCH)
			TRY(give(&al, b));
	}
	return give(&al, b);
}

rc
photo_read(db *d, arena *a, fault *f, const person_view *p, str papers, str *out)
{
	int64_t id = person_ref_id(p->ref);
	data_key key;

	TRY(seal_find(db_sealer(d), f, person_ref_tenant(p->ref), id, &key));
	const paper_seal as = {.folder = papers, .key = &key, .place = place_of(id)};
	rc r = paper_open(db_sealer(d), a, f, &as, p->photo, 2 * PHOTO_BYTES, out);
	crypto_wipe(&key, sizeof key);
	return r;
}

/* service.h - a service as its file says it: who may ask, which questions and papers, which steps, who acts,
 * how long it may take, what each act causes.
 *
 * services/ID.yaml with the files of services/ID/forms/ is read once into an immutable `service` that all
 * threads share; docs/services.md describes the file. Everything that can be wrong in it is found here, with
 * file, line and what to do: after service_load nothing of a definition can fail but the values of a case.
 * The engine (app/kase) knows no service, step or act by name. */
#pragma once
#include "app/field/field.h"
#include "app/service/terms.h"
#include "io/yaml.h"

typedef struct pair {
	str zh, en;
} pair;

/* How long: in working days, in days of the calendar, in months. n = 0: not said. */
typedef enum span_unit { SPAN_WORKING_DAYS, SPAN_DAYS, SPAN_MONTHS } span_unit;

typedef struct span {
	int64_t n;
	span_unit unit;
} span;

/* Who asks: bits of service.may. An office does so of its own accord (依职权). */
typedef enum asks_as { ASKS_SELF = 1, ASKS_GUARDIAN = 2, ASKS_HELPER = 4, ASKS_OFFICE = 8 } asks_as;

/* States of a paper: bits of service_paper.accepts, and the words that stand in paper.state. */
typedef enum paper_state {
	PAPER_ORIGINAL = 1,   /* 原件已核 */
	PAPER_COPY = 2,       /* 复印件 */
	PAPER_ELECTRONIC = 4, /* 电子证照 */
	PAPER_SHARED = 8,     /* 数据共享免提交 */
	PAPER_PROMISED = 16,  /* 告知承诺 */
	PAPER_LATER = 32,     /* 容缺 */
} paper_state;

enum { PAPER_STATES = 6 };
extern const str paper_state_names[PAPER_STATES]; /* of bit 1 << i */

/* NULL for none, in all places where an expression is optional. */
typedef struct service_question {
	const field *field;
	const service_term *when;
	bool optional;
	pair ask, help; /* empty: the field's own name, no help */
} service_question;

typedef struct service_section {
	str id;
	pair title;
	const service_term *when;
	const service_question *q;
	size_t n;
} service_section;

/* What speaks against an application. With `lift` it goes on, and who holds that role may decide all the
 * same, giving a reason. */
typedef struct service_bar {
	const service_term *when;
	pair say;
	str instead; /* another service, or empty */
	const role *lift;
} service_bar;

typedef struct service_paper {
	str id;
	pair name, help;
	pair whose; /* who needs it, in words, where `when` says so; may be empty */
	const service_term *when;
	unsigned accepts;
	bool portrait; /* a photo of the face for a card: its shape and size are checked */
} service_paper;

/* A decision of a policy whose inputs are fields that a form asks. It gives a level of the category `of`. */
typedef struct service_grade {
	str policy, decision, of;
} service_grade;

/* Questions of a step, in a file of their own: what the doctor measured. `flags`, and what the table of
 * `grade` says otherwise, are said to who acts and kept with the case; they stop nobody, because the software
 * does not decide. */
typedef struct service_form {
	str id, clause;
	pair name;
	const service_term *when;
	const service_question *q;
	size_t n;
	const service_bar *flag;
	size_t nflags;
	service_grade grade; /* of no policy: none */
} service_form;

typedef struct service_document {
	str id, series; /* of its number: 残证受 in 残证受〔2026〕12号 */
	pair name;
	str file, text; /* the template of io/pdf_text.h */
	bool theirs;    /* the applicant gets it, on his pages too */
} service_document;

/* The one list that a template may go through row by row. */
#define SERVICE_MISSING "缺少的材料"

typedef struct service_outcome {
	str id;
	pair name;
	bool granted; /* what was asked for came about */
} service_outcome;

typedef struct service_effect service_effect;
typedef struct service_step service_step;

enum { ACT_EFFECTS = 4, ACT_PRINTS = 6 };

/* A code that an act answers by itself: the reason of a cancellation. */
typedef struct service_set {
	const field *field;
	str code;
} service_set;

typedef struct service_act {
	str id;
	pair name;
	const service_step *to;     /* NULL: to the applicant, or the end */
	const service_outcome *end; /* NULL: it goes on */
	bool to_applicant, pauses;
	bool back;                /* to a step before: 退回 */
	bool reason;              /* must be given */
	const service_term *when; /* offered only then */
	const role *by[4];        /* who of the step's may; none: all of them */
	size_t nby;
	const service_effect *effect[ACT_EFFECTS];
	size_t neffects;
	const service_set *set; /* answers that follow from the act itself */
	size_t nset;
	const service_document *print[ACT_PRINTS];
	size_t nprints;
	const service_question *q; /* asked with the act */
	size_t nq;
	bool without_form; /* the step's form need not be filled */
	pair appeal;       /* to whom, by when; empty: none */
	span appeal_within;
} service_act;

enum { STEP_ROLES = 4, STEP_NOT_BY = 8 };

/* AT_FILED: the office that took the application; where none did, or none around it holds the role, as
 * AT_REGISTRATION. */
typedef enum step_place { AT_REGISTRATION, AT_RESIDENCE, AT_FILED } step_place;

struct service_step {
	size_t number; /* its place in service.step */
	str id;
	pair name;
	const role *by[STEP_ROLES]; /* the first that has an office for the place gets the work */
	size_t nby;
	step_place at;
	span within;                /* 0: no limit of its own */
	size_t not_by[STEP_NOT_BY]; /* steps whose actors may not act here */
	size_t nnot_by;
	const service_term *skip_when;
	const service_act *skip_act; /* done by the program then */
	pair skip_say;
	span waits;               /* after it, on the next day, the program does `wait_act` */
	const field *waits_until; /* the day is answered instead; NULL: `waits` says it */
	const service_act *wait_act;
	const service_act *objection_act; /* NULL: no objection can be raised here */
	bool forms;                       /* the service's forms that apply are filled here */
	bool decides;                     /* what the policy says is shown beside its acts: service.serves */
	const service_act *act;
	size_t nacts;
};

/* What may be shown: never a number, a telephone, a diagnosis. */
typedef enum notice_field {
	NOTICE_NAME = 1,
	NOTICE_MASKED_NAME = 2,
	NOTICE_VILLAGE = 4,
	NOTICE_CATEGORY = 8,
	NOTICE_LEVEL = 16,
	NOTICE_INSTITUTION = 32,
	NOTICE_SERVICE = 64,
	NOTICE_AMOUNT = 128,
} notice_field;

enum { NOTICE_FIELDS = 8 };
extern const str notice_field_names[NOTICE_FIELDS];

typedef struct service_publicity {
	bool is;
	span lasts;
	unsigned board, web; /* notice_field bits; web may hold masked_name and village only */
	const service_term *web_when;
} service_publicity;

typedef enum count_kind { COUNT_OUTCOME, COUNT_MEAN_DAYS } count_kind;

typedef struct service_count {
	str indicator;
	count_kind kind;
	const service_outcome *outcome;
	const service_term *when;
	const service_step *from, *to;
	span_unit unit;
} service_count;

/* The decision of a policy that the service grants: an amount a month. It is shown to who decides, and leads
 * who is entitled here; without a policy: none. */
typedef struct service_serves {
	str policy, decision;
} service_serves;

typedef struct service_basis {
	pair document;
	str article; /* empty: the document as a whole */
} service_basis;

/* The guide in easy words (简明版): a picture, a heading and a few short sentences at a time. */
typedef struct service_easy_part {
	str picture; /* of lists/pictures.yaml */
	pair heading;
	const pair *line;
	size_t n;
} service_easy_part;

typedef struct service_easy {
	pair title;
	pair read_by;    /* who with an intellectual disability has read it; empty: nobody has yet */
	int32_t read_on; /* and when, as a day number */
	const service_easy_part *part;
	size_t n;
} service_easy;

/* What a Chinese reader with an intellectual disability takes in at once, and on one page. */
enum { EASY_SENTENCE_HAN = 15, EASY_PAGE_HAN = 200 };

typedef struct service {
	str id, file;
	char sha256[65]; /* of the whole definition: service_sha256 */
	pair name;
	pair who, gives, fee; /* of the guide: who may ask, what it gives, what it costs; may be empty */
	int64_t order;        /* of the guide: what people ask for most stands first */
	const str *also;      /* of the guide: other words by which people look for it */
	size_t nalso;
	const service_easy *easy; /* of the guide; NULL: there is none */
	str line;                 /* of lists/roles.yaml */
	const service_basis *basis;
	size_t nbasis;
	unsigned may;  /* asks_as bits */
	bool anywhere; /* every office that takes applications takes it, for whichever place */
	const service_term *guardian_when;
	const service_bar *bar;
	size_t nbars;
	const service_section *section;
	size_t nsections;
	const service_paper *paper;
	size_t npapers;
	const service_form *form;
	size_t nforms;
	const service_document *document;
	size_t ndocuments;
	const service_outcome *outcome;
	size_t noutcomes;
	const service_step *step; /* the first is where a case begins */
	size_t nsteps;
	service_publicity publicity;
	service_serves serves;
	const service_count *count;
	size_t ncounts;
	const service_words *words;
} service;

/* A named effect of the engine, and the fields that the service must ask for it to work. */
struct service_effect {
	str name;
	const char *const *needs; /* field ids, ends with NULL */
	bool publicity;           /* only where the service has a publicity */
	bool serves;              /* only where it names a policy */
	int number;               /* the engine's own */
};

/* The files of one definition: the first is the service, the others are in its folder, named from there
 * ("forms/limb.yaml"). */
typedef struct service_file {
	str name, text;
} service_file;

typedef struct service_ask {
	const catalogue *fields;
	const roles *roles;
	const parameters *parameters;  /* whose names its expressions may use; NULL: none */
	const service_effect *effects; /* ends with an entry without a name */
	bool published; /* it was checked before: a parameter that is not there (any more) is null */
	const service_file *file;
	size_t nfiles;
} service_ask;

/* RC_INVALID: yaml.*, feel.*, service.* with file, line and what to do. RC_LIMIT: yaml.size, yaml.depth. */
rc service_load(arena *a, fault *f, const service_ask *ask, const service **out) MUST_USE;

/* The hash that a case keeps: over names, lengths and texts of all files, in their order. */
void service_sha256(const service_ask *ask, char out[65]);

/* NULL: there is none. */
const service_step *service_step_find(const service *s, str id);
const service_act *service_act_find(const service_step *step, str id);
const service_document *service_document_find(const service *s, str id);
const service_paper *service_paper_find(const service *s, str id);

/* May people ask for it themselves?  Else an office begins it of its own accord. */
static inline bool
service_is_public(const service *s)
{
	return (s->may & ~(unsigned)ASKS_OFFICE) != 0;
}

static inline str
pair_in(pair p, bool english)
{
	return english ? p.en : p.zh;
}

/* fault.c - see fault.h. */
#include "base/fault.h"

#include "base/buf.h"

static str
keep(fault *f, str s)
{
	size_t n = MIN(s.n, sizeof f->text - f->used);

	while (n > 0 && n < s.n && ((unsigned char)s.p[n] & 0xc0) == 0x80) /* never half a character */
		n--;
	if (n)
		memcpy(f->text + f->used, s.p, n);
	str kept = {f->text + f->used, n};
	f->used += n;
	return kept;
}

void
fault_set(fault *f, rc code, const char *id, const char *where, const fault_arg *args)
{
	BUG_ON(code == RC_OK);
	fault_clear(f);
	f->code = code;
	f->id = id;
	f->where = where;
	for (; args->name && f->nargs < FAULT_ARGS; args++) {
		fault_arg *to = &f->arg[f->nargs++];
		*to = *args;
		if (args->is_text)
			to->s = keep(f, args->s);
		if (args->is_text && strcmp(args->name, "field") == 0)
			f->field = to->s;
	}
}

void
fault_clear(fault *f)
{
	f->code = RC_OK;
	f->id = NULL;
	f->where = NULL;
	f->field = (str){0};
	f->nargs = 0;
	f->used = 0;
}

static str
moved(const fault *from, fault *to, str s)
{
	bool inside = s.p >= from->text && s.p <= from->text + sizeof from->text;

	return inside ? (str){to->text + (s.p - from->text), s.n} : s;
}

void
fault_copy(fault *to, const fault *from)
{
	if (to == from)
		return;
	*to = *from;
	to->field = moved(from, to, from->field);
	for (size_t i = 0; i < to->nargs; i++)
		to->arg[i].s = moved(from, to, from->arg[i].s);
}

str
fault_print(arena *a, const fault *f)
{
	buf b = buf_in(a);

	if (!f->id)
		return STR("no fault");
	buf_put(&b, str_of(f->id));
	for (size_t i = 0; i < f->nargs; i++) {
		buf_fmt(&b, " %s=", f->arg[i].name);
		if (f->arg[i].is_text)
			buf_put(&b, f->arg[i].s);
		else
			buf_i64(&b, f->arg[i].i);
	}
	buf_fmt(&b, " (%s)", f->where);
	return buf_str(&b);
}

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

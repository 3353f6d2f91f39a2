/* files.c - see files.h. As one text each file stands behind a line with its length and name:
 *
 *   %file 8123 services/certificate-new.yaml
 *   …8123 bytes…
 *   %file 702 forms/limb.yaml
 */
#include "app/service/files.h"

#include "io/file.h"

#define MARK   "%file "
#define SHARED STR("shared/")

/* Is a file of services/shared/ named in the definition?  Forms are named without their ending. */
static bool
is_named(const service_files *v, str name)
{
	ptrdiff_t dot = str_find_char(name, '.');

	return str_find(v->v[0].text, dot < 0 ? name : str_sub(name, 0, (size_t)dot)) >= 0;
}

rc
service_files_packed(const pack *p, arena *a, str id, service_files *out)
{
	str head = str_fmt(a, "services/%.*s/", STR_ARG(id)), name, text;
	str main = str_fmt(a, "services/%.*s.yaml", STR_ARG(id));

	*out = (service_files){0};
	TRY(pack_find(p, a, main, &text));
	*vec_add(a, out) = (service_file){main, text};
	for (size_t i = 0; pack_each(p, head, &i, &name);) {
		TRY(pack_find(p, a, name, &text));
		*vec_add(a, out) = (service_file){str_from(name, head.n), text};
	}
	for (size_t i = 0; pack_each(p, STR("services/shared/"), &i, &name);) {
		str own = str_from(name, STR("services/").n);
		if (!is_named(out, own))
			continue;
		TRY(pack_find(p, a, name, &text));
		*vec_add(a, out) = (service_file){own, text};
	}
	return RC_OK;
}

/* The files of a folder, under a name of their own; those of the shared one that are named. */
static rc
read_folder(arena *a, fault *f, str dir, str head, service_files *out)
{
	file_names names;
	str text;
	rc r = file_list(a, f, dir, &names);

	if (r == RC_NOT_FOUND)
		return RC_OK;
	TRY(r);
	for (size_t i = 0; i < names.n && out->n <= SERVICE_FILES_MAX; i++) {
		str own = str_cat(a, head, names.v[i]);
		if (str_eq(head, SHARED) && !is_named(out, own))
			continue;
		TRY(file_read(a, f, str_fmt(a, "%.*s/%.*s", STR_ARG(dir), STR_ARG(names.v[i])),
			      SERVICE_FILE_MAX, &text));
		*vec_add(a, out) = (service_file){own, text};
	}
	return RC_OK;
}

rc
service_files_read(arena *a, fault *f, str path, service_files *out)
{
	str text, stem = str_ends(path, STR(".yaml")) ? str_sub(path, 0, path.n - 5) : path;
	ptrdiff_t slash = -1;

	for (size_t i = 0; i < path.n; i++)
		slash = path.p[i] == '/' ? (ptrdiff_t)i : slash;
	*out = (service_files){0};
	TRY(file_read(a, f, path, SERVICE_FILE_MAX, &text));
	*vec_add(a, out) = (service_file){path, text};
	TRY(read_folder(a, f, str_cat(a, stem, STR("/forms")), STR("forms/"), out));
	str beside = slash < 0 ? STR("shared") : str_cat(a, str_sub(path, 0, (size_t)slash), STR("/shared"));
	return read_folder(a, f, beside, SHARED, out);
}

str
service_files_join(arena *a, const service_files *v)
{
	buf b = buf_in(a);

	for (size_t i = 0; i < v->n; i++)
		buf_fmt(&b, "%%file %zu %.*s\n%.*s", v->v[i].text.n, STR_ARG(v->v[i].name),
			STR_ARG(v->v[i].text));
	return buf_str(&b);
}

rc
service_files_split(arena *a, fault *f, str text, service_files *out)
{
	*out = (service_files){0};
	while (text.n) {
		ptrdiff_t end = str_find_char(text, '\n');
		str head = end < 0 ? STR("") : str_sub(text, 0, (size_t)end);
		if (!str_starts(head, STR(MARK)))
			return FAIL(f, RC_INVALID, "service.bundle");
		head = str_from(head, sizeof MARK - 1);
		ptrdiff_t gap = str_find_char(head, ' ');
		int64_t n = -1;
		if (gap < 0 || !str_to_i64(str_sub(head, 0, (size_t)gap), &n) || n < 0 ||
		    (size_t)n > text.n - (size_t)end - 1)
			return FAIL(f, RC_INVALID, "service.bundle");
		text = str_from(text, (size_t)end + 1);
		*vec_add(a, out) =
			(service_file){str_from(head, (size_t)gap + 1), str_sub(text, 0, (size_t)n)};
		text = str_from(text, (size_t)n);
	}
	return out->n ? RC_OK : FAIL(f, RC_INVALID, "service.bundle");
}

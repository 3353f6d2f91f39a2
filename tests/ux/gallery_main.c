/* gallery_main.c - writes the gallery and the files it needs into a folder, for the browser checks.
 *
 *   gallery DIR      DIR/LOOK/PAGE.html and DIR/assets/…; LOOK: default, large, xlarge, contrast, english */
#include <errno.h>
#include <stdio.h>
#include <sys/stat.h>

#include "web/asset.h"
#include "web/gallery.h"

static bool
write_file(arena *a, const char *dir, const char *path, const void *bytes, size_t n)
{
	str whole = str_fmt(a, "%s%s", dir, path);
	char *at = cstr(a, whole);

	for (size_t i = 1; i < whole.n; i++) {
		if (at[i] != '/')
			continue;
		at[i] = '\0';
		if (mkdir(at, 0777) != 0 && errno != EEXIST)
			return false;
		at[i] = '/';
	}
	FILE *f = fopen(at, "wb");
	return f && fwrite(bytes, 1, n, f) == n && fclose(f) == 0;
}

int
main(int argc, char **argv)
{
	static const struct {
		const char *name;
		gallery_look look;
	} looks[] = {
		{"default", {0}},
		{"large", {.text_size = STR("large")}},
		{"xlarge", {.text_size = STR("xlarge")}},
		{"contrast", {.contrast = true}},
		{"english", {.lang = MSG_EN}},
	};
	arena *a = arena_open(NULL, 0);
	bool ok = argc == 2;

	for (const web_asset *x = web_assets; ok && x->path; x++)
		ok = write_file(a, argv[1], x->path, x->bytes, x->n);
	for (size_t l = 0; ok && l < LEN(looks); l++)
		for (const char *const *name = gallery_names; ok && *name; name++) {
			str page = gallery_page(a, str_of(*name), looks[l].look);
			ok = write_file(a, argv[1], cstr(a, str_fmt(a, "/%s/%s.html", looks[l].name, *name)),
					page.p, page.n);
		}
	if (!ok)
		fprintf(stderr, argc == 2 ? "gallery: cannot write into %s\n" : "use: gallery DIR\n",
			argc == 2 ? argv[1] : "");
	arena_close(a);
	return ok ? 0 : 1;
}

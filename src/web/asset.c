/* asset.c - see asset.h. */
#include "web/asset.h"

const web_asset *
asset_find(str path)
{
	for (const web_asset *x = web_assets; x->path; x++)
		if (str_eq(path, str_of(x->path)))
			return x;
	return NULL;
}

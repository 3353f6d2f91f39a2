/* document.h - a document of a case as it goes out: its template filled in, on A4, with its number, page
 * numbers and a code that names the case. One that was voided says so across every page. */
#pragma once
#include "app/field/value.h"
#include "app/kase/kase.h"
#include "io/pdf.h"

typedef struct kase_print {
	const kase_house *house;
	const kase_ref *ref;
	const field_regions *regions; /* names of divisions; NULL: their codes */
	int64_t now;
	bool blocks_only; /* the text without the PDF */
} kase_print;

typedef struct kase_page {
	str number; /* 残证受〔2026〕12号 */
	pdf_file pdf;
	const pdf_block *blocks;
	size_t n;
} kase_page;

/* Made anew each time from what stands in the case. RC_NOT_FOUND: the case has no such document. RC_IO: no
 * font. Whoever calls writes a look. */
rc kase_document_make(db *d, arena *a, fault *f, const kase_print *how, int64_t document,
		      kase_page *out) MUST_USE;

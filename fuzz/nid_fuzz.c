/* nid_fuzz.c - identity, certificate, organisation and card numbers: whatever is typed, what is accepted is
 * in its one form and is accepted again. */
#include "base/check.h"
#include "base/nid.h"
#include "base/utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	arena *a = arena_open(NULL, 0);
	int32_t today = date_from_ymd(2026, 11, 22);
	fault f = {0};
	nid id = {0}, again = {0};
	cert_no cert = {0}, cert_again = {0};
	str text = {0}, code = {0}, code_again = {0};

	if (text_clean(a, &f, (str){(const char *)data, n}, &text) != RC_OK) {
		arena_close(a);
		return 0;
	}
	if (nid_parse(a, &f, text, today, &id) == RC_OK) {
		BUG_ON(nid_parse(a, &f, nid_str(&id), today, &again) != RC_OK);
		BUG_ON(!str_eq(nid_str(&id), nid_str(&again)) || id.born != again.born || again.was_old);
	}
	if (cert_no_parse(a, &f, text, today, &cert) == RC_OK) {
		BUG_ON(cert_no_parse(a, &f, cert_no_str(a, &cert), today, &cert_again) != RC_OK);
		BUG_ON(cert.category != cert_again.category || cert.level != cert_again.level ||
		       cert.reissue != cert_again.reissue);
	}
	if (org_code_parse(a, &f, text, &code) == RC_OK)
		BUG_ON(org_code_parse(a, &f, code, &code_again) != RC_OK || !str_eq(code, code_again));
	if (card_parse(a, &f, text, &code) == RC_OK)
		BUG_ON(card_parse(a, &f, code, &code_again) != RC_OK || !str_eq(code, code_again));
	BUG_ON(!utf8_valid(nid_mask(a, text)) || !utf8_valid(cert_no_mask(a, text)));
	arena_close(a);
	return 0;
}

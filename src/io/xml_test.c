/* xml_test.c - events in order with their name spaces; what makes a parser work for an attacker. */
#include "io/xml.h"

#include "base/buf.h"
#include "io/io_test.h"

static rc
on_open(void *p, fault *f, const xml_element *e)
{
	buf *b = p;

	buf_fmt(b, "<%.*s|%.*s", STR_ARG(e->space), STR_ARG(e->name));
	if (xml_has(e, STR(""), STR("a")))
		buf_fmt(b, " a=%.*s", STR_ARG(xml_attr(e, STR(""), STR("a"))));
	if (xml_has(e, STR("urn:x"), STR("a")))
		buf_fmt(b, " x:a=%.*s", STR_ARG(xml_attr(e, STR("urn:x"), STR("a"))));
	if (str_eq(e->name, STR("stop")))
		return FAIL(f, RC_DENIED, "test.stop");
	return RC_OK;
}

static rc
on_close(void *p, fault *f, str space, str name)
{
	(void)f;
	(void)space;
	buf_fmt(p, ">%.*s", STR_ARG(name));
	return RC_OK;
}

static rc
on_text(void *p, fault *f, str s)
{
	(void)f;
	buf_put(p, s);
	return RC_OK;
}

static const xml_handler handler = {on_open, on_close, on_text};

static void
tells_events(void **state)
{
	static const str text = STR(
		"<?xml version='1.0' encoding='UTF-8'?><r xmlns='urn:m' xmlns:x='urn:x' a='1&amp;2' x:a='3'>"
		"<!-- no --><x:e>张&lt;<![CDATA[<>]]>&#x4e09;</x:e><n xmlns=''/></r>");
	fault f = {0};

	for (size_t step = 1; step <= text.n; step += 7) {
		buf b = buf_in(*state);
		xml_reader *r = xml_open(*state, &handler, &b, XML_LIMITS);
		for (size_t i = 0; i < text.n; i += step)
			check_ok(&f, xml_feed(r, &f, str_sub(text, i, step), i + step >= text.n));
		check_str(buf_str(&b), STR("<urn:m|r a=1&2 x:a=3<urn:x|e张<<>三>e<|n>n>r"));
		xml_limits flat = XML_LIMITS;
		flat.flat = true;
		buf_clear(&b);
		check_ok(&f, xml_parse(*state, &f, text, &handler, &b, flat));
		check_str(buf_str(&b), STR("<|r a=1&2<|e张<<>三>e<|n>n>r"));
	}
}

static rc
parse(arena *a, fault *f, str text)
{
	buf b = buf_in(a);

	return xml_parse(a, f, text, &handler, &b, (xml_limits){.bytes = 5000, .depth = 8});
}

static void
refuses(void **state)
{
	static const struct {
		str text;
		rc code;
		const char *id;
	} row[] = {
		{STR(""), RC_INVALID, "xml.syntax"},
		{STR("<a>"), RC_INVALID, "xml.syntax"},
		{STR("<a></b>"), RC_INVALID, "xml.syntax"},
		{STR("<a/><b/>"), RC_INVALID, "xml.syntax"},
		{STR("<a b='1' b='2'/>"), RC_INVALID, "xml.syntax"},
		{STR("<x:a/>"), RC_INVALID, "xml.syntax"},
		{STR("<a>\x01</a>"), RC_INVALID, "xml.syntax"},
		{STR("<a>\xff</a>"), RC_INVALID, "xml.syntax"},
		{STR("<a>\xed\xa0\x80</a>"), RC_INVALID, "xml.syntax"},
		{STR("<a>&#xd800;</a>"), RC_INVALID, "xml.syntax"},
		{STR("<a>&other;</a>"), RC_INVALID, "xml.syntax"},
		{STR("<?xml version='1.0' encoding='GBK'?><a/>"), RC_INVALID, "xml.encoding"},
		{STR("<!DOCTYPE a><a/>"), RC_INVALID, "xml.dtd"},
		{STR("<!DOCTYPE a [<!ENTITY l 'lol'><!ENTITY m '&l;&l;&l;&l;&l;&l;&l;&l;'>]><a>&m;</a>"),
		 RC_INVALID, "xml.dtd"},
		{STR("<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>"), RC_INVALID,
		 "xml.dtd"},
		{STR("<!DOCTYPE a SYSTEM 'http://127.0.0.1/x.dtd'><a/>"), RC_INVALID, "xml.dtd"},
		{STR("<a><stop/></a>"), RC_DENIED, "test.stop"},
		{STR("<1><2>"), RC_INVALID, "xml.syntax"},
	};
	fault f = {0};

	for (size_t i = 0; i < LEN(row); i++)
		check_fault(&f, parse(*state, &f, row[i].text), row[i].code, row[i].id);
}

static void
refuses_size_and_depth(void **state)
{
	buf b = buf_in(*state);
	fault f = {0};

	for (int i = 0; i < 8; i++)
		buf_lit(&b, "<a>");
	for (int i = 0; i < 8; i++)
		buf_lit(&b, "</a>");
	check_ok(&f, parse(*state, &f, buf_str(&b)));
	check_fault(&f, parse(*state, &f, str_cat(*state, STR("<b>"), buf_str(&b))), RC_LIMIT, "xml.depth");
	buf_clear(&b);
	for (int i = 0; i < 1000; i++)
		buf_lit(&b, "<a x='1'>");
	check_fault(&f, parse(*state, &f, buf_str(&b)), RC_LIMIT, "xml.size");
	check_fault(&f, parse(*state, &f, str_sub(buf_str(&b), 0, 4999)), RC_LIMIT, "xml.depth");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(tells_events),
		TEST(refuses),
		TEST(refuses_size_and_depth),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

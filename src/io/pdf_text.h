/* pdf_text.h - a document's template, readable text with fields, made into the blocks that pdf.h lays out.
 *
 *   # 不予受理决定书                  the title;  ## a heading
 *   = {{文号}}                        a centred line
 *   {{申请人}}：                      a paragraph a line; one that begins with two wide spaces is indented
 *   1. 您的户籍所在地不在本区          an item: a number with . or 、, or （一）, or -
 *   > 本表一式一份                    small print
 *   ? 年龄 < 18                       what follows, up to an empty line, only if this holds
 *   ~ 某区残疾人联合会                who signs; further lines with ~ below
 *   %% 沿此线裁下                     where to cut
 *   [QR {{网址}}] 扫码查询            a code at the right, with its caption
 *   ===                               a new page
 *
 *   |- 9 -|- 20 -|- 30 -|             a table; its widths, if they differ
 *   |* 残疾类别 | < | [{{类别 = "视力"}}] 视力　[{{类别 = "听力"}}] 听力 |
 *   |* 意见 | {{意见}} >> 签名：　　<br>　年　月　日 | < | {38}
 *   @ 名单                            the next row once for each of the list
 *   | {{序号}} | = {{姓名}} | {{类别}} |
 *
 * A cell that begins with * is a label, with = is centred; < goes on with the cell at its left, ^ with the
 * one above;
 * >> comes before what stands at the bottom right; {38} after a row is its least height in mm. Rows of labels
 * alone at the top of a table are repeated on each page. <br> breaks a line. [{{…}}] is a box, ticked when
 * that holds.
 *
 * A field's value is text and never mark-up, whatever is in it. */
#pragma once
#include "io/pdf.h"

/* What {{…}}, ? and @ mean is the caller's; what they answer other than RC_OK is passed on. */
typedef struct pdf_fields {
	void *ctx;
	rc (*text)(void *ctx, arena *a, fault *f, str expression, str *out);
	rc (*holds)(void *ctx, fault *f, str expression, bool *out);
	/* Makes the i-th of the list the one that text and holds speak of; *more is false past the last, and
	 * then there is none again. */
	rc (*each)(void *ctx, fault *f, str list, size_t i, bool *more);
} pdf_fields;

/* RC_INVALID: the template is not well formed; the fault names its line. RC_LIMIT: more than 100,000 blocks
 * or rows. To check a template when it is loaded, give fields that check their expressions and answer "" and
 * true. */
rc pdf_text(arena *a, fault *f, str template, const pdf_fields *fields, const pdf_block **blocks,
	    size_t *n) MUST_USE;

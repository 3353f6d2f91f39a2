# A column. `sort` is the address that sorts by it; `sorted`: ascending, descending or nothing; `act`: what one does with a
# row, nothing to be read.
struct column
  label  text
  sort   url?
  sorted str?
  number bool
  act    bool?

# A table of records. The body is its rows: <tr> with <th scope="row"> first, each cell with data-label, which is its
# heading where the screen is narrow. `compact` is for the long lists of the staff; `asked`: its cells are inputs of a form.
# Every other table can be taken along as a sheet, which is read off this very mark-up (table.h).
template data_table
  name    str
  caption text
  columns list column
  compact bool?
  asked   bool?
  body    html
---
<div class="zc-scroll" role="region" aria-labelledby="{name}-caption" tabindex="0">
  <table class="govuk-table zc-table{if compact} zc-compact{/if}{if asked} zc-asked{/if}">
    <caption class="govuk-table__caption govuk-table__caption--m" id="{name}-caption">{caption}</caption>
    <thead class="govuk-table__head">
      <tr class="govuk-table__row">
        {for c in columns}
        <th scope="col" class="govuk-table__header{if c.number} zc-num{/if}{if c.act} zc-act{/if}"{if c.sorted} aria-sort="{c.sorted}"{/if}>{if c.sort}<a class="govuk-link zc-sort" href="{c.sort}">{c.label}<span class="zc-sort__mark" aria-hidden="true">{if c.sorted == "ascending"}&#9650;{elif c.sorted == "descending"}&#9660;{else}&#8693;{/if}</span><span class="govuk-visually-hidden">{msg ui.sort}</span></a>{else}{c.label}{/if}</th>
        {/for}
      </tr>
    </thead>
    <tbody class="govuk-table__body">
      {body}
    </tbody>
  </table>
</div>
{if page.sheets and not asked}
<p class="govuk-body zc-sheets"><a class="govuk-link zc-target" href="{page.sheets}list={name}&amp;as=xlsx">{msg table.xlsx}<span class="govuk-visually-hidden"> {caption}</span></a> <a class="govuk-link zc-target" href="{page.sheets}list={name}&amp;as=csv">{msg table.csv}<span class="govuk-visually-hidden"> {caption}</span></a></p>
{/if}

# A number in the row of pages; 0 is a gap.
struct page_link
  number  int
  current bool

# A hidden value that a form carries along.
struct kept
  name  str
  value str

# Pages of a list. `base` is the address up to the number (…&page=); `kept` is what the jump to a page must not lose.
template pagination
  base     url
  previous int
  next     int
  pages    int
  current  int
  links    list page_link
  kept     list kept
---
<nav class="govuk-pagination" aria-label="{msg ui.pages n=current of=pages}">
  {if previous}
  <div class="govuk-pagination__prev"><a class="govuk-link govuk-pagination__link" href="{base}{previous}" rel="prev"><svg class="govuk-pagination__icon govuk-pagination__icon--prev" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="M14 6.5H2M7.5 1 2 6.5 7.5 12" fill="none" stroke="currentColor" stroke-width="2"/></svg><span class="govuk-pagination__link-title">{msg ui.pages.previous}</span></a></div>
  {/if}
  <ul class="govuk-pagination__list">
    {for l in links}
    {if not l.number}
    <li class="govuk-pagination__item govuk-pagination__item--ellipsis">&ctdot;</li>
    {else}
    <li class="govuk-pagination__item{if l.current} govuk-pagination__item--current{/if}"><a class="govuk-link govuk-pagination__link" href="{base}{l.number}" aria-label="{msg ui.pages.number n=l.number}"{if l.current} aria-current="page"{/if}>{l.number}</a></li>
    {/if}
    {/for}
  </ul>
  {if next}
  <div class="govuk-pagination__next"><a class="govuk-link govuk-pagination__link" href="{base}{next}" rel="next"><span class="govuk-pagination__link-title">{msg ui.pages.next}</span><svg class="govuk-pagination__icon govuk-pagination__icon--next" height="13" width="15" aria-hidden="true" focusable="false" viewBox="0 0 15 13"><path d="M1 6.5h12M7.5 1 13 6.5 7.5 12" fill="none" stroke="currentColor" stroke-width="2"/></svg></a></div>
  {/if}
</nav>
{if kept}
<form class="zc-fields zc-jump" method="get">
  {for k in kept}
  <input type="hidden" name="{k.name}" value="{k.value}">
  {/for}
  <div class="govuk-form-group">
    <label class="govuk-label" for="page">{msg ui.pages.jump of=pages}</label>
    <input class="govuk-input govuk-input--width-4" id="page" name="page" type="text" inputmode="numeric">
  </div>
  <button type="submit" class="govuk-button govuk-button--secondary">{msg ui.pages.go}</button>
</form>
{/if}

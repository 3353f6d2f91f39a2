# One row of the tree; `level` says what it is.
struct place_row
  code  str
  name  str
  level text
  since date

template place_table
  name    str
  caption text
  columns list column
  rows    list place_row
---
{use data_table name=name caption=caption columns=columns}
  {for r in rows}
  <tr class="govuk-table__row">
    {for c, i in columns}
    {if i == 1}<th scope="row" class="govuk-table__header" data-label="{c.label}"><a class="govuk-link" href="/places/{r.code}">{r.name}</a></th>{/if}
    {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{r.level}</td>{/if}
    {if i == 3}<td class="govuk-table__cell" data-label="{c.label}">{r.code}</td>{/if}
    {if i == 4}<td class="govuk-table__cell zc-nowrap" data-label="{c.label}">{r.since | iso}</td>{/if}
    {/for}
  </tr>
  {/for}
{/use}

# A division, or the country: what it is, what is right below it, and the search inside it. `gone` is a division that has
# ended; `to` and `to_name` are what stands for it.
template places
  title   text
  crumbs  list crumb
  code    str
  gone    text?
  to      str
  to_name str
  facts   list answer
  q       str
  error   text?
  errors  list field_error
  bad     bool
  asked   bool
  note    text?
  found   list place_row
  caption text
  columns list column
  rows    list place_row
  next    str
---
{use layout title=title error=bad}
  {set top}{use breadcrumbs crumbs=crumbs /}{/set}
  {if error}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  {if gone}
  {use inset}<p class="govuk-body">{gone}</p>{if to}<p class="govuk-body"><a class="govuk-link" href="/places/{to}">{to_name}</a></p>{/if}{/use}
  {/if}
  {if facts}
  {use summary_list answers=facts /}
  {/if}
  <form method="get" class="zc-fields" role="search">
    {use text_input name="q" label="{msg places.search}" value=q hint="{msg places.search_hint}" error=error width=20 /}
    {use button label="{msg places.find}" kind="secondary" /}
  </form>
  {if asked}
    {if note}<p class="govuk-body">{note}</p>{/if}
    {if found}
    {use place_table name="found" caption="{msg places.found}" columns=columns rows=found /}
    {else}
    <p class="govuk-body">{msg places.none_found}</p>
    {/if}
  {/if}
  {if rows}
  {use place_table name="below" caption=caption columns=columns rows=rows /}
  {/if}
  {if next}
  <p class="govuk-body"><a class="govuk-link" href="/places/{code}?after={next}">{msg places.next}</a></p>
  {/if}
{/use}

# A year's edition in the list; `state` says whether it is the one in force.
struct calendar_row
  year    int
  source  str
  off     int
  working int
  state   text
  colour  str

# The years that have a notice, those that lack one, and the form for a new or corrected one.
template calendar_years
  missing text?
  saved   text?
  errors  list field_error
  bad     bool
  year    str
  source  str
  days    str
  year_error   text?
  source_error text?
  days_error   text?
  columns list column
  rows    list calendar_row
---
{use layout title="{msg calendar.page.title}" error=bad wide=true}
  {if errors}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg calendar.page.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg calendar.page.title}</h1>
  {if missing}{use warning words=missing /}{/if}
  <h2 class="govuk-heading-m">{msg calendar.page.enter}</h2>
  <form method="post" action="/admin/calendar" novalidate>
    {keys}
    {use text_input name="year" label="{msg calendar.page.year}" value=year error=year_error mode="numeric" width=4 /}
    {use text_input name="source" label="{msg calendar.page.source}" value=source hint="{msg calendar.page.source_hint}" error=source_error width=30 /}
    {use textarea name="days" label="{msg calendar.page.days}" value=days hint="{msg calendar.page.days_hint}" error=days_error rows=10 most=5000 /}
    {use button label="{msg calendar.page.check}" /}
  </form>
  {if rows}
  {use data_table name="years" caption="{msg calendar.page.years}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      {for c, i in columns}
      {if i == 1}<th scope="row" class="govuk-table__header" data-label="{c.label}">{r.year}</th>{/if}
      {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{r.source}</td>{/if}
      {if i == 3}<td class="govuk-table__cell zc-num" data-label="{c.label}">{r.off}</td>{/if}
      {if i == 4}<td class="govuk-table__cell zc-num" data-label="{c.label}">{r.working}</td>{/if}
      {if i == 5}<td class="govuk-table__cell" data-label="{c.label}">{use tag label=r.state colour=r.colour /}</td>{/if}
      {/for}
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

struct calendar_day_row
  day  date
  what text
  note str

# What was read, to be compared with the notice before it counts. `days` travels as lines, not as it was pasted.
template calendar_check
  answers list answer
  year    int
  source  str
  days    str
  columns list column
  rows    list calendar_day_row
---
{use layout title="{msg calendar.page.compare}" back="/admin/calendar"}
  <h1 class="govuk-heading-l">{msg calendar.page.compare}</h1>
  {use summary_list answers=answers /}
  {use data_table name="read" caption="{msg calendar.page.read}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      {for c, i in columns}
      {if i == 1}<th scope="row" class="govuk-table__header zc-nowrap" data-label="{c.label}">{r.day}</th>{/if}
      {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{r.what}</td>{/if}
      {if i == 3}<td class="govuk-table__cell" data-label="{c.label}">{r.note}</td>{/if}
      {/for}
    </tr>
    {/for}
  {/use}
  <form method="post" action="/admin/calendar/save">
    {keys}
    <input type="hidden" name="year" value="{year}">
    <input type="hidden" name="source" value="{source}">
    <input type="hidden" name="days" value="{days}">
    {use button label="{msg calendar.page.save}" /}
  </form>
{/use}

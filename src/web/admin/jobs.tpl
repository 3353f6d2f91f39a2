# A job in the list; `progress` is "12 / 300", `said` what stopped it.
struct job_line
  name     text
  state    text
  colour   str
  progress str
  due      str
  said     str

# What runs behind the pages: newest first.
template jobs
  columns list column
  rows    list job_line
---
{use layout title="{msg jobs.title}" wide=true}
  <h1 class="govuk-heading-l">{msg jobs.title}</h1>
  {if not rows}<p class="govuk-body">{msg jobs.none}</p>{/if}
  {if rows}
  {use data_table name="jobs" caption="{msg jobs.caption}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      {for c, i in columns}
      {if i == 1}<th scope="row" class="govuk-table__header" data-label="{c.label}">{r.name}</th>{/if}
      {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{use tag label=r.state colour=r.colour /}</td>{/if}
      {if i == 3}<td class="govuk-table__cell zc-nowrap" data-label="{c.label}">{r.progress}</td>{/if}
      {if i == 4}<td class="govuk-table__cell zc-nowrap" data-label="{c.label}">{r.due}</td>{/if}
      {if i == 5}<td class="govuk-table__cell" data-label="{c.label}">{r.said}</td>{/if}
      {/for}
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

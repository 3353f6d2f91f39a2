# An assessment that is to be made.
struct visit_line
  href    url
  name    str
  number  str
  village str
  due     text
  colour  str
  needs   text?

template visits
  lead    text
  columns list column
  rows    list visit_line
  next    url?
---
{use layout title="{msg visits.title}" back="/desk" wide=true}
  <h1 class="govuk-heading-l">{msg visits.title}</h1>
  <p class="govuk-body" role="status">{lead}</p>
  {if rows}
  {use data_table name="visits" caption="{msg visits.caption}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg tasks.name}"><a class="govuk-link" href="{r.href}">{r.name}</a></th>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg tasks.due}">{use tag label=r.due colour=r.colour /}</td>
      <td class="govuk-table__cell" data-label="{msg visits.needs}">{r.needs}</td>
      <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg tasks.number}">{r.number}</td>
    </tr>
    {/for}
  {/use}
  {else}
  {use inset}<p class="govuk-body">{msg visits.none}</p>{/use}
  {/if}
  {if next}<p class="govuk-body"><a class="govuk-link zc-target" href="{next}">{msg tasks.more}</a></p>{/if}
{/use}

# One form of an assessment, with the standard's clause beside it.
template visit_form
  title   text
  caption text
  clause  str
  name    str
  back    url
  action  url
  bad     bool
  errors  list field_error
  saved   text?
  flags   list case_note
  grade   list case_note
  asks    html
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg case.saved.title}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{msg case.of name=name}</p>
  <p class="govuk-body">{msg visits.clause clause=clause}</p>
  {for f in flags}{use warning words=f.words /}{/for}
  <form method="post" action="{action}" novalidate>
    {keys}
    {asks}
    {use button label="{msg visits.save}" /}
  </form>
  {if grade}
  {use details summary="{msg visits.grade}"}
    <p class="govuk-body">{msg visits.grade.words}</p>
    <ul class="govuk-list govuk-list--bullet">{for g in grade}<li>{g.words}</li>{/for}</ul>
  {/use}
  {/if}
{/use}

# One line of the list of cases.
struct case_line
  href      url
  number    str
  name      str
  service   text
  state     text
  colour    str
  due       text
  due_tag   str
  village   str
  submitted str

# The cases that an officer may see, and the form to find one by its number.
template cases
  lead     text
  service  list choice
  step     list choice
  state    list choice
  due      list choice
  q        str
  sort     str
  columns  list column
  rows     list case_line
  base     url
  previous int
  next     int
  pages    int
  current  int
  links    list page_link
  kept     list kept
  bad      bool
  errors   list field_error
  number   str
  number_wrong text?
---
{use layout title="{msg cases.title}" back="/desk" wide=true error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg cases.title}</h1>
  <p class="govuk-body" role="status">{lead}</p>
  <form class="zc-fields" method="get" action="/desk/cases">
    {use select name="service" label="{msg tasks.service}" choices=service /}
    {use select name="at" label="{msg tasks.step}" choices=step /}
    {use select name="state" label="{msg cases.state}" choices=state /}
    {use select name="due" label="{msg cases.due}" choices=due /}
    {use text_input name="q" label="{msg cases.q}" value=q complete="off" width=20 /}
    <input type="hidden" name="sort" value="{sort}">
    {use button label="{msg tasks.filter}" kind="secondary" /}
  </form>
  {if rows}
  {use data_table name="cases" caption="{msg cases.caption}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header zc-nowrap" data-label="{msg tasks.number}"><a class="govuk-link" href="{r.href}">{r.number}</a></th>
      <td class="govuk-table__cell" data-label="{msg cases.applicant}">{r.name}</td>
      <td class="govuk-table__cell" data-label="{msg tasks.service}">{r.service}</td>
      <td class="govuk-table__cell" data-label="{msg cases.state}">{use tag label=r.state colour=r.colour /}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg cases.due}">{if r.due}{use tag label=r.due colour=r.due_tag /}{/if}</td>
      <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg cases.submitted}">{r.submitted}</td>
    </tr>
    {/for}
  {/use}
  {else}
  {use inset}<p class="govuk-body">{msg cases.none}</p>{/use}
  {/if}
  {if pages > 1}{use pagination base=base previous=previous next=next pages=pages current=current links=links kept=kept /}{/if}
  <h2 class="govuk-heading-m">{msg case.find.title}</h2>
  <p class="govuk-body">{msg cases.newest}</p>
  <form method="post" action="/desk/cases" novalidate>
    {keys}
    {use text_input name="number" label="{msg case.find.number}" hint="{msg case.find.number.hint}" value=number error=number_wrong complete="off" width=30 /}
    {use button label="{msg case.find.go}" /}
  </form>
{/use}

# A notice that hangs.
struct notice_line
  href    url
  name    str
  number  str
  village str
  posted  str
  last    str
  left    text
  colour  str

template notices
  lead    text
  columns list column
  rows    list notice_line
  next    url?
---
{use layout title="{msg notices.title}" back="/desk" wide=true}
  <h1 class="govuk-heading-l">{msg notices.title}</h1>
  <p class="govuk-body" role="status">{lead}</p>
  <p class="govuk-body">{msg notices.how}</p>
  {if rows}
  {use data_table name="notices" caption="{msg notices.caption}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg tasks.name}"><a class="govuk-link" href="{r.href}">{r.name}</a></th>
      <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg notices.posted}">{r.posted}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg notices.last}"><span>{r.last}</span> {use tag label=r.left colour=r.colour /}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg tasks.number}">{r.number}</td>
    </tr>
    {/for}
  {/use}
  {else}
  {use inset}<p class="govuk-body">{msg notices.none}</p>{/use}
  {/if}
  {if next}<p class="govuk-body"><a class="govuk-link zc-target" href="{next}">{msg notices.more}</a></p>{/if}
{/use}

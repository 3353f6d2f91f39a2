# One look, or one act.
struct audit_line
  at      str
  who     str
  where   str
  what    text
  purpose text
  person  str
  href    url

# Which days, whose record or which officer.
template audit_filter
  action       url
  person       str
  person_wrong text?
  login        str
  login_wrong  text?
  from         str
  from_wrong   text?
  to           str
  to_wrong     text?
---
<form method="get" action="{action}" novalidate>
  {use text_input name="person" label="{msg audit.person}" hint="{msg audit.person.hint}" value=person error=person_wrong width=20 /}
  {use text_input name="officer" label="{msg audit.officer}" hint="{msg audit.officer.hint}" value=login error=login_wrong width=20 /}
  {use text_input name="from" label="{msg audit.from}" hint="{msg audit.day.hint}" value=from error=from_wrong mode="numeric" width=10 /}
  {use text_input name="to" label="{msg audit.to}" hint="{msg audit.day.hint}" value=to error=to_wrong mode="numeric" width=10 /}
  {use button label="{msg audit.go}" /}
</form>

template audit_page
  title        text
  lead         text
  action       url
  bad          bool
  errors       list field_error
  person       str
  person_wrong text?
  login        str
  login_wrong  text?
  from         str
  from_wrong   text?
  to           str
  to_wrong     text?
  asked        bool
  count        int
  more         bool
  what         text
  columns      list column
  rows         list audit_line
  base         url
  previous     int
  next         int
  pages        int
  current      int
  links        list page_link
  kept         list kept
---
{use layout title=title error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{lead}</p>
  {use audit_filter action=action person=person person_wrong=person_wrong login=login login_wrong=login_wrong from=from from_wrong=from_wrong to=to to_wrong=to_wrong /}
  {if asked}
  <p class="govuk-body" role="status">{msg audit.count n=count}</p>
  {if more}{use warning words="{msg audit.more n=count}" /}{/if}
  {if rows}
  {use data_table name="lines" caption="{msg audit.found}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header zc-nowrap" data-label="{msg audit.at}">{r.at}</th>
      <td class="govuk-table__cell" data-label="{msg audit.who}">{r.who}</td>
      <td class="govuk-table__cell" data-label="{msg audit.where}">{r.where}</td>
      <td class="govuk-table__cell" data-label="{what}">{r.what}</td>
      <td class="govuk-table__cell" data-label="{msg audit.purpose}">{r.purpose}</td>
      <td class="govuk-table__cell" data-label="{msg audit.record}">{if r.person}<a class="govuk-link" href="{r.href}">{r.person}</a>{/if}</td>
    </tr>
    {/for}
  {/use}
  {if pages > 1}{use pagination base=base previous=previous next=next pages=pages current=current links=links kept=kept /}{/if}
  {else}
  {use inset}<p class="govuk-body">{msg audit.none}</p>{/use}
  {/if}
  {/if}
{/use}

# For the person himself.
template my_access_log
  title    text
  lead     text
  back     url?
  count    int
  more     bool
  columns  list column
  rows     list audit_line
  base     url
  previous int
  next     int
  pages    int
  current  int
  links    list page_link
  kept     list kept
---
{use layout title=title back=back wide=true}
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{lead}</p>
  <p class="govuk-body" role="status">{msg look.mine.count n=count}</p>
  {if more}{use warning words="{msg audit.more n=count}" /}{/if}
  {if rows}
  {use data_table name="lines" caption="{msg look.mine.caption}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header zc-nowrap" data-label="{msg audit.at}">{r.at}</th>
      <td class="govuk-table__cell" data-label="{msg audit.where}">{r.where}</td>
      <td class="govuk-table__cell" data-label="{msg look.what}">{r.what}</td>
      <td class="govuk-table__cell" data-label="{msg audit.purpose}">{r.purpose}</td>
    </tr>
    {/for}
  {/use}
  {if pages > 1}{use pagination base=base previous=previous next=next pages=pages current=current links=links kept=kept /}{/if}
  {/if}
  {use inset}<p class="govuk-body">{msg look.mine.object}</p>{/use}
{/use}

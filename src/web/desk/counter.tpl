# A draft, or an application that was sent back.
struct counter_line
  href   url
  name   str
  words  text
  day    str

template counter_home
  bad      bool
  errors   list field_error
  services list choice
  service_wrong text?
  ways     list choice
  way_wrong text?
  number   str
  number_wrong text?
  place    html
  lines    list counter_line
  columns  list column
---
{use layout title="{msg counter.title}" back="/desk" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg counter.title}</h1>
  <p class="govuk-body">{msg counter.lead}</p>
  <form method="post" action="/desk/applications" novalidate>
    {keys}
    {use select name="service" label="{msg counter.service}" choices=services error=service_wrong /}
    {use radios name="as" legend="{msg counter.as}" choices=ways error=way_wrong /}
    {use text_input name="number" label="{msg counter.number}" hint="{msg counter.number.hint}" value=number error=number_wrong complete="off" width=20 /}
    {place}
    {use button label="{msg counter.begin}" /}
  </form>
  {if lines}
  {use data_table name="drafts" caption="{msg counter.drafts}" columns=columns}
    {for l in lines}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg tasks.name}"><a class="govuk-link" href="{l.href}">{l.name}</a></th>
      <td class="govuk-table__cell" data-label="{msg counter.state}">{l.words}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg counter.day}">{l.day}</td>
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

# A section of the application with what stands in it.
struct counter_part
  title  text
  href   url
  lines  list answer

# The whole application, to be looked through with the applicant.
template counter_whole
  title    text
  caption  text
  bad      bool
  errors   list field_error
  saved    text?
  parts    list counter_part
  papers   list case_paper
  consent  bool
  missing  list case_note
  action   url
---
{use layout title=title back="/desk/applications" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg case.saved.title}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {for p in parts}
  <h2 class="govuk-heading-m">{p.title}</h2>
  {if p.lines}{use summary_list answers=p.lines /}{/if}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{p.href}">{msg counter.fill title=p.title}</a></p>
  {/for}
  {if papers}
  <h2 class="govuk-heading-m">{msg case.papers}</h2>
  <form method="post" action="{action}/papers" novalidate>
    {keys}
    {for p in papers}
    {use select name="state-{p.id}" label=p.name choices=p.choices /}
    {/for}
    {use button label="{msg case.paper.save}" kind="secondary" /}
  </form>
  {/if}
  {if missing}
  <h2 class="govuk-heading-m">{msg case.missing}</h2>
  <ul class="govuk-list govuk-list--bullet">{for m in missing}<li>{m.words}</li>{/for}</ul>
  {/if}
  {if consent}
  {use warning words="{msg counter.consent}" /}
  {/if}
  <form method="post" action="{action}/filing" novalidate>
    {keys}
    {use button label="{msg counter.submit}" /}
  </form>
{/use}

# One section of the application.
template counter_section
  title   text
  caption text
  back    url
  action  url
  bad     bool
  errors  list field_error
  asks    html
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  <form method="post" action="{action}" novalidate>
    {keys}
    {asks}
    {use button label="{msg counter.save}" /}
  </form>
{/use}

# It is filed: the receipt, to be printed and taken home.
template counter_receipt
  site    text
  number  str
  service text
  name    str
  day     date
  href    url
---
{use layout title="{msg counter.receipt.title}" back="/desk/applications"}
  {use panel title="{msg counter.receipt.title}" label="{msg case.find.number}" number=number /}
  <p class="govuk-body">{service}{msg case.comma}{name}{msg case.comma}{day}</p>
  <p class="govuk-body">{msg counter.receipt.then}</p>
  <p class="govuk-body">{site}</p>
  <p class="govuk-body"><a class="govuk-link zc-target" href="{href}">{msg counter.receipt.case}</a></p>
  <p class="govuk-body"><a class="govuk-link zc-target" href="/desk/applications">{msg counter.receipt.next}</a></p>
{/use}

# One line of the to-do list.
struct todo_line
  item    str
  href    url
  name    str
  number  str
  step    text
  village str
  due     text
  colour  str
  fresh   bool
  readers text?

template tasks
  lead     text
  services list choice
  steps    list choice
  villages list choice
  columns  list column
  rows     list todo_line
  acts     list choice
  bad      bool
  errors   list field_error
  act_wrong text?
  first    url?
  next     url?
  here     url
---
{use layout title="{msg tasks.title}" back="/desk" wide=true error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg tasks.title}</h1>
  <p class="govuk-body" role="status">{lead}</p>
  <form class="zc-fields" method="get" action="/desk/tasks">
    {use select name="service" label="{msg tasks.service}" choices=services /}
    {use select name="at" label="{msg tasks.step}" choices=steps /}
    {use select name="village" label="{msg tasks.village}" choices=villages /}
    {use button label="{msg tasks.filter}" kind="secondary" /}
  </form>
  {if rows}
  <form method="post" action="{here}" novalidate>
    {keys}
    {use data_table name="tasks" caption="{msg tasks.caption}" columns=columns compact=true}
      {for r, i in rows}
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header" data-label="{msg tasks.name}"><a class="govuk-link" href="{r.href}">{r.name}</a>{if r.fresh} {use tag label="{msg tasks.fresh}" colour="blue" /}{/if}</th>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg tasks.due}">{use tag label=r.due colour=r.colour /}</td>
        <td class="govuk-table__cell" data-label="{msg tasks.step}">{r.step}</td>
        <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg tasks.number}">{r.number}</td>
        <td class="govuk-table__cell" data-label="{msg tasks.open}">{r.readers}</td>
        <td class="govuk-table__cell" data-label="{msg tasks.pick}">{if r.item}<div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="item-{i}" name="item" type="checkbox" value="{r.item}"><label class="govuk-label govuk-checkboxes__label" for="item-{i}"><span class="govuk-visually-hidden">{msg tasks.pick-one name=r.name}</span></label></div></div>{/if}</td>
      </tr>
      {/for}
    {/use}
    {if acts}
    {use select name="act" label="{msg tasks.act}" hint="{msg tasks.act.hint}" choices=acts error=act_wrong /}
    {use button label="{msg tasks.next}" /}
    {/if}
  </form>
  {else}
  {use inset}<p class="govuk-body">{msg tasks.none}</p>{/use}
  {/if}
  {if first}<p class="govuk-body"><a class="govuk-link zc-target" href="{first}">{msg tasks.first}</a></p>{/if}
  {if next}<p class="govuk-body"><a class="govuk-link zc-target" href="{next}">{msg tasks.more}</a></p>{/if}
{/use}

# A case of a batch: done, to be done, or skipped and why.
struct batch_line
  name   str
  number str
  why    text?

template tasks_batch
  title    text
  bad      bool
  errors   list field_error
  items    list kept
  act      str
  ready    list batch_line
  skipped  list batch_line
  offices  list choice
  office_wrong text?
  signers  list choice
  signer_wrong text?
  reason   str
  reason_wrong text?
  n        int
---
{use layout title=title back="/desk/tasks" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  <h2 class="govuk-heading-m">{msg tasks.batch.ready n=n}</h2>
  <ul class="govuk-list govuk-list--bullet">{for l in ready}<li>{l.name} {l.number}</li>{/for}</ul>
  {if skipped}
  <h2 class="govuk-heading-m">{msg tasks.batch.skipped}</h2>
  <ul class="govuk-list govuk-list--bullet">{for l in skipped}<li>{l.name} {l.number}{msg case.colon}{l.why}</li>{/for}</ul>
  {/if}
  {if ready}
  <form method="post" action="/desk/tasks" novalidate>
    {keys}
    <input type="hidden" name="act" value="{act}">
    {for k in items}
    <input type="hidden" name="{k.name}" value="{k.value}">
    {/for}
    {if offices}{use radios name="office" legend="{msg case.office}" hint="{msg case.office.hint}" choices=offices error=office_wrong /}{/if}
    {if signers}{use radios name="signer" legend="{msg case.signer}" hint="{msg case.signer.hint}" choices=signers error=signer_wrong /}{/if}
    {use textarea name="reason" label="{msg case.reason}" hint="{msg tasks.batch.reason}" value=reason rows=3 most=500 error=reason_wrong /}
    {use warning words="{msg tasks.batch.warning n=n}" /}
    {use button label="{msg tasks.batch.go}" name="step" value="save" /}
  </form>
  {/if}
{/use}

# What became of a batch.
template tasks_done
  n       int
  done    list batch_line
  skipped list batch_line
---
{use layout title="{msg tasks.done.title}" back="/desk/tasks"}
  {use banner title="{msg jobs.done}" good=true}<p class="govuk-notification-banner__heading">{msg tasks.done.count n=n}</p>{/use}
  <h1 class="govuk-heading-l">{msg tasks.done.title}</h1>
  {if done}<ul class="govuk-list govuk-list--bullet">{for l in done}<li>{l.name} {l.number}</li>{/for}</ul>{/if}
  {if skipped}
  <h2 class="govuk-heading-m">{msg tasks.batch.skipped}</h2>
  <ul class="govuk-list govuk-list--bullet">{for l in skipped}<li>{l.name} {l.number}{msg case.colon}{l.why}</li>{/for}</ul>
  {/if}
  {use button_link label="{msg tasks.done.back}" href="/desk/tasks" /}
{/use}

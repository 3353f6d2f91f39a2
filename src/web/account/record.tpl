# Details that belong together, each with source and date.
struct record_part
  title   text
  answers list answer

# All that is on record of me.
template my_record
  title       text
  looked      url
  log         text
  corrections url
  none        bool
  parts       list record_part
---
{use layout title=title back="/me"}
  <h1 class="govuk-heading-l">{title}</h1>
  {if none}
  {use inset}<p class="govuk-body">{msg record.none} <a class="govuk-link zc-target" href="/me/phone">{msg phone.title}</a></p>{/use}
  {else}
  <p class="govuk-body">{msg record.words}</p>
  <p class="govuk-body">{msg record.logged} <a class="govuk-link zc-target" href="{looked}">{log}</a></p>
  {for p in parts}
  <h2 class="govuk-heading-m">{p.title}</h2>
  {use summary_list answers=p.answers /}
  {/for}
  {/if}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{corrections}">{msg record.corrections}</a></p>
{/use}

struct my_correction
  label    text
  asked    text
  answered text?
  state    text
  colour   str

# What I said is wrong; with a field the form for it.
template my_corrections
  record url
  action url
  field  str
  title  text
  form   bool
  said   str
  wrong  text?
  sent   bool
  bad    bool
  errors list field_error
  list   list my_correction
---
{use layout title=title back=record error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if sent}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg record.correct.sent}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  {if form}
  <form method="post" action="{action}" novalidate>
    {keys}
    <input type="hidden" name="field" value="{field}">
    {use textarea name="said" label="{msg record.correct.said}" hint="{msg record.correct.hint}" value=said error=wrong rows=4 most=500 /}
    {use button label="{msg record.correct.go}" /}
  </form>
  <h2 class="govuk-heading-m">{msg record.corrections}</h2>
  {/if}
  {if list}
  <ul class="govuk-list govuk-list--spaced">
    {for c in list}
    <li><strong>{c.label}</strong> {use tag label=c.state colour=c.colour /}<br>{c.asked}{if c.answered}<br>{c.answered}{/if}</li>
    {/for}
  </ul>
  {else}
  <p class="govuk-body">{msg record.corrections.none}</p>
  {/if}
{/use}

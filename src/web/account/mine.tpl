# Who stands in the register as my ward.
struct mine_ward
  name   str
  record url
  looked url
  code   url

struct my_answer
  words text

# My cases: what I have to do first; then what I am entitled to, where something was decided.
template mine
  wards    list mine_ward
  wanted   list task
  running  list task
  ended    list task
  none     bool
  entitled list my_answer
---
{use layout title="{msg mine.title}"}
  <h1 class="govuk-heading-l">{msg mine.title}</h1>
  {if none}
  <p class="govuk-body">{msg mine.none}</p>
  {/if}
  {if wanted}
  <h2 class="govuk-heading-m">{msg mine.wanted}</h2>
  {use task_list name="wanted" tasks=wanted /}
  {/if}
  {if running}
  <h2 class="govuk-heading-m">{msg mine.running}</h2>
  {use task_list name="running" tasks=running /}
  {/if}
  {if ended}
  <h2 class="govuk-heading-m">{msg mine.ended}</h2>
  {use task_list name="ended" tasks=ended /}
  {/if}
  {if entitled}
  <h2 class="govuk-heading-m">{msg decision.title}</h2>
  <ul class="govuk-list govuk-list--bullet">
    {for e in entitled}
    <li>{e.words}</li>
    {/for}
  </ul>
  <p class="govuk-body"><a class="govuk-link zc-target" href="/me/entitlements">{msg decision.all}</a></p>
  {/if}
  {use button_link label="{msg mine.new}" href="/services" kind="secondary" /}
  <h2 class="govuk-heading-m">{msg mine.more}</h2>
  <ul class="govuk-list">
    <li><a class="govuk-link zc-target" href="/me/record">{msg record.title}</a></li>
    <li><a class="govuk-link zc-target" href="/me/access-log">{msg mine.looked}</a></li>
    <li><a class="govuk-link zc-target" href="/me/entitlements">{msg decision.title}</a></li>
    <li><a class="govuk-link zc-target" href="/me/certificate-code">{msg holder.title}</a></li>
  </ul>
  {for w in wards}
  <h2 class="govuk-heading-m">{msg mine.ward name=w.name}</h2>
  <ul class="govuk-list">
    <li><a class="govuk-link zc-target" href="{w.record}">{msg record.title.of name=w.name}</a></li>
    <li><a class="govuk-link zc-target" href="{w.looked}">{msg mine.looked.of name=w.name}</a></li>
    <li><a class="govuk-link zc-target" href="{w.code}">{msg holder.title.of name=w.name}</a></li>
  </ul>
  {/for}
{/use}

struct mine_document
  name    text
  number  str
  href    url
  picture bool

# One of my cases.
template my_case
  title       text
  number      str
  state       text
  colour      str
  stands      text
  back_reason text?
  edit        url?
  steps       list step
  papers      list answer
  files       list mine_document
  documents   list mine_document
  appeal      text?
  running     bool
  decided     bool
  office      text?
  day         text?
  receipt     url
---
{use layout title=title back="/me"}
  {if edit}
  {use banner title="{msg mine.yours.title}"}
    <p class="govuk-notification-banner__heading">{msg mine.yours.words}</p>
    {if back_reason}<p class="govuk-body">{msg mine.why reason=back_reason}</p>{/if}
    <p class="govuk-body"><a class="govuk-notification-banner__link zc-target" href="{edit}">{msg mine.yours.go}</a></p>
  {/use}
  {/if}
  <span class="govuk-caption-l">{msg mine.number} {number | spelled}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{use tag label=state colour=colour /} {stands}</p>
  {if day}{use inset}<p class="govuk-body">{day}</p>{/use}{/if}
  {if office}<p class="govuk-body">{office}</p>{/if}
  {if appeal}{use inset}<p class="govuk-body">{appeal}</p>{/use}{/if}
  {if decided}<p class="govuk-body"><a class="govuk-link zc-target" href="/cases/{number}/decision">{msg decision.title}</a></p>{/if}
  {if documents}
  <h2 class="govuk-heading-m">{msg mine.documents}</h2>
  <ul class="govuk-list">
    {for d in documents}
    <li><a class="govuk-link zc-target" href="{d.href}">{msg mine.document name=d.name number=d.number}</a></li>
    {/for}
  </ul>
  {/if}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{receipt}">{msg apply.receipt.get}</a></p>
  <h2 class="govuk-heading-m">{msg mine.way}</h2>
  {use timeline steps=steps /}
  {if papers}
  <h2 class="govuk-heading-m">{msg mine.papers}</h2>
  {use summary_list answers=papers /}
  {/if}
  {if files}
  <ul class="govuk-list govuk-list--spaced">
    {for f in files}
    <li>{if f.picture}<img class="zc-photo" src="{f.href}" alt="{msg mine.file name=f.name n=f.number}">{else}<a class="govuk-link zc-target" href="{f.href}">{msg mine.file name=f.name n=f.number}</a>{/if}</li>
    {/for}
  </ul>
  {/if}
  {if running}
  <p class="govuk-body"><a class="govuk-link zc-target" href="/cases/{number}/withdraw">{msg mine.withdraw}</a></p>
  {/if}
{/use}

# Taking an application back ends it.
template my_case_withdraw
  title  text
  number str
  turn   int
  reason str
  wrong  text?
  bad    bool
  errors list field_error
---
{use layout title="{msg mine.withdraw}" back="/cases/{number}" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{title}</span>
  <h1 class="govuk-heading-l">{msg mine.withdraw}</h1>
  {use warning words="{msg mine.withdraw.words}" /}
  <form method="post" action="/cases/{number}/withdraw" novalidate>
    {keys}
    <input type="hidden" name="turn" value="{turn}">
    {use textarea name="reason" label="{msg mine.withdraw.why}" value=reason error=wrong rows=3 most=200 /}
    {use button label="{msg mine.withdraw.go}" kind="warning" /}
  </form>
{/use}

# A code to have my certificate checked; empty: none was drawn now.
template my_code
  action url
  looked url
  log    text
  bound  bool
  code   str
  until  str
---
{use layout title="{msg holder.title}" back="/me"}
  <h1 class="govuk-heading-l">{msg holder.title}</h1>
  {if code}
  <h2 class="govuk-heading-m">{msg holder.code}</h2>
  <p class="zc-letter__code"><strong>{code}</strong></p>
  <p class="govuk-body" role="status">{msg holder.until time=until}</p>
  {/if}
  <p class="govuk-body">{msg holder.words}</p>
  <p class="govuk-body">{msg holder.log} <a class="govuk-link zc-target" href="{looked}">{log}</a></p>
  {if bound}
  <form method="post" action="{action}" novalidate>
    {keys}
    {if code}{use button label="{msg holder.again}" kind="secondary" /}{else}{use button label="{msg holder.go}" /}{/if}
  </form>
  {else}
  {use inset}<p class="govuk-body">{msg holder.none} <a class="govuk-link zc-target" href="/me/phone">{msg phone.title}</a></p>{/use}
  {/if}
{/use}

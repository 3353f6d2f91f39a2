# Who asks: the first question of an application.
template apply_who
  service text
  id      str
  back    url
  choices list choice
  wrong   text?
  bad     bool
  errors  list field_error
---
{use layout title="{msg apply.who}" back=back error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{service}</span>
  <form method="get" action="/applications/new/place" novalidate>
    <input type="hidden" name="service" value="{id}">
    {use radios name="as" legend="{msg apply.who}" choices=choices error=wrong heading=true /}
    {use button label="{msg apply.next}" /}
  </form>
{/use}

template apply_who_again
  ref     str
  choices list choice
  wrong   text?
  bad     bool
  errors  list field_error
---
{use layout title="{msg apply.who}" back="/applications/{ref}/check" error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  <form method="post" action="/applications/{ref}/who" novalidate>
    {keys}
    {use radios name="as" legend="{msg apply.who}" choices=choices error=wrong heading=true /}
    {use button label="{msg apply.save}" /}
  </form>
{/use}

# Where the applicant is registered: it decides who has the case.
template apply_place
  service text
  id      str
  way     str
  back    url
  inputs  html
  bad     bool
  errors  list field_error
---
{use layout title="{msg apply.place}" back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{service}</span>
  <form method="post" action="/applications" novalidate>
    {keys}
    <input type="hidden" name="service" value="{id}">
    <input type="hidden" name="as" value="{way}">
    {inputs}
    {use button label="{msg apply.next}" /}
  </form>
{/use}

# What is done and what is to do.
template apply_list
  service text
  ref     str
  tasks   list task
  go      url
  fresh   bool
  ready   bool
  missing text?
---
{use layout title="{msg apply.list.title service=service}" back="/me"}
  <h1 class="govuk-heading-l">{msg apply.list.title service=service}</h1>
  {if missing}{use inset}<p class="govuk-body">{msg mine.why reason=missing}</p>{/use}{/if}
  <p class="govuk-body">{msg apply.list.words}</p>
  {use task_list name="parts" tasks=tasks /}
  {if fresh}{use button_link label="{msg apply.begin}" href=go /}{elif ready}{use button_link label="{msg apply.check}" href="/applications/{ref}/check" /}{/if}
{/use}

# One question. `from` says that it was reached from the check.
template apply_question
  title    text
  back     url
  list     url
  progress text
  action   url
  from     str
  inputs   html
  bad      bool
  errors   list field_error
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{progress}</span>
  <form method="post" action="{action}" novalidate>
    {keys}
    <input type="hidden" name="from" value="{from}">
    {inputs}
    {use button label="{msg apply.save}" /}
  </form>
  <p class="govuk-body"><a class="govuk-link zc-target" href="{list}">{msg apply.later}</a></p>
{/use}

# One paper: how it will come. `later` asks for the day too.
template apply_paper
  title     text
  hint      text?
  back      url
  list      url
  progress  text
  action    url
  from      str
  choices   list choice
  later     bool
  year      str
  month     str
  day       str
  wrong     text?
  due_wrong text?
  bad       bool
  errors    list field_error
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{progress}</span>
  <form method="post" action="{action}" novalidate>
    {keys}
    <input type="hidden" name="from" value="{from}">
    {use radios name="state" legend=title hint=hint choices=choices error=wrong heading=true /}
    {if later}
    {use date_input name="due" legend="{msg apply.paper.due}" hint="{msg apply.paper.due.hint}" year=year month=month day=day error=due_wrong /}
    {/if}
    {use button label="{msg apply.save}" /}
  </form>
  <p class="govuk-body"><a class="govuk-link zc-target" href="{list}">{msg apply.later}</a></p>
{/use}

struct apply_file
  name    text
  href    url
  picture bool
  paper   str

# A paper as files: what is there, is it clear, and one more.
template apply_scans
  title    text
  hint     text?
  portrait bool
  back     url
  progress text
  action   url
  from     str
  files    list apply_file
  go_on    url
  mb       int
  wrong    text?
  bad      bool
  errors   list field_error
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{progress}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {if hint}<p class="govuk-body">{hint}</p>{/if}
  {if portrait}<p class="govuk-body">{msg apply.scan.portrait}</p>{/if}
  {if files}
  <h2 class="govuk-heading-m">{msg apply.scan.clear}</h2>
  <p class="govuk-body">{msg apply.scan.clear.words}</p>
  <ul class="govuk-list govuk-list--spaced">
    {for f in files}
    <li>
      {if f.picture}<p class="govuk-body"><img class="zc-photo" src="{f.href}" alt="{f.name}"></p>{/if}
      <p class="govuk-body"><a class="govuk-link zc-target" href="{f.href}">{msg apply.scan.open name=f.name}</a></p>
      <form method="post" action="{f.href}/remove">
        {keys}
        <input type="hidden" name="paper" value="{f.paper}">
        <button type="submit" class="govuk-button govuk-button--secondary">{msg apply.scan.remove}<span class="govuk-visually-hidden">{f.name}</span></button>
      </form>
    </li>
    {/for}
  </ul>
  {use button_link label="{msg apply.scan.go}" href=go_on /}
  {/if}
  <form method="post" action="{action}" enctype="multipart/form-data" novalidate>
    {keys}
    <input type="hidden" name="from" value="{from}">
    {if files}
    {use file_upload name="file" label="{msg apply.scan.more}" hint="{msg apply.scan.hint mb=mb}" accept="image/jpeg,image/png,application/pdf" error=wrong /}
    {use button label="{msg apply.scan.send}" kind="secondary" /}
    {else}
    {use file_upload name="file" label="{msg apply.scan.first}" hint="{msg apply.scan.hint mb=mb}" accept="image/jpeg,image/png,application/pdf" error=wrong /}
    {use button label="{msg apply.scan.send}" /}
    {/if}
  </form>
  <p class="govuk-body"><a class="govuk-link zc-target" href="{back}">{msg apply.scan.other}</a></p>
{/use}

# What must be mended before it can be submitted, each with the way to its page.
struct apply_problem
  words text
  href  url?

struct apply_part
  title   text
  answers list answer

# All answers before they have legal effect.
template apply_check
  service  text
  ref      str
  parts    list apply_part
  who      text
  problems list apply_problem
  bad      bool
  wrong    text?
  agreed   list choice
  again    bool
  missing  text?
---
{use layout title="{msg apply.check}" back="/applications/{ref}" error=bad}
  {if problems}
  <div class="govuk-error-summary" data-module="govuk-error-summary">
    <div role="alert">
      <h2 class="govuk-error-summary__title">{msg apply.check.problems}</h2>
      <div class="govuk-error-summary__body">
        <ul class="govuk-list govuk-error-summary__list">
          {for p in problems}
          <li>{if p.href}<a href="{p.href}">{p.words}</a>{else}{p.words}{/if}</li>
          {/for}
        </ul>
      </div>
    </div>
  </div>
  {/if}
  <span class="govuk-caption-l">{service}</span>
  <h1 class="govuk-heading-l">{msg apply.check}</h1>
  {if missing}{use inset}<p class="govuk-body">{msg mine.why reason=missing}</p>{/use}{/if}
  <h2 class="govuk-heading-m">{msg apply.who}</h2>
  <dl class="govuk-summary-list">
    <div class="govuk-summary-list__row">
      <dt class="govuk-summary-list__key">{msg apply.who.key}</dt>
      <dd class="govuk-summary-list__value">{who}</dd>
      <dd class="govuk-summary-list__actions"><a class="govuk-link" href="/applications/{ref}/who">{msg ui.change}<span class="govuk-visually-hidden">{msg apply.who.key}</span></a></dd>
    </div>
  </dl>
  {for p in parts}
  <h2 class="govuk-heading-m">{p.title}</h2>
  {use summary_list answers=p.answers /}
  {/for}
  <h2 class="govuk-heading-m">{msg apply.declare}</h2>
  <p class="govuk-body">{msg apply.declare.words}</p>
  <form method="post" action="/applications/{ref}/check" novalidate>
    {keys}
    {use checkboxes name="agreed" legend="{msg apply.declare.legend}" choices=agreed error=wrong /}
    {if again}{use button label="{msg apply.submit.again}" /}{else}{use button label="{msg apply.submit}" /}{/if}
  </form>
{/use}

# It was submitted.
template apply_receipt
  service text
  number  str
  office  text
  contact text?
  steps   list step
  href    url
  pdf     url
---
{use layout title="{msg apply.receipt.title}"}
  {use panel title="{msg apply.receipt.title}" label="{msg apply.receipt.number}" number=number /}
  <p class="govuk-body">{msg apply.receipt.keep}</p>
  <h2 class="govuk-heading-m">{msg apply.receipt.next}</h2>
  <p class="govuk-body">{office}</p>
  {if contact}<p class="govuk-body">{contact}</p>{/if}
  {use timeline steps=steps /}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{pdf}">{msg apply.receipt.get}</a></p>
  {use button_link label="{msg apply.receipt.case}" href=href /}
  <p class="govuk-body"><a class="govuk-link zc-target" href="/me">{msg apply.receipt.me}</a></p>
{/use}

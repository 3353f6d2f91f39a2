# An answer of a case: what the register says of it, and who filled it in.
struct case_fact
  key    text
  value  str
  state  text?
  colour str?
  source text?

# Answers that belong together.
struct case_group
  title  text
  source text?
  lines  list case_fact

# A file of a paper.
struct case_scan
  href url
  n    int

# A paper that is asked for: in which state it is, and which states are accepted.
struct case_paper
  id      str
  name    text
  state   text
  colour  str?
  choices list choice
  scans   list case_scan

# A document that went out.
struct case_document
  id     int
  name   text
  number str
  day    str
  voided text?

# Something to be known about the case: a flag, a notice, an objection.
struct case_note
  title text
  words text

# An act that is offered: a button. Or one that is not, and why.
struct case_act
  id    str
  label text
  hint  text?

template case
  caption   text
  title     str
  saved     text?
  purpose   text?
  other     url?
  state     text
  colour    str
  due       text?
  due_tag   str?
  place     text
  asks_as   text
  post      url
  act       url
  more      url
  papers_to url
  prints    url
  turn      int
  groups    list case_group
  papers    list case_paper
  writes    bool
  missing   list case_note
  forms     list task
  notes     list case_note
  warnings  list case_note
  book      url?
  documents list case_document
  timeline  list step
  acts      list case_act
  never     list case_act
  others    list case_act
  objects   bool
  continues url?
  decides   bool
  decided   html
---
{use layout title=title back="/desk/tasks" wide=true}
  {if saved}{use banner title="{msg case.saved.title}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{use tag label=state colour=colour /}{if due} {use tag label=due colour=due_tag /}{/if}</p>
  <p class="govuk-body">{place}{msg case.comma}{asks_as}</p>
  {if purpose}<p class="govuk-body">{purpose}</p>{/if}
  {if continues}<p class="govuk-body">{use button_link label="{msg case.continue}" href=continues /}</p>{/if}
  {for w in warnings}{use warning words=w.words /}{/for}
  <div class="zc-split">
    <section>
      {for g in groups}
      <h2 class="govuk-heading-m">{g.title}</h2>
      {if g.source}<p class="govuk-hint">{g.source}</p>{/if}
      <dl class="govuk-summary-list">
        {for f in g.lines}
        <div class="govuk-summary-list__row govuk-summary-list__row--no-actions">
          <dt class="govuk-summary-list__key">{f.key}</dt>
          <dd class="govuk-summary-list__value">{f.value}{if f.state} {use tag label=f.state colour=f.colour /}{/if}{if f.source}<span class="zc-source">{f.source}</span>{/if}</dd>
        </div>
        {/for}
      </dl>
      {/for}
      {if forms}
      <h2 class="govuk-heading-m">{msg case.forms}</h2>
      {use task_list name="forms" tasks=forms /}
      {/if}
    </section>
    <section>
      <h2 class="govuk-heading-m">{msg case.papers}</h2>
      <ul class="govuk-list">
        {for p in papers}
        <li class="zc-paper">
          <span><strong>{p.name}</strong> {use tag label=p.state colour=p.colour /}</span>
          {for s in p.scans}
          <a href="{s.href}" class="govuk-link zc-target">{msg case.paper.open n=s.n}<span class="govuk-visually-hidden">{p.name}</span></a>
          {/for}
        </li>
        {/for}
      </ul>
      {if writes}
      {use details summary="{msg case.paper.change}"}
      <form method="post" action="{papers_to}" novalidate>
        {keys}
        {for p in papers}
        {if p.choices}{use select name="state-{p.id}" label=p.name choices=p.choices /}{/if}
        {/for}
        {use button label="{msg case.paper.save}" kind="secondary" /}
      </form>
      {/use}
      {/if}
      {if missing}
      <h2 class="govuk-heading-m">{msg case.missing}</h2>
      <ul class="govuk-list govuk-list--bullet">{for m in missing}<li>{m.words}</li>{/for}</ul>
      {/if}
      {for n in notes}
      <h2 class="govuk-heading-s">{n.title}</h2>
      <p class="govuk-body">{n.words}</p>
      {/for}
      {if book}<p class="govuk-body"><a class="govuk-link zc-target" href="{book}">{msg schedule.book.link}</a></p>{/if}
      {if documents}
      <h2 class="govuk-heading-m">{msg case.documents}</h2>
      {for d in documents}
      <form method="post" action="{prints}" class="zc-paper">
        {keys}
        <input type="hidden" name="document" value="{d.id}">
        <p class="govuk-body"><strong>{d.name}</strong>{if d.voided} {use tag label=d.voided colour="red" /}{/if}<br>{d.number}{msg case.comma}{d.day}</p>
        <button type="submit" class="govuk-button govuk-button--secondary">{msg case.print}<span class="govuk-visually-hidden">{d.name} {d.number}</span></button>
      </form>
      {/for}
      {/if}
      <h2 class="govuk-heading-m govuk-!-margin-top-6">{msg case.timeline}</h2>
      {use timeline steps=timeline /}
    </section>
  </div>
  {if decides}
  <span class="govuk-caption-m">{msg case.decides}</span>
  {decided}
  <p class="govuk-body zc-source">{msg case.decides.words}</p>
  {/if}
  {if acts}
  <h2 class="govuk-heading-m">{msg case.acts}</h2>
  <form method="post" action="{act}">
    {keys}
    <input type="hidden" name="turn" value="{turn}">
    <div class="govuk-button-group">
      {for b, i in acts}
      {if i == 1}{use button label=b.label name="act" value=b.id /}{else}{use button label=b.label kind="secondary" name="act" value=b.id /}{/if}
      {/for}
    </div>
  </form>
  {/if}
  {if never}
  <h2 class="govuk-heading-s">{msg case.never}</h2>
  <ul class="govuk-list govuk-list--bullet">{for b in never}<li><strong>{b.label}</strong>{msg case.colon}{b.hint}</li>{/for}</ul>
  {/if}
  {if others}
  <h2 class="govuk-heading-s">{msg case.others}</h2>
  <form method="post" action="{more}">
    {keys}
    <input type="hidden" name="turn" value="{turn}">
    <div class="govuk-button-group">
      {for b in others}
      {use button label=b.label kind="secondary" name="what" value=b.id /}
      {/for}
    </div>
  </form>
  {/if}
  {if objects}
  <form method="post" action="{post}/objections">
    {keys}
    {use button label="{msg case.objection.link}" kind="secondary" /}
  </form>
  {/if}
{/use}

# What an act asks: its questions, a reason, an office, who decided on paper.
template case_act_form
  title   text
  caption text
  name    str
  back    url
  action  url
  bad     bool
  errors  list field_error
  turn    int
  field   str
  value   str
  lead    text?
  warning text?
  asks    html
  offices list choice
  office_wrong text?
  signers list choice
  signer_wrong text?
  reasons bool
  reason  str
  reason_hint  text?
  reason_wrong text?
  legal   bool
  go      text
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{msg case.of name=name}</p>
  {if lead}<p class="govuk-body">{lead}</p>{/if}
  {if warning}{use warning words=warning /}{/if}
  <form method="post" action="{action}" novalidate>
    {keys}
    <input type="hidden" name="turn" value="{turn}">
    <input type="hidden" name="{field}" value="{value}">
    {asks}
    {if offices}{use radios name="office" legend="{msg case.office}" hint="{msg case.office.hint}" choices=offices error=office_wrong /}{/if}
    {if signers}{use radios name="signer" legend="{msg case.signer}" hint="{msg case.signer.hint}" choices=signers error=signer_wrong /}{/if}
    {if reasons}{use textarea name="reason" label="{msg case.reason}" hint=reason_hint value=reason rows=4 most=500 error=reason_wrong /}{/if}
    {if legal}
    {use button label=go name="step" value="check" /}
    {elif warning}
    {use button label=go name="step" value="save" kind="warning" /}
    {else}
    {use button label=go name="step" value="save" /}
    {/if}
  </form>
{/use}

# Before what has legal effect: everything that was said, once more.
template case_check
  title   text
  caption text
  name    str
  back    url
  action  url
  answers list answer
  flags   list case_note
  effect  list case_note
  kept    list kept
  go      text
---
{use layout title=title back=back}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{msg case.of name=name}</p>
  {for f in flags}{use warning words=f.words /}{/for}
  {use summary_list answers=answers /}
  {if effect}
  <h2 class="govuk-heading-s">{msg case.check.effect}</h2>
  <ul class="govuk-list govuk-list--bullet">{for e in effect}<li>{e.words}</li>{/for}</ul>
  {/if}
  <form method="post" action="{action}">
    {keys}
    {for k in kept}
    <input type="hidden" name="{k.name}" value="{k.value}">
    {/for}
    <div class="govuk-button-group">
      {use button label=go name="step" value="save" /}
      {use button label="{msg case.check.edit}" kind="secondary" name="step" value="edit" /}
    </div>
  </form>
{/use}

# Somebody was first.
template case_conflict
  back  url
  words text
---
{use layout title="{msg case.conflict.title}" back=back}
  <h1 class="govuk-heading-l">{msg case.conflict.title}</h1>
  <p class="govuk-body">{words}</p>
  <p class="govuk-body">{msg case.conflict.then}</p>
  {use button_link label="{msg case.conflict.go}" href=back /}
{/use}

# An objection to a notice that hangs, as it was told at the office.
template case_objection
  name    str
  caption text
  back    url
  action  url
  bad     bool
  errors  list field_error
  who     str
  who_wrong   text?
  phone   str
  phone_wrong text?
  text    str
  text_wrong  text?
---
{use layout title="{msg case.objection.title}" back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{msg case.objection.title}</h1>
  <p class="govuk-body">{msg case.of name=name}</p>
  <p class="govuk-body">{msg case.objection.lead}</p>
  <form method="post" action="{action}" novalidate>
    {keys}
    <input type="hidden" name="step" value="save">
    {use text_input name="who" label="{msg case.objection.who}" hint="{msg case.objection.who.hint}" value=who error=who_wrong width=20 /}
    {use text_input name="phone" label="{msg case.objection.phone}" value=phone error=phone_wrong kind="tel" mode="tel" width=20 /}
    {use textarea name="text" label="{msg case.objection.text}" value=text rows=5 most=2000 error=text_wrong /}
    {use button label="{msg case.objection.save}" /}
  </form>
{/use}

# A paper as a picture, so much larger and turned so far.
template case_paper_view
  caption   text
  name      text
  n         int
  back      url
  picture   url
  zoom      int
  turn      int
  is        text
  left      url
  right     url
  larger    url?
  smaller   url?
  as_it_was url?
---
{use layout title="{msg case.view.label name=name n=n}" back=back wide=true}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{msg case.view.label name=name n=n}</h1>
  <section id="view" aria-label="{msg case.view.label name=name n=n}">
    <div class="zc-fields zc-noprint">
      {use button_link label="{msg case.view.left}" href=left kind="secondary" /}
      {use button_link label="{msg case.view.right}" href=right kind="secondary" /}
      {if larger}{use button_link label="{msg case.view.larger}" href=larger kind="secondary" /}{/if}
      {if smaller}{use button_link label="{msg case.view.smaller}" href=smaller kind="secondary" /}{/if}
      {if as_it_was}{use button_link label="{msg case.view.as-it-was}" href=as_it_was kind="secondary" /}{/if}
    </div>
    <p class="govuk-body">{is}</p>
    <div class="zc-view" role="region" aria-label="{msg case.view.scroll}" tabindex="0">
      <div class="zc-view__room zc-view__room--{zoom}"><img class="zc-view__picture zc-view__picture--{turn}" src="{picture}" alt="{msg case.view.label name=name n=n}"></div>
    </div>
  </section>
{/use}

# A day for the assessment.
template case_book
  name      str
  caption   text
  back      url
  action    url
  bad       bool
  errors    list field_error
  past      list case_note
  moves     bool
  occasions list choice
  wrong     text?
  needs     list choice
---
{use layout title="{msg schedule.book.title}" back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{msg schedule.book.title}</h1>
  <p class="govuk-body">{msg case.of name=name}</p>
  {if past}
  <ul class="govuk-list govuk-list--bullet">{for p in past}<li>{p.words}</li>{/for}</ul>
  {/if}
  {if moves}{use inset}<p class="govuk-body">{msg schedule.book.moves}</p>{/use}{/if}
  {if occasions}
  <form method="post" action="{action}" novalidate>
    {keys}
    <input type="hidden" name="step" value="save">
    {use radios name="occasion" legend="{msg schedule.which}" hint="{msg schedule.which.hint}" choices=occasions error=wrong /}
    {use checkboxes name="needs" legend="{msg schedule.needs}" choices=needs /}
    {use button label="{msg schedule.book.go}" /}
  </form>
  {else}
  <p class="govuk-body" id="occasion">{msg schedule.book.none}</p>
  {/if}
{/use}

# A word that says how something stands; never by its colour alone. Colours: grey, blue, green, teal, orange, red, yellow,
# purple, magenta.
template tag
  label  text
  colour str?
---
<strong class="govuk-tag{if colour} govuk-tag--{colour}{/if}">{label}</strong>

# One answer to check, with the way back to it. `source` says which office it came from, `wrong` leads to where it can be
# disputed.
struct answer
  key    text
  value  str
  source text?
  change url?
  wrong  url?

template summary_list
  answers list answer
---
<dl class="govuk-summary-list">
  {for a in answers}
  <div class="govuk-summary-list__row{if not a.change and not a.wrong} govuk-summary-list__row--no-actions{/if}">
    <dt class="govuk-summary-list__key">{a.key}</dt>
    <dd class="govuk-summary-list__value">{a.value}{if a.source}<span class="zc-source">{a.source}</span>{/if}</dd>
    {if a.change}
    <dd class="govuk-summary-list__actions"><a class="govuk-link" href="{a.change}">{msg ui.change}<span class="govuk-visually-hidden">{a.key}</span></a></dd>
    {elif a.wrong}
    <dd class="govuk-summary-list__actions"><a class="govuk-link" href="{a.wrong}">{msg ui.wrong}<span class="govuk-visually-hidden">{a.key}</span></a></dd>
    {/if}
  </div>
  {/for}
</dl>

# One part of a longer matter. Without href it cannot be begun yet, and the hint says why. Without a colour it is done.
struct task
  title  text
  hint   text?
  href   url?
  status text
  colour str?

template task_list
  name  str
  tasks list task
---
<ul class="govuk-task-list">
  {for t, i in tasks}
  <li class="govuk-task-list__item{if t.href} govuk-task-list__item--with-link{/if}">
    <div class="govuk-task-list__name-and-hint">
      {if t.href}
      <a class="govuk-link govuk-task-list__link" href="{t.href}" aria-describedby="{if t.hint}{name}-{i}-hint {/if}{name}-{i}-status">{t.title}</a>
      {else}
      <div>{t.title}</div>
      {/if}
      {if t.hint}
      <div id="{name}-{i}-hint" class="govuk-task-list__hint">{t.hint}</div>
      {/if}
    </div>
    <div class="govuk-task-list__status" id="{name}-{i}-status">{if t.colour}{use tag label=t.status colour=t.colour /}{else}{t.status}{/if}</div>
  </li>
  {/for}
</ul>

# Something the reader should know before the rest, at most one a page; `good` for what was just done.
template banner
  title text
  good  bool?
  body  html
---
<div class="govuk-notification-banner{if good} govuk-notification-banner--success{/if}" role="{if good}status{else}region{/if}" aria-labelledby="banner-title" data-module="govuk-notification-banner">
  <div class="govuk-notification-banner__header"><h2 class="govuk-notification-banner__title" id="banner-title">{title}</h2></div>
  <div class="govuk-notification-banner__content">{body}</div>
</div>

# It is done, and this is its number. The page's heading.
template panel
  title  text
  label  text
  number str
---
<div class="govuk-panel govuk-panel--confirmation">
  <h1 class="govuk-panel__title">{title}</h1>
  <div class="govuk-panel__body">{label}<br><strong>{number | spelled}</strong></div>
</div>

# One step of a case: what, when, who, and what the reader has to do. `state`: done, now or next.
struct step
  title text
  when  date
  who   text?
  note  text?
  state str

template timeline
  steps list step
---
<ol class="zc-timeline">
  {for s in steps}
  <li class="zc-timeline__{s.state}"{if s.state == "now"} aria-current="step"{/if}>
    <p class="zc-timeline__title">{s.title} {if s.state == "next"}{use tag label="{msg ui.step.next}" colour="grey" /}{elif s.state == "now"}{use tag label="{msg ui.step.now}" colour="blue" /}{else}<span class="govuk-visually-hidden">{msg ui.step.done}</span>{/if}</p>
    {if s.when or s.who}
    <p class="zc-timeline__when">{s.when}{if s.when and s.who} &middot; {/if}{s.who}</p>
    {/if}
    {if s.note}
    <p class="zc-timeline__note">{s.note}</p>
    {/if}
  </li>
  {/for}
</ol>

template inset
  body html
---
<div class="govuk-inset-text">{body}</div>

# More for who wants it. Printed open.
template details
  summary text
  body    html
---
<details class="govuk-details">
  <summary class="govuk-details__summary"><span class="govuk-details__summary-text">{summary}</span></summary>
  <div class="govuk-details__text">{body}</div>
</details>

# Something that must not be overlooked.
template warning
  words text
---
<div class="govuk-warning-text">
  <span class="govuk-warning-text__icon" aria-hidden="true">!</span>
  <strong class="govuk-warning-text__text"><span class="govuk-visually-hidden">{msg ui.warning}</span>{words}</strong>
</div>

# One door among several: services, things to do.
struct door
  title text
  words text
  href  url

template doors
  doors list door
---
<ul class="zc-cards">
  {for d in doors}
  <li><h2><a class="govuk-link" href="{d.href}">{d.title}</a></h2><p>{d.words}</p></li>
  {/for}
</ul>

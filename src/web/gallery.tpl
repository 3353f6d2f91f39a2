# The gallery: every part on a page that might be, with made-up people. Its words come from gallery.c.
struct sample
  title   text
  heading text
  lead    text
  more    text
  small   text
  action  text
  other   text

template gallery_home
  s     sample
  doors list door
---
{use layout title=s.title}
  <h1 class="govuk-heading-xl">{s.heading}</h1>
  <p class="govuk-body-l">{s.lead}</p>
  <form method="get" action="/services" role="search" class="zc-fields">
    <div class="govuk-form-group">
      <label class="govuk-label govuk-label--s" for="q">{s.small}</label>
      <input class="govuk-input govuk-input--width-20" id="q" name="q" type="search">
    </div>
    {use button label=s.action /}
  </form>
  <h2 class="govuk-heading-m">{s.more}</h2>
  {use doors doors=doors /}
  {use inset}<p class="govuk-body">{s.other}</p>{/use}
{/use}

template gallery_question
  s       sample
  choices list choice
---
{use layout title=s.title back="/me"}
  <span class="govuk-caption-l">{s.small}</span>
  <form method="post" action="/applications/1/category" novalidate>
    {keys}
    {use radios name="category" legend=s.heading hint=s.lead choices=choices heading=true /}
    {use details summary=s.more}<p class="govuk-body">{s.other}</p>{/use}
    {use button label=s.action /}
  </form>
{/use}

# Every input, each with a fault.
template gallery_errors
  s       sample
  errors  list field_error
  choices list choice
  means   list choice
  nid     text
  phone   text
  income  text
  yuan    text
  born    text
  paper   text
  reason  text
  wants   text
  place   text
---
{use layout title=s.title back="/me" error=true}
  {use error_summary errors=errors /}
  <h1 class="govuk-heading-l">{s.heading}</h1>
  <form method="post" action="/applications/1/person" enctype="multipart/form-data" novalidate>
    {keys}
    {for e, i in errors}
      {if i == 1}{use text_input name="nid" label=nid value="44010119800101" error=e.text hint=s.small width=20 complete="off" /}{/if}
      {if i == 2}{use date_input name="born" legend=born year="1980" month="13" day="1" error=e.text hint=s.lead /}{/if}
      {if i == 3}{use checkboxes name="wants" legend=wants choices=means error=e.text /}{/if}
      {if i == 4}{use select name="place" label=place choices=choices error=e.text /}{/if}
      {if i == 5}{use file_upload name="paper" label=paper accept="image/*,application/pdf" hint=s.more error=e.text camera=true /}{/if}
      {if i == 6}{use textarea name="reason" label=reason rows=4 most=200 error=e.text /}{/if}
    {/for}
    {use text_input name="income" label=income mode="decimal" width=5 value="" suffix=yuan /}
    {use text_input name="phone" label=phone kind="tel" mode="tel" complete="tel" width=20 value="" /}
    <div class="govuk-button-group">
      {use button label=s.action /}
      {use button label=s.other kind="secondary" name="later" value="1" /}
    </div>
  </form>
{/use}

template gallery_check
  s       sample
  answers list answer
---
{use layout title=s.title back="/me"}
  <h1 class="govuk-heading-l">{s.heading}</h1>
  <h2 class="govuk-heading-m">{s.small}</h2>
  {use summary_list answers=answers /}
  {use warning words=s.more /}
  <p class="govuk-body">{s.lead}</p>
  <form method="post" action="/applications/1/check">
    {keys}
    <div class="govuk-button-group">{use button label=s.action /}{use button_link label=s.other href="/me" kind="secondary" /}</div>
  </form>
{/use}

template gallery_tasks
  s     sample
  tasks list task
---
{use layout title=s.title back="/me"}
  <h1 class="govuk-heading-l">{s.heading}</h1>
  {use banner title=s.small}<p class="govuk-notification-banner__heading">{s.more}</p>{/use}
  <p class="govuk-body">{s.lead}</p>
  {use task_list name="parts" tasks=tasks /}
  <form method="post" action="/applications/1/withdraw">{keys}{use button label=s.other kind="warning" /}</form>
{/use}

template gallery_receipt
  s      sample
  number str
  day    date
---
{use layout title=s.title}
  {use panel title=s.heading label=s.small number=number /}
  <h2 class="govuk-heading-m">{s.more}</h2>
  <p class="govuk-body">{s.lead} {day}</p>
  <p class="govuk-body"><a class="govuk-link zc-target" href="/cases/{number}">{s.action}</a></p>
  <button type="button" class="govuk-button govuk-button--secondary" data-print hidden>{s.other}</button>
{/use}

struct gallery_row
  number str
  who    str
  matter text
  place  text
  due    date
  state  text
  colour str?
  fen    int

template gallery_list
  s       sample
  crumbs  list crumb
  columns list column
  rows    list gallery_row
  stages  list choice
  links   list page_link
  kept    list kept
  compact bool
  stage   text
---
{use layout title=s.title wide=true}
  {set top}{use breadcrumbs crumbs=crumbs /}{/set}
  <h1 class="govuk-heading-l">{s.heading}</h1>
  <form method="get" action="/desk/tasks" class="zc-fields">
    <div class="govuk-form-group"><label class="govuk-label govuk-label--s" for="q">{s.small}</label><input class="govuk-input govuk-input--width-20" id="q" name="q" type="search"></div>
    {use select name="stage" label=stage choices=stages /}
    {use button label=s.action kind="secondary" /}
  </form>
  <p class="govuk-body" role="status">{s.lead}</p>
  {use data_table name="tasks" caption=s.more columns=columns compact=compact}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{s.other}"><a class="govuk-link" href="/desk/cases/{r.number}">{r.number}</a></th>
      {for c, i in columns}
        {if i == 2}<td class="govuk-table__cell" data-label="{c.label}">{r.who}</td>{/if}
        {if i == 3}<td class="govuk-table__cell" data-label="{c.label}">{r.matter}</td>{/if}
        {if i == 4}<td class="govuk-table__cell" data-label="{c.label}">{r.place}</td>{/if}
        {if i == 5}<td class="govuk-table__cell zc-nowrap" data-label="{c.label}">{r.due | iso}</td>{/if}
        {if i == 6}<td class="govuk-table__cell" data-label="{c.label}">{use tag label=r.state colour=r.colour /}</td>{/if}
        {if i == 7}<td class="govuk-table__cell zc-num" data-label="{c.label}">{r.fen | money}</td>{/if}
      {/for}
    </tr>
    {/for}
  {/use}
  {use pagination base="?stage=open&page=" previous=6 next=8 pages=21 current=7 links=links kept=kept /}
{/use}

template gallery_case
  s       sample
  number  str
  crumbs  list crumb
  steps   list step
  answers list answer
---
{use layout title=s.title wide=true}
  {set top}{use breadcrumbs crumbs=crumbs /}{/set}
  {use banner title=s.small good=true}<p class="govuk-notification-banner__heading">{s.more}</p>{/use}
  <span class="govuk-caption-l">{number | spelled}</span>
  <h1 class="govuk-heading-l">{s.heading} {use tag label=s.action colour="blue" /}</h1>
  <div class="zc-split">
    <section><h2 class="govuk-heading-m">{s.lead}</h2>{use summary_list answers=answers /}</section>
    <section><h2 class="govuk-heading-m">{s.other}</h2>{use timeline steps=steps /}</section>
  </div>
{/use}

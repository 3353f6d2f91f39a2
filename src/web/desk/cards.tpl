# A certificate that waits to be printed.
struct card_waiting_line
  item    str
  name    str
  village str
  issued  str
  either  text?

# Cards printed together.
struct card_batch_line
  href   url
  at     str
  layout text
  n      int

# A printed card.
struct card_line
  item     str
  place    int
  name     str
  village  str
  serial   str
  since    str
  where    str
  state    text
  colour   str
  why      text?
  tick     int
  checked  bool

# Somebody of a batch, and why not.
struct card_name
  name   str
  number str
  why    text?

template card_tick
  i       int
  item    str
  name    str
  checked bool?
---
<div class="govuk-checkboxes govuk-checkboxes--small" data-module="govuk-checkboxes"><div class="govuk-checkboxes__item"><input class="govuk-checkboxes__input" id="item-{i}" name="item" type="checkbox" value="{item}"{if checked} checked{/if}><label class="govuk-label govuk-checkboxes__label" for="item-{i}"><span class="govuk-visually-hidden">{msg tasks.pick-one name=name}</span></label></div></div>

template cards
  lead     text
  sample   bool
  notes    list str
  stocks   list choice
  villages list choice
  since    str
  since_wrong text?
  until    str
  until_wrong text?
  from     str
  to       str
  stock    str
  village  str
  bad      bool
  errors   list field_error
  columns  list column
  rows     list card_waiting_line
  what     list choice
  what_wrong text?
  layouts  list choice
  printers list choice
  first    str
  first_wrong text?
  left     int
  several  bool
  start    str
  start_wrong text?
  batch_columns list column
  batches  list card_batch_line
---
{use layout title="{msg cards.title}" back="/desk" wide=true error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg cards.title}</h1>
  {if sample}{use inset}<p class="govuk-body">{msg cards.sample}</p>{/use}{/if}
  <ul class="govuk-list">
    <li><a class="govuk-link zc-target" href="/desk/cards/blanks">{msg cards.to-blanks}</a></li>
    <li><a class="govuk-link zc-target" href="/desk/cards/printers">{msg cards.to-printers}</a></li>
    <li><a class="govuk-link zc-target" href="/desk/cards/again">{msg cards.to-again}</a></li>
    <li><a class="govuk-link zc-target" href="/desk/cards/handover">{msg cards.to-handover}</a></li>
  </ul>
  <form class="zc-fields" method="get" action="/desk/cards">
    {use select name="stock" label="{msg cards.stock}" choices=stocks /}
    {use select name="village" label="{msg tasks.village}" choices=villages /}
    {use text_input name="since" label="{msg cards.since}" value=since error=since_wrong complete="off" width=10 /}
    {use text_input name="until" label="{msg cards.until}" value=until error=until_wrong complete="off" width=10 /}
    {use button label="{msg tasks.filter}" kind="secondary" /}
  </form>
  <p class="govuk-body" role="status">{lead}</p>
  {if rows}
  <form method="post" action="/desk/cards" novalidate>
    {keys}
    <input type="hidden" name="stock" value="{stock}">
    <input type="hidden" name="village" value="{village}">
    <input type="hidden" name="since" value="{from}">
    <input type="hidden" name="until" value="{to}">
    {use data_table name="waiting" caption="{msg cards.waiting}" columns=columns compact=true}
      {for r, i in rows}
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header" data-label="{msg cards.holder}">{r.name}{if r.either} {use tag label=r.either colour="blue" /}{/if}</th>
        <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg cards.issued}">{r.issued}</td>
        <td class="govuk-table__cell" data-label="{msg tasks.pick}">{use card_tick i=i item=r.item name=r.name /}</td>
      </tr>
      {/for}
    {/use}
    {use radios name="what" legend="{msg cards.what}" choices=what error=what_wrong /}
    {use select name="layout" label="{msg cards.layout}" choices=layouts /}
    {for n in notes}
    {use inset}<p class="govuk-body">{n}</p>{/use}
    {/for}
    {use select name="printer" label="{msg cards.printer}" hint="{msg cards.printer.hint}" choices=printers /}
    {use text_input name="first" label="{msg cards.first}" hint="{msg cards.first.hint n=left}" value=first error=first_wrong complete="off" width=20 /}
    {if several}{use text_input name="start" label="{msg cards.start}" hint="{msg cards.start.hint}" value=start error=start_wrong mode="numeric" width=4 /}{/if}
    {use button label="{msg tasks.next}" /}
  </form>
  {else}
  {use inset}<p class="govuk-body">{msg cards.none}</p>{/use}
  {/if}
  {if batches}
  {use data_table name="batches" caption="{msg cards.batches}" columns=batch_columns}
    {for b in batches}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header zc-nowrap" data-label="{msg cards.at}"><a class="govuk-link" href="{b.href}">{b.at}</a></th>
      <td class="govuk-table__cell" data-label="{msg cards.layout}">{b.layout}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.n}">{b.n | grouped}</td>
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

# Before the printer runs: who, who not and why.
template cards_check
  bad     bool
  errors  list field_error
  action  url
  n       int
  ready   list card_name
  skipped list card_name
  pasted  int
  stock   str
  stock_name text
  village str
  since   str
  until   str
  items   str
  layout  str
  layout_name text
  printer str
  first   str
  first_wrong text?
  start   str
  number  str
  reason  str
  words   str
  sample  bool
---
{use layout title="{msg cards.check}" back=action error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg cards.check}</h1>
  <h2 class="govuk-heading-m">{msg cards.check.ready n=n}</h2>
  <p class="govuk-body">{stock_name}<br>{layout_name}</p>
  <ul class="govuk-list govuk-list--bullet">{for l in ready}<li>{l.name}{if l.number} {l.number}{/if}</li>{/for}</ul>
  {if pasted > 0}{use inset}<p class="govuk-body">{msg cards.check.pasted n=pasted}</p>{/use}{/if}
  {if skipped}
  <h2 class="govuk-heading-m">{msg tasks.batch.skipped}</h2>
  <ul class="govuk-list govuk-list--bullet">{for l in skipped}<li>{l.name}{msg case.colon}{l.why}</li>{/for}</ul>
  {/if}
  {if ready}
  <form method="post" action="{action}" novalidate>
    {keys}
    <input type="hidden" name="what" value="picked">
    <input type="hidden" name="items" value="{items}">
    <input type="hidden" name="stock" value="{stock}">
    <input type="hidden" name="village" value="{village}">
    <input type="hidden" name="since" value="{since}">
    <input type="hidden" name="until" value="{until}">
    <input type="hidden" name="layout" value="{layout}">
    <input type="hidden" name="printer" value="{printer}">
    <input type="hidden" name="start" value="{start}">
    <input type="hidden" name="number" value="{number}">
    <input type="hidden" name="reason" value="{reason}">
    <input type="hidden" name="words" value="{words}">
    {use text_input name="first" label="{msg cards.first}" hint="{msg cards.check.first}" value=first error=first_wrong complete="off" width=20 /}
    {if sample}{use inset}<p class="govuk-body">{msg cards.sample}</p>{/use}{/if}
    {use warning words="{msg cards.check.warning n=n}" /}
    {use button label="{msg cards.check.go n=n}" name="step" value="save" /}
  </form>
  {/if}
{/use}

# One printed again.
template cards_again
  bad     bool
  errors  list field_error
  number  str
  number_wrong text?
  reasons list choice
  reason_wrong text?
  words   str
  words_wrong text?
  stocks  list choice
  stock_wrong text?
  layouts list choice
  layout_wrong text?
  printers list choice
  first   str
  first_wrong text?
---
{use layout title="{msg cards.again}" back="/desk/cards" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg cards.again}</h1>
  <p class="govuk-body">{msg cards.again.lead}</p>
  <form method="post" action="/desk/cards/again" novalidate>
    {keys}
    {use text_input name="number" label="{msg letters.number}" hint="{msg letters.number_hint}" value=number error=number_wrong complete="off" width=30 /}
    {use radios name="reason" legend="{msg cards.reason}" choices=reasons error=reason_wrong /}
    {use text_input name="words" label="{msg cards.reason.words}" hint="{msg cards.reason.hint}" value=words error=words_wrong /}
    {use select name="stock" label="{msg cards.stock}" choices=stocks error=stock_wrong /}
    {use select name="layout" label="{msg cards.layout}" choices=layouts error=layout_wrong /}
    {use select name="printer" label="{msg cards.printer}" hint="{msg cards.printer.hint}" choices=printers /}
    {use text_input name="first" label="{msg cards.first}" hint="{msg cards.again.first}" value=first error=first_wrong complete="off" width=20 /}
    {use button label="{msg tasks.next}" /}
  </form>
{/use}

# What was printed together.
template cards_batch
  bad     bool
  errors  list field_error
  spoilt  bool
  at      str
  n       int
  layout  text
  here    url
  file    url
  sample  bool
  columns list column
  rows    list card_line
  any     bool
  item_wrong text?
  reasons list choice
  reason_wrong text?
  words   str
  words_wrong text?
---
{use layout title="{msg cards.batch at=at}" back="/desk/cards" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if spoilt}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg cards.batch.spoilt}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg cards.batch at=at}</h1>
  <p class="govuk-body">{layout}<br>{msg cards.batch.n n=n}</p>
  {if sample}{use inset}<p class="govuk-body">{msg cards.sample}</p>{/use}{/if}
  {use button_link label="{msg cards.batch.file}" href=file /}
  <p class="govuk-body">{msg cards.batch.how}</p>
  <form class="zc-fields" method="get" action="{file}">
    {use text_input name="from" label="{msg cards.batch.from}" hint="{msg cards.batch.from.hint}" mode="numeric" width=4 /}
    {use button label="{msg cards.batch.file}" kind="secondary" /}
  </form>
  <form method="post" action="{here}" novalidate>
    {keys}
    {use data_table name="cards" caption="{msg cards.batch.caption}" columns=columns}
      {for r in rows}
      <tr class="govuk-table__row">
        <td class="govuk-table__cell zc-num" data-label="{msg cards.place}">{r.place}</td>
        <th scope="row" class="govuk-table__header" data-label="{msg cards.holder}">{r.name}</th>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg cards.serial}">{r.serial}</td>
        <td class="govuk-table__cell" data-label="{msg cards.state}">{use tag label=r.state colour=r.colour /}{if r.why} {r.why}{/if}</td>
        <td class="govuk-table__cell" data-label="{msg tasks.pick}">{if r.tick > 0}{use card_tick i=r.tick item=r.item name=r.name /}{/if}</td>
      </tr>
      {/for}
    {/use}
    {if any}
    <h2 class="govuk-heading-m">{msg cards.spoil}</h2>
    <p class="govuk-body">{msg cards.spoil.lead}</p>
    {use radios name="reason" legend="{msg cards.reason}" choices=reasons error=reason_wrong /}
    {use text_input name="words" label="{msg cards.reason.words}" hint="{msg cards.reason.hint}" value=words error=words_wrong /}
    {use button label="{msg cards.spoil.go}" kind="warning" /}
    {/if}
  </form>
{/use}

# A printer, and how far it is off.
struct printer_line
  id     int
  name   str
  layout text
  x      str
  y      str
  scale  str
  edit   url
  test   url

template cards_printers
  bad     bool
  errors  list field_error
  saved   bool
  columns list column
  rows    list printer_line
  tests   list choice
  notes   list str
  id      int
  name    str
  name_wrong text?
  layouts list choice
  layout_wrong text?
  x       str
  x_wrong text?
  y       str
  y_wrong text?
  scale   str
  scale_wrong text?
---
{use layout title="{msg cards.printers}" back="/desk/cards" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg cards.printers.saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg cards.printers}</h1>
  <ol class="govuk-list govuk-list--number">
    <li>{msg cards.printers.step1}</li>
    <li>{msg cards.printers.step2}</li>
    <li>{msg cards.printers.step3}</li>
  </ol>
  {for n in notes}
  {use inset}<p class="govuk-body">{n}</p>{/use}
  {/for}
  <ul class="govuk-list">
    {for t in tests}
    <li><a class="govuk-link zc-target" href="/desk/cards/ruler?layout={t.value}">{msg cards.ruler name=t.label}</a></li>
    {/for}
  </ul>
  {if rows}
  {use data_table name="printers" caption="{msg cards.printers.caption}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg cards.printer}">{r.name}</th>
      <td class="govuk-table__cell" data-label="{msg cards.layout}">{r.layout}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.x}">{r.x}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.y}">{r.y}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.scale}">{r.scale}</td>
      <td class="govuk-table__cell" data-label="{msg cards.do}"><a class="govuk-link zc-target" href="{r.edit}">{msg cards.edit}<span class="govuk-visually-hidden"> {r.name}</span></a> <a class="govuk-link zc-target" href="{r.test}">{msg cards.test}<span class="govuk-visually-hidden"> {r.name}</span></a></td>
    </tr>
    {/for}
  {/use}
  {/if}
  <h2 class="govuk-heading-m">{if id}{msg cards.printers.change}{else}{msg cards.printers.new}{/if}</h2>
  <form method="post" action="/desk/cards/printers" novalidate>
    {keys}
    <input type="hidden" name="printer" value="{id}">
    {use text_input name="name" label="{msg cards.printer.name}" hint="{msg cards.printer.name.hint}" value=name error=name_wrong /}
    {use select name="layout" label="{msg cards.layout}" choices=layouts error=layout_wrong /}
    {use text_input name="x" label="{msg cards.x}" hint="{msg cards.x.hint}" value=x error=x_wrong width=5 suffix="{msg cards.mm}" /}
    {use text_input name="y" label="{msg cards.y}" hint="{msg cards.y.hint}" value=y error=y_wrong width=5 suffix="{msg cards.mm}" /}
    {use text_input name="scale" label="{msg cards.scale}" hint="{msg cards.scale.hint}" value=scale error=scale_wrong width=5 suffix="{msg cards.percent}" /}
    {use button label="{msg cards.save}" name="act" value="save" /}
    {if id}{use button label="{msg cards.drop}" kind="secondary" name="act" value="drop" /}{/if}
  </form>
{/use}

# How many blanks of a stock an office has.
struct blank_level
  name  text
  given int
  used  int
  lost  int
  left  int
  next  str

struct blank_run
  range  str
  n      int
  name   text
  day    str
  source str
  office str

struct blank_gift
  range    str
  n        int
  day      str
  office   str
  receiver str
  returned str
  item     str

struct blank_check
  day      str
  name     text
  expected int
  counted  int
  differs  bool
  note     str

template blanks
  saved         bool
  level_columns list column
  levels        list blank_level
  run_columns   list column
  runs          list blank_run
  gift_columns  list column
  gifts         list blank_gift
  check_columns list column
  checks        list blank_check
---
{use layout title="{msg blanks.title}" back="/desk/cards" wide=true}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg blanks.saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg blanks.title}</h1>
  <p class="govuk-body">{msg blanks.lead}</p>
  <ul class="govuk-list">
    <li><a class="govuk-link zc-target" href="/desk/cards/blanks/receive">{msg blanks.receive}</a></li>
    <li><a class="govuk-link zc-target" href="/desk/cards/blanks/issue">{msg blanks.issue}</a></li>
    <li><a class="govuk-link zc-target" href="/desk/cards/blanks/spoil">{msg blanks.spoil}</a></li>
    <li><a class="govuk-link zc-target" href="/desk/cards/blanks/count">{msg blanks.count}</a></li>
  </ul>
  {if levels}
  {use data_table name="levels" caption="{msg blanks.levels}" columns=level_columns}
    {for l in levels}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg cards.kind}">{l.name}</th>
      <td class="govuk-table__cell zc-num" data-label="{msg blanks.given}">{l.given | grouped}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg blanks.used}">{l.used | grouped}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg blanks.lost}">{l.lost | grouped}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg blanks.left}">{l.left | grouped}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg blanks.next}">{l.next}</td>
    </tr>
    {/for}
  {/use}
  {else}
  {use inset}<p class="govuk-body">{msg blanks.none}</p>{/use}
  {/if}
  {if runs}
  {use data_table name="runs" caption="{msg blanks.runs}" columns=run_columns}
    {for r in runs}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg blanks.range}">{r.range}</th>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.n}">{r.n | grouped}</td>
      <td class="govuk-table__cell" data-label="{msg cards.kind}">{r.name}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg blanks.day}">{r.day}</td>
      <td class="govuk-table__cell" data-label="{msg blanks.source}">{r.source}</td>
      <td class="govuk-table__cell" data-label="{msg blanks.office}">{r.office}</td>
    </tr>
    {/for}
  {/use}
  {/if}
  {if gifts}
  {use data_table name="gifts" caption="{msg blanks.gifts}" columns=gift_columns}
    {for g in gifts}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg blanks.range}">{g.range}</th>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.n}">{g.n | grouped}</td>
      <td class="govuk-table__cell" data-label="{msg blanks.office}">{g.office}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg blanks.taken}">{g.day}</td>
      <td class="govuk-table__cell" data-label="{msg blanks.receiver}">{g.receiver}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg blanks.returned}">{g.returned}</td>
      <td class="govuk-table__cell" data-label="{msg cards.do}">{if g.item}<form method="post" action="/desk/cards/blanks/return" novalidate>{keys}<input type="hidden" name="items" value="{g.item}"><button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0" data-module="govuk-button">{msg blanks.return}<span class="govuk-visually-hidden"> {g.range}</span></button></form>{/if}</td>
    </tr>
    {/for}
  {/use}
  {/if}
  {if checks}
  {use data_table name="checks" caption="{msg blanks.checks}" columns=check_columns}
    {for c in checks}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header zc-nowrap" data-label="{msg blanks.count.day}">{c.day}</th>
      <td class="govuk-table__cell" data-label="{msg cards.kind}">{c.name}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg blanks.expected}">{c.expected | grouped}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg blanks.counted}">{c.counted | grouped}</td>
      <td class="govuk-table__cell" data-label="{msg blanks.note}">{if c.differs}{use tag label="{msg blanks.differs}" colour="red" /} {/if}{c.note}</td>
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

template blank_form
  act     str
  title   text
  bad     bool
  errors  list field_error
  stocks  list choice
  stock_wrong text?
  first   str
  first_wrong text?
  last    str
  last_wrong text?
  year    str
  month   str
  day     str
  day_wrong text?
  source  str
  source_wrong text?
  offices list choice
  office_wrong text?
  receiver str
  receiver_wrong text?
  serial  str
  serial_wrong text?
  reasons list choice
  reason_wrong text?
  words   str
  words_wrong text?
  counted str
  counted_wrong text?
  note    str
  note_wrong text?
---
{use layout title=title back="/desk/cards/blanks" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  <form method="post" action="/desk/cards/blanks/{act}" novalidate>
    {keys}
    {if act == "receive" or act == "count"}{use select name="stock" label="{msg cards.stock}" choices=stocks error=stock_wrong /}{/if}
    {if act == "receive" or act == "issue"}
    {use text_input name="first" label="{msg blanks.first}" hint="{msg blanks.first.hint}" value=first error=first_wrong complete="off" width=20 /}
    {use text_input name="last" label="{msg blanks.last}" value=last error=last_wrong complete="off" width=20 /}
    {/if}
    {if act == "receive"}
    {use date_input name="day" legend="{msg blanks.day}" year=year month=month day=day error=day_wrong /}
    {use text_input name="source" label="{msg blanks.source}" hint="{msg blanks.source.hint}" value=source error=source_wrong /}
    {elif act == "issue"}
    {use select name="office" label="{msg blanks.office}" choices=offices error=office_wrong /}
    {use text_input name="receiver" label="{msg blanks.receiver}" value=receiver error=receiver_wrong width=20 /}
    {elif act == "spoil"}
    {use text_input name="serial" label="{msg cards.serial}" hint="{msg blanks.first.hint}" value=serial error=serial_wrong complete="off" width=20 /}
    {use radios name="reason" legend="{msg cards.reason}" choices=reasons error=reason_wrong /}
    {use text_input name="words" label="{msg cards.reason.words}" hint="{msg cards.reason.hint}" value=words error=words_wrong /}
    {else}
    {use text_input name="counted" label="{msg blanks.counted}" hint="{msg blanks.counted.hint}" value=counted error=counted_wrong mode="numeric" width=5 /}
    {use text_input name="note" label="{msg blanks.note}" hint="{msg blanks.note.hint}" value=note error=note_wrong /}
    {/if}
    {use button label="{msg cards.save}" /}
  </form>
{/use}

# A list of cards that go together.
struct card_list_line
  href  url
  other text
  n     int
  day   str
  mail  str
  state text?

template handover
  bad     bool
  errors  list field_error
  done    bool
  lead    text
  left    text?
  days    int
  to_columns list column
  to      list card_list_line
  village str
  villages list choice
  columns list column
  rows    list card_line
  more    bool
  acts    list choice
  act_wrong text?
  from_columns list column
  from    list card_list_line
---
{use layout title="{msg handover.title}" back="/desk" wide=true error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if done}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg handover.done}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg handover.title}</h1>
  {if left}{use inset}<p class="govuk-body">{left} <a class="govuk-link zc-target" href="/desk/cards/left">{msg handover.left.link n=days}</a></p>{/use}{else}<p class="govuk-body"><a class="govuk-link zc-target" href="/desk/cards/left">{msg handover.left.link n=days}</a></p>{/if}
  {if to}
  {use data_table name="to" caption="{msg handover.to.caption}" columns=to_columns}
    {for l in to}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg handover.from}"><a class="govuk-link" href="{l.href}">{l.other}</a></th>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.n}">{l.n | grouped}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg handover.sent_on}">{l.day}</td>
      <td class="govuk-table__cell" data-label="{msg handover.mail}">{l.mail}</td>
    </tr>
    {/for}
  {/use}
  {/if}
  <h2 class="govuk-heading-m">{msg handover.here}</h2>
  <p class="govuk-body" role="status">{lead}{if more} {msg handover.more}{/if}</p>
  {if rows}
  <form class="zc-fields" method="get" action="/desk/cards/handover">
    {use select name="village" label="{msg tasks.village}" choices=villages /}
    {use button label="{msg tasks.filter}" kind="secondary" /}
  </form>
  <form method="post" action="/desk/cards/handover" novalidate>
    {keys}
    <input type="hidden" name="village" value="{village}">
    {use data_table name="here" caption="{msg handover.here.caption}" columns=columns compact=true}
      {for r in rows}
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header" data-label="{msg cards.holder}">{r.name}</th>
        <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg cards.serial}">{r.serial}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg handover.since}">{r.since}</td>
        <td class="govuk-table__cell" data-label="{msg tasks.pick}">{use card_tick i=r.tick item=r.item name=r.name /}</td>
      </tr>
      {/for}
    {/use}
    {use radios name="act" legend="{msg handover.act}" choices=acts error=act_wrong /}
    {use button label="{msg tasks.next}" /}
  </form>
  {/if}
  {if from}
  {use data_table name="from" caption="{msg handover.from.caption}" columns=from_columns}
    {for l in from}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg handover.to}"><a class="govuk-link" href="{l.href}">{l.other}</a></th>
      <td class="govuk-table__cell zc-num" data-label="{msg cards.n}">{l.n | grouped}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg handover.sent_on}">{l.day}</td>
      <td class="govuk-table__cell" data-label="{msg handover.mail}">{l.mail}</td>
      <td class="govuk-table__cell" data-label="{msg cards.state}">{l.state}</td>
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

template handover_ask
  bad     bool
  errors  list field_error
  act     str
  send    bool
  n       int
  names   list card_name
  items   str
  village str
  targets list choice
  target_wrong text?
  relations list choice
  relation_wrong text?
  receiver str
  receiver_wrong text?
  proofs  list choice
  proof_wrong text?
  mail    str
  mail_wrong text?
  year    str
  month   str
  day     str
  day_wrong text?
---
{use layout title="{msg handover.ask n=n}" back="/desk/cards/handover" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{if send}{msg handover.ask.send n=n}{else}{msg handover.ask.hand n=n}{/if}</h1>
  <ul class="govuk-list govuk-list--bullet">{for l in names}<li>{l.name} {l.number}</li>{/for}</ul>
  <form method="post" action="/desk/cards/handover" novalidate>
    {keys}
    <input type="hidden" name="act" value="{act}">
    <input type="hidden" name="items" value="{items}">
    <input type="hidden" name="village" value="{village}">
    {if send}
    {use select name="target" label="{msg handover.target}" choices=targets error=target_wrong /}
    {use text_input name="mail" label="{msg handover.mail}" hint="{msg handover.mail.send}" value=mail error=mail_wrong complete="off" width=20 /}
    {else}
    {use radios name="relation" legend="{msg handover.relation}" choices=relations error=relation_wrong /}
    {use text_input name="receiver" label="{msg handover.receiver}" hint="{msg handover.receiver.hint}" value=receiver error=receiver_wrong complete="off" width=20 /}
    {use radios name="proof" legend="{msg handover.proof}" choices=proofs error=proof_wrong /}
    {use text_input name="mail" label="{msg handover.mail}" hint="{msg handover.mail.hand}" value=mail error=mail_wrong complete="off" width=20 /}
    {use date_input name="day" legend="{msg handover.day}" year=year month=month day=day error=day_wrong /}
    {/if}
    {use button label="{msg cards.save}" name="step" value="save" /}
  </form>
{/use}

template card_list
  bad     bool
  errors  list field_error
  received bool
  title   text
  sender  str
  other   text
  day     str
  n       int
  mail    str
  here    url
  sheet   url
  waits   bool
  columns list column
  rows    list card_line
---
{use layout title=title back="/desk/cards/handover" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if received}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg handover.received}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{msg handover.way from=sender to=other}<br>{day} {msg cards.batch.n n=n}{if mail}<br>{msg handover.mail.is mail=mail}{/if}</p>
  {use button_link label="{msg handover.sheet.pdf}" href=sheet kind="secondary" /}
  <form method="post" action="{here}" novalidate>
    {keys}
    {use data_table name="list" caption="{msg handover.list.caption}" columns=columns}
      {for r in rows}
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header" data-label="{msg cards.holder}">{r.name}</th>
        <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg cards.serial}">{r.serial}</td>
        <td class="govuk-table__cell" data-label="{msg cards.state}">{use tag label=r.state colour=r.colour /}</td>
        {if waits}<td class="govuk-table__cell" data-label="{msg handover.arrived}">{if r.tick > 0}{use card_tick i=r.tick item=r.item name=r.name checked=r.checked /}{/if}</td>{/if}
      </tr>
      {/for}
    {/use}
    {if waits}
    <p class="govuk-body">{msg handover.receive.lead}</p>
    {use button label="{msg handover.receive}" /}
    {/if}
  </form>
{/use}

template cards_left
  lead    text
  days    int
  columns list column
  rows    list card_line
---
{use layout title="{msg handover.left.title}" back="/desk/cards/handover" wide=true}
  <h1 class="govuk-heading-l">{msg handover.left.title}</h1>
  <p class="govuk-body">{msg handover.left.lead n=days}</p>
  <p class="govuk-body" role="status">{lead}</p>
  {if rows}
  {use data_table name="left" caption="{msg handover.left.title}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg cards.holder}">{r.name}</th>
      <td class="govuk-table__cell" data-label="{msg tasks.village}">{r.village}</td>
      <td class="govuk-table__cell" data-label="{msg handover.where}">{r.where}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg handover.since}">{r.since}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg cards.serial}">{r.serial}</td>
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

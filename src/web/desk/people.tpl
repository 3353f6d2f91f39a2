# How much there is of something, and the way to it.
struct tally
  n     int
  words text
  href  url

# Where an officer begins: what his post can do.
template desk_home
  title text
  lead  text
  tallies list tally
  doors list door
---
{use layout title=title}
  <h1 class="govuk-heading-xl">{title}</h1>
  {if tallies}
  {use inset}<ul class="govuk-list">{for t in tallies}<li><a class="govuk-link zc-target" href="{t.href}">{t.words}</a></li>{/for}</ul>{/use}
  {/if}
  <p class="govuk-body-l">{lead}</p>
  {use doors doors=doors /}
{/use}

# What for: asked before a record is opened. The words count only with the last choice.
template purpose_fields
  choices list choice
  words   str?
  wrong   text?
  missing text?
---
{use radios name="purpose" legend="{msg people.purpose}" hint="{msg people.purpose.hint}" choices=choices error=wrong /}
{use text_input name="purpose-words" label="{msg people.purpose.words}" hint="{msg people.purpose.words.hint}" value=words error=missing /}

# Whom are you looking for?
template people_find
  bad           bool
  errors        list field_error
  number        str
  number_wrong  text?
  name          str
  name_wrong    text?
  month         str
  month_wrong   text?
  choices       list choice
  words         str
  purpose_wrong text?
  words_wrong   text?
  nobody        bool
---
{use layout title="{msg people.title}" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg people.title}</h1>
  {if nobody}
  <div role="status">{use inset}<p class="govuk-body"><strong>{msg people.nobody}</strong></p><p class="govuk-body">{msg people.nobody.words}</p>{/use}</div>
  {/if}
  <form method="post" action="/desk/people" novalidate>
    {keys}
    {use text_input name="number" label="{msg people.number}" hint="{msg people.number.hint}" value=number error=number_wrong complete="off" width=30 /}
    <p class="govuk-body">{msg people.or}</p>
    {use text_input name="name" label="{msg people.name}" hint="{msg people.name.hint}" value=name error=name_wrong complete="off" width=20 /}
    {use text_input name="month" label="{msg people.month}" hint="{msg people.month.hint}" value=month error=month_wrong mode="numeric" complete="off" width=10 /}
    {use purpose_fields choices=choices words=words wrong=purpose_wrong missing=words_wrong /}
    {use button label="{msg people.find}" /}
  </form>
{/use}

# Namesakes, told apart by what this officer may see; a field he may not see has no column.
struct hit
  href     url
  name     str
  village  str
  born     str
  sex      str
  category str
  state    text?

template people_hits
  rows     list hit
  count    int
  more     bool
  columns  list column
  see_born bool
  see_kind bool
  village  text
  born     text
  sex      text
  category text
  kept     list kept
---
{use layout title="{msg people.hits.title}" back="/desk/people" wide=true}
  <h1 class="govuk-heading-l">{msg people.hits.title}</h1>
  <p class="govuk-body" role="status">{msg people.hits.count n=count}</p>
  {if more}{use warning words="{msg people.hits.more n=count}" /}{/if}
  {use data_table name="people" caption="{msg people.hits.caption}" columns=columns}
    {for h in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg people.name}"><a class="govuk-link" href="{h.href}">{h.name}</a></th>
      <td class="govuk-table__cell" data-label="{village}">{h.village}</td>
      {if see_born}<td class="govuk-table__cell zc-nowrap" data-label="{born}">{h.born}</td>{/if}
      <td class="govuk-table__cell" data-label="{sex}">{h.sex}</td>
      {if see_kind}<td class="govuk-table__cell" data-label="{category}">{h.category}</td>{/if}
    </tr>
    {/for}
  {/use}
  <form method="post" action="/desk/people">
    {keys}
    {for k in kept}
    <input type="hidden" name="{k.name}" value="{k.value}">
    {/for}
    <div class="govuk-button-group">
      {use button label="{msg table.xlsx}" name="as" value="xlsx" kind="secondary" /}
      {use button label="{msg table.csv}" name="as" value="csv" kind="secondary" /}
    </div>
  </form>
{/use}

# Before the first page of a person: what for?
template people_purpose
  action  url
  back    url
  bad     bool
  errors  list field_error
  choices list choice
  words   str
  wrong   text?
  missing text?
---
{use layout title="{msg people.purpose.title}" back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg people.purpose.title}</h1>
  <p class="govuk-body">{msg people.purpose.why}</p>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use purpose_fields choices=choices words=words wrong=wrong missing=missing /}
    {use button label="{msg people.open}" /}
  </form>
{/use}

# One detail of a person. With a slot it is sealed and covered; `open` says that it is shown just now.
struct detail
  key    text
  value  str
  note   text?
  colour str?
  state  text?
  slot   str?
  open   bool

# Details that belong together.
struct detail_group
  title text
  lines list detail

# A fact, as it stands or as it stood.
struct fact_line
  label    text
  value    str
  since    text
  until    text
  source   str
  recorded str
  state    text
  colour   str

# What was said about the record a moment ago, and who may do what with it.
struct person_rights
  reveal  bool
  write   bool
  apart   bool
  looks   bool
  events  bool

# A record that was merged into this one, and the way to it.
struct linked_record
  href  url
  name  str
  words text

template detail_list
  lines list detail
  act   url
  code  str
  words str
  shows bool
---
<dl class="govuk-summary-list">
  {for d in lines}
  <div class="govuk-summary-list__row{if not shows or not d.slot or d.open} govuk-summary-list__row--no-actions{/if}">
    <dt class="govuk-summary-list__key">{d.key}</dt>
    <dd class="govuk-summary-list__value">{if d.open}<strong class="zc-open">{d.value}</strong><span class="zc-source">{msg people.shown}</span>{else}{d.value}{/if}{if d.state} {use tag label=d.state colour=d.colour /}{/if}{if d.note}<span class="zc-source">{d.note}</span>{/if}</dd>
    {if shows and d.slot and not d.open}
    <dd class="govuk-summary-list__actions">
      <form method="post" action="{act}">
        {keys}
        <input type="hidden" name="field" value="{d.slot}">
        <input type="hidden" name="purpose" value="{code}">
        <input type="hidden" name="purpose-words" value="{words}">
        <button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">{msg people.show}<span class="govuk-visually-hidden">{d.key}</span></button>
      </form>
    </dd>
    {/if}
  </div>
  {/for}
</dl>

template person
  title    text
  ref      str
  name     str
  saved    text?
  gone     text?
  gone_to  url?
  others   list linked_record
  cases    list linked_record
  purpose  text
  code     str
  words    str
  act      url
  rights   person_rights
  identity list detail
  photo    text
  picture  url?
  groups   list detail_group
  facts    list fact_line
  history  list fact_line
  columns  list column
  columns2 list column
  looked   int
  waiting  int
  decided  bool
  crumbs   list crumb
---
{use layout title=title wide=true}
  {set top}{use breadcrumbs crumbs=crumbs /}{/set}
  {if saved}{use banner title="{msg people.saved.title}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  {if gone}{use banner title="{msg people.gone.title}"}<p class="govuk-notification-banner__heading">{gone} <a class="govuk-notification-banner__link zc-target" href="{gone_to}">{msg people.gone.link}</a></p>{/use}{/if}
  <span class="govuk-caption-l">{msg people.record ref=ref}</span>
  <h1 class="govuk-heading-l">{name}</h1>
  <p class="govuk-body">{msg people.purpose.now purpose=purpose} <a class="govuk-link zc-target" href="/desk/people/{ref}/purpose">{msg people.purpose.other}</a></p>
  <div class="zc-split">
    <section>
      <h2 class="govuk-heading-m">{msg people.identity}</h2>
      {use detail_list lines=identity act=act code=code words=words shows=rights.reveal /}
      {for g in groups}
      <h2 class="govuk-heading-m">{g.title}</h2>
      {use detail_list lines=g.lines act=act code=code words=words shows=rights.reveal /}
      {/for}
    </section>
    <section>
      <h2 class="govuk-heading-m">{msg people.photo}</h2>
      {if picture}
      <img class="zc-photo" src="{picture}" alt="{msg people.photo.of name=name}">
      {else}
      {use inset}<p class="govuk-body">{photo}</p>{/use}
      {/if}
      <h2 class="govuk-heading-m">{msg people.cases}</h2>
      {if cases}
      <ul class="govuk-list">{for c in cases}<li><a class="govuk-link zc-target" href="{c.href}">{c.name}</a> {c.words}</li>{/for}</ul>
      {else}
      <p class="govuk-body">{msg people.cases.none}</p>
      {/if}
      {if decided}
      <h2 class="govuk-heading-m">{msg decision.title_desk}</h2>
      <p class="govuk-body"><a class="govuk-link zc-target" href="/desk/people/{ref}/decisions">{msg decision.all}</a></p>
      {/if}
      <h2 class="govuk-heading-m">{msg people.looked}</h2>
      <p class="govuk-body">{msg people.looked.count n=looked}</p>
      {if rights.looks}<p class="govuk-body"><a class="govuk-link zc-target" href="/audit/looks?person={ref}">{msg people.looked.link}</a></p>{/if}
      {if rights.events}<p class="govuk-body"><a class="govuk-link zc-target" href="/audit/events?person={ref}">{msg people.events.link}</a></p>{/if}
      {if others}
      <h2 class="govuk-heading-m">{msg people.others}</h2>
      <ul class="govuk-list">{for o in others}<li><a class="govuk-link zc-target" href="{o.href}">{o.name}</a> {o.words}</li>{/for}</ul>
      {/if}
      {if rights.apart}
      <p class="govuk-body"><a class="govuk-link zc-target" href="/desk/people/{ref}/unmerge">{msg people.unmerge.link}</a></p>
      {/if}
      {if rights.write}
      <h2 class="govuk-heading-m">{msg people.todo}</h2>
      <ul class="govuk-list">
        <li><a class="govuk-link zc-target" href="/desk/people/{ref}/facts/new">{msg people.fact.link}</a></li>
        <li><a class="govuk-link zc-target" href="/desk/people/{ref}/corrections">{msg corrections.link n=waiting}</a></li>
        <li><a class="govuk-link zc-target" href="/desk/people/{ref}/merge">{msg people.merge.link}</a></li>
      </ul>
      {/if}
    </section>
  </div>
  {if facts}
  {use data_table name="facts" caption="{msg people.facts}" columns=columns}
    {for f in facts}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg people.facts.what}">{f.label}</th>
      <td class="govuk-table__cell" data-label="{msg people.facts.value}">{f.value}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg people.facts.since}">{f.since}</td>
      <td class="govuk-table__cell" data-label="{msg people.facts.source}">{f.source}</td>
    </tr>
    {/for}
  {/use}
  {else}
  <h2 class="govuk-heading-m">{msg people.facts}</h2>
  <p class="govuk-body">{msg people.facts.none}</p>
  {/if}
  {if history}
  {use details summary="{msg people.history}"}
    {use data_table name="history" caption="{msg people.history.caption}" columns=columns2 compact=true}
      {for f in history}
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header" data-label="{msg people.facts.what}">{f.label}</th>
        <td class="govuk-table__cell" data-label="{msg people.facts.value}">{f.value}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg people.facts.since}">{f.since}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg people.facts.until}">{f.until}</td>
        <td class="govuk-table__cell" data-label="{msg people.facts.source}">{f.source}</td>
        <td class="govuk-table__cell zc-nowrap" data-label="{msg people.facts.recorded}">{f.recorded}</td>
        <td class="govuk-table__cell" data-label="{msg people.facts.state}">{use tag label=f.state colour=f.colour /}</td>
      </tr>
      {/for}
    {/use}
  {/use}
  {/if}
{/use}

# Which detail shall be corrected?
template people_fact_field
  ref    str
  name   str
  fields list choice
---
{use layout title="{msg people.fact.title}" back="/desk/people/{ref}"}
  <span class="govuk-caption-l">{name}</span>
  <h1 class="govuk-heading-l">{msg people.fact.title}</h1>
  <p class="govuk-body">{msg people.fact.lead}</p>
  <form method="get" action="/desk/people/{ref}/facts/new">
    {use select name="field" label="{msg people.fact.which}" choices=fields /}
    {use button label="{msg people.next}" /}
  </form>
{/use}

# The new value, from when, and from which paper.
template people_fact
  ref          str
  name         str
  bad          bool
  errors       list field_error
  field        str
  label        text
  choices      list choice
  value        str
  value_wrong  text?
  from_year    str
  from_month   str
  from_day     str
  from_wrong   text?
  to_year      str
  to_month     str
  to_day       str
  to_wrong     text?
  source       str
  source_wrong text?
  correction   int
  asked_for    text?
---
{use layout title=label back="/desk/people/{ref}/facts/new" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{name}</span>
  <h1 class="govuk-heading-l">{msg people.fact.of label=label}</h1>
  <form method="post" action="/desk/people/{ref}/facts" novalidate>
    {keys}
    <input type="hidden" name="field" value="{field}">
    {if asked_for}<input type="hidden" name="correction" value="{correction}">{use inset}<p class="govuk-body">{asked_for}</p>{/use}{/if}
    {if choices}{use select name="value" label=label choices=choices error=value_wrong /}{else}{use text_input name="value" label=label value=value error=value_wrong width=20 /}{/if}
    {use date_input name="valid_from" legend="{msg people.fact.from}" hint="{msg people.fact.from.hint}" year=from_year month=from_month day=from_day error=from_wrong /}
    {use date_input name="valid_to" legend="{msg people.fact.to}" hint="{msg people.fact.to.hint}" year=to_year month=to_month day=to_day error=to_wrong /}
    {use text_input name="source" label="{msg people.fact.source}" hint="{msg people.fact.source.hint}" value=source error=source_wrong /}
    {use warning words="{msg people.fact.keeps}" /}
    {use button label="{msg people.fact.save}" /}
  </form>
{/use}

# Which other record is the same person?
template people_merge_find
  ref          str
  name         str
  bad          bool
  errors       list field_error
  number       str
  number_wrong text?
  nobody       bool
---
{use layout title="{msg people.merge.title}" back="/desk/people/{ref}" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{name}</span>
  <h1 class="govuk-heading-l">{msg people.merge.title}</h1>
  <p class="govuk-body">{msg people.merge.lead}</p>
  {if nobody}<div role="status">{use inset}<p class="govuk-body"><strong>{msg people.nobody}</strong></p><p class="govuk-body">{msg people.nobody.words}</p>{/use}</div>{/if}
  <form method="post" action="/desk/people/{ref}/merge" novalidate>
    {keys}
    {use text_input name="number" label="{msg people.merge.number}" hint="{msg people.merge.number.hint}" value=number error=number_wrong complete="off" width=30 /}
    {use button label="{msg people.next}" /}
  </form>
{/use}

# Both records side by side; where they differ it says so.
struct pair_line
  key   text
  left  str
  right str
  same  bool

template people_merge
  ref          str
  other        str
  bad          bool
  errors       list field_error
  left         str
  right        str
  pairs        list pair_line
  columns      list column
  keeps        list choice
  keep_wrong   text?
  reason       str
  reason_wrong text?
---
{use layout title="{msg people.merge.compare}" back="/desk/people/{ref}/merge" error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg people.merge.compare}</h1>
  {use data_table name="pair" caption="{msg people.merge.caption}" columns=columns}
    {for p in pairs}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg people.facts.what}">{p.key}</th>
      <td class="govuk-table__cell" data-label="{left}">{p.left}</td>
      <td class="govuk-table__cell" data-label="{right}">{p.right}</td>
      <td class="govuk-table__cell" data-label="{msg people.merge.differs}">{if p.same}{msg people.merge.same}{else}{use tag label="{msg people.merge.other}" colour="orange" /}{/if}</td>
    </tr>
    {/for}
  {/use}
  <form method="post" action="/desk/people/{ref}/merge" novalidate>
    {keys}
    <input type="hidden" name="other" value="{other}">
    {use radios name="keep" legend="{msg people.merge.keep}" hint="{msg people.merge.keep.hint}" choices=keeps error=keep_wrong /}
    {use textarea name="reason" label="{msg people.merge.reason}" hint="{msg people.merge.reason.hint}" value=reason rows=3 most=60 error=reason_wrong /}
    {use warning words="{msg people.merge.warning}" /}
    {use button label="{msg people.merge.do}" kind="warning" /}
  </form>
{/use}

# Apart again.
template people_unmerge
  ref          str
  name         str
  kept         str
  bad          bool
  errors       list field_error
  reason       str
  reason_wrong text?
---
{use layout title="{msg people.unmerge.title}" back="/desk/people/{ref}" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{name}</span>
  <h1 class="govuk-heading-l">{msg people.unmerge.title}</h1>
  <p class="govuk-body">{msg people.unmerge.lead ref=kept}</p>
  <form method="post" action="/desk/people/{ref}/unmerge" novalidate>
    {keys}
    {use textarea name="reason" label="{msg people.unmerge.reason}" hint="{msg people.merge.reason.hint}" value=reason rows=3 most=60 error=reason_wrong /}
    {use button label="{msg people.unmerge.do}" kind="warning" /}
  </form>
{/use}

struct listed_table
  href   url
  name   text
  policy text
  hit    text
  rows   int
  holds  text

template policy_tables
  columns list column
  rows    list listed_table
---
{use layout title="{msg tables.title}" wide=true}
  <h1 class="govuk-heading-l">{msg tables.title}</h1>
  <p class="govuk-body">{msg tables.lead}</p>
  {if rows}
  {use data_table name="tables" caption="{msg tables.caption}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg tables.table}"><a class="govuk-link" href="{r.href}">{r.name}<span class="govuk-visually-hidden"> {r.policy}</span></a></th>
      <td class="govuk-table__cell" data-label="{msg tables.policy}">{r.policy}</td>
      <td class="govuk-table__cell" data-label="{msg tables.hit}">{r.hit}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg tables.rows}">{r.rows}</td>
      <td class="govuk-table__cell" data-label="{msg tables.version}">{r.holds}</td>
    </tr>
    {/for}
  {/use}
  {else}
  <p class="govuk-body">{msg tables.none}</p>
  {/if}
  <p class="govuk-body"><a class="govuk-link zc-target" href="/policy/definitions">{msg definition.page.title}</a></p>
{/use}

# A cell of a rule: its column, what it asks or gives in words, and where the rule can be changed as it is written.
struct shown_cell
  label text
  words text
  feel  str?

struct cited
  id    str
  words text

# A row of a decision table. With `href` it can be changed.
struct shown_rule
  id         str
  href       url?
  unknown    bool
  cells      list shown_cell
  words      text?
  laws       list cited
  confidence text?
  published  str?

template decision_rules
  caption text
  columns list column
  rules   list shown_rule
---
{use data_table name="rules" caption=caption columns=columns compact=true}
  {for r in rules}
  <tr class="govuk-table__row" id="row-{r.id}">
    <th scope="row" class="govuk-table__header" data-label="{msg tables.row}">{if r.href}<a class="govuk-link zc-target" href="{r.href}">{r.id}</a>{else}{r.id}{/if}</th>
    {for c in r.cells}
    <td class="govuk-table__cell zc-room" data-label="{c.label}">{if c.feel}<div>{c.words} <span class="zc-source">{c.feel}</span></div>{else}{c.words}{/if}</td>
    {/for}
    <td class="govuk-table__cell" data-label="{msg tables.words}"><div>{if r.unknown}{use tag label="{msg tables.unknown}" colour="yellow" /} {/if}{r.words}</div></td>
    <td class="govuk-table__cell zc-room" data-label="{msg tables.law}"><div>{for l in r.laws}<a class="govuk-link zc-target" href="#law-{l.id}">{l.words}</a> {/for}</div></td>
    <td class="govuk-table__cell" data-label="{msg tables.confidence}">{r.confidence}</td>
    <td class="govuk-table__cell zc-nowrap" data-label="{msg tables.published}">{r.published}</td>
  </tr>
  {/for}
{/use}

struct shown_finding
  note  bool
  words text

template findings
  all list shown_finding
---
<h2 class="govuk-heading-m" id="checks">{msg tables.checks}</h2>
{if all}
<ul class="govuk-list govuk-list--spaced">
  {for x in all}
  <li>{if x.note}{use tag label="{msg tables.checks.note}" colour="blue" /}{else}{use tag label="{msg tables.checks.flaw}" colour="red" /}{/if} {x.words}</li>
  {/for}
</ul>
{else}
<p class="govuk-body">{msg tables.checks.good}</p>
{/if}

struct tested
  href   url
  name   text
  want   text?
  got    text
  rows   str?
  asked  text?
  state  text
  colour str
  why    text?

template tested_persons
  columns list column
  all     list tested
---
{if all}
{use data_table name="persons" caption="{msg tables.persons}" columns=columns compact=true}
  {for x in all}
  <tr class="govuk-table__row">
    <th scope="row" class="govuk-table__header" data-label="{msg tables.person}"><a class="govuk-link zc-target" href="{x.href}">{x.name}</a></th>
    <td class="govuk-table__cell" data-label="{msg tables.person.want}">{x.want}</td>
    <td class="govuk-table__cell" data-label="{msg tables.person.got}">{x.got}</td>
    <td class="govuk-table__cell" data-label="{msg tables.person.rows}"><div>{x.rows}{if x.asked} {x.asked}{/if}</div></td>
    <td class="govuk-table__cell zc-nowrap" data-label="{msg tables.person.state}">{use tag label=x.state colour=x.colour /}</td>
    <td class="govuk-table__cell" data-label="{msg tables.person.why}">{x.why}</td>
  </tr>
  {/for}
{/use}
{else}
<h2 class="govuk-heading-m">{msg tables.persons}</h2>
<p class="govuk-body">{msg tables.persons.none}</p>
{/if}

struct shown_law
  id    str
  words text
  link  url?
  href  url?

template shown_laws
  all list shown_law
---
{if all}
<h2 class="govuk-heading-m">{msg tables.laws}</h2>
<ul class="govuk-list govuk-list--spaced">
  {for l in all}
  <li id="law-{l.id}">{l.words}{if l.link} <a class="govuk-link zc-target" href="{l.link}">{msg decision.link}<span class="govuk-visually-hidden"> {l.id}</span></a>{/if}{if l.href} <a class="govuk-link zc-target" href="{l.href}">{msg draft.law.change}<span class="govuk-visually-hidden"> {l.id}</span></a>{/if}</li>
  {/for}
</ul>
{/if}

template policy_table
  title    text
  policy   text
  versions url
  draft    url?
  begin    url?
  answers  list answer
  columns  list column
  rules    list shown_rule
  found    list shown_finding
  heads    list column
  persons  list tested
  laws     list shown_law
---
{use layout title="{title} - {policy}" back="/policy/tables" wide=true}
  <span class="govuk-caption-l">{policy}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {use summary_list answers=answers /}
  {if draft}{use button_link label="{msg draft.continue}" href=draft /}{/if}
  {if begin}
  <form method="post" action="{begin}">
    {keys}
    <p class="govuk-body">{msg draft.begin.lead}</p>
    {use button label="{msg draft.begin}" name="act" value="open" /}
  </form>
  {/if}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{versions}">{msg tables.versions}</a></p>
  {use decision_rules caption=title columns=columns rules=rules /}
  {use findings all=found /}
  {use tested_persons columns=heads all=persons /}
  {use shown_laws all=laws /}
{/use}

# A cell beside the value that was seen: yes, no, or any where it asks nothing.
struct asked_cell
  label text
  words text
  fate  str

struct asked_rule
  id    str
  fired bool
  cells list asked_cell
  words text?

struct asked_table
  name    str
  caption text
  refused text?
  columns list column
  seen    list asked_cell
  rules   list asked_rule

struct said
  words text

template asked_tables
  all list asked_table
---
{for t in all}
{if t.refused}<p class="govuk-body">{t.refused}</p>{/if}
{if t.rules}
{use data_table name=t.name caption=t.caption columns=t.columns compact=true}
  <tr class="govuk-table__row">
    <th scope="row" class="govuk-table__header" data-label="{msg tables.row}">{msg tables.trace.value}</th>
    {for c in t.seen}
    <td class="govuk-table__cell" data-label="{c.label}"><strong>{c.words}</strong></td>
    {/for}
    <td class="govuk-table__cell" data-label="{msg tables.words}"></td>
  </tr>
  {for r in t.rules}
  <tr class="govuk-table__row">
    <th scope="row" class="govuk-table__header" data-label="{msg tables.row}">{r.id}{if r.fired} {use tag label="{msg tables.trace.fired}" colour="green" /}{/if}</th>
    {for c in r.cells}
    <td class="govuk-table__cell zc-room" data-label="{c.label}">{if c.fate == "yes"}<div>{use tag label="{msg tables.trace.yes}" colour="green" /} {c.words}</div>{elif c.fate == "no"}<div>{msg tables.trace.no} {c.words}</div>{else}{msg tables.trace.any}{/if}</td>
    {/for}
    <td class="govuk-table__cell" data-label="{msg tables.words}">{r.words}</td>
  </tr>
  {/for}
{/use}
{/if}
{/for}

template policy_trace
  title text
  of    text
  why   text?
  back  url
  given list answer
  lines list said
  all   list asked_table
---
{use layout title=title back=back wide=true}
  <span class="govuk-caption-l">{of}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {if why}<p class="govuk-body">{why}</p>{/if}
  <h2 class="govuk-heading-m">{msg tables.trace.said}</h2>
  <ul class="govuk-list govuk-list--bullet">
    {for l in lines}
    <li>{l.words}</li>
    {/for}
  </ul>
  {use asked_tables all=all /}
  <h2 class="govuk-heading-m">{msg tables.trace.given}</h2>
  {if given}
  {use summary_list answers=given /}
  {else}
  <p class="govuk-body">{msg tables.trace.nothing}</p>
  {/if}
{/use}

# An occasion in the list.
struct schedule_line
  href       url
  time       text
  office     str
  kind       text
  place      str
  categories text
  taken      text
  state      text
  colour     str

template schedule
  saved   text?
  add     url?
  columns list column
  rows    list schedule_line
---
{use layout title="{msg schedule.title}" back="/desk" wide=true}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg schedule.title}</h1>
  <p class="govuk-body">{msg schedule.lead}</p>
  {if add}{use button_link label="{msg schedule.new}" href=add /}{/if}
  {if rows}
  {use data_table name="schedule" caption="{msg schedule.caption}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg schedule.time.label}"><a class="govuk-link" href="{r.href}">{r.time}</a></th>
      <td class="govuk-table__cell" data-label="{msg assess.institution}">{r.office}</td>
      <td class="govuk-table__cell" data-label="{msg schedule.kind}">{r.kind}</td>
      <td class="govuk-table__cell" data-label="{msg schedule.place.label}">{r.place}</td>
      <td class="govuk-table__cell" data-label="{msg assess.categories}">{r.categories}</td>
      <td class="govuk-table__cell" data-label="{msg schedule.taken}">{r.taken} {use tag label=r.state colour=r.colour /}</td>
    </tr>
    {/for}
  {/use}
  {else}
  {use inset}<p class="govuk-body">{msg schedule.none}</p>{/use}
  {/if}
{/use}

# Who is expected.
struct schedule_guest
  id     int
  href   url
  name   str
  number str
  place  str
  times  int
  needs  text
  state  text
  colour str
  open   bool
  past   bool

struct schedule_draw
  when  text
  seed  int
  pool  str
  drawn str
  good  bool

# One occasion: who is expected, who assesses.
template schedule_occasion
  title    text
  caption  str
  saved    text?
  bad      bool
  errors   list field_error
  answers  list answer
  columns  list column
  guests   list schedule_guest
  outcomes url
  writes   bool
  draws    list schedule_draw
  draw     url
  n        str
  wrong    text?
  cancel   url?
---
{use layout title=title back="/desk/schedule" wide=true error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <span class="govuk-caption-l">{caption}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {use summary_list answers=answers /}
  {if guests}
  {use data_table name="guests" caption="{msg schedule.guests.caption}" columns=columns asked=writes}
    {for g in guests}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg tasks.name}"><a class="govuk-link" href="{g.href}">{g.name}</a></th>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg tasks.number}">{g.number}</td>
      <td class="govuk-table__cell" data-label="{msg tasks.village}">{g.place}</td>
      <td class="govuk-table__cell" data-label="{msg schedule.needs}">{g.needs}</td>
      <td class="govuk-table__cell" data-label="{msg schedule.state}">{use tag label=g.state colour=g.colour /}{if g.times > 1} {msg schedule.times n=g.times}{/if}</td>
      {if writes}
      <td class="govuk-table__cell" data-label="{msg schedule.tell}">{if g.open}<form method="post" action="{outcomes}">{keys}<input type="hidden" name="appointment" value="{g.id}"><div class="govuk-button-group govuk-!-margin-bottom-0">{if g.past}<button type="submit" name="outcome" value="came" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">{msg schedule.came}<span class="govuk-visually-hidden">{g.name}</span></button><button type="submit" name="outcome" value="missed" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">{msg schedule.missed}<span class="govuk-visually-hidden">{g.name}</span></button>{else}<button type="submit" name="outcome" value="cancelled" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">{msg schedule.call_off}<span class="govuk-visually-hidden">{g.name}</span></button>{/if}</div></form>{/if}</td>
      {/if}
    </tr>
    {/for}
  {/use}
  {else}
  <h2 class="govuk-heading-m">{msg schedule.guests.caption}</h2>
  <p class="govuk-body">{msg schedule.guests.none}</p>
  {/if}
  <h2 class="govuk-heading-m">{msg schedule.draws}</h2>
  <p class="govuk-body">{msg schedule.draws.lead}</p>
  {for d in draws}
  <p class="govuk-body"><strong>{d.drawn}</strong> {if d.good}{use tag label="{msg schedule.draw.good}" colour="green" /}{else}{use tag label="{msg schedule.draw.bad}" colour="red" /}{/if}<br>{msg schedule.draw.seed} {d.seed}{msg case.comma}{msg schedule.draw.pool} {d.pool}<br>{d.when}</p>
  {/for}
  {if writes}
  <form method="post" action="{draw}" novalidate>
    {keys}
    {use text_input name="n" label="{msg schedule.draw.n}" value=n error=wrong mode="numeric" width=3 /}
    {use button label="{msg schedule.draw.go}" kind="secondary" /}
  </form>
  {/if}
  {if cancel}{use button_link label="{msg schedule.cancel}" href=cancel kind="warning" /}{/if}
{/use}

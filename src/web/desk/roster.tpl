# Columns that belong together.
struct roster_group
  name    str
  title   text
  columns list choice
  wrong   text?

template roster_ask
  bad      bool
  errors   list field_error
  dropped  bool
  groups   list roster_group
  full     list choice
  purposes list choice
  words    str
  wrong    text?
  missing  text?
  mine     list import_line
  columns  list column
---
{use layout title="{msg roster.title}" back="/desk" error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  {if dropped}{use banner title="{msg import.done}" good=true}<p class="govuk-notification-banner__heading">{msg roster.dropped}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg roster.title}</h1>
  <p class="govuk-body">{msg roster.lead}</p>
  <form method="post" action="/desk/roster" novalidate>
    {keys}
    <div class="zc-boxes">
    {for g in groups}
    {use checkboxes name=g.name legend=g.title choices=g.columns error=g.wrong /}
    {/for}
    </div>
    {if full}{use checkboxes name="reveal" legend="{msg roster.numbers}" choices=full /}{/if}
    {use radios name="purpose" legend="{msg people.purpose}" hint="{msg people.purpose.hint}" choices=purposes error=wrong /}
    {use text_input name="purpose-words" label="{msg people.purpose.words}" hint="{msg people.purpose.words.hint}" value=words error=missing width=30 /}
    {use button label="{msg roster.go}" /}
  </form>
  {if mine}
  {use data_table name="rosters" caption="{msg roster.mine}" columns=columns}
    {for l in mine}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg roster.one}"><a class="govuk-link" href="{l.href}">{l.name}</a></th>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg import.when}">{l.when}</td>
      <td class="govuk-table__cell" data-label="{msg import.state}">{use tag label=l.state colour=l.colour /}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg roster.people}">{l.total | grouped}</td>
    </tr>
    {/for}
  {/use}
  {/if}
{/use}

template roster_made
  name    text
  here    url
  failed  bool
  said    text
  people  int
  numbers bool
  reveal  bool
  purpose text
  until   str
---
{use layout title=name back="/desk/roster"}
  <h1 class="govuk-heading-l">{name}</h1>
  {if failed}
  {use warning words=said /}
  {else}
  <p class="govuk-body">{msg roster.made n=people}</p>
  {if numbers}<p class="govuk-body">{if reveal}{msg roster.made.full}{else}{msg roster.made.covered}{/if}</p>{/if}
  <p class="govuk-body">{msg people.purpose.now purpose=purpose}</p>
  <p class="govuk-body"><a class="govuk-link zc-target" href="{here}/sheet">{msg roster.download}</a></p>
  <p class="govuk-body">{msg roster.until when=until}</p>
  {/if}
  <form method="post" action="{here}">{keys}{use button label="{msg roster.drop}" kind="secondary" /}</form>
{/use}

# One request that waits.
struct correction_line
  href  url
  name  str
  label text
  asked date

# What people say is wrong in their records.
template corrections
  lead    text
  columns list column
  rows    list correction_line
---
{use layout title="{msg corrections.title}" back="/desk"}
  <h1 class="govuk-heading-l">{msg corrections.title}</h1>
  {if rows}
  <p class="govuk-body" role="status">{lead}</p>
  {use data_table name="corrections" caption="{msg corrections.title}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg corrections.who}"><a class="govuk-link" href="{r.href}">{r.name}</a></th>
      <td class="govuk-table__cell" data-label="{msg corrections.what}">{r.label}</td>
      <td class="govuk-table__cell" data-label="{msg corrections.asked}">{r.asked}</td>
    </tr>
    {/for}
  {/use}
  {else}
  {use inset}<p class="govuk-body" role="status">{msg corrections.none}</p>{/use}
  {/if}
{/use}

# One request of this person: answered, or to be answered.
struct correction_card
  id       int
  label    text
  asked    text
  answered text?
  state    text
  colour   str
  record   url?
  waits    bool

template person_corrections
  ref     str
  name    str
  saved   bool
  bad     bool
  errors  list field_error
  cards   list correction_card
  id      int
  choices list choice
  outcome_wrong text?
  words   str
  words_wrong   text?
---
{use layout title="{msg corrections.of name=name}" back="/desk/people/{ref}" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg corrections.saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg corrections.of name=name}</h1>
  {if cards}
  {for c in cards}
  <h2 class="govuk-heading-m">{c.label} {use tag label=c.state colour=c.colour /}</h2>
  <p class="govuk-body">{c.asked}</p>
  {if c.answered}<p class="govuk-body">{c.answered}</p>{/if}
  {if c.record}<p class="govuk-body"><a class="govuk-link zc-target" href="{c.record}">{msg corrections.record}<span class="govuk-visually-hidden">{c.label}</span></a></p>{/if}
  {if c.waits}
  <p class="govuk-body"><a class="govuk-link zc-target" href="/desk/people/{ref}/corrections?answer={c.id}">{msg corrections.answer}<span class="govuk-visually-hidden">{c.label}</span></a></p>
  {/if}
  {/for}
  {else}
  <p class="govuk-body">{msg record.corrections.none}</p>
  {/if}
  {if id}
  <form method="post" action="/desk/people/{ref}/corrections" novalidate>
    {keys}
    <input type="hidden" name="id" value="{id}">
    {use radios name="outcome" legend="{msg corrections.outcome}" choices=choices error=outcome_wrong /}
    {use textarea name="words" label="{msg corrections.words}" value=words error=words_wrong rows=3 most=500 /}
    {use button label="{msg corrections.answer}" /}
  </form>
  {/if}
{/use}

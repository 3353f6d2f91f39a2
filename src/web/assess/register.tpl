# An institution in the list, as it stands today.
struct assess_line
  href       url
  name       str
  place      str
  categories text
  doctors    int
  note       text?

template assess_list
  trainings url
  columns   list column
  rows      list assess_line
---
{use layout title="{msg assess.title}" back="/desk" wide=true}
  <h1 class="govuk-heading-l">{msg assess.title}</h1>
  <p class="govuk-body">{msg assess.lead}</p>
  <p class="govuk-body"><a class="govuk-link zc-target" href="{trainings}">{msg assess.trainings}</a></p>
  {if rows}
  {use data_table name="institutions" caption="{msg assess.caption}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg assess.institution}"><a class="govuk-link" href="{r.href}">{r.name}</a></th>
      <td class="govuk-table__cell" data-label="{msg assess.where}">{r.place}</td>
      <td class="govuk-table__cell" data-label="{msg assess.categories}">{r.categories}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg assess.doctors.licensed}">{r.doctors}</td>
      <td class="govuk-table__cell" data-label="{msg assess.note}">{if r.note}{use tag label=r.note colour="orange" /}{/if}</td>
    </tr>
    {/for}
  {/use}
  {else}
  {use inset}<p class="govuk-body">{msg assess.none}</p>{/use}
  {/if}
{/use}

# A term with what it is of, whether it holds today, and the way to end it.
struct assess_term
  what   text
  term   text
  number str
  from   str
  state  text
  colour str
  end    url?

template assess_term_line
  t assess_term
---
<p class="govuk-body">{use tag label=t.state colour=t.colour /} <strong>{t.what}</strong> {t.term}<br>{t.number}{if t.from}{msg case.comma}{t.from}{/if}{if t.end} <a class="govuk-link zc-target" href="{t.end}">{msg assess.end}<span class="govuk-visually-hidden">{t.what} {t.term}</span></a>{/if}</p>

struct assess_doctor
  name    str
  title   str
  number  str
  login   text
  left    text?
  terms   list assess_term
  add     url?
  leave   url?

template assess_institution
  name         str
  phone        str
  saved        bool
  designations list assess_term
  doctors      list assess_doctor
  designate    url?
  enter        url?
---
{use layout title=name back="/desk/assessors" wide=true}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg assess.saved}</p>{/use}{/if}
  <span class="govuk-caption-l">{msg assess.institution}</span>
  <h1 class="govuk-heading-l">{name}</h1>
  {if phone}<p class="govuk-body">{msg admin.office.phone} {phone}</p>{/if}
  <h2 class="govuk-heading-m">{msg assess.designations}</h2>
  {if not designations}<p class="govuk-body">{msg assess.designations.none}</p>{/if}
  {for d in designations}
  {use assess_term_line t=d /}
  {/for}
  {if designate}{use button_link label="{msg assess.designation.new}" href=designate kind="secondary" /}{/if}
  <h2 class="govuk-heading-m">{msg assess.doctors}</h2>
  {if not doctors}<p class="govuk-body">{msg assess.doctors.none}</p>{/if}
  {for d in doctors}
  <h3 class="govuk-heading-s govuk-!-margin-top-6">{d.name} <span class="govuk-!-font-weight-regular">{d.title}</span>{if d.left} {use tag label=d.left colour="grey" /}{/if}</h3>
  <p class="govuk-body">{msg assess.practice} {d.number}{msg case.comma}{d.login}</p>
  {if not d.terms}<p class="govuk-body">{msg assess.licences.none}</p>{/if}
  {for t in d.terms}
  {use assess_term_line t=t /}
  {/for}
  {if d.add}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{d.add}">{msg assess.licence.new}<span class="govuk-visually-hidden">{d.name}</span></a> <a class="govuk-link zc-target" href="{d.leave}">{msg assess.doctor.leave}<span class="govuk-visually-hidden">{d.name}</span></a></p>
  {/if}
  {/for}
  {if enter}{use button_link label="{msg assess.doctor.new}" href=enter kind="secondary" /}{/if}
{/use}

# A form of this part: its inputs are made in C, one after the other.
template assess_form
  title   text
  caption str
  lead    text?
  action  url
  back    url
  bad     bool
  errors  list field_error
  inputs  html
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if caption}<span class="govuk-caption-l">{caption}</span>{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  {if lead}<p class="govuk-body">{lead}</p>{/if}
  <form method="post" action="{action}" novalidate>
    {keys}
    {inputs}
    {use button label="{msg assess.save}" /}
  </form>
{/use}

struct assess_training
  name  str
  place str
  days  text
  hours int
  close url?

template assess_trainings
  saved   bool
  add     url?
  columns list column
  rows    list assess_training
---
{use layout title="{msg assess.trainings}" back="/desk/assessors" wide=true}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg assess.saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg assess.trainings}</h1>
  <p class="govuk-body">{msg assess.trainings.lead}</p>
  {if rows}
  {use data_table name="trainings" caption="{msg assess.trainings}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg assess.training.name}">{r.name}</th>
      <td class="govuk-table__cell" data-label="{msg assess.training.place}">{r.place}</td>
      <td class="govuk-table__cell" data-label="{msg assess.training.days}">{r.days}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg assess.training.hours}">{r.hours}</td>
      <td class="govuk-table__cell zc-act" data-label="{msg assess.training.void}">{if r.close}<form method="post" action="{r.close}">{keys}<button type="submit" class="govuk-button govuk-button--secondary govuk-!-margin-bottom-0">{msg assess.training.close}<span class="govuk-visually-hidden">{r.name}</span></button></form>{/if}</td>
    </tr>
    {/for}
  {/use}
  {else}
  <p class="govuk-body">{msg assess.trainings.none}</p>
  {/if}
  {if add}{use button_link label="{msg assess.training.new}" href=add kind="secondary" /}{/if}
{/use}

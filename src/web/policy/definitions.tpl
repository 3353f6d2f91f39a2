struct definition_row
  href    url
  name    str
  kind    text
  holds   text
  waiting text?
  program text

template definitions
  columns list column
  rows    list definition_row
---
{use layout title="{msg definition.page.title}" wide=true}
  <h1 class="govuk-heading-l">{msg definition.page.title}</h1>
  <p class="govuk-body">{msg definition.page.lead}</p>
  {use data_table name="definitions" caption="{msg definition.page.caption}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg definition.page.name}"><a class="govuk-link" href="{r.href}">{r.name}</a></th>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg definition.page.kind}">{r.kind}</td>
      <td class="govuk-table__cell" data-label="{msg definition.page.holds}">{r.holds}</td>
      <td class="govuk-table__cell" data-label="{msg definition.page.waiting}">{if r.waiting}{use tag label=r.waiting colour="yellow" /}{/if}</td>
      <td class="govuk-table__cell" data-label="{msg definition.page.program}">{r.program}</td>
    </tr>
    {/for}
  {/use}
  <p class="govuk-body"><a class="govuk-link zc-target" href="/policy/tables">{msg tables.all}</a></p>
{/use}

struct version_row
  href      url
  number    text
  state     text
  colour    str
  from      str
  proposed  text
  published text

# A line of a text or of what changed in it. `fate`: new, gone, kept, gap, wrong.
struct shown_line
  fate   str
  number str
  text   str

# Lines of a text; one that is wrong is followed by what is wrong with it.
template shown_lines
  label text
  lines list shown_line
  wrong text?
---
<div class="zc-lines" role="region" aria-label="{label}" tabindex="0">
  {for l in lines}
  {if l.fate == "gap"}
  <p class="zc-lines__gap" aria-hidden="true">&ctdot;</p>
  {elif l.fate == "new"}
  <p class="zc-lines__new"><span class="zc-lines__at">{l.number} +</span><span class="govuk-visually-hidden">{msg definition.page.line-new}</span><ins>{l.text}</ins></p>
  {elif l.fate == "gone"}
  <p class="zc-lines__gone"><span class="zc-lines__at">{l.number} &minus;</span><span class="govuk-visually-hidden">{msg definition.page.line-gone}</span><del>{l.text}</del></p>
  {else}
  <p{if l.fate == "wrong"} class="zc-lines__gone"{/if}><span class="zc-lines__at">{l.number}</span>{l.text}</p>
  {if l.fate == "wrong"}<p class="govuk-error-message">{wrong}</p>{/if}
  {/if}
  {/for}
</div>

# A file of a definition, to be changed.
struct edited_file
  name  str
  label str
  text  str
  error text?
  lines list shown_line

template definition
  title    text
  kind     text
  id       str
  here     url
  proposed bool
  bad      bool
  errors   list field_error
  columns  list column
  rows     list version_row
  program  bool
  files    list edited_file
---
{use layout title=title back="/policy/definitions" error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  {if proposed}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg definition.page.proposed}</p>{/use}{/if}
  <span class="govuk-caption-l">{kind} {id}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {if rows}
  {use data_table name="versions" caption="{msg definition.page.versions}" columns=columns compact=true}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header zc-nowrap" data-label="{msg definition.page.version}"><a class="govuk-link" href="{r.href}">{r.number}</a></th>
      <td class="govuk-table__cell" data-label="{msg definition.page.state}">{use tag label=r.state colour=r.colour /}</td>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg definition.page.from}">{r.from}</td>
      <td class="govuk-table__cell" data-label="{msg definition.page.by-1}">{r.proposed}</td>
      <td class="govuk-table__cell" data-label="{msg definition.page.by-2}">{r.published}</td>
    </tr>
    {/for}
  {/use}
  {else}
  <p class="govuk-body">{msg definition.page.never}</p>
  {/if}
  {if program}
  <h2 class="govuk-heading-m">{msg definition.page.from-program}</h2>
  <form method="post" action="{here}">
    {keys}
    <p class="govuk-body">{msg definition.page.from-program.lead}</p>
    {use button label="{msg definition.page.from-program.go}" name="act" value="program" kind="secondary" /}
  </form>
  {/if}
  {if files}
  <h2 class="govuk-heading-m">{msg definition.page.edit}</h2>
  <form method="post" action="{here}" novalidate>
    {keys}
    <p class="govuk-body">{msg definition.page.edit.lead}</p>
    {for x in files}
    {if x.lines}{use shown_lines label="{msg definition.page.wrong-lines name=x.label}" lines=x.lines wrong=x.error /}{/if}
    {use textarea name=x.name label=x.label value=x.text error=x.error rows=16 most=500000 /}
    {/for}
    {use button label="{msg definition.page.edit.go}" name="act" value="text" /}
  </form>
  {/if}
{/use}

template definition_version
  title   text
  kind    text
  id      str
  here    url
  back    url
  saved   bool
  bad     bool
  errors  list field_error
  answers list answer
  wrong   text?
  around  list shown_line
  good    bool
  beside  text
  lines   list shown_line
  why_not text?
  may     bool
  year    str
  month   str
  day     str
  from_wrong text?
---
{use layout title=title back=back error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg definition.page.published}</p>{/use}{/if}
  <span class="govuk-caption-l">{kind} {id}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {use summary_list answers=answers /}
  {if good}<p class="govuk-body">{use tag label="{msg definition.page.checked}" colour="green" /}</p>{/if}
  {if wrong}
  {use warning words="{msg definition.page.unchecked}" /}
  {if around}
  {use shown_lines label="{msg definition.page.wrong-lines name=title}" lines=around wrong=wrong /}
  {else}
  <p class="govuk-error-message">{wrong}</p>
  {/if}
  {/if}
  <h2 class="govuk-heading-m">{beside}</h2>
  {if lines}
  {use shown_lines label=beside lines=lines /}
  {else}
  <p class="govuk-body">{msg definition.page.alike}</p>
  {/if}
  {if why_not}{use inset}<p class="govuk-body">{why_not}</p>{/use}{/if}
  {if may}
  <form method="post" action="{here}" novalidate>
    {keys}
    {use date_input name="from" legend="{msg definition.page.from}" hint="{msg definition.page.from.hint}" year=year month=month day=day error=from_wrong /}
    {use warning words="{msg definition.page.for-ever}" /}
    {use button label="{msg definition.page.publish}" /}
  </form>
  {/if}
{/use}

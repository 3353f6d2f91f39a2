# The buttons that go along the steps of a draft.
template draft_steps
  here url
  seen int
  undo text?
  redo text?
---
{if undo or redo}
<form class="zc-fields" method="post" action="{here}">
  {keys}
  <input type="hidden" name="seen" value="{seen}">
  {if undo}{use button label=undo kind="secondary" name="act" value="undo" /}{/if}
  {if redo}{use button label=redo kind="secondary" name="act" value="redo" /}{/if}
</form>
{/if}

template policy_draft
  title   text
  policy  text
  here    url
  table   url
  bad     bool
  errors  list field_error
  saved   bool
  told    list said
  behind  text?
  stands  text
  seen    int
  undo    text?
  redo    text?
  answers list answer
  columns list column
  rules   list shown_rule
  found   list shown_finding
  heads   list column
  persons list tested
  laws    list shown_law
---
{use layout title="{msg draft.page.title name=title}" back=table error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{msg draft.page.saved}</p>{/use}{/if}
  <span class="govuk-caption-l">{policy}</span>
  <h1 class="govuk-heading-l">{msg draft.page.title name=title}</h1>
  {if behind}{use warning words=behind /}{/if}
  <p class="govuk-body" id="steps">{stands}</p>
  {if told}
  {use inset}
  <p class="govuk-body">{msg draft.page.told}</p>
  <ul class="govuk-list govuk-list--bullet">
    {for t in told}
    <li>{t.words}</li>
    {/for}
  </ul>
  {/use}
  {/if}
  {use draft_steps here=here seen=seen undo=undo redo=redo /}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{here}/difference">{msg draft.difference}</a></p>
  {use summary_list answers=answers /}
  {use decision_rules caption=title columns=columns rules=rules /}
  <p class="govuk-body zc-sheets"><a class="govuk-link zc-target" href="{here}/grid">{msg draft.grid.link}</a> <a class="govuk-link zc-target" href="{here}/rows">{msg draft.row.new}</a> <a class="govuk-link zc-target" href="{here}/sheet">{msg draft.sheet.title}</a></p>
  {use findings all=found /}
  {use tested_persons columns=heads all=persons /}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{here}/tests">{msg draft.person.new}</a></p>
  {use shown_laws all=laws /}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{here}/laws">{msg draft.law.new}</a></p>
  <h2 class="govuk-heading-m">{msg draft.page.end}</h2>
  <form method="post" action="{here}">
    {keys}
    <input type="hidden" name="seen" value="{seen}">
    <p class="govuk-body">{msg draft.page.drop.lead}</p>
    {use button label="{msg draft.page.drop}" kind="warning" name="act" value="drop" /}
  </form>
{/use}

# One question of a form. `as`: text, lines, select or tick.
struct edited_field
  name    str
  label   text
  value   str
  hint    text?
  error   text?
  as      str
  choices list choice

# What else can be done with what the form is about.
struct edited_act
  value str
  label text
  kind  str?

template draft_form
  title    text
  of       text
  back     url
  here     url
  bad      bool
  errors   list field_error
  seen     int
  after    str?
  lead     text?
  fields   list edited_field
  acts     list edited_act
  like     url?
  like_label text?
  lines    list said
  all      list asked_table
---
{use layout title=title back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{of}</span>
  <h1 class="govuk-heading-l">{title}</h1>
  {if lead}<p class="govuk-body">{lead}</p>{/if}
  <form method="post" action="{here}" novalidate>
    {keys}
    <input type="hidden" name="seen" value="{seen}">
    {if after}<input type="hidden" name="after" value="{after}">{/if}
    {for x in fields}
    {if x.as == "select"}
    {use select name=x.name label=x.label choices=x.choices hint=x.hint error=x.error /}
    {elif x.as == "tick"}
    {use checkboxes name=x.name legend=x.label choices=x.choices hint=x.hint error=x.error /}
    {elif x.as == "lines"}
    {use textarea name=x.name label=x.label value=x.value hint=x.hint error=x.error rows=3 most=2000 /}
    {else}
    {use text_input name=x.name label=x.label value=x.value hint=x.hint error=x.error /}
    {/if}
    {/for}
    {use button label="{msg draft.save}" name="act" value="save" /}
  </form>
  {if acts}
  <form class="zc-fields" method="post" action="{here}">
    {keys}
    <input type="hidden" name="seen" value="{seen}">
    {for x in acts}
    {use button label=x.label kind=x.kind name="act" value=x.value /}
    {/for}
  </form>
  {/if}
  {if like}<p class="govuk-body"><a class="govuk-link zc-target" href="{like}">{like_label}</a></p>{/if}
  {if lines}
  <h2 class="govuk-heading-m">{msg tables.trace.said}</h2>
  <ul class="govuk-list govuk-list--bullet">
    {for l in lines}
    <li>{l.words}</li>
    {/for}
  </ul>
  {use asked_tables all=all /}
  {/if}
{/use}

# A field of the grid. `label` says row and column, `column` alone is shown where the heads are not.
struct grid_cell
  name   str
  column text
  label  text
  value  str
  error  text?

struct grid_row
  id    str
  href  url
  cells list grid_cell

# assets/grid.js takes what is marked data-live out of the answer to a check.
template draft_grid
  of      text
  title   text
  back    url
  here    url
  bad     bool
  errors  list field_error
  seen    int
  said    text
  columns list column
  rows    list grid_row
  found   list shown_finding
---
{use layout title="{msg draft.grid.title name=title}" back=back error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{of}</span>
  <h1 class="govuk-heading-l">{msg draft.grid.title name=title}</h1>
  {if rows}
  <p class="govuk-body">{msg draft.grid.lead}</p>
  <p class="govuk-body zc-scripted">{msg draft.grid.keys}</p>
  <form method="post" action="{here}" id="grid" data-grid novalidate>
    {keys}
    <input type="hidden" name="seen" value="{seen}">
    {use data_table name="cells" caption=title columns=columns compact=true asked=true}
      {for r in rows}
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header" data-label="{msg tables.row}"><a class="govuk-link zc-target" href="{r.href}">{r.id}</a></th>
        {for c in r.cells}
        <td class="govuk-table__cell" data-label="{c.column}"><div><label class="govuk-visually-hidden" for="{c.name}">{c.label}</label><input class="govuk-input zc-cell{if c.error} govuk-input--error{/if}" id="{c.name}" name="{c.name}" value="{c.value}" autocomplete="off" spellcheck="false" aria-describedby="{c.name}-error"{if c.error} aria-invalid="true"{/if}><p class="govuk-error-message" id="{c.name}-error" data-live{if not c.error} hidden{/if}>{c.error}</p></div></td>
        {/for}
      </tr>
      {/for}
    {/use}
    <p class="govuk-body" role="status" id="said" data-live>{said}</p>
    <div class="zc-fields">
      {use button label="{msg draft.save}" name="act" value="save" /}
      {use button label="{msg draft.grid.check}" kind="secondary" name="act" value="check" /}
    </div>
  </form>
  <div id="found" data-live>
  {if not bad}{use findings all=found /}{/if}
  </div>
  {else}
  <p class="govuk-body">{msg draft.grid.long}</p>
  {/if}
{/use}

template draft_sheet
  of     text
  back   url
  here   url
  bad    bool
  errors list field_error
  wrong  text?
  seen   int
---
{use layout title="{msg draft.sheet.title}" back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{of}</span>
  <h1 class="govuk-heading-l">{msg draft.sheet.title}</h1>
  <p class="govuk-body">{msg draft.sheet.lead}</p>
  <p class="govuk-body zc-sheets"><a class="govuk-link zc-target" href="{here}/xlsx">{msg draft.sheet.xlsx}</a> <a class="govuk-link zc-target" href="{here}/csv">{msg draft.sheet.csv}</a></p>
  <form method="post" action="{here}" enctype="multipart/form-data" novalidate>
    {keys}
    <input type="hidden" name="seen" value="{seen}">
    {use file_upload name="sheet" label="{msg draft.sheet.file}" accept=".xlsx,.csv" hint="{msg draft.sheet.hint}" error=wrong /}
    {use button label="{msg draft.sheet.go}" name="act" value="save" /}
  </form>
{/use}

template draft_changes
  title text
  all   list said
---
{if all}
<h2 class="govuk-heading-m">{title}</h2>
<ul class="govuk-list govuk-list--bullet">
  {for x in all}
  <li>{x.words}</li>
  {/for}
</ul>
{/if}

template draft_difference
  of      text
  back    url
  here    url
  bad     bool
  errors  list field_error
  seen    int
  same    bool
  lead    text
  tables  list said
  laws    list said
  persons list said
  results list said
  found   list shown_finding
---
{use layout title="{msg draft.difference}" back=back error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <span class="govuk-caption-l">{of}</span>
  <h1 class="govuk-heading-l">{msg draft.difference}</h1>
  {if same}
  <p class="govuk-body">{msg draft.difference.none}</p>
  {else}
  <p class="govuk-body">{lead}</p>
  {use draft_changes title="{msg draft.difference.tables}" all=tables /}
  {use draft_changes title="{msg draft.difference.laws}" all=laws /}
  {use draft_changes title="{msg draft.difference.persons}" all=persons /}
  {if results}
  {use draft_changes title="{msg draft.difference.results}" all=results /}
  {else}
  <p class="govuk-body">{msg draft.difference.nobody}</p>
  {/if}
  {use findings all=found /}
  <h2 class="govuk-heading-m" id="propose">{msg draft.propose}</h2>
  <form method="post" action="{here}">
    {keys}
    <input type="hidden" name="seen" value="{seen}">
    <p class="govuk-body">{msg draft.propose.lead}</p>
    {use button label="{msg draft.propose}" name="act" value="propose" /}
  </form>
  {/if}
{/use}

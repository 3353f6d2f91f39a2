# Pages of a list whose address ends with the number of the page.
struct import_paging
  base     url
  previous int
  next     int
  pages    int
  page     int
  links    list page_link
  none     list kept

# An import, or an upload on its way.
struct import_line
  name    str
  href    url
  when    str
  state   text
  colour  str
  total   int
  added   int
  refused int

template imports
  dropped  bool
  now      list import_line
  made     list import_line
  columns  list column
  columns2 list column
---
{use layout title="{msg import.title}" back="/desk" wide=true}
  {if dropped}{use banner title="{msg import.done}" good=true}<p class="govuk-notification-banner__heading">{msg import.dropped}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg import.title}</h1>
  <p class="govuk-body">{msg import.lead}</p>
  {use button_link label="{msg import.new}" href="/desk/imports/new" /}
  {if now}
  {use data_table name="now" caption="{msg import.now}" columns=columns}
    {for l in now}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg import.file}"><a class="govuk-link" href="{l.href}">{l.name}</a></th>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg import.when}">{l.when}</td>
      <td class="govuk-table__cell" data-label="{msg import.state}">{use tag label=l.state colour=l.colour /}</td>
    </tr>
    {/for}
  {/use}
  {/if}
  {if made}
  {use data_table name="made" caption="{msg import.made}" columns=columns2}
    {for l in made}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg import.file}"><a class="govuk-link" href="{l.href}">{l.name}</a></th>
      <td class="govuk-table__cell zc-nowrap" data-label="{msg import.when}">{l.when}</td>
      <td class="govuk-table__cell" data-label="{msg import.state}">{use tag label=l.state colour=l.colour /}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg import.total}">{l.total | grouped}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg import.added}">{l.added | grouped}</td>
      <td class="govuk-table__cell zc-num" data-label="{msg import.refused}">{l.refused | grouped}</td>
    </tr>
    {/for}
  {/use}
  {else}
  <p class="govuk-body">{msg import.none}</p>
  {/if}
{/use}

template import_new
  bad          bool
  errors       list field_error
  sheet_wrong  text?
  photos_wrong text?
---
{use layout title="{msg import.new}" back="/desk/imports" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg import.new}</h1>
  <p class="govuk-body">{msg import.new.lead}</p>
  <form method="post" action="/desk/imports/new" enctype="multipart/form-data" novalidate>
    {keys}
    {use file_upload name="sheet" label="{msg import.sheet}" hint="{msg import.sheet.hint}" accept=".xlsx,.csv" error=sheet_wrong /}
    {use file_upload name="photos" label="{msg import.photos}" hint="{msg import.photos.hint}" accept=".zip" error=photos_wrong /}
    {use button label="{msg import.upload}" /}
  </form>
  {use details summary="{msg import.how}"}
    <ul class="govuk-list govuk-list--bullet">
      <li>{msg import.how.headings}</li>
      <li>{msg import.how.numbers}</li>
      <li>{msg import.how.dry}</li>
      <li>{msg import.how.sealed}</li>
    </ul>
  {/use}
{/use}

# Asks for itself again every two seconds; the link is for who does not want to wait, or whose browser does not.
template import_progress
  file   str
  state  text
  here   url
  counts bool
  rows   int
  total  int
---
{use layout title=state}
  <h1 class="govuk-heading-l">{state}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  <div role="status">
  {if counts}
  <p class="govuk-body">{msg import.progress rows=rows total=total}</p>
  <p><progress class="zc-progress" max="{total}" value="{rows}" aria-label="{state}"></progress></p>
  {/if}
  <p class="govuk-body">{msg import.progress.words}</p>
  </div>
  <p class="govuk-body"><a class="govuk-link zc-target" href="{here}">{msg import.refresh}</a></p>
{/use}

template import_failed
  file    str
  said    text
  here    url
  goes_on bool
  undo    bool
  import  int
---
{use layout title="{msg import.failed}" back="/desk/imports"}
  <h1 class="govuk-heading-l">{if undo}{msg import.failed.undo}{else}{msg import.failed}{/if}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  {use warning words=said /}
  {if undo}
  <p class="govuk-body"><a class="govuk-link zc-target" href="/desk/imports/{import}/undo">{msg import.failed.against}</a></p>
  {/if}
  {if goes_on}
  <p class="govuk-body">{msg import.failed.goes_on}</p>
  <form method="post" action="{here}">{keys}<input type="hidden" name="act" value="go-on">{use button label="{msg import.go_on}" /}</form>
  {elif not undo}
  {use button_link label="{msg import.again}" href="/desk/imports/new" /}
  {/if}
  <form method="post" action="{here}">{keys}<input type="hidden" name="act" value="drop">{use button label="{msg import.forget}" kind="secondary" /}</form>
{/use}

# One column of the sheet and what it means.
struct import_column
  name     str
  heading  str
  samples  str
  repeated bool
  choices  list choice
  wrong    text?

template import_map
  bad     bool
  errors  list field_error
  moved   bool
  said    text?
  file    str
  rows    int
  photos  int
  here    url
  columns list import_column
  heads   list column
---
{use layout title="{msg import.map.title}" back="/desk/imports" error=bad wide=true}
  {if bad}{use error_summary errors=errors /}{/if}
  {if moved}{use banner title="{msg import.moved.title}"}<p class="govuk-notification-banner__heading">{msg errand.moved}</p>{/use}{/if}
  <span class="govuk-caption-l">{msg import.step n=2 of=3}</span>
  <h1 class="govuk-heading-l">{msg import.map.title}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  <p class="govuk-body">{msg import.map.rows n=rows}</p>
  {if photos}<p class="govuk-body">{msg import.map.photos n=photos}</p>{/if}
  {if said}{use warning words=said /}{/if}
  <p class="govuk-body">{msg import.map.lead}</p>
  <form method="post" action="{here}" novalidate>
    {keys}
    <input type="hidden" name="act" value="map">
    {use data_table name="columns" caption="{msg import.map.caption}" columns=heads asked=true}
      {for c in columns}
      <tr class="govuk-table__row">
        <th scope="row" class="govuk-table__header" data-label="{msg import.map.heading}">{if c.repeated}{c.heading}{else}<label for="{c.name}">{c.heading}</label>{/if}</th>
        <td class="govuk-table__cell" data-label="{msg import.map.samples}">{c.samples}</td>
        <td class="govuk-table__cell" data-label="{msg import.map.field}">
          {if c.repeated}
          {msg import.map.repeated}
          {else}
          {if c.wrong}<p id="{c.name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">{msg ui.error}</span>{c.wrong}</p>{/if}
          <select class="govuk-select{if c.wrong} govuk-select--error{/if}" id="{c.name}" name="{c.name}"{if c.wrong} aria-invalid="true" aria-describedby="{c.name}-error"{/if}>
            {for o in c.choices}
            <option value="{o.value}"{if o.checked} selected{/if}>{o.label}</option>
            {/for}
          </select>
          {/if}
        </td>
      </tr>
      {/for}
    {/use}
    {use button label="{msg import.map.go}" /}
  </form>
  <form method="post" action="{here}">{keys}<input type="hidden" name="act" value="drop">{use button label="{msg import.drop}" kind="secondary" /}</form>
{/use}

# How many rows of a kind, and the way to them.
struct import_tab
  label   text
  n       int
  href    url
  current bool

# One value that the sheet and the register have otherwise. `box` names it in the form.
struct import_difference
  label  text
  words  text
  sheet  str
  kept   str
  hidden bool
  may    bool
  box    str
  taken  bool

struct import_row
  line        int
  name        str
  number      str?
  href        url?
  why         str?
  differences list import_difference

# Of how many rows what became; each leads to those rows.
template import_tabs
  tabs list import_tab
---
<ul class="zc-counts">
  {for t in tabs}
  <li{if t.current} class="zc-counts__now"{/if}><a class="govuk-link" href="{t.href}"{if t.current} aria-current="true"{/if}>{t.label}</a> <strong>{t.n | grouped}</strong></li>
  {/for}
</ul>

# Rows of one kind; `told` heads what is said of each.
template import_table
  caption text
  told    text?
  columns list column
  rows    list import_row
---
{use data_table name="rows" caption=caption columns=columns}
  {for r in rows}
  <tr class="govuk-table__row">
    <th scope="row" class="govuk-table__header" data-label="{msg import.row}">{r.line}</th>
    <td class="govuk-table__cell zc-nowrap" data-label="{msg import.name}">{if r.href}<a class="govuk-link zc-target" href="{r.href}">{r.name}</a>{else}{r.name}{/if}</td>
    <td class="govuk-table__cell zc-nowrap" data-label="{msg import.number}">{r.number}</td>
    {if told}
    <td class="govuk-table__cell" data-label="{told}">
      {if r.why}<span class="zc-why">{r.why}</span>{/if}
      {for d in r.differences}
      <span class="zc-why">{d.words}</span>
      {/for}
    </td>
    {/if}
  </tr>
  {/for}
{/use}

template import_check
  moved   bool
  saved   bool
  file    str
  here    url
  total   int
  added   int
  photos  int
  refused int
  title   text
  show    str
  differs bool
  tabs    list import_tab
  told    text?
  columns list column
  rows    list import_row
  cut     bool
  most    int
  kinds   list choice
  paging  import_paging
---
{use layout title="{msg import.check.title}" back="/desk/imports" wide=true}
  {if moved}{use banner title="{msg import.moved.title}"}<p class="govuk-notification-banner__heading">{msg errand.moved}</p>{/use}{/if}
  {if saved}{use banner title="{msg import.done}" good=true}<p class="govuk-notification-banner__heading">{msg import.saved}</p>{/use}{/if}
  <span class="govuk-caption-l">{msg import.step n=3 of=3}</span>
  <h1 class="govuk-heading-l">{msg import.check.title}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  <p class="govuk-body">{msg import.check.lead total=total}</p>
  {use import_tabs tabs=tabs /}
  <form method="post" action="{here}">
    {keys}
    <input type="hidden" name="act" value="load">
    <p class="govuk-body">{if added}{msg import.load.words n=added}{else}{msg import.load.nobody}{/if}</p>
    {if photos}<p class="govuk-body">{msg import.map.photos n=photos}</p>{/if}
    {use button label="{msg import.load}" /}
  </form>
  {if differs or not rows}<h2 class="govuk-heading-m">{title}</h2>{/if}
  {if refused and show == "refused"}
  <p class="govuk-body"><a class="govuk-link zc-target" href="{here}/refused">{msg import.refused.sheet n=refused}</a></p>
  {/if}
  {if not rows}<p class="govuk-body">{msg import.rows.none}</p>{/if}
  {if cut}{use warning words="{msg import.rows.cut n=most}" /}{/if}
  {if differs and kinds}
  <form method="post" action="{here}?show=differs">
    {keys}
    <input type="hidden" name="act" value="choose-all">
    {use details summary="{msg import.kinds.summary}"}
      {use checkboxes name="all" legend="{msg import.kinds}" hint="{msg import.kinds.hint}" choices=kinds /}
      {use button label="{msg import.kinds.save}" kind="secondary" /}
    {/use}
  </form>
  {/if}
  {if differs and rows}
  <form method="post" action="{here}?show=differs&page={paging.page}">
    {keys}
    <input type="hidden" name="act" value="choose">
    <p class="govuk-body">{msg import.differs.lead}</p>
    {for r in rows}
    <h3 class="govuk-heading-s">{msg import.row.number n=r.line} {if r.href}<a class="govuk-link zc-target" href="{r.href}">{r.name}</a>{else}{r.name}{/if}</h3>
    <dl class="govuk-summary-list zc-differences">
      {for d in r.differences}
      <div class="govuk-summary-list__row">
        <dt class="govuk-summary-list__key">{d.label}</dt>
        <dd class="govuk-summary-list__value">
          {if d.hidden}
          {msg import.differs.hidden}
          {else}
          <p class="govuk-body govuk-!-margin-bottom-1">{msg import.differs.sheet} <strong>{if d.sheet}{d.sheet}{else}{msg import.differs.empty}{/if}</strong></p>
          <p class="govuk-body govuk-!-margin-bottom-1">{msg import.differs.kept} {if d.kept}{d.kept}{else}{msg import.differs.empty}{/if}</p>
          {/if}
        </dd>
        <dd class="govuk-summary-list__actions">
          {if d.may}
          <div class="govuk-checkboxes govuk-checkboxes--small"><div class="govuk-checkboxes__item">
            <input class="govuk-checkboxes__input" id="b{d.box}" name="take" type="checkbox" value="{d.box}"{if d.taken} checked{/if}>
            <label class="govuk-label govuk-checkboxes__label" for="b{d.box}">{msg import.take}<span class="govuk-visually-hidden">{d.label}</span></label>
          </div></div>
          {elif not d.hidden}
          {msg import.differs.decision}
          {/if}
        </dd>
      </div>
      {/for}
    </dl>
    {/for}
    {use button label="{msg import.differs.save}" kind="secondary" /}
  </form>
  {elif rows}
  {use import_table caption=title told=told columns=columns rows=rows /}
  {/if}
  {if paging.pages > 1}{use pagination base=paging.base previous=paging.previous next=paging.next pages=paging.pages current=paging.page links=paging.links kept=paging.none /}{/if}
  <h2 class="govuk-heading-m">{msg import.otherwise}</h2>
  <form method="post" action="{here}">{keys}<input type="hidden" name="act" value="remap">{use button label="{msg import.remap}" kind="secondary" /}</form>
  <form method="post" action="{here}">{keys}<input type="hidden" name="act" value="drop">{use button label="{msg import.drop}" kind="secondary" /}</form>
{/use}

# A photo that matched nobody.
struct import_left
  name str
  why  text

template import_done
  done          text?
  file          str
  here          url
  begun         str
  open          bool
  undone        bool
  total         int
  added         int
  same          int
  differs       int
  refused       int
  corrected     int
  rows          bool
  refused_sheet url?
  photos        bool
  given         int
  had           int
  left          list import_left
  columns       list column
---
{use layout title="{msg import.one}" back="/desk/imports" wide=true}
  {if done}{use banner title="{msg import.done}" good=true}<p class="govuk-notification-banner__heading">{done}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg import.one}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  <p class="govuk-body">{msg import.begun when=begun} {if undone}{use tag label="{msg import.undone}" colour="grey" /}{/if}{if open}{use tag label="{msg import.state.load}" colour="blue" /}{/if}</p>
  <dl class="govuk-summary-list">
    <div class="govuk-summary-list__row govuk-summary-list__row--no-actions"><dt class="govuk-summary-list__key">{msg import.total}</dt><dd class="govuk-summary-list__value">{total | grouped}</dd></div>
    {if added and not undone}
    <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{msg import.added}</dt><dd class="govuk-summary-list__value">{added | grouped}</dd><dd class="govuk-summary-list__actions"><a class="govuk-link zc-target" href="{here}/rows?show=added">{msg import.rows.see}<span class="govuk-visually-hidden">{msg import.added}</span></a></dd></div>
    {else}
    <div class="govuk-summary-list__row govuk-summary-list__row--no-actions"><dt class="govuk-summary-list__key">{msg import.added}</dt><dd class="govuk-summary-list__value">{added | grouped}</dd></div>
    {/if}
    {if same and rows}
    <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{msg import.same}</dt><dd class="govuk-summary-list__value">{same | grouped}</dd><dd class="govuk-summary-list__actions"><a class="govuk-link zc-target" href="{here}/rows?show=same">{msg import.rows.see}<span class="govuk-visually-hidden">{msg import.same}</span></a></dd></div>
    {else}
    <div class="govuk-summary-list__row govuk-summary-list__row--no-actions"><dt class="govuk-summary-list__key">{msg import.same}</dt><dd class="govuk-summary-list__value">{same | grouped}</dd></div>
    {/if}
    {if differs and rows}
    <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{msg import.differs}</dt><dd class="govuk-summary-list__value">{differs | grouped}{if corrected}<span class="zc-source">{msg import.corrected n=corrected}</span>{/if}</dd><dd class="govuk-summary-list__actions"><a class="govuk-link zc-target" href="{here}/rows?show=differs">{msg import.rows.see}<span class="govuk-visually-hidden">{msg import.differs}</span></a></dd></div>
    {else}
    <div class="govuk-summary-list__row govuk-summary-list__row--no-actions"><dt class="govuk-summary-list__key">{msg import.differs}</dt><dd class="govuk-summary-list__value">{differs | grouped}{if corrected}<span class="zc-source">{msg import.corrected n=corrected}</span>{/if}</dd></div>
    {/if}
    {if refused and rows}
    <div class="govuk-summary-list__row"><dt class="govuk-summary-list__key">{msg import.refused}</dt><dd class="govuk-summary-list__value">{refused | grouped}</dd><dd class="govuk-summary-list__actions"><a class="govuk-link zc-target" href="{here}/rows?show=refused">{msg import.rows.see}<span class="govuk-visually-hidden">{msg import.refused}</span></a> {if refused_sheet}<a class="govuk-link zc-target" href="{refused_sheet}">{msg import.refused.sheet n=refused}</a>{/if}</dd></div>
    {else}
    <div class="govuk-summary-list__row govuk-summary-list__row--no-actions"><dt class="govuk-summary-list__key">{msg import.refused}</dt><dd class="govuk-summary-list__value">{refused | grouped}</dd></div>
    {/if}
  </dl>
  {if photos}
  <h2 class="govuk-heading-m">{msg import.photos.title}</h2>
  <p class="govuk-body">{msg import.photos.given n=given}</p>
  {if had}<p class="govuk-body">{msg import.photos.had n=had}</p>{/if}
  {if left}
  {use data_table name="left" caption="{msg import.photos.left}" columns=columns}
    {for l in left}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg import.photo.file}">{l.name}</th>
      <td class="govuk-table__cell" data-label="{msg import.why}">{l.why}</td>
    </tr>
    {/for}
  {/use}
  {/if}
  {/if}
  {if not undone}
  <h2 class="govuk-heading-m">{msg import.next}</h2>
  <ul class="govuk-list">
    <li><a class="govuk-link zc-target" href="{here}/incomplete">{msg import.todo.title}</a></li>
    {if not open}<li><a class="govuk-link zc-target" href="{here}/undo">{msg import.undo.title}</a></li>{/if}
    <li><a class="govuk-link zc-target" href="/desk/imports/new">{msg import.new}</a></li>
  </ul>
  {/if}
{/use}

# Rows of an import that was made.
template import_listing
  file    str
  back    url
  tabs    list import_tab
  title   text
  told    text?
  columns list column
  rows    list import_row
  gone    bool
  cut     bool
  most    int
  paging  import_paging
---
{use layout title="{msg import.rows.title}" back=back wide=true}
  <h1 class="govuk-heading-l">{msg import.rows.title}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  {use import_tabs tabs=tabs /}
  {if gone}
  {use inset}<p class="govuk-body">{msg import.rows.gone}</p>{/use}
  {elif not rows}
  <p class="govuk-body">{msg import.rows.none}</p>
  {/if}
  {if cut}{use warning words="{msg import.rows.cut n=most}" /}{/if}
  {if rows}{use import_table caption=title told=told columns=columns rows=rows /}{/if}
  {if paging.pages > 1}{use pagination base=paging.base previous=paging.previous next=paging.next pages=paging.pages current=paging.page links=paging.links kept=paging.none /}{/if}
{/use}

struct import_todo_row
  line  int
  name  str
  href  url
  lacks text?

template import_todo
  file    str
  back    url
  columns list column
  rows    list import_todo_row
  next    url?
---
{use layout title="{msg import.todo.title}" back=back wide=true}
  <h1 class="govuk-heading-l">{msg import.todo.title}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  <p class="govuk-body">{msg import.todo.lead}</p>
  {if rows}
  {use data_table name="todo" caption="{msg import.todo.caption}" columns=columns}
    {for r in rows}
    <tr class="govuk-table__row">
      <th scope="row" class="govuk-table__header" data-label="{msg import.row}">{r.line}</th>
      <td class="govuk-table__cell" data-label="{msg import.name}"><a class="govuk-link zc-target" href="{r.href}">{r.name}</a></td>
      <td class="govuk-table__cell" data-label="{msg import.lacks}">{r.lacks}</td>
    </tr>
    {/for}
  {/use}
  {else}
  <p class="govuk-body">{msg import.todo.none}</p>
  {/if}
  {if next}<p class="govuk-body"><a class="govuk-link zc-target" href="{next}">{msg import.todo.next}</a></p>{/if}
  {if rows}<form method="post" action="{back}/incomplete">{keys}{use button label="{msg import.todo.sheet}" kind="secondary" /}</form>{/if}
{/use}

template import_undo
  wrong   text?
  file    str
  here    url
  begun   str
  added   int
  undone  bool
  open    bool
  against list import_todo_row
  more    bool
---
{use layout title="{msg import.undo.title}" back=here}
  <h1 class="govuk-heading-l">{msg import.undo.title}</h1>
  <p class="govuk-body"><strong>{file}</strong></p>
  <p class="govuk-body">{msg import.begun when=begun}</p>
  {if wrong}{use warning words=wrong /}{/if}
  {if undone}
  {use inset}<p class="govuk-body">{msg intake.undone}</p>{/use}
  {elif open}
  {use inset}<p class="govuk-body">{msg import.undo.open}</p>{/use}
  {elif against}
  {use inset}<p class="govuk-body">{msg import.undo.against}</p>{/use}
  <ul class="govuk-list">
    {for r in against}
    <li>{msg import.row.number n=r.line} <a class="govuk-link zc-target" href="{r.href}">{r.name}</a></li>
    {/for}
  </ul>
  {if more}<p class="govuk-body">{msg import.undo.more}</p>{/if}
  {else}
  {if added}{use warning words="{msg import.undo.warning n=added}" /}{else}{use warning words="{msg import.undo.corrections}" /}{/if}
  <p class="govuk-body">{msg import.undo.words}</p>
  <form method="post" action="{here}/undo">
    {keys}
    {use button label="{msg import.undo.go}" kind="warning" /}
  </form>
  {/if}
{/use}

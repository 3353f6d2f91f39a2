# What stands between a label and its input; the input's aria-describedby names both.
template hint_and_error
  name  str
  hint  text?
  error text?
---
{if hint}
<div id="{name}-hint" class="govuk-hint">{hint}</div>
{/if}
{if error}
<p id="{name}-error" class="govuk-error-message"><span class="govuk-visually-hidden">{msg ui.error}</span>{error}</p>
{/if}

# One line of text. `kind` is the input's type when it is not text; `width` its room in characters: 2, 3, 4, 5, 10, 20, 30.
template text_input
  name     str
  label    text
  value    str?
  hint     text?
  error    text?
  heading  bool?
  kind     str?
  mode     str?
  complete str?
  width    int?
  suffix   text?
---
<div class="govuk-form-group{if error} govuk-form-group--error{/if}">
  {if heading}
  <h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="{name}">{label}</label></h1>
  {else}
  <label class="govuk-label govuk-label--s" for="{name}">{label}</label>
  {/if}
  {use hint_and_error name=name hint=hint error=error /}
  <div class="govuk-input__wrapper">
    <input class="govuk-input{if error} govuk-input--error{/if}{if width} govuk-input--width-{width}{/if}" id="{name}" name="{name}" type="{if kind}{kind}{else}text{/if}" value="{value}"{if mode} inputmode="{mode}"{/if}{if complete} autocomplete="{complete}"{/if} spellcheck="false"{if error} aria-invalid="true"{/if}{if hint or error} aria-describedby="{if hint}{name}-hint{/if}{if hint and error} {/if}{if error}{name}-error{/if}"{/if}>
    {if suffix}
    <div class="govuk-input__suffix" aria-hidden="true">{suffix}</div>
    {/if}
  </div>
</div>

# Several lines of text, with a count of what is left when scripts run.
template textarea
  name  str
  label text
  value str?
  hint  text?
  error text?
  rows  int
  most  int
  heading bool?
---
<div class="govuk-form-group govuk-character-count{if error} govuk-form-group--error{/if}" data-module="govuk-character-count" data-maxlength="{most}" data-i18n.characters-under-limit.other="{msg ui.count.left count="%{count}"}" data-i18n.characters-under-limit.one="{msg ui.count.left count="%{count}"}" data-i18n.characters-at-limit="{msg ui.count.full}" data-i18n.characters-over-limit.other="{msg ui.count.over count="%{count}"}" data-i18n.characters-over-limit.one="{msg ui.count.over count="%{count}"}">
  {if heading}
  <h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="{name}">{label}</label></h1>
  {else}
  <label class="govuk-label govuk-label--s" for="{name}">{label}</label>
  {/if}
  {use hint_and_error name=name hint=hint error=error /}
  <textarea class="govuk-textarea govuk-js-character-count{if error} govuk-textarea--error{/if}" id="{name}" name="{name}" rows="{rows}"{if error} aria-invalid="true"{/if} aria-describedby="{name}-info{if hint} {name}-hint{/if}{if error} {name}-error{/if}">{value}</textarea>
  <div id="{name}-info" class="govuk-hint govuk-character-count__message">{msg ui.count.most n=most}</div>
</div>

# One answer of several: of radio buttons, checkboxes and selects.
# `alone`: among several, not beside another.
struct choice
  value   str
  label   text
  hint    text?
  checked bool
  alone   bool?

# One of several, with all of them in sight. The first has the id `name`, where the error summary leads.
template radios
  name    str
  legend  text
  choices list choice
  hint    text?
  error   text?
  heading bool?
  across  bool?
---
<div class="govuk-form-group{if error} govuk-form-group--error{/if}">
  <fieldset class="govuk-fieldset"{if hint or error} aria-describedby="{if hint}{name}-hint{/if}{if hint and error} {/if}{if error}{name}-error{/if}"{/if}>
    {use legend words=legend heading=heading /}
    {use hint_and_error name=name hint=hint error=error /}
    <div class="govuk-radios{if across} govuk-radios--inline{/if}" data-module="govuk-radios">
      {for c, i in choices}
      <div class="govuk-radios__item">
        <input class="govuk-radios__input" id="{name}{if i > 1}-{i}{/if}" name="{name}" type="radio" value="{c.value}"{if c.checked} checked{/if}{if c.hint} aria-describedby="{name}-{i}-hint"{/if}>
        <label class="govuk-label govuk-radios__label" for="{name}{if i > 1}-{i}{/if}">{c.label}</label>
        {if c.hint}
        <div id="{name}-{i}-hint" class="govuk-hint govuk-radios__hint">{c.hint}</div>
        {/if}
      </div>
      {/for}
    </div>
  </fieldset>
</div>

# Any number of several.
template checkboxes
  name    str
  legend  text
  choices list choice
  hint    text?
  error   text?
  heading bool?
---
<div class="govuk-form-group{if error} govuk-form-group--error{/if}">
  <fieldset class="govuk-fieldset"{if hint or error} aria-describedby="{if hint}{name}-hint{/if}{if hint and error} {/if}{if error}{name}-error{/if}"{/if}>
    {use legend words=legend heading=heading /}
    {use hint_and_error name=name hint=hint error=error /}
    <div class="govuk-checkboxes" data-module="govuk-checkboxes">
      {for c, i in choices}
      {if c.alone and i > 1}<div class="govuk-checkboxes__divider">{msg ask.or}</div>{/if}
      <div class="govuk-checkboxes__item">
        <input class="govuk-checkboxes__input" id="{name}{if i > 1}-{i}{/if}" name="{name}" type="checkbox" value="{c.value}"{if c.checked} checked{/if}{if c.alone} data-behaviour="exclusive"{/if}{if c.hint} aria-describedby="{name}-{i}-hint"{/if}>
        <label class="govuk-label govuk-checkboxes__label" for="{name}{if i > 1}-{i}{/if}">{c.label}</label>
        {if c.hint}
        <div id="{name}-{i}-hint" class="govuk-hint govuk-checkboxes__hint">{c.hint}</div>
        {/if}
      </div>
      {/for}
    </div>
  </fieldset>
</div>

# The words of a fieldset: the page's heading when it is the only question, else a small heading.
template legend
  words   text
  heading bool?
---
<legend class="govuk-fieldset__legend{if heading} govuk-fieldset__legend--l{else} govuk-fieldset__legend--s{/if}">{if heading}<h1 class="govuk-fieldset__heading">{words}</h1>{else}{words}{/if}</legend>

template select
  name    str
  label   text
  choices list choice
  hint    text?
  error   text?
  heading bool?
---
<div class="govuk-form-group{if error} govuk-form-group--error{/if}">
  {if heading}
  <h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="{name}">{label}</label></h1>
  {else}
  <label class="govuk-label govuk-label--s" for="{name}">{label}</label>
  {/if}
  {use hint_and_error name=name hint=hint error=error /}
  <select class="govuk-select{if error} govuk-select--error{/if}" id="{name}" name="{name}"{if error} aria-invalid="true"{/if}{if hint or error} aria-describedby="{if hint}{name}-hint{/if}{if hint and error} {/if}{if error}{name}-error{/if}"{/if}>
    {for c in choices}
    <option value="{c.value}"{if c.checked} selected{/if}>{c.label}</option>
    {/for}
  </select>
</div>

# Year, month, day, in the order they are said. They are text, so that what was typed comes back as it was typed. The
# first has the id `name`.
template date_input
  name    str
  legend  text
  year    str?
  month   str?
  day     str?
  hint    text?
  error   text?
  heading bool?
---
<div class="govuk-form-group{if error} govuk-form-group--error{/if}">
  <fieldset class="govuk-fieldset" role="group"{if hint or error} aria-describedby="{if hint}{name}-hint{/if}{if hint and error} {/if}{if error}{name}-error{/if}"{/if}>
    {use legend words=legend heading=heading /}
    {use hint_and_error name=name hint=hint error=error /}
    <div class="govuk-date-input">
      <div class="govuk-date-input__item"><div class="govuk-form-group">
        <input class="govuk-input govuk-date-input__input govuk-input--width-4{if error} govuk-input--error{/if}" id="{name}" name="{name}-year" type="text" inputmode="numeric" value="{year}"{if error} aria-invalid="true"{/if}>
        <label class="govuk-label govuk-date-input__label" for="{name}">{msg ui.date.year}</label>
      </div></div>
      <div class="govuk-date-input__item"><div class="govuk-form-group">
        <input class="govuk-input govuk-date-input__input govuk-input--width-2{if error} govuk-input--error{/if}" id="{name}-month" name="{name}-month" type="text" inputmode="numeric" value="{month}"{if error} aria-invalid="true"{/if}>
        <label class="govuk-label govuk-date-input__label" for="{name}-month">{msg ui.date.month}</label>
      </div></div>
      <div class="govuk-date-input__item"><div class="govuk-form-group">
        <input class="govuk-input govuk-date-input__input govuk-input--width-2{if error} govuk-input--error{/if}" id="{name}-day" name="{name}-day" type="text" inputmode="numeric" value="{day}"{if error} aria-invalid="true"{/if}>
        <label class="govuk-label govuk-date-input__label" for="{name}-day">{msg ui.date.day}</label>
      </div></div>
    </div>
  </fieldset>
</div>

# One file. The text on the button is the browser's, so the label says what to choose. `camera` opens it on a phone.
template file_upload
  name   str
  label  text
  accept str
  hint   text?
  error  text?
  camera bool?
  heading bool?
---
<div class="govuk-form-group{if error} govuk-form-group--error{/if}">
  {if heading}
  <h1 class="govuk-label-wrapper"><label class="govuk-label govuk-label--l" for="{name}">{label}</label></h1>
  {else}
  <label class="govuk-label govuk-label--s" for="{name}">{label}</label>
  {/if}
  {use hint_and_error name=name hint=hint error=error /}
  <input class="govuk-file-upload{if error} govuk-file-upload--error{/if}" id="{name}" name="{name}" type="file" accept="{accept}"{if camera} capture="environment"{/if}{if error} aria-invalid="true"{/if}{if hint or error} aria-describedby="{if hint}{name}-hint{/if}{if hint and error} {/if}{if error}{name}-error{/if}"{/if}>
</div>

# `kind`: secondary or warning. With scripts a second press within a second does nothing.
template button
  label text
  kind  str?
  name  str?
  value str?
---
<button type="submit" class="govuk-button{if kind} govuk-button--{kind}{/if}" data-module="govuk-button" data-prevent-double-click="true"{if name} name="{name}" value="{value}"{/if}>{label}</button>

template button_link
  label text
  href  url
  kind  str?
---
<a href="{href}" role="button" draggable="false" class="govuk-button{if kind} govuk-button--{kind}{/if}" data-module="govuk-button">{label}</a>

# What is to be mended, first on the page; each leads to its field.
struct field_error
  field str
  text  text

template error_summary
  errors list field_error
---
<div class="govuk-error-summary" data-module="govuk-error-summary">
  <div role="alert">
    <h2 class="govuk-error-summary__title">{msg ui.errors}</h2>
    <div class="govuk-error-summary__body">
      <ul class="govuk-list govuk-error-summary__list">
        {for e in errors}
        <li><a href="#{e.field}">{e.text}</a></li>
        {/for}
      </ul>
    </div>
  </div>
</div>

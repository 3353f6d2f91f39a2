# For whom, and why.
template letter_form
  title    text
  words    text
  go       text
  action   url
  bad      bool
  errors   list field_error
  number   str
  number_error  text?
  purposes list choice
  purpose_error text?
  sizes    list choice
---
{use layout title=title back="/desk" error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  <p class="govuk-body">{words}</p>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use text_input name="number" label="{msg letters.number}" hint="{msg letters.number_hint}" value=number error=number_error complete="off" width=30 /}
    {use radios name="purpose" legend="{msg letters.purpose}" choices=purposes error=purpose_error /}
    {use checkboxes name="large" legend="{msg letters.size}" choices=sizes /}
    {use button label=go /}
  </form>
{/use}

# The letter: on the screen as it will be on paper.
template letter_page
  site  text
  name  str
  code  str
  large bool
  made  date
  until date
---
{use layout title="{msg letters.heading}" back="/desk/letters/new"}
  <p class="govuk-body zc-noprint">{msg letters.print}</p>
  <div class="zc-letter{if large} zc-letter--large{/if}">
    <h1 class="govuk-heading-l">{msg letters.heading}</h1>
    <p class="govuk-body">{msg letters.dear name=name}</p>
    <p class="govuk-body">{msg letters.your_code}</p>
    <p class="zc-letter__code"><strong>{code}</strong></p>
    <ol class="govuk-list govuk-list--number">
      <li>{msg letters.step_open}</li>
      <li>{msg letters.step_type}</li>
    </ol>
    <p class="govuk-body">{msg letters.until until=until}</p>
    <p class="govuk-body">{msg letters.keep}</p>
    <p class="govuk-body">{site}<br>{made}</p>
  </div>
{/use}

# The code to have a certificate checked: what for, how and until when.
template check_page
  site  text
  name  str
  code  str
  large bool
  made  date
  until str
---
{use layout title="{msg letters.check.heading}" back="/desk/certificate-codes/new"}
  <p class="govuk-body zc-noprint">{msg letters.print}</p>
  <div class="zc-letter{if large} zc-letter--large{/if}">
    <h1 class="govuk-heading-l">{msg letters.check.heading}</h1>
    <p class="govuk-body">{msg letters.dear name=name}</p>
    <p class="govuk-body">{msg letters.check.for}</p>
    <p class="zc-letter__code"><strong>{code}</strong></p>
    <ol class="govuk-list govuk-list--number">
      <li>{msg letters.check.step_open}</li>
      <li>{msg letters.check.step_type}</li>
      <li>{msg letters.check.step_read}</li>
    </ol>
    <p class="govuk-body"><strong>{msg holder.until time=until}</strong></p>
    <p class="govuk-body">{msg letters.check.keep}</p>
    <p class="govuk-body">{site}<br>{made}</p>
  </div>
{/use}

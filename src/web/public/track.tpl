# Where a case stands, by its number and the end of the identity number.
template track
  number       str
  proof        str
  service      text?
  state        text?
  colour       str
  since        text?
  day          text?
  mine         bool
  number_wrong text?
  proof_wrong  text?
  bad          bool
  errors       list field_error
---
{use layout title="{msg track.title}" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg track.title}</h1>
  {if state}
  {use banner title="{msg track.result}" good=true}
    <p class="govuk-notification-banner__heading">{service}</p>
    <p class="govuk-body">{use tag label=state colour=colour /} {since}</p>
    {if day}<p class="govuk-body">{day}</p>{/if}
  {/use}
  {/if}
  <p class="govuk-body">{msg track.words}</p>
  <form method="post" action="/track" novalidate>
    {keys}
    {use text_input name="number" label="{msg track.number}" hint="{msg track.number.hint}" value=number error=number_wrong width=30 /}
    {use text_input name="proof" label="{msg track.proof}" hint="{msg track.proof.hint}" value=proof error=proof_wrong width=20 /}
    {use button label="{msg track.go}" /}
  </form>
  <p class="govuk-body"><a class="govuk-link zc-target" href="/track/phone">{msg track.phone.link}</a></p>
  {if mine}{use inset}<p class="govuk-body">{msg track.more} <a class="govuk-link zc-target" href="/me">{msg mine.title}</a></p>{/use}{/if}
{/use}

# The same by a code to the phone: the number, and which phone.
template track_phone
  number       str
  phone        str
  number_wrong text?
  phone_wrong  text?
  bad          bool
  errors       list field_error
---
{use layout title="{msg track.phone.title}" back="/track" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg track.phone.title}</h1>
  <p class="govuk-body">{msg track.phone.words}</p>
  <form method="post" action="/track/phone" novalidate>
    {keys}
    {use text_input name="number" label="{msg track.number}" hint="{msg track.number.hint}" value=number error=number_wrong width=30 /}
    {use text_input name="phone" label="{msg track.phone}" hint="{msg track.phone.hint}" value=phone error=phone_wrong kind="tel" mode="tel" complete="tel" width=20 /}
    {use button label="{msg track.phone.go}" /}
  </form>
{/use}

# The code that was sent there.
template track_code
  number str
  phone  str
  shown  str
  wrong  text?
  bad    bool
  errors list field_error
---
{use layout title="{msg track.phone.code}" back="/track/phone" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <form method="post" action="/track/code" novalidate>
    {keys}
    <input type="hidden" name="number" value="{number}">
    <input type="hidden" name="phone" value="{phone}">
    {use text_input name="code" label="{msg track.phone.code}" hint="{msg track.phone.code.hint shown=shown}" mode="numeric" complete="one-time-code" width=10 heading=true error=wrong /}
    {use button label="{msg track.go}" /}
  </form>
{/use}

# Is a certificate valid? With the holder's code also which.
template verify
  number      str
  asker       str
  asked       bool
  valid       bool
  opened      list answer
  wrong       text?
  code_wrong  text?
  asker_wrong text?
  bad         bool
  errors      list field_error
---
{use layout title="{msg verify.title}" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg verify.title}</h1>
  {if asked}
  {use banner title="{msg track.result}"}
    <p class="govuk-notification-banner__heading">{if valid}{msg verify.valid}{else}{msg verify.not}{/if}</p>
    {if opened}
    {use summary_list answers=opened /}
    <p class="govuk-body">{msg verify.opened}</p>
    {/if}
  {/use}
  {/if}
  <p class="govuk-body">{msg verify.words}</p>
  <form method="post" action="/verify" novalidate>
    {keys}
    {use text_input name="number" label="{msg verify.number}" hint="{msg verify.number.hint}" value=number error=wrong width=30 /}
    {use text_input name="code" label="{msg verify.code}" hint="{msg verify.code.hint}" error=code_wrong complete="off" width=20 /}
    {use text_input name="asker" label="{msg verify.asker}" hint="{msg verify.asker.hint}" value=asker error=asker_wrong width=30 /}
    {use button label="{msg verify.go}" /}
  </form>
{/use}

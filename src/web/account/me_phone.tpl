# My phone, as it stands: bound with a code, changed with two, known by a letter, taken off.
template me_phone
  by_phone bool
  bound    bool
  phones   int
  saved    text?
  bad      bool
  errors   list field_error
  old      str
  old_error text?
  phone    str
  phone_error text?
  letter_error text?
---
{use layout title="{msg phone.title}" error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  {if saved}{use banner title="{msg admin.done}" good=true}<p class="govuk-notification-banner__heading">{saved}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg phone.title}</h1>
  {if by_phone}<p class="govuk-body">{if bound}{msg phone.by_phone.bound}{else}{msg phone.by_phone}{/if}</p>
  {elif phones}<p class="govuk-body">{msg phone.by_letter.bound n=phones}</p>
  {else}<p class="govuk-body">{msg phone.by_letter}</p>
  {/if}
  {if by_phone and not bound}
  <h2 class="govuk-heading-m">{msg phone.letter.title}</h2>
  <form method="post" action="/me/phone/letter" novalidate>
    {keys}
    {use text_input name="code" label="{msg sign_in.letter.code}" hint="{msg phone.letter.hint}" width=20 error=letter_error /}
    {use button label="{msg phone.letter.go}" /}
  </form>
  {/if}
  <h2 class="govuk-heading-m">{if by_phone}{msg phone.change}{else}{msg phone.bind}{/if}</h2>
  <form method="post" action="/me/phone" novalidate>
    {keys}
    {if by_phone}
    {use text_input name="old-phone" label="{msg phone.old}" value=old kind="tel" mode="tel" complete="off" width=20 error=old_error /}
    {/if}
    {use text_input name="phone" label="{msg phone.new}" hint="{msg phone.new.hint}" value=phone kind="tel" mode="tel" complete="tel" width=20 error=phone_error /}
    {use button label="{msg phone.send}" /}
  </form>
  {if bound and (by_phone or phones)}
  {use details summary="{msg phone.drop}"}
    <p class="govuk-body">{if by_phone}{msg phone.drop.words_phone}{else}{msg phone.drop.words}{/if}</p>
    <form method="post" action="/me/phone/drop" novalidate>
      {keys}
      {use button label="{msg phone.drop.go}" kind="warning" /}
    </form>
  {/use}
  {/if}
{/use}

# The codes that were sent: one, or one to each of two numbers.
template me_phone_codes
  bad       bool
  errors    list field_error
  two       bool
  old       str
  old_shown str
  old_error text?
  phone     str
  shown     str
  error     text?
---
{use layout title="{msg phone.codes.title}" back="/me/phone" error=bad}
  {if errors}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg phone.codes.title}</h1>
  <form method="post" action="/me/phone/codes" novalidate>
    {keys}
    <input type="hidden" name="phone" value="{phone}">
    {if two}
    <input type="hidden" name="old-phone" value="{old}">
    {use text_input name="old-code" label="{msg phone.codes.label shown=old_shown}" mode="numeric" complete="off" width=10 error=old_error /}
    {/if}
    {use text_input name="code" label="{msg phone.codes.label shown=shown}" hint="{msg phone.codes.hint}" mode="numeric" complete="one-time-code" width=10 error=error /}
    {use button label="{msg phone.codes.go}" /}
  </form>
{/use}

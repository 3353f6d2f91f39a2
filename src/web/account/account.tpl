# The staff's door.
template sign_in
  back  str
  login str
  wrong text?
  bad    bool?
  errors list field_error
---
{use layout title="{msg sign_in.title}" error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg sign_in.title}</h1>
  <form method="post" action="/sign-in" novalidate>
    {keys}
    <input type="hidden" name="back" value="{back}">
    {use text_input name="login" label="{msg sign_in.login}" value=login complete="username" width=20 error=wrong /}
    {use text_input name="password" label="{msg sign_in.password}" kind="password" complete="current-password" width=20 /}
    {use button label="{msg sign_in.go}" /}
  </form>
  {use inset}<p class="govuk-body">{msg sign_in.citizen} <a class="govuk-link" href="/me/sign-in">{msg sign_in.citizen.link}</a></p>{/use}
{/use}

# On a demo site alone: the code that the device of the account would show.
template demo_code
  code str
---
{use inset}<p class="govuk-body"><strong>{msg sign_in.demo}</strong> {msg sign_in.demo.words}</p><p class="govuk-body-l">{code}</p>{/use}

# The second factor.
template sign_in_code
  demo  str?
  wrong text?
  bad    bool?
  errors list field_error
---
{use layout title="{msg sign_in.code.title}" error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  <form method="post" action="/sign-in/next" novalidate>
    {keys}
    {use text_input name="code" label="{msg sign_in.code.title}" hint="{msg sign_in.code.hint}" complete="one-time-code" width=10 heading=true error=wrong /}
    {use button label="{msg sign_in.go}" /}
  </form>
  {if demo}{use demo_code code=demo /}{/if}
{/use}

# A new password: after an administrator's code, or by wish.
template new_password
  action url
  wrong  text?
  bad    bool?
  errors list field_error
---
{use layout title="{msg sign_in.new.title}" error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg sign_in.new.title}</h1>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use text_input name="now" label="{msg sign_in.new.now}" kind="password" complete="current-password" width=20 /}
    {use text_input name="password" label="{msg sign_in.new.password}" hint="{msg sign_in.new.hint}" kind="password" complete="new-password" width=20 error=wrong /}
    {use text_input name="again" label="{msg sign_in.new.again}" kind="password" complete="new-password" width=20 /}
    {use button label="{msg sign_in.new.go}" /}
  </form>
{/use}

# Setting up a second factor: the secret to scan or to type, and the first code.
template new_factor
  scan   html
  secret str
  demo   str?
  wrong  text?
  bad    bool?
  errors list field_error
---
{use layout title="{msg sign_in.factor.title}" error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  <h1 class="govuk-heading-l">{msg sign_in.factor.title}</h1>
  <p class="govuk-body">{msg sign_in.factor.words}</p>
  {scan}
  <p class="govuk-body">{msg sign_in.factor.typed}</p>
  {use inset}<p class="govuk-body">{secret | spelled}</p>{/use}
  {if demo}{use demo_code code=demo /}{/if}
  <form method="post" action="/sign-in/next" novalidate>
    {keys}
    <input type="hidden" name="secret" value="{secret}">
    {use text_input name="code" label="{msg sign_in.factor.code}" mode="numeric" complete="one-time-code" width=10 error=wrong /}
    {use button label="{msg sign_in.factor.go}" /}
  </form>
{/use}

struct recovery
  code str

# The recovery codes, shown once.
template recovery_codes
  codes list recovery
---
{use layout title="{msg sign_in.recovery.title}"}
  <h1 class="govuk-heading-l">{msg sign_in.recovery.title}</h1>
  {use warning words="{msg sign_in.recovery.words}" /}
  <ul class="govuk-list govuk-list--bullet">
    {for c in codes}
    <li>{c.code | spelled}</li>
    {/for}
  </ul>
  {use button_link label="{msg sign_in.recovery.go}" href="/desk/account" /}
{/use}

# The applicant's door: the phone. `back` is where he wanted to go; `kept` is what he was about to send there when his session
# had ended.
template me_sign_in
  phone  str
  back   str
  kept   str
  wrong  text?
  bad    bool?
  errors list field_error
---
{use layout title="{msg sign_in.me.title}" error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  {if kept}{use inset}<p class="govuk-body">{msg sign_in.me.kept}</p>{/use}{/if}
  <form method="post" action="/me/sign-in" novalidate>
    {keys}
    <input type="hidden" name="back" value="{back}">
    <input type="hidden" name="kept" value="{kept}">
    {use text_input name="phone" label="{msg sign_in.me.title}" hint="{msg sign_in.me.hint}" value=phone kind="tel" mode="tel" complete="tel" width=20 heading=true error=wrong /}
    {use button label="{msg sign_in.me.go}" /}
  </form>
  {use details summary="{msg sign_in.letter.title}"}
    <form method="post" action="/me/sign-in/letter" novalidate>
      {keys}
      <input type="hidden" name="back" value="{back}">
      <input type="hidden" name="kept" value="{kept}">
      {use text_input name="code" label="{msg sign_in.letter.code}" hint="{msg sign_in.letter.hint}" width=20 /}
      {use button label="{msg sign_in.go}" kind="secondary" /}
    </form>
  {/use}
{/use}

# The code that was sent.
template me_code
  phone  str
  shown  str
  back   str
  kept   str
  wrong  text?
  bad    bool?
  errors list field_error
---
{use layout title="{msg sign_in.me.code.title}" back="/me/sign-in" error=bad}
  {if wrong}{use error_summary errors=errors /}{/if}
  <form method="post" action="/me/sign-in/code" novalidate>
    {keys}
    <input type="hidden" name="phone" value="{phone}">
    <input type="hidden" name="back" value="{back}">
    <input type="hidden" name="kept" value="{kept}">
    {use text_input name="code" label="{msg sign_in.me.code.title}" hint="{msg sign_in.me.code.hint shown=shown}" mode="numeric" complete="one-time-code" width=10 heading=true error=wrong /}
    {use button label="{msg sign_in.go}" /}
  </form>
{/use}

struct kept_field
  name  str
  value str

# Signed in again: what was about to be sent goes on.
template me_go_on
  back   url
  fields list kept_field
---
{use layout title="{msg sign_in.on.title}"}
  <h1 class="govuk-heading-l">{msg sign_in.on.title}</h1>
  <p class="govuk-body">{msg sign_in.on.words}</p>
  <form method="post" action="{back}" novalidate>
    {keys}
    {for f in fields}
    <input type="hidden" name="{f.name}" value="{f.value}">
    {/for}
    {use button label="{msg sign_in.on.go}" /}
  </form>
{/use}

struct my_session
  handle str
  client str
  source str
  used   str
  here   bool

# My account: the post I act from, my password, where I am signed in.
template my_account
  name     str
  posts    list choice
  sessions list my_session
---
{use layout title="{msg my.title}"}
  <h1 class="govuk-heading-l">{msg my.title}</h1>
  <p class="govuk-body">{name}</p>
  {if posts}
  <form method="post" action="/desk/account/post" novalidate>
    {keys}
    {use radios name="post" legend="{msg my.post}" choices=posts /}
    {use button label="{msg my.post.go}" /}
  </form>
  {else}
  {use inset}<p class="govuk-body">{msg my.post.none}</p>{/use}
  {/if}
  <h2 class="govuk-heading-m">{msg my.password}</h2>
  {use button_link label="{msg my.password.go}" href="/desk/account/password" kind="secondary" /}
  <h2 class="govuk-heading-m">{msg my.sessions}</h2>
  <ul class="govuk-list zc-sessions">
    {for s in sessions}
    <li>
      <p class="govuk-body">{s.used} &middot; {s.source} &middot; {s.client}</p>
      {if s.here}
      {use tag label="{msg my.sessions.here}" colour="green" /}
      {else}
      <form method="post" action="/desk/account/end">{keys}<input type="hidden" name="handle" value="{s.handle}">{use button label="{msg my.sessions.end}" kind="secondary" /}</form>
      {/if}
    </li>
    {/for}
  </ul>
{/use}

struct sent_message
  when  str
  to    str
  words text

# A demo site sends nothing: this is what would have been sent.
template outbox
  messages list sent_message
---
{use layout title="{msg outbox.title}"}
  <h1 class="govuk-heading-l">{msg outbox.title}</h1>
  <p class="govuk-body">{msg outbox.words}</p>
  <ul class="govuk-list govuk-list--spaced">
    {for m in messages}
    <li>{m.when} &middot; {m.to}<br>{m.words}</li>
    {/for}
  </ul>
{/use}

struct board_line
  name    text
  village text
  posted  text
  last    text
  href    url

# What the law lets the web show; most hang in the village alone.
template board
  lines list board_line
---
{use layout title="{msg board.title}"}
  <h1 class="govuk-heading-l">{msg board.title}</h1>
  <p class="govuk-body">{msg board.words}</p>
  {if lines}
  <ul class="govuk-list govuk-list--spaced">
    {for l in lines}
    <li><a class="govuk-link zc-target" href="{l.href}">{msg board.line name=l.name village=l.village}</a><br>{msg board.period from=l.posted to=l.last}</li>
    {/for}
  </ul>
  {else}
  {use inset}<p class="govuk-body">{msg board.none}</p>{/use}
  {/if}
  <h2 class="govuk-heading-m">{msg board.how}</h2>
  <p class="govuk-body">{msg board.how.words}</p>
{/use}

# One notice, and objecting to it.
template board_notice
  name         text
  village      text
  posted       text
  last         text
  action       url
  done         bool
  who          str
  phone        str
  reason       str
  who_wrong    text?
  phone_wrong  text?
  reason_wrong text?
  bad          bool
  errors       list field_error
---
{use layout title="{msg board.line name=name village=village}" back="/notices" error=bad}
  {if bad}{use error_summary errors=errors /}{/if}
  {if done}{use banner title="{msg board.done.title}" good=true}<p class="govuk-notification-banner__heading">{msg board.done.words}</p>{/use}{/if}
  <h1 class="govuk-heading-l">{msg board.line name=name village=village}</h1>
  <p class="govuk-body">{msg board.period from=posted to=last}</p>
  {if not done}
  <h2 class="govuk-heading-m">{msg board.object}</h2>
  <p class="govuk-body">{msg board.object.words}</p>
  <form method="post" action="{action}" novalidate>
    {keys}
    {use text_input name="who" label="{msg board.who}" value=who error=who_wrong complete="name" width=20 /}
    {use text_input name="phone" label="{msg board.phone}" value=phone error=phone_wrong kind="tel" mode="tel" complete="tel" width=20 /}
    {use textarea name="text" label="{msg board.reason}" value=reason error=reason_wrong rows=5 most=2000 /}
    {use button label="{msg board.go}" /}
  </form>
  {/if}
{/use}

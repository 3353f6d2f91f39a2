struct kept_field
  name  str
  value str

# What went wrong, for whoever came here. `say` is the fault in words; `kept` is what he had sent, to be sent again to
# `action` by one press.
template error
  status int
  say    text?
  action url
  kept   list kept_field
---
{if status == 404}{use layout title="{msg error.missing.title}"}<h1 class="govuk-heading-l">{msg error.missing.title}</h1><p class="govuk-body">{msg error.missing.words}</p>{/use}
{elif status == 503}{use layout title="{msg error.busy.title}"}<h1 class="govuk-heading-l">{msg error.busy.title}</h1><p class="govuk-body">{if say}{say}{else}{msg error.busy.words}{/if}</p>
  {if kept}
  <form method="post" action="{action}" novalidate>
    {for k in kept}
    <input type="hidden" name="{k.name}" value="{k.value}">
    {/for}
    {keys}{# his own keys stand before these, and the first of a name counts #}
    <p class="govuk-body">{msg error.busy.kept}</p>
    {use button label="{msg error.busy.again}" /}
  </form>
  {/if}{/use}
{elif status == 403}{use layout title="{msg error.stale.title}"}<h1 class="govuk-heading-l">{msg error.stale.title}</h1><p class="govuk-body">{msg error.stale.words}</p>{/use}
{elif say}{use layout title="{msg error.refused.title}"}<h1 class="govuk-heading-l">{msg error.refused.title}</h1><p class="govuk-body">{say}</p>{/use}
{else}{use layout title="{msg error.failed.title}"}<h1 class="govuk-heading-l">{msg error.failed.title}</h1><p class="govuk-body">{msg error.failed.words}</p>{/use}
{/if}

# What went wrong, for whoever came here. `say` is the fault in words.
template error
  status int
  say    text?
---
{if status == 404}{use layout title="{msg error.missing.title}"}<h1 class="govuk-heading-l">{msg error.missing.title}</h1><p class="govuk-body">{msg error.missing.words}</p>{/use}
{elif status == 503}{use layout title="{msg error.busy.title}"}<h1 class="govuk-heading-l">{msg error.busy.title}</h1><p class="govuk-body">{if say}{say}{else}{msg error.busy.words}{/if}</p>{/use}
{elif status == 403}{use layout title="{msg error.stale.title}"}<h1 class="govuk-heading-l">{msg error.stale.title}</h1><p class="govuk-body">{msg error.stale.words}</p>{/use}
{elif say}{use layout title="{msg error.refused.title}"}<h1 class="govuk-heading-l">{msg error.refused.title}</h1><p class="govuk-body">{say}</p>{/use}
{else}{use layout title="{msg error.failed.title}"}<h1 class="govuk-heading-l">{msg error.failed.title}</h1><p class="govuk-body">{msg error.failed.words}</p>{/use}
{/if}

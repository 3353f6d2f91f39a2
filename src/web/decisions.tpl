# What policies came to for somebody, and why.
struct decided_reason
  words  text
  source text?

struct decided_law
  words text
  link  url?

struct decided
  answer  text
  reasons list decided_reason
  laws    list decided_law
  missing list decided_reason
  others  list decided_reason
  lost    bool

struct decided_policy
  name    text
  made    text
  results list decided

template decisions
  title    text
  whose    text?
  back     url
  hidden   bool
  policies list decided_policy
---
{use layout title=title back=back}
  {if whose}<span class="govuk-caption-l">{whose}</span>{/if}
  <h1 class="govuk-heading-l">{title}</h1>
  {if policies}
  <p class="govuk-body">{msg decision.words}</p>
  {for p in policies}
  <h2 class="govuk-heading-m">{p.name}</h2>
  <p class="govuk-body">{p.made}</p>
  {for r in p.results}
  <h3 class="govuk-heading-s">{r.answer}</h3>
  {if r.lost}<p class="govuk-body">{msg decision.lost}</p>{/if}
  {if r.reasons}
  <h4 class="govuk-heading-s">{msg decision.why}</h4>
  <ul class="govuk-list govuk-list--bullet">
    {for w in r.reasons}
    <li>{w.words}{if w.source}<span class="zc-source">{w.source}</span>{/if}</li>
    {/for}
  </ul>
  {/if}
  {if r.missing}
  <h4 class="govuk-heading-s">{msg decision.missing}</h4>
  <ul class="govuk-list govuk-list--bullet">
    {for w in r.missing}
    <li>{w.words}</li>
    {/for}
  </ul>
  {/if}
  {if r.others}
  {use details summary="{msg decision.others}"}
  <ul class="govuk-list govuk-list--bullet">
    {for w in r.others}
    <li>{w.words}</li>
    {/for}
  </ul>
  {/use}
  {/if}
  {if r.laws}
  <ul class="govuk-list">
    {for l in r.laws}
    <li>{l.words}{if l.link} <a class="govuk-link zc-target" href="{l.link}">{msg decision.link}</a>{/if}</li>
    {/for}
  </ul>
  {/if}
  {/for}
  {/for}
  {elif hidden}
  <p class="govuk-body">{msg decision.hidden}</p>
  {else}
  <p class="govuk-body">{msg decision.none}</p>
  {/if}
{/use}

# What policies came to for somebody: the answer in a sentence or two, and folded away why.
struct decided_reason
  words  text
  source text?

struct decided_law
  words text
  link  url?

struct decided
  name      text
  answer    text
  because   text?
  otherwise text?
  todo      text?
  reasons   list decided_reason
  laws      list decided_law
  missing   text?
  others    list decided_reason
  lost      bool
  granted   text?
  apply     url?
  go        text?

struct decided_policy
  name    text
  made    text
  results list decided

# Each result with its reasons; headings of the second level.
template decided_results
  results list decided
---
  {for r in results}
  <h2 class="govuk-heading-m">{r.answer}</h2>
  {if r.lost}<p class="govuk-body">{msg decision.lost}</p>{/if}
  {if r.because}<p class="govuk-body">{r.because}</p>{/if}
  {if r.missing}
  <p class="govuk-body">{msg decision.missing names=r.missing}</p>
  {/if}
  {if r.todo}<p class="govuk-body">{r.todo}</p>{/if}
  {if r.granted}<p class="govuk-body"><strong>{r.granted}</strong></p>{/if}
  {if r.apply}<p class="govuk-body"><a class="govuk-link zc-target" href="{r.apply}">{r.go}</a></p>{/if}
  {if r.otherwise}<p class="govuk-body">{r.otherwise}</p>{/if}
  {if r.laws}
  {use details summary="{msg decision.why name=r.name}"}
  {if r.reasons}
  <ul class="govuk-list govuk-list--bullet">
    {for w in r.reasons}
    <li>{w.words}{if w.source}<span class="zc-source">{w.source}</span>{/if}</li>
    {/for}
  </ul>
  {/if}
  <ul class="govuk-list">
    {for l in r.laws}
    <li>{l.words}{if l.link} <a class="govuk-link zc-target" href="{l.link}">{msg decision.link}</a>{/if}</li>
    {/for}
  </ul>
  {if r.others}
  <p class="govuk-body">{msg decision.others}</p>
  <ul class="govuk-list govuk-list--bullet">
    {for w in r.others}
    <li>{w.words}</li>
    {/for}
  </ul>
  {/if}
  {/use}
  {/if}
  {/for}

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
  <span class="govuk-caption-m">{p.name}</span>
  {use decided_results results=p.results /}
  <p class="govuk-body zc-source">{p.made}</p>
  {/for}
  {elif hidden}
  <p class="govuk-body">{msg decision.hidden}</p>
  {else}
  <p class="govuk-body">{msg decision.none}</p>
  {/if}
{/use}

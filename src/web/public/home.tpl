# The front door: three ways in, what can be asked for, and where to look.
template home
  title    text
  lead     text
  ways     list door
  services list door
  looks    list door
---
{use layout title=title}
  <h1 class="govuk-heading-xl">{title}</h1>
  <p class="govuk-body-l">{lead}</p>
  <form method="get" action="/search" role="search" novalidate>
    {use text_input name="q" label="{msg search.label}" hint="{msg search.hint}" width=20 /}
    {use button label="{msg search.go}" kind="secondary" /}
  </form>
  {use doors doors=ways /}
  {if services}
  <h2 class="govuk-heading-l">{msg home.services}</h2>
  <ul class="govuk-list">
    {for s in services}
    <li><a class="govuk-link zc-target" href="{s.href}">{s.title}</a></li>
    {/for}
  </ul>
  {/if}
  <h2 class="govuk-heading-l">{msg home.look}</h2>
  {use doors doors=looks /}
{/use}

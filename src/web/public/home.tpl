# The front door: three ways in, and where to look.
template home
  title text
  lead  text
  doors list door
---
{use layout title=title}
  <h1 class="govuk-heading-xl">{title}</h1>
  <p class="govuk-body-l">{lead}</p>
  {use doors doors=doors /}
{/use}

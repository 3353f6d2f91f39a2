# A page of words: help, statements, contact.
struct text_section
  heading text
  body    list str

template text_page
  title    text
  sections list text_section
---
{use layout title=title}
  <h1 class="govuk-heading-l">{title}</h1>
  {for s in sections}
  <h2 class="govuk-heading-m">{s.heading}</h2>
  {for p in s.body}
  <p class="govuk-body">{p}</p>
  {/for}
  {/for}
{/use}

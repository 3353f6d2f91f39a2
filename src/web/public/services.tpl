# What can be asked for.
template services
  doors list door
---
{use layout title="{msg services.title}"}
  <h1 class="govuk-heading-l">{msg services.title}</h1>
  {if doors}
  {use doors doors=doors /}
  {else}
  <p class="govuk-body">{msg services.none}</p>
  {/if}
{/use}

struct guide_paper
  name  text
  whose text?
  help  text?
  ways  text

struct guide_step
  name  text
  who   text
  limit text?
  note  text?

# What people read before they begin. `start`: the reader is no officer, who has pages of his own for it.
template guide
  title    text
  id       str
  who      text?
  gives    text?
  fee      text?
  start    bool
  easy     bool
  anywhere bool
  days     int
  papers   list guide_paper
  steps    list guide_step
  basis    list str
  version  text
---
{use layout title=title back="/services"}
  <h1 class="govuk-heading-l">{title}</h1>
  {if gives}<p class="govuk-body-l">{gives}</p>{/if}
  {if easy}
  <p class="govuk-body"><a class="govuk-link zc-target" href="/services/{id}/easy">{msg services.easy.link}</a></p>
  {/if}
  {if start}
  {use button_link label="{msg services.start}" href="/applications/new?service={id}" /}
  <p class="govuk-body">{msg services.start.words}</p>
  {/if}
  {if who}
  <h2 class="govuk-heading-m">{msg services.who}</h2>
  <p class="govuk-body">{who}</p>
  {/if}
  <h2 class="govuk-heading-m">{msg services.papers}</h2>
  <ul class="govuk-list govuk-list--bullet govuk-list--spaced">
    {for p in papers}
    <li><strong>{p.name}</strong>{if p.whose} {msg services.whose whose=p.whose}{/if}<br>{msg services.ways ways=p.ways}{if p.help}<br>{p.help}{/if}</li>
    {/for}
  </ul>
  <h2 class="govuk-heading-m">{msg services.long}</h2>
  <p class="govuk-body">{msg services.long.words n=days}</p>
  <ol class="govuk-list govuk-list--number govuk-list--spaced">
    {for s in steps}
    <li><strong>{s.name}</strong>{if s.limit} {msg services.limit limit=s.limit}{/if}<br>{s.who}{if s.note}<br>{s.note}{/if}</li>
    {/for}
  </ol>
  {if fee}
  <h2 class="govuk-heading-m">{msg services.fee}</h2>
  <p class="govuk-body">{fee}</p>
  {/if}
  <h2 class="govuk-heading-m">{msg services.where}</h2>
  <p class="govuk-body">{if anywhere}{msg services.where.anywhere}{else}{msg services.where.words}{/if}</p>
  <h2 class="govuk-heading-m">{msg services.basis}</h2>
  <ul class="govuk-list">
    {for b in basis}
    <li>{b}</li>
    {/for}
  </ul>
  <p class="govuk-body">{version}</p>
{/use}

struct easy_part
  picture str
  heading text
  lines   list str

# The guide in easy words: a picture, a heading and a few short sentences at a time. `read_by`: who tried it, and when.
template easy_guide
  title   text
  id      str
  start   bool
  parts   list easy_part
  read_by text?
  read_on date
---
{use layout title="{title}{msg services.easy}" back="/services/{id}"}
  <div class="zc-easy">
    <h1 class="govuk-heading-l">{title}</h1>
    {for p in parts}
    <section class="zc-easy__part">
      <svg class="zc-easy__picture" viewBox="0 0 48 48" aria-hidden="true" focusable="false"><path d="{p.picture}" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round"/></svg>
      <div>
        <h2 class="govuk-heading-m">{p.heading}</h2>
        {for line in p.lines}
        <p class="govuk-body-l">{line}</p>
        {/for}
      </div>
    </section>
    {/for}
    {if start}
    {use button_link label="{msg services.start}" href="/applications/new?service={id}" /}
    {/if}
    <p class="govuk-body">{if read_by}{msg services.easy.read who=read_by} <time datetime="{read_on | iso}">{read_on}</time>{else}{msg services.easy.unread}{/if}</p>
  </div>
{/use}

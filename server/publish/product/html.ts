import type { SaidEdition } from '@lentera/core/edition/say'
import type { SaidFigureOf } from '@lentera/core/edition/say-figure'
import type { SaidBlock } from '@lentera/core/edition/say-section'
import { Html, html } from '@lentera/portal/html'

/**
 * An edition as one page that needs nothing else: no script, no picture, no font from elsewhere. Headings in their order, tables with their
 * heads, the language of every section; what the bars show is their text alternative, and stands in a table too.
 *
 * @param demonstration the sentence that stands above and below an invented one
 */
export function editionHtml(said: SaidEdition, demonstration: string | null): string {
  const band = demonstration && html`<p class="invented">${demonstration}</p>`
  const page = html`<!doctype html>
<html lang="${said.language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${said.title}</title>
<style>${new Html(style)}</style>
</head>
<body>
${band}
<main>
<h1>${said.title}</h1>
<p class="under">${said.under}</p>
${said.notes.length > 0 && html`<ul class="notes">${said.notes.map((note) => html`<li>${note}</li>`)}</ul>`}
${said.sections.map(
  ({ heading, language, note, blocks }) => html`<section lang="${language}">
<h2>${heading}</h2>
${note && html`<p class="notes" lang="${said.language}">${note}</p>`}
${blocks.map((block) => blockOf(block, said.language))}
</section>
`,
)}
${said.figures.length > 0 && figuresOf(said)}
<section>
<h2>${said.words.about}</h2>
<dl>${said.about.map(({ name, text }) => html`<dt>${name}</dt><dd>${text}</dd>`)}</dl>
<h3>${said.words.cite}</h3>
<p>${said.citation.plain}</p>
</section>
</main>
${band}
</body>
</html>
`
  return page.toString()
}

function blockOf(block: SaidBlock, language: string): Html {
  if (block.kind === 'paragraph')
    return html`<p>${block.pieces.map(({ text, figure }) => (figure ? html`<a href="#figure-${figure}"><b>${text}</b></a>` : text))}</p>
`
  const { figure } = block
  return html`<figure class="shown" lang="${language}">
<p class="number">${figure.text}</p>
<figcaption>${[figure.label, figure.period, figure.unit].filter(Boolean).join(' · ')}<br>
<a href="#figure-${figure.name}" class="source">${figure.source}</a>${figure.standing !== 'linked' && html` <span class="moved">${figure.stands}</span>`}</figcaption>
${figure.bars && barsOf(figure.bars)}
</figure>
`
}

const barsOf = ({ alt, rows }: NonNullable<SaidFigureOf['bars']>): Html =>
  html`<div class="bars" role="img" aria-label="${alt}">${rows.map(
    ({ group, text, share }) =>
      html`<span>${group}</span><i style="width:${Math.round(share * 1000) / 10}%"></i><b>${text}</b>`,
  )}</div>`

const figuresOf = ({ words, columns, figures }: SaidEdition): Html => html`<section>
<h2 id="figures">${words.figures}</h2>
<div class="wide" role="region" aria-labelledby="figures" tabindex="0">
<table>
<thead><tr>${[columns.figure, columns.value, columns.source, columns.standing].map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
<tbody>${figures.map(
  ({ name, label, period, unit, text, source, standing, stands }) => html`<tr id="figure-${name}">
<th scope="row">${[label, period, unit].filter(Boolean).join(' · ')}</th><td><b>${text}</b></td><td>${source}</td><td class="${standing}">${stands}</td></tr>
`,
)}</tbody>
</table>
</div>
${figures.flatMap(({ bars }) =>
  bars
    ? [
        html`<table><caption>${bars.title}</caption>
<thead><tr><th scope="col">${words.group}</th><th scope="col">${columns.value}</th></tr></thead>
<tbody>${bars.rows.map(({ group, text }) => html`<tr><th scope="row">${group}</th><td>${text}</td></tr>`)}</tbody></table>
`,
      ]
    : [],
)}
</section>
`

const style = `:root{color-scheme:light dark;--paper:#fbf8f2;--ink:#1e292c;--quiet:#55625f;--teal:#0f5257;--soft:#e2efee;--line:#c9d3d1;--amber:#8a5300;--amber-soft:#fdf1dc}
@media(prefers-color-scheme:dark){:root{--paper:#151b1d;--ink:#e6ecea;--quiet:#a4b3af;--teal:#7cc8c4;--soft:#1f2e30;--line:#3a4a4b;--amber:#f0b75e;--amber-soft:#3a2c14}}
body{margin:0;background:var(--paper);color:var(--ink);font:17px/1.6 "Noto Sans","Noto Sans Thai","Noto Sans Myanmar",system-ui,sans-serif}
:lang(th){line-height:1.7}:lang(my){line-height:1.85}
main{max-width:44rem;margin:0 auto;padding:1rem}
h1,h2{color:var(--teal);line-height:1.3;overflow-wrap:anywhere}:lang(th) :is(h1,h2){line-height:1.45}:lang(my) :is(h1,h2){line-height:1.6}
.under,.source,dt{color:var(--quiet)}a{color:inherit}
.notes,.moved,.withdrawn,td.moved{color:var(--amber)}.notes{padding-left:1.2rem}
.invented{margin:0;padding:.6rem 1rem;text-align:center;font-weight:700;color:var(--amber);background:var(--amber-soft)}
.shown{margin:1.2rem 0;padding:1rem;border-radius:4px;background:var(--soft)}
.number{margin:0;font-size:1.9rem;font-weight:700;color:var(--teal);overflow-wrap:anywhere}
.bars{display:grid;grid-template-columns:auto 1fr auto;gap:.3rem .7rem;align-items:center;margin-top:.8rem;font-size:.85rem}
.bars i{height:.8rem;border-radius:2px;background:var(--teal)}
.wide{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-size:.85rem;margin:1rem 0}caption{text-align:left;font-weight:700}
th,td{padding:.4rem;border-bottom:1px solid var(--line);text-align:left;vertical-align:top}
dd{margin:0 0 .5rem}:target{background:var(--soft)}
@media print{.wide{overflow:visible}}`

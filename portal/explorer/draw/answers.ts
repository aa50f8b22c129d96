import { type Html, html } from '../../html.ts'
import { inPage } from '../../spoken.ts'
import { type Answer, answersOf } from '../answers.ts'
import type { Cell } from '../count.ts'
import { cellText, fieldLabel, shareText } from '../labels.ts'
import { type Drawn, tenth } from './drawn.ts'

/**
 * Of each field that is answered with yes or no, how many said yes: in full; and after it in lines those of whom nobody knows, who may
 * have to be added. They do not add up, since one person may have said yes to several.
 */
export function answers({ publication, view, texts, title }: Drawn): Html {
  const { t } = texts
  const size = ({ yes }: Answer): number => yes.value ?? -1
  const all = answersOf(publication, view).toSorted((a, b) => size(b) - size(a))
  const left = all.length - mostShown
  return html`<table class="bars">
<caption class="said">${title}</caption>
<thead><tr><th scope="col"></th><th scope="col">${t('portal.view.yes')}</th><th scope="col">${t('portal.view.of-all')}</th><th scope="col">${t('portal.view.of-known')}</th></tr></thead>
<tbody>
${all.slice(0, mostShown).map((answer) => line(answer))}</tbody>
</table>
<p class="small">${t('portal.view.several')}</p>
${left > 0 && html`<p class="small">${t('portal.view.more', { count: left })}</p>\n`}`

  function line({ field, yes, unknown, counted }: Answer): Html | false {
    const asked = publication.fields[field]
    const whole = counted.total.value
    if (!asked) return false
    const known = whole === null || unknown === null ? null : whole - unknown
    const number =
      yes.value === null
        ? html`<td class="none" colspan="3">${cellText(yes, texts)}</td>`
        : html`<td>${cellText(yes, texts)}</td><td>${shareText(yes, whole, texts)}</td><td>${shareText(yes, known, texts)}</td>`
    return html`<tr><th scope="row">${inPage(fieldLabel(asked, texts))}</th>${number}</tr>
<tr class="bar" aria-hidden="true"><td colspan="4"><svg>${bar(yes, unknown, whole)}</svg></td></tr>
`
  }
}

const mostShown = 60

function bar(yes: Cell, unknown: number | null, whole: number | null): Html {
  if (yes.value === null)
    return yes.why === 'hidden'
      ? html`<rect class="hidden" width="100%" height="100%" fill="url(#hidden)"/>`
      : html`<path class="none" d="M0 6h2000"/>`
  const percent = (value: number): number => tenth(whole ? (100 * Math.max(0, value)) / whole : 0)
  return html`<rect class="known" width="${percent(yes.value)}%" height="100%"/>${unknown !== null && unknown > 0 && html`<rect class="unknown" x="${percent(yes.value)}%" width="${percent(unknown)}%" height="100%" fill="url(#unknown)"/>`}`
}

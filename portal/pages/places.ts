import { textId } from '@lentera/ui/catalogues/text'
import { type Html, html } from '../html.ts'
import type { Texts } from '../texts.ts'

/** The places to go from the front page, the one to begin with first. */
const places = [
  {
    at: 'guide',
    heading: textId('portal.guide.title'),
    brief: textId('portal.guide.brief'),
    picture: html`<path d="M18 5l12 5v8c0 7-5 11-12 13C11 29 6 25 6 18v-8z"/><path d="M12 18l4 4 8-8"/>`,
  },
  {
    at: 'services',
    heading: textId('portal.services.heading'),
    brief: textId('portal.services.brief'),
    picture: html`<circle cx="16" cy="15" r="9"/><path d="M23 22l8 8"/>`,
  },
  {
    at: 'contact',
    heading: textId('portal.contact.heading'),
    brief: textId('portal.contact.brief'),
    picture: html`<path d="M5 8h26v17H15l-6 6v-6H5z"/><path d="M12 16h12"/>`,
  },
  {
    at: 'data',
    heading: textId('portal.data.heading'),
    brief: textId('portal.data.brief'),
    picture: html`<path d="M6 30h24"/><path d="M10 30V18M18 30V8M26 30V22"/>`,
  },
]

/** A card for each place, with what is found there. */
export function placeCards({ t, language }: Texts): Html {
  return html`<ul class="places">
${places.map(
  ({ at, heading, brief, picture }) => html`<li><a class="card place" href="/${language}/${at}">
<svg viewBox="0 0 36 36" aria-hidden="true">${picture}</svg>
<span><b>${t(heading)}</b> <span class="small">${t(brief)}</span></span>
</a></li>
`,
)}</ul>`
}

/** A plain link to each place but the one she is at. */
export function placeLinks({ t, language }: Texts, current: string): Html[] {
  return places
    .filter(({ at }) => at !== current)
    .map(({ at, heading }) => html` <a href="/${language}/${at}">${t(heading)}</a>`)
}

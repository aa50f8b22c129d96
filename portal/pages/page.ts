import { directionOf } from '@lentera/ui/tokens/scripts'
import { type Html, html } from '../html.ts'
import type { Letters } from '../letters.ts'
import type { PortalHanded } from '../pages.ts'
import { demonstrationMark, languageNames, type Texts } from '../texts.ts'
import { placeLinks } from './places.ts'

/** What every page is made from: the reader's words and letters, and what the server handed in. */
export type Sheet = { readonly texts: Texts; readonly handed: PortalHanded; readonly letters: Letters }

/**
 * Where a page stands, after the language: '' is the front page; its name, for the title of the window; what its address asks
 * for, which the other languages are asked for too; and whether it may be wider than lines of text are.
 */
export type Stand = {
  readonly at: string
  readonly name?: string
  readonly query?: string
  readonly isWide?: boolean
}

/**
 * The frame of every page: the way out first, then the languages, then the page. Address, title and icon say nothing that
 * a person looking over her shoulder should not read.
 */
export function page(sheet: Sheet, { at, name, query = '', isWide = false }: Stand, main: Html): Html {
  const { t, language, isDraft } = sheet.texts
  const { demonstration } = sheet.handed
  const site = t('portal.title')
  const isFront = at === ''
  return html`<!doctype html>
<html lang="${language}" dir="${directionOf(language)}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${name === undefined ? site : `${name} · ${site}`}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
${sheet.letters.first.map((path) => html`<link rel="preload" href="${path}" as="font" type="font/woff2" crossorigin>\n`)}<link rel="stylesheet" href="${sheet.letters.style}">
<script src="/leave.js" defer></script>
</head>
<body${isWide && html` class="broad"`}>
<a class="leave" id="leave" href="${neutralSite}" rel="noreferrer">${t('portal.leave')}${cross}</a>
<header>
<p class="site">${isFront ? site : html`<a href="/${language}">${site}</a>`}</p>
<nav class="languages" aria-label="${t('portal.languages')}">${languageNames.map((link) => languageLink(link, query ? `${at}?${query}` : at, language))}</nav>
${demonstration && html`<p class="notice strong"><span lang="en">${demonstrationMark}</span> ${t('portal.demonstration')}</p>\n`}${isDraft && html`<p class="notice">${t('portal.draft')}</p>\n`}</header>
<main>
${main}
</main>
<footer>
${!isFront && html`<nav class="further" aria-label="${t('portal.places')}"><a href="/${language}">${t('portal.to-front')}</a>${placeLinks(sheet.texts, at)}</nav>\n`}<p class="small">${t('portal.leave-hint')}</p>
</footer>
</body>
</html>
`
}

/** Where the way out leads: a page about the weather, in no way about her. */
export const neutralSite = 'https://www.bbc.com/weather'

const cross = html`<svg viewBox="0 0 20 20" aria-hidden="true"><path d="M4 4l12 12M16 4L4 16"/></svg>`

function languageLink({ tag, name }: (typeof languageNames)[number], at: string, current: string): Html {
  return tag === current
    ? html`<span lang="${tag}" aria-current="true">${name}</span> `
    : html`<a href="/${tag}${at && `/${at}`}" lang="${tag}" hreflang="${tag}">${name}</a> `
}

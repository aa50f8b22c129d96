import { type Html, html } from '../html.ts'
import type { PortalHanded } from '../pages.ts'
import { languageLinks, type Texts } from '../texts.ts'

/**
 * The frame of every page: the way out first, then the languages, then the page. Title and icon say nothing that a person
 * looking over her shoulder should not read.
 */
export function page({ t, language, isDraft }: Texts, { demonstration }: PortalHanded, main: Html): Html {
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${t('portal.title')}</title>
<link rel="icon" href="/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/portal.css">
<script src="/leave.js" defer></script>
</head>
<body>
<a class="leave" id="leave" href="${neutralSite}" rel="noreferrer">${t('portal.leave')}</a>
<header>
<span>${t('portal.title')}</span>
<nav aria-label="${t('portal.languages')}">${languageLinks.map(({ tag, name }) => languageLink(tag, name, language))}</nav>
</header>
${demonstration && html`<p class="notice strong">${t('portal.demonstration')}</p>`}
${isDraft && html`<p class="notice">${t('portal.draft')}</p>`}
<main>
${main}
</main>
<footer><p class="small">${t('portal.leave-hint')}</p></footer>
</body>
</html>
`
}

/** Where the way out leads: a page about the weather, in no way about her. */
export const neutralSite = 'https://www.bbc.com/weather'

function languageLink(tag: string, name: string, current: string): Html {
  return tag === current
    ? html`<span lang="${tag}" aria-current="true">${name}</span> `
    : html`<a href="/${tag}" lang="${tag}" hreflang="${tag}">${name}</a> `
}

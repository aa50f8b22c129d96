import { CivilDate } from '@lentera/core/shared/dates'
import { MantineProvider } from '@mantine/core'
import type { ReactNode } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { readCatalogue } from '../catalogues/node.ts'
import type { TranslatedLanguage } from '../tokens/scripts.ts'
import { AppFrame } from './app-frame/app-frame.tsx'
import { between, exact, protectedFigure, unknownFigure } from './cells/figure-value.ts'
import { BarsByGroup } from './charts/bars-by-group.tsx'
import { DotsByCountry } from './charts/dots-by-country.tsx'
import { ShareWithInterval } from './charts/share-with-interval.tsx'
import { ConflictNotice } from './conflict-notice/conflict-notice.tsx'
import { DeviceState } from './device-state/device-state.tsx'
import { DraftLanguageNotice } from './draft-language-notice/draft-language-notice.tsx'
import { TextField } from './fields/fields.tsx'
import { FigureTile } from './figure-tile/figure-tile.tsx'
import { LanguageProvider } from './language/language.tsx'
import { RefusalNotice } from './refusal-notice/refusal-notice.tsx'
import { SealMark } from './seal-mark/seal-mark.tsx'

const catalogues = { en: readCatalogue('en'), th: readCatalogue('th'), my: readCatalogue('my') }

function draw(part: ReactNode, language: TranslatedLanguage = 'en'): string {
  return renderToStaticMarkup(
    <MantineProvider env="test" withCssVariables={false} withGlobalClasses={false}>
      <LanguageProvider catalogue={catalogues[language]} zone="Asia/Phnom_Penh">
        {part}
      </LanguageProvider>
    </MantineProvider>,
  )
}

/** What is read, without tags. */
const words = (part: ReactNode, language?: TranslatedLanguage): string =>
  draw(part, language)
    .replaceAll(/<title>[^<]*<\/title>|<[^>]+>/g, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()

const cutOff = { kind: 'cut-off', date: CivilDate.parse('2026-Q3') } as const
const noop = () => undefined

test('a figure says what it counts and up to when, and a share brings its counts', () => {
  const tile = (
    <FigureTile
      figure={exact(578)}
      unit="officers trained"
      share={{ label: 'women', part: 277, whole: 578 }}
      counted={cutOff}
    />
  )
  expect(words(tile)).toBe('578 officers trained women 48 % (277 of 578) as of July–September 2026')
})

test('a protected figure is said to be protected and shows no digit', () => {
  const tile = <FigureTile figure={protectedFigure} unit="survivors" counted={cutOff} />
  expect(words(tile)).toMatch(/^protected survivors/)
  expect(draw(tile).split('survivors')[0]).not.toMatch(/>\d/)
})

test('an unknown figure is said to be unknown, an interval is read with both its bounds', () => {
  expect(words(<FigureTile figure={unknownFigure} unit="persons" counted={cutOff} />)).toMatch(/^unknown persons/)
  expect(words(<FigureTile figure={between({ low: 20, high: 24 })} unit="persons" counted={cutOff} />)).toMatch(
    /^20–24 between 20 and 24 persons/,
  )
})

test('a figure that opens is a button, one that does not is none', () => {
  expect(draw(<FigureTile figure={exact(1)} unit="x" counted={cutOff} onOpen={noop} />)).toMatch(/^<button/)
  expect(draw(<FigureTile figure={exact(1)} unit="x" counted={cutOff} />)).not.toContain('<button')
})

test('the corner of the device tells lock, network, unsent entries and the last exchange', () => {
  const state = (
    <DeviceState
      lock="open"
      online={false}
      unsent={3}
      lastExchange={Date.UTC(2026, 10, 24, 7, 5)}
      now={Date.UTC(2026, 10, 24, 9)}
    />
  )
  expect(words(state)).toBe('Unlocked, offline 3 unsent last exchange 14:05')
  expect(words(<DeviceState lock="locked" online unsent={0} lastExchange={null} />)).toBe(
    'Locked, online Everything sent no exchange yet',
  )
  expect(words(<DeviceState lock="open" online unsent={0} answersMayWait lastExchange={null} />)).toBe(
    'Unlocked, online Everything sent, officers’ answers not counted no exchange yet',
  )
})

test('an exchange of another day is shown with its day', () => {
  const state = (
    <DeviceState
      lock="open"
      online
      unsent={0}
      lastExchange={Date.UTC(2026, 10, 22, 7, 5)}
      now={Date.UTC(2026, 10, 24, 9)}
    />
  )
  expect(words(state)).toContain('last exchange 22 November 2026, 14:05')
})

test('what is sealed is marked for those who see and those who listen', () => {
  expect(draw(<SealMark />)).toContain('aria-label="Sealed: the server cannot read this"')
  expect(words(<TextField label="Name" why="To call her by it" sealed value="" onChange={noop} />)).toContain('Name')
  expect(draw(<TextField label="Name" sealed value="" onChange={noop} />)).toContain('the server cannot read this')
})

test('a refusal is a sentence, and one without a sentence is still shown with its code', () => {
  expect(words(<RefusalNotice refusal={{ code: 'nothing.like-it', values: {} }} />)).toMatch(
    /not accepted.*nothing\.like-it/,
  )
})

test('both versions of an answer are shown, none is chosen beforehand', () => {
  const notice = (
    <ConflictNotice
      field="Safe hours"
      versions={[
        { id: 'a', value: 'mornings', by: 'Dara' },
        { id: 'b', value: 'evenings', by: 'Maly' },
      ]}
      onSettle={noop}
    />
  )
  expect(words(notice)).toMatch(/Two versions of one answer.*mornings Dara.*evenings Maly/)
  expect(draw(notice)).not.toMatch(/checked|aria-pressed="true"|aria-selected/)
})

test('a draft translation is said to be one, English is not', () => {
  expect(draw(<DraftLanguageNotice />, 'my')).toContain('role="note"')
  expect(draw(<DraftLanguageNotice />, 'en')).not.toContain('role="note"')
})

test('the frame begins with a way past the navigation and says that this is a demonstration', () => {
  const frame = (
    <AppFrame
      groups={[{ items: [{ id: 'today', label: 'Today', href: '/today', count: 6 }] }]}
      current="today"
      place="Poipet shelter"
      state={null}
      demonstration
      onGo={noop}
    >
      content
    </AppFrame>
  )
  const html = draw(frame)
  expect(html.indexOf('href="#content"')).toBeLessThan(html.indexOf('<nav'))
  expect(html).toMatch(/<a href="\/today"[^>]*aria-current="page"/)
  expect(words(frame)).toContain('Demonstration Poipet shelter')
})

const texts = { title: 'A finding', units: 'Persons', source: 'somewhere' }

test('a chart draws protected and unknown as such, never as a bar of no length, and its marks are doors', () => {
  const chart = (
    <BarsByGroup
      {...texts}
      layout="stacked"
      series={[{ id: 'w', label: 'Women', look: 1 }]}
      groups={[
        { id: 'a', label: 'A', figures: { w: exact(10) } },
        { id: 'b', label: 'B', figures: { w: protectedFigure } },
        { id: 'c', label: 'C', figures: {} },
        { id: 'd', label: 'D', figures: { w: between({ low: 2, high: 6 }) } },
      ]}
      onOpen={noop}
    />
  )
  const html = draw(chart)
  for (const label of ['A, Women: 10', 'B, Women: protected', 'C, Women: unknown', 'D, Women: between 2 and 6']) {
    expect(html).toMatch(new RegExp(`<g role="button" tabindex="0" aria-label="${label}"`))
  }
  expect(html).toContain('fill="url(#lentera-protected)"')
  expect(words(chart)).toContain('Source: somewhere')
})

test('where one part of a stack may not be read, neither may its total', () => {
  const chart = (
    <BarsByGroup
      {...texts}
      layout="stacked"
      series={[
        { id: 'w', label: 'Women', look: 1 },
        { id: 'm', label: 'Men', look: 3 },
      ]}
      groups={[{ id: 'a', label: 'A', figures: { w: exact(7123), m: protectedFigure } }]}
    />
  )
  // The part itself stands in the drawing and in the table; as a total it would give the other away.
  expect(draw(chart)).not.toMatch(/total[^>]*><span class="num">7,123/)
  expect(words(chart).match(/7,123/g)).toHaveLength(1)
})

test('a share stands with its counts, its bounds, its formula, and cited facts with their source', () => {
  const chart = (
    <ShareWithInterval
      {...texts}
      label="women and girls"
      share={{ part: 651, whole: 1000, low: 63.9, high: 66.4 }}
      formula="women over all"
      facts={[{ id: 'f', label: 'as published', percent: 65, source: 'Brochure, 2022' }]}
    />
  )
  const read = words(chart)
  for (const piece of [
    '65.1 %',
    '651 of 1,000',
    'between 63.9 % and 66.4 %',
    'women over all',
    '65 %: as published. Brochure, 2022',
  ]) {
    expect(read).toContain(piece)
  }
})

test('a country of which nothing is known has a word and no dot', () => {
  const chart = (
    <DotsByCountry
      {...texts}
      series={[{ id: 'n', label: 'national', look: 1 }]}
      rows={[
        { id: 'a', label: 'A', dots: { n: { kind: 'counted', part: 1, whole: 5 } } },
        { id: 'b', label: 'B', dots: { n: { kind: 'unknown' } } },
      ]}
    />
  )
  expect(draw(chart)).toContain('aria-label="A, national: 20.0 % (1 of 5)"')
  expect(words(chart)).toContain('national: unknown')
  expect(draw(chart)).not.toContain('aria-label="B, national')
})

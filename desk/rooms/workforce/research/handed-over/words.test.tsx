import { Agency } from '@lentera/core/shared/agencies'
import { EntryId, OrganisationId } from '@lentera/core/shared/ids'
import { instruments } from '@lentera/core/workforce/research/instruments'
import type { Survey } from '@lentera/core/workforce/research/project'
import type { Instrument } from '@lentera/core/workforce/research/words'
import { catalogueFrom } from '@lentera/ui/catalogues/catalogue'
import { compilePo } from '@lentera/ui/catalogues/compile'
import { poText } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { LenteraProvider } from '@lentera/ui/parts'
import { allLanguages, isLanguage } from '@lentera/ui/tokens/scripts'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { sayInstrument } from '../say.ts'
import { blankSheet, Questions } from './questions.tsx'

const survey = (instrument: Instrument): Survey => ({
  opening: EntryId.parse('0192f000-0000-7000-8000-000000000001'),
  organisation: OrganisationId.parse('0192f000-0000-7000-8000-000000000002'),
  openedOn: '2026-11-01' as Survey['openedOn'],
  instrument,
  agencies: Agency.options,
  name: 'Invented',
  asked: 12,
  closed: false,
  enteredInError: false,
  conflicts: [],
})

test('every questionnaire is offered in each language of the programme’s countries', () => {
  for (const { languages } of instruments) expect(languages.filter(isLanguage)).toEqual(allLanguages)
})

test.each(
  instruments.flatMap((instrument) =>
    instrument.languages.filter(isLanguage).map((language) => ({ instrument, language })),
  ),
)('all of $instrument.key is asked in $language, nothing of it in English in its place', ({ instrument, language }) => {
  const own = compilePo(poText(language, 'survey'))
  // No English under it: what is missing shows as its id.
  const catalogue = catalogueFrom(language, own, own)
  const drawn = renderToStaticMarkup(
    <LenteraProvider catalogue={catalogue} zone="Asia/Phnom_Penh">
      <Questions
        survey={survey(instrument)}
        instrument={instrument}
        filled={blankSheet}
        change={() => undefined}
        mayWrite
      />
    </LenteraProvider>,
  )
  const t = textOf(catalogue)
  const said = `${drawn} ${sayInstrument(instrument, t)} ${t(`research.instrument.${instrument.key}.purpose`)}`
  expect(said.match(/\b(?:research|agency|barrier|ui)\.[\w.-]+/g)).toBeNull()
})

import { dayOf, type ReportVoice } from '../donor-report/say.ts'
import { type Cited, citation } from '../evidence/dissemination/edition/cite.ts'
import { standing } from '../evidence/dissemination/edition/project.ts'
import type { EditionModel } from './model.ts'

/** A line of what stands at the end of an edition: whose it is, under which licence, what changed. */
export type SaidAbout = { readonly name: string; readonly text: string }

/** How an edition is cited: as a sentence, and what programs that keep references are told (`bibtex`, `ris`). */
export type SaidCitation = { readonly plain: string; readonly cited: Cited }

/** Authors, licence, identifiers, what changed, the earlier editions; what is not known has no line. */
export function sayAbout(model: EditionModel, voice: ReportVoice): readonly SaidAbout[] {
  const { t, date } = voice
  const { edition, others, publisher } = model
  const said = (id: string, text: string | undefined): readonly SaidAbout[] => (text ? [{ name: t(id), text }] : [])
  return [
    ...said(
      'edition.authors',
      authorsOf(model)
        .map(({ name }) => name)
        .join(', '),
    ),
    ...said('edition.publisher', publisher),
    ...said('edition.licence', edition.licence && t(`licence.${edition.licence}`)),
    ...said('edition.doi', edition.doi),
    ...said('edition.isbn', edition.isbn),
    ...said('edition.issn', edition.issn),
    ...said('edition.changed', edition.changed),
    ...others
      .filter(({ number }) => number < edition.number)
      .flatMap(({ number, frozenOn, changed }) =>
        said(
          'edition.earlier',
          [
            t('edition.number', { number: voice.number(number) }),
            ...(frozenOn ? [dayOf(frozenOn, voice)] : []),
            ...(changed ? [changed] : []),
          ].join(' · '),
        ),
      ),
    ...said('edition.published-on', edition.publishedOn && date(edition.publishedOn)),
  ]
}

/** Where nobody is named, the organisation whose product it is. */
const authorsOf = ({ edition, publisher }: EditionModel): Cited['authors'] => {
  const named = standing(edition.authors)
  return named.length > 0 ? named : [{ author: 'organisation', name: publisher }]
}

/** @param title in the language of the voice */
export function sayCitation(model: EditionModel, title: string, { t, number, language }: ReportVoice): SaidCitation {
  const { edition, publisher } = model
  const cited: Cited = {
    authors: authorsOf(model),
    title,
    number: edition.number,
    publishedOn: edition.publishedOn ?? edition.frozen?.on,
    publisher,
    doi: edition.doi,
    isbn: edition.isbn,
    issn: edition.issn,
    language,
  }
  return {
    plain: citation(cited, {
      noDate: t('edition.no-date'),
      edition: (of) => t('edition.number', { number: number(of) }),
    }),
    cited,
  }
}

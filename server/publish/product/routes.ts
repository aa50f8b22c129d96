import { dataCsv, dataOf } from '@lentera/core/edition/data'
import type { EditionModel } from '@lentera/core/edition/model'
import { sayEdition } from '@lentera/core/edition/say'
import { bibtex, ris } from '@lentera/core/evidence/dissemination/edition/cite'
import { StreamId } from '@lentera/core/shared/ids'
import { PrintedLanguage } from '@lentera/core/shared/languages'
import { accept } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import type { ReleasedValue } from '@lentera/release/release'
import * as z from 'zod'
import { noMoreThanWho } from '../../access/anyone.ts'
import { type Route, route } from '../../http/route.ts'
import { isDemonstration } from '../demonstration.ts'
import { reportVoice } from '../donor-report/voice.ts'
import { documentOf, editionPdf } from './document.ts'
import { type EditionChoices, editionChoices, editionFor } from './edition.ts'
import { editionHtml } from './html.ts'

/** Who writes editions: the declaration of their entries says the same. */
const writers = ['steward', 'manager', 'regional-manager'] as const satisfies readonly Role[]

const choices = route({
  at: 'GET /api/editions',
  who: writers,
  may: noMoreThanWho,
  parse: {},
  decide: async (_, { viewer }, server) => accept(await editionChoices(server, viewer)),
  // Days, and what anybody may have.
  present: { status: 200, body: z.custom<EditionChoices>(isObject) },
})

const edition = route({
  at: 'GET /api/editions/:stream',
  who: writers,
  may: noMoreThanWho,
  parse: { params: z.strictObject({ stream: StreamId }) },
  decide: ({ params: { stream } }, { viewer }, server) => editionFor(server, viewer, stream),
  // Made whole in `edition.ts`, of values that may leave and of nothing else.
  present: { status: 200, body: z.custom<EditionModel<ReleasedValue>>(isObject) },
})

const forms = ['pdf', 'html', 'csv', 'json', 'bib', 'ris'] as const
type Form = (typeof forms)[number]

const file = route({
  at: 'GET /api/editions/:stream/file',
  who: writers,
  may: noMoreThanWho,
  parse: {
    params: z.strictObject({ stream: StreamId }),
    query: z.strictObject({ form: z.enum(forms), language: PrintedLanguage }),
  },
  decide: async ({ params: { stream }, query: { form, language } }, { viewer }, server) => {
    const model = await editionFor(server, viewer, stream)
    if (!model.ok) return model
    const isInvented = await isDemonstration(server.database)
    const made = await makers[form](model.value, { language, zone: viewer.zone, isInvented })
    const name = `${isInvented ? 'DEMONSTRATION-' : ''}edition-${model.value.edition.number}-${language}.${form}`
    return accept({ name, file: Buffer.from(made).toString('base64') })
  },
  // Some hundred kilobytes: as text they travel by the one way in which every answer does.
  present: { status: 200, body: z.strictObject({ name: z.string(), file: z.base64() }) },
})

export const productRoutes: readonly Route[] = [choices, edition, file]

type Making = { readonly language: PrintedLanguage; readonly zone: string; readonly isInvented: boolean }

const saidBy = (model: EditionModel, { language, zone }: Making) => sayEdition(model, reportVoice(language, zone))

const inventedIn = ({ language, zone, isInvented }: Making): string | null =>
  isInvented ? reportVoice(language, zone).t('edition.demonstration') : null

const makers: Readonly<
  Record<Form, (model: EditionModel<ReleasedValue>, making: Making) => string | Uint8Array | Promise<Uint8Array>>
> = {
  pdf: (model, making) => editionPdf(documentOf(saidBy(model, making), making.isInvented), Date.now()),
  html: (model, making) => editionHtml(saidBy(model, making), inventedIn(making)),
  csv: (model, making) => dataCsv(dataOf(model, saidBy(model, making), making.isInvented)),
  json: (model, making) => JSON.stringify(dataOf(model, saidBy(model, making), making.isInvented), null, 2),
  bib: (model, making) => bibtex(saidBy(model, making).citation.cited, inventedIn(making)),
  ris: (model, making) => ris(saidBy(model, making).citation.cited, inventedIn(making)),
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

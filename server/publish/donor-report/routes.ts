import type { ReportModel } from '@lentera/core/donor-report/model'
import { sayReport } from '@lentera/core/donor-report/say'
import { StreamId } from '@lentera/core/shared/ids'
import { PrintedLanguage } from '@lentera/core/shared/languages'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import type { Role } from '@lentera/core/shared/roles'
import type { ReleasedValue } from '@lentera/release/release'
import * as z from 'zod'
import type { Viewer } from '../../access/viewer.ts'
import { type Route, route } from '../../http/route.ts'
import { isDemonstration } from '../demonstration.ts'
import { choicesFor, donorReportFor, type ReportChoices } from './report.ts'
import { reportVoice } from './voice.ts'

const reporters = ['manager', 'steward', 'regional-manager'] as const satisfies readonly Role[]

/** A region is reported on in its own office: elsewhere that role opens nothing. */
function mayReport({ viewer }: { readonly viewer: Viewer }): Decision<void> {
  const isOffice = viewer.country === null || viewer.roles.some((role) => role === 'manager' || role === 'steward')
  return isOffice ? accept(undefined) : refuse('access.not-found')
}

const choices = route({
  at: 'GET /api/donor-reports',
  who: reporters,
  may: mayReport,
  parse: {},
  decide: async (_, { viewer }, server) => accept(await choicesFor(server, viewer)),
  present: { status: 200, body: z.custom<ReportChoices>(isObject) },
})

const report = route({
  at: 'GET /api/donor-reports/:stream',
  who: reporters,
  may: mayReport,
  parse: { params: z.strictObject({ stream: StreamId }) },
  decide: ({ params: { stream } }, { viewer }, server) => donorReportFor(server, viewer, stream),
  // Made whole in `report.ts`, of values that may leave and of nothing else.
  present: { status: 200, body: z.custom<ReportModel<ReleasedValue>>(isObject) },
})

const file = route({
  at: 'GET /api/donor-reports/:stream/file',
  who: reporters,
  may: mayReport,
  parse: {
    params: z.strictObject({ stream: StreamId }),
    query: z.strictObject({ form: z.enum(['docx', 'xlsx']), language: PrintedLanguage }),
  },
  decide: async ({ params: { stream }, query: { form, language } }, { viewer }, server) => {
    const model = await donorReportFor(server, viewer, stream)
    if (!model.ok) return model
    const isInvented = await isDemonstration(server.database)
    const voice = reportVoice(language, viewer.zone)
    const said = sayReport(model.value, voice)
    const setting = { t: voice.t, demonstration: isInvented ? voice.t('donor-report.demonstration') : null }
    // Writers of files that a server at rest does without.
    const made =
      form === 'docx'
        ? await (await import('./docx.ts')).reportDocx(said, setting)
        : await (await import('./xlsx.ts')).reportXlsx(said, setting)
    const { phase, quarter } = model.value
    const name = `${isInvented ? 'DEMONSTRATION-' : ''}donor-report-${phase.key}-${quarter}-${language}.${form}`
    return accept({ name, file: Buffer.from(made).toString('base64') })
  },
  // Some ten kilobytes: as text they travel by the one way in which every answer does.
  present: { status: 200, body: z.strictObject({ name: z.string(), file: z.base64() }) },
})

export const donorReportRoutes: readonly Route[] = [choices, report, file]

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null
}

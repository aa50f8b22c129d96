import type { Issue } from '@lentera/core/evidence/words'
import { streamRecord } from '@lentera/core/log/fold'
import type { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId, TeamId } from '@lentera/core/shared/ids'
import type { Country } from '@lentera/core/shared/places'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { openFile } from '@lentera/core/sheets/sheet'
import { closeCase, type Moment, openCase, recordNeed } from '@lentera/core/support/capture'
import { caseOpened } from '@lentera/core/support/entries'
import { type HtcdsCase, type HtcdsReading, longestText, readHtcds } from '@lentera/core/support/htcds/read'
import { type CaseFile, projectCase } from '@lentera/core/support/project'
import { type Grantee, randomBytes } from '@lentera/sealed/open'
import { get, writeKeyed } from '../device/found.ts'
import type { Member, OwnDevice } from './member.ts'

/** A file with HTCDS field names as it would be brought in: nothing is written. `known`: rows whose case is there already. */
export type HtcdsRun = {
  readonly reading: HtcdsReading
  /** Lines that are no rows at all. */
  readonly issues: readonly Issue[]
  readonly fresh: readonly NewCase[]
  readonly known: number
}

type NewCase = HtcdsCase & { readonly stream: StreamId }
/** Where her cases are: a caseworker's or supervisor's team, in a country. */
export type CasePlace = { readonly team: TeamId; readonly country: Country }

/** Refused: `access.role`, `desk.no-team`. */
export function placeOf({ me }: Member): Decision<CasePlace> {
  if (!caseOpened.who.some((role) => me.roles.includes(role)))
    return refuse('access.role', { kind: caseOpened.kind, allowed: caseOpened.who.join(', ') })
  return me.team && me.country ? accept({ team: me.team, country: me.country }) : refuse('desk.no-team')
}

/** Reads the file against what is there already. Refused: as `openFile` and `readHtcds`. */
export async function readFile(
  member: Member,
  bytes: Uint8Array,
  identifiedBy: string | undefined,
): Promise<Decision<HtcdsRun>> {
  // What was told is a long text in a single cell.
  const opened = await openFile(bytes, undefined, longestText)
  if (!opened.ok) return opened
  const [sheet] = opened.value.sheets
  const reading = readHtcds(sheet?.lines ?? [], { today: member.today, ...(identifiedBy ? { identifiedBy } : {}) })
  if (!reading.ok) return reading
  const there = new Set((await member.streams('case')).map(({ stream }) => stream))
  const cases = await Promise.all(
    reading.value.cases.map(async (row) => ({ ...row, stream: await member.streamOf('htcds', row.knownBy) })),
  )
  const fresh = cases.filter(({ stream }) => !there.has(stream))
  return accept({ reading: reading.value, issues: sheet?.issues ?? [], fresh, known: cases.length - fresh.length })
}

export type Answers = {
  /** She has read the report and takes the good rows without the others. */
  readonly onlyGood: boolean
  /** The limits of confidentiality were read to each of these women: the standard does not say so. */
  readonly limitsExplained: boolean
}

/** Refused: `htcds.rows-not-good` {rows}, `support.limits-not-explained`. */
export function mayWrite({ reading, issues }: HtcdsRun, answers: Answers): Decision<void> {
  const rows = reading.problems.length + issues.length
  if (rows > 0 && !answers.onlyGood) return refuse('htcds.rows-not-good', { rows })
  return answers.limitsExplained ? accept(undefined) : refuse('support.limits-not-explained')
}

/**
 * Writes the new cases, some at a time. What is of one case travels in one batch, so that stopping, or a connection that is cut,
 * leaves no case half made; those that were made are known again by their ids.
 *
 * @param goOn told how many are made; answers whether to go on
 * @returns how many were made
 */
export async function writeCases(
  member: Member,
  own: OwnDevice,
  place: CasePlace,
  cases: readonly NewCase[],
  goOn: (done: number) => boolean,
): Promise<number> {
  const grantees = await member.grantees()
  let done = 0
  while (done < cases.length && goOn(done)) {
    const some = cases.slice(done, done + casesAtOnce)
    for (const row of some) await writeCase(member, own, place, row, grantees)
    await member.send(own)
    done += some.length
  }
  goOn(done)
  return done
}

/** Of at most four entries each: a batch has 200, and the first may bring the device itself. */
const casesAtOnce = 40

async function writeCase(
  { me, today }: Member,
  { device }: OwnDevice,
  place: CasePlace,
  { stream, opening, need, closing }: NewCase,
  grantees: readonly Grantee[],
): Promise<void> {
  const moment = momentOf(today)
  const { organisation } = me
  const { key } = await writeKeyed(
    device,
    stream,
    grantees,
    (ids) =>
      openCase({ ...opening, ...place, ...ids, organisation, consentServices: 'given', limitsExplained: true }, moment),
    today,
    randomBytes,
  )
  const file = (): CaseFile => {
    const state = device.state(stream)
    const known = projectCase(state)
    if (!known) throw new Error(`a case that was opened has its ${streamRecord}`)
    return known
  }
  if (need) await device.write(get(recordNeed(stream, file(), need, moment)), key)
  if (closing) await device.write(get(closeCase(stream, file(), closing, moment)), key)
}

const momentOf = (today: CivilDate): Moment => ({ today, at: new Date().toISOString() })

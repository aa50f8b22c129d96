import { CivilDate } from '@lentera/core/shared/dates'
import {
  EntryId,
  KeyId,
  MemberId,
  OrganisationId,
  PersonKey,
  randomUuid,
  StreamId,
  TeamId,
} from '@lentera/core/shared/ids'
import type { CaseFile, SupportRecord } from '@lentera/core/support/project'
import { describe, expect, it } from 'vitest'
import type { OpenedCase } from '../device/desk.ts'
import { dueIn } from './due.ts'

const ids = { made: 0 }
const uuid = (): string => randomUuid(new Uint8Array(16).fill(++ids.made))
const quarter = CivilDate.parse('2026-Q2')

function record(some: Partial<SupportRecord> = {}): SupportRecord {
  const made = {
    record: EntryId.parse(uuid()),
    on: quarter,
    author: MemberId.parse(uuid()),
    need: undefined,
    sealed: {},
  }
  return { ...made, service: 'health', enteredInError: false, ...some }
}

function caseOf(code: string, some: Partial<CaseFile> = {}): OpenedCase {
  const file: CaseFile = {
    opening: EntryId.parse(uuid()),
    enteredInError: false,
    erased: undefined,
    person: PersonKey.parse(uuid()),
    organisation: OrganisationId.parse(uuid()),
    team: TeamId.parse(uuid()),
    country: 'KH',
    caseKey: KeyId.parse(uuid()),
    personKey: KeyId.parse(uuid()),
    openedOn: quarter,
    sex: 'female',
    age: 'adult',
    form: 'forced-labour',
    status: 'open',
    closingReason: undefined,
    consentServices: 'given',
    consentCounting: 'given',
    needs: [],
    services: [],
    sealed: {},
    conflicts: [],
    flags: [],
    ...some,
  }
  const fields = { name: [{ entry: file.opening, author: MemberId.parse(uuid()), value: 'A planted name' }] }
  return { stream: StreamId.parse(uuid()), code, file, fields, records: {}, unsent: false, search: '' }
}

const due = (...caseload: OpenedCase[]) => dueIn({ caseload, refused: [] })

describe('what is due in a caseload', () => {
  it('is a need that no service names, until one does', () => {
    const need = record({ on: CivilDate.parse('2026-Q1') })
    const asked = caseOf('KH-ASKED', { needs: [need] })
    expect(due(asked).unmet).toMatchObject([{ of: { code: 'KH-ASKED' }, services: ['health'], since: '2026-Q1' }])
    const given = caseOf('KH-GIVEN', { needs: [need], services: [record({ need: need.record })] })
    expect(due(given)).toMatchObject({ unmet: [], withoutService: [], count: 0 })
    const inError = caseOf('KH-ERROR', {
      needs: [need],
      services: [record({ need: need.record, enteredInError: true })],
    })
    expect(due(inError).unmet).toHaveLength(1)
  })

  it('is an open case without any service, and is said once: not again where a need of it waits', () => {
    expect(due(caseOf('KH-NONE')).withoutService.map(({ code }) => code)).toEqual(['KH-NONE'])
    const asked = due(caseOf('KH-ASKED', { needs: [record()] }))
    expect(asked).toMatchObject({ withoutService: [], count: 1 })
  })

  it('leaves closed cases and those entered in error alone, but not an open question in a closed one', () => {
    const conflicts = [{ record: 'stream', field: 'sex', heads: [] }]
    const closed = due(caseOf('KH-1', { status: 'closed' }), caseOf('KH-2', { enteredInError: true, conflicts }))
    expect(closed.count).toBe(0)
    expect(due(caseOf('KH-3', { status: 'closed', conflicts })).conflicts).toHaveLength(1)
  })

  it('counts a case once, whatever waits in it, and puts what waits longest first', () => {
    const old = caseOf('KH-OLD', { openedOn: CivilDate.parse('2025-Q4'), needs: [record()] })
    const young = caseOf('KH-YOUNG', { needs: [record()], conflicts: [{ record: 'stream', field: 'age', heads: [] }] })
    const all = due(young, old)
    expect(all.count).toBe(2)
    expect(all.unmet.map(({ of }) => of.code)).toEqual(['KH-OLD', 'KH-YOUNG'])
  })

  it('takes two sealed answers that say the same for no question', () => {
    const heads = [EntryId.parse(uuid()), EntryId.parse(uuid())].map((entry) => ({
      entry,
      author: MemberId.parse(uuid()),
      on: quarter,
      envelope: entry,
    }))
    const saying = (...values: (string | undefined)[]): OpenedCase => ({
      ...caseOf('KH-SAID', { status: 'closed', conflicts: [{ record: 'stream', field: 'place', heads }] }),
      fields: { place: heads.map(({ entry, author }, i) => ({ entry, author, value: values[i] })) },
    })
    expect(due(saying('the market', 'the market')).conflicts).toEqual([])
    expect(due(saying('the market', 'the station')).conflicts).toHaveLength(1)
    expect(due(saying(undefined, undefined)).conflicts).toHaveLength(1)
  })
})

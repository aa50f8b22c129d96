import type { Conflict } from '@lentera/core/log/records'
import { CivilDate } from '@lentera/core/shared/dates'
import { EntryId, KeyId, MemberId, OrganisationId, PersonKey, StreamId, TeamId } from '@lentera/core/shared/ids'
import type { CaseFile } from '@lentera/core/support/project'
import { describe, expect, it } from 'vitest'
import type { OpenedCase } from './desk.ts'
import { listed } from './kept-list.ts'

const id = '7d1b3c52-95a4-4a0e-8f0f-2f5f6a1b0c01'
const author = MemberId.parse(id)
const entry = EntryId.parse(id)
const quarter = CivilDate.parse('2026-Q2')

function caseWith(conflicts: readonly Conflict[]): OpenedCase {
  const file: CaseFile = {
    opening: entry,
    enteredInError: false,
    erased: undefined,
    person: PersonKey.parse(id),
    organisation: OrganisationId.parse(id),
    team: TeamId.parse(id),
    country: 'KH',
    caseKey: KeyId.parse(id),
    personKey: KeyId.parse(id),
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
    conflicts,
    flags: [],
  }
  const records = { [entry]: { detail: [{ entry, author, value: 'Two nights in the shelter' }] } }
  return { stream: StreamId.parse(id), code: 'KH-4R7', file, fields: {}, records, unsent: false, search: 'kh-4r7' }
}

describe('the list kept for the next opening', () => {
  it('holds of a case what lists show, and not what was written in its needs and services', () => {
    expect(listed(caseWith([]), 'as').opened.records).toEqual({})
  })

  it('holds both answers where two people gave different ones: the first screen asks whether they say the same', () => {
    const opened = caseWith([{ record: entry, field: 'detail', heads: [] }])
    expect(listed(opened, 'as').opened.records).toEqual(opened.records)
  })
})

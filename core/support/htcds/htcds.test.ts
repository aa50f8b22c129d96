import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { CivilDate } from '../../shared/dates.ts'
import { exploitations, genders } from '../words.ts'
import { type HtcdsCase, type HtcdsReading, longestText, readHtcds } from './read.ts'
import { csvOf, everyField, invented, linesOf } from './testing/women.ts'
import { destinations, fieldNames, fieldOf, formOf, proposed, serviceOf, sexOf } from './words.ts'

const today = CivilDate.parse('2026-11-24')

function read(...rows: Partial<Record<string, string>>[]): HtcdsReading {
  const reading = readHtcds(linesOf(rows), { today })
  if (!reading.ok) throw new Error(reading.refusal.code)
  return reading.value
}

function only(row: Partial<Record<string, string>>): HtcdsCase {
  const { cases, problems } = read({ ...invented, ...row })
  if (!cases[0]) throw new Error(problems[0]?.reason)
  return cases[0]
}

const problemOf = (row: Partial<Record<string, string>>) => read({ ...invented, ...row }).problems[0]

describe('a file is refused whole', () => {
  const whole = (lines: Parameters<typeof readHtcds>[0], identifiedBy?: string) => {
    const reading = readHtcds(lines, { today, ...(identifiedBy ? { identifiedBy } : {}) })
    return reading.ok ? 'read' : reading.refusal.code
  }
  it('where no column is named as the standard names it', () => {
    expect(whole(linesOf([{ Name: 'Invented' }], ['Name']))).toBe('htcds.no-fields')
    expect(whole([])).toBe('htcds.no-fields')
  })
  it('where it says of nobody whether she agreed', () =>
    expect(whole(linesOf([{}], ['prs_FirstName']))).toBe('htcds.no-consent-column'))
  it('where it says of each only that she agreed, and nothing of her', () => {
    const named = ['Name', 'Village', 'con_Consent', 'cas_Status', 'org_Name', 'cas_CaseOwner']
    const reading = readHtcds(linesOf([{ Name: 'Invented', con_Consent: 'TRUE', cas_Status: 'Active' }], named), {
      today,
    })
    expect(reading).toMatchObject({
      refusal: {
        code: 'htcds.nothing-of-her',
        values: { column: 'con_Consent', fields: 'prs_FirstName, vic_TypeOfExploitation' },
      },
    })
    expect(readHtcds(linesOf([{}], ['prs_Gendre', 'Birthdate', 'con_Consent']), { today })).toMatchObject({
      refusal: { values: { fields: 'prs_Gender, prs_Birthdate' } },
    })
    expect(whole(linesOf([{}], ['con_Consent', 'cco_CaseComment']))).toBe('read')
  })
  it('where a column that is said once stands twice', () =>
    expect(whole(linesOf([{}], ['prs_FirstName', 'prs_First_Name', 'con_Consent']))).toBe('htcds.column-twice'))
  it('where the column that is to name its rows is not there', () =>
    expect(whole(linesOf([invented]), 'FileNo')).toBe('htcds.no-such-column'))
  it('where it has no rows', () => expect(whole(linesOf([]))).toBe('htcds.no-rows'))
})

describe('no case is made of a row', () => {
  it.each([
    ['that does not say she agreed', { con_Consent: '' }, 'no-consent'],
    ['that says she did not', { con_Consent: 'FALSE' }, 'no-consent'],
    ['whose consent cannot be read', { con_Consent: 'perhaps' }, 'checkbox-not-understood'],
    ['whose consent to counting cannot be read', { lentera_ConsentToCounting: '?' }, 'checkbox-not-understood'],
    ['with a gender outside the list', { prs_Gender: 'Sokha' }, 'code-not-known'],
    ['with an everyday word for a code', { prs_Gender: 'Female' }, 'code-proposed'],
    ['with one unknown form among known ones', { vic_TypeOfExploitation: 'ForcedLabour;Scam' }, 'code-not-known'],
    ['with two kinds of plan', { spl_Type: 'Legal;Health' }, 'one-code-only'],
    ['with a day that can be read in two ways', { prs_Birthdate: '03/04/1999' }, 'date-not-understood'],
    ['with a day that there was not', { prs_Birthdate: '1999-02-30' }, 'date-not-understood'],
    ['with a day on which nobody was born who is alive', { prs_Birthdate: '1850-02-03' }, 'date-too-early'],
    ['with a day of the Buddhist era', { prs_Birthdate: '2542-04-30' }, 'date-in-the-future'],
    ['longer than an entry can be', { cco_CaseComment: 'x'.repeat(longestText) }, 'text-too-long'],
  ] as const)('%s', (_, row, reason) => expect(problemOf(row)?.reason).toBe(reason))

  it('of somebody accused, nor of somebody found to be no victim; who was both is a survivor', () => {
    const named = ['prs_FirstName', 'per_RoleInProcess', 'vic_TraffickingStatus', 'con_Consent']
    const rows = [
      { prs_FirstName: 'Invented', per_RoleInProcess: 'Transporter', con_Consent: 'yes' },
      { prs_FirstName: 'Invented', vic_TraffickingStatus: 'Not a Victim of Trafficking', con_Consent: 'yes' },
      { per_RoleInProcess: 'Other', vic_TraffickingStatus: 'PossibleVictimOfTrafficking', con_Consent: 'yes' },
    ]
    const reading = readHtcds(linesOf(rows, named), { today })
    expect(reading.ok && reading.value.problems.map(({ line, reason }) => [line, reason])).toEqual([
      [2, 'of-an-accused'],
      [3, 'not-a-victim'],
    ])
    expect(reading.ok && reading.value.cases).toHaveLength(1)
  })

  it('that says nothing of her but that she agreed', () => {
    expect(read({ con_Consent: 'TRUE', cas_Status: 'Closed', CaseNumber: 'A-1' }).problems).toEqual([
      { line: 2, reason: 'row-empty', values: {} },
    ])
    expect(read({ con_Consent: 'TRUE', prs_FirstName: 'Invented' }).cases).toHaveLength(1)
  })

  it('twice', () => {
    const { cases, problems } = read(invented, { ...invented })
    expect([cases.length, problems]).toEqual([1, [{ line: 3, reason: 'row-twice', values: { first: 2 } }]])
  })

  it('that has more or fewer cells than the header', () => {
    const lines = linesOf([invented, invented])
    const cut = lines.map((line) => (line.line === 2 ? { ...line, cells: line.cells.slice(0, 3) } : line))
    const wide = cut.map((line) => (line.line === 3 ? { ...line, cells: [...line.cells, 'more'] } : line))
    const reading = readHtcds(wide, { today })
    expect(reading.ok && reading.value.problems.map(({ reason }) => reason)).toEqual([
      'cells-missing',
      'cells-too-many',
    ])
  })

  it('and no problem repeats what a cell says, but for an everyday word', () => {
    const secret = { prs_Gender: 'Sokha', vic_TypeOfExploitation: 'Sokha', prs_Birthdate: 'Sokha', con_Consent: 'TRUE' }
    expect(JSON.stringify(read({ ...invented, ...secret }).problems)).not.toContain('Sokha')
    expect(problemOf({ prs_Gender: 'Female' })?.values).toMatchObject({ said: 'Female', instead: 'Feminine' })
  })
})

describe('a row becomes a case', () => {
  it('of coarse words, and texts that will be sealed', () => {
    const { opening, need, closing } = only({
      prs_Gender: 'Transgender Feminine',
      prs_MobilePhone: '+855 00 000 000',
      prs_MailingCity: 'Invented Town',
      prs_PrimaryLanguage: 'khm',
      vic_MethodsOfControl: 'DebtBondage',
      spl_Type: 'Legal',
      spl_Objectives: 'papers',
      cco_CaseComment: 'What she told.',
      lentera_ConsentToCounting: 'TRUE',
    })
    const { opened, ...coarse } = opening
    expect(coarse).toEqual({ sex: 'female', age: 'adult', form: 'other', consentCounting: 'given' })
    expect(opened).toEqual({
      name: 'Invented One',
      birthDate: '1999-04-30',
      gender: 'TransgenderFeminine',
      exploitation: 'ForcedMarriage',
      language: 'khm',
      place: 'Invented Town',
      narrative:
        'What she told.\n\nprs_MobilePhone (not known to be safe): +855 00 000 000\nvic_MethodsOfControl: DebtBondage',
    })
    expect(need).toEqual({ service: 'legal-aid', detail: 'spl_Objectives: papers' })
    expect(closing).toBeUndefined()
  })

  it('that is not counted where the file does not say she agreed to it', () => {
    expect(only({}).opening.consentCounting).toBe('refused')
    expect(read(invented).notCounted).toBe(1)
    expect(only({ lentera_ConsentToCounting: 'no' }).opening.consentCounting).toBe('refused')
  })

  it.each([
    ['ForcedLabour', 'forced-labour', 'ForcedLabour'],
    ['ForcedLabour; Servitude', 'forced-labour', 'ForcedLabour Servitude'],
    ['SexualExploitation ForcedLabour', 'other', 'SexualExploitation ForcedLabour'],
    ['forced labour', 'forced-labour', 'ForcedLabour'],
    ['', 'unknown', undefined],
  ] as const)('"%s" is %s in the clear', (written, form, sealed) => {
    const { opening } = only({ vic_TypeOfExploitation: written })
    expect([opening.form, opening.opened.exploitation]).toEqual([form, sealed])
  })

  it.each([
    ['2008-11-24', 'adult'],
    ['2008-11-25', 'child'],
    ['2008', 'unknown'],
    ['2008-11', 'unknown'],
    ['2007', 'adult'],
    ['2009', 'child'],
    ['', 'unknown'],
  ] as const)('born %s, on 2026-11-24 she is %s', (born, age) =>
    expect(only({ prs_Birthdate: born }).opening.age).toBe(age),
  )

  it('closed, with the reason of the file sealed', () => {
    const { closing } = only({ cas_Status: 'ClosedReferred', cas_ReasonForCaseClosure: 'She went home.' })
    expect(closing).toEqual({ reason: 'other', note: 'She went home.\ncas_Status: ClosedReferred' })
    expect(only({ cas_ReasonForCaseClosure: 'not yet' }).opening.opened.narrative).toContain('not yet')
  })
})

describe('nothing of a file is dropped without being named', () => {
  it('every column is taken or said not to be, and why', () => {
    const { taken, notTaken } = read(invented)
    expect(taken).not.toContain('cas_CaseOwner')
    expect(notTaken).toEqual([
      { column: 'CaseNumber', why: 'not-of-the-standard', instead: '' },
      { column: 'cas_CaseOwner', why: 'of-a-worker', instead: '' },
    ])
  })

  it('a misspelt field is named with the one that is meant', () => {
    const reading = readHtcds(linesOf([{}], ['prs_Gendre', 'Birthdate', 'prs_FirstName', 'con_Consent']), { today })
    expect(reading.ok && reading.value.notTaken.map(({ instead }) => instead)).toEqual(['prs_Gender', 'prs_Birthdate'])
  })

  it('a cell of every field that is taken stands somewhere in the case', () => {
    const coded = (field: (typeof fieldNames)[number]): string => Object.keys(fieldOf(field).codes ?? {})[0] ?? ''
    const row = Object.fromEntries(
      fieldNames.map((field, at) => [
        field,
        coded(field) || (field === 'prs_Birthdate' ? '1999-04-30' : `text ${at}.`),
      ]),
    )
    const reading = readHtcds(
      linesOf([{ ...row, con_Consent: 'x', vic_AgreementToManagePersonalData: 'x' }], everyField),
      {
        today,
      },
    )
    if (!reading.ok) throw new Error(reading.refusal.code)
    const [made] = reading.value.cases
    const all = JSON.stringify([made?.opening.opened, made?.need, made?.closing])
    const missing = reading.value.taken.filter((field) => {
      const to = destinations[field as keyof typeof destinations]
      return to !== 'consent' && to !== 'need' && to !== 'status' && !all.includes(row[field] ?? '')
    })
    expect([made !== undefined, missing]).toEqual([true, []])
  })

  it('a code outside a list that only goes into a sealed text is kept as written, and named', () => {
    const { cases, keptAsWritten } = read({ ...invented, vic_MethodsOfControl: 'DebtBondage;Isolation' })
    expect(cases[0]?.opening.opened.narrative).toContain('Isolation')
    expect(keptAsWritten).toEqual([{ field: 'vic_MethodsOfControl', rows: 1, lines: [2] }])
  })
})

describe('a row is known again', () => {
  it('whatever the order of the columns, what else stands in the file, and spaces at the edges', () => {
    const named = ['con_Consent', 'Note', 'prs_FirstName']
    const one = readHtcds(linesOf([{ prs_FirstName: ' Invented ', con_Consent: 'x', Note: 'a' }], named), { today })
    const two = readHtcds(
      linesOf([{ prs_FirstName: 'Invented', con_Consent: 'x' }], ['prs_FirstName', 'con_Consent']),
      {
        today,
      },
    )
    expect(one.ok && two.ok && one.value.cases[0]?.knownBy === two.value.cases[0]?.knownBy).toBe(true)
  })

  it('by the column that names it, though its words were mended since', () => {
    const by = (row: Partial<Record<string, string>>) => {
      const reading = readHtcds(linesOf([row]), { today, identifiedBy: 'casenumber' })
      if (!reading.ok) throw new Error(reading.refusal.code)
      return reading.value
    }
    expect(by(invented).cases[0]?.knownBy).toBe('A-1')
    expect(by({ ...invented, prs_SecondName: 'Mended' }).cases[0]?.knownBy).toBe('A-1')
    expect(by({ ...invented, CaseNumber: '' }).problems[0]?.reason).toBe('identifier-empty')
    expect(by(invented).notTaken.map(({ column }) => column)).toEqual(['cas_CaseOwner'])
  })
})

describe('the words agree with the standard', () => {
  it('ours of genders and exploitation are its codes', () => {
    expect(Object.keys(fieldOf('prs_Gender').codes ?? {})).toEqual([...genders])
    expect(Object.keys(fieldOf('vic_TypeOfExploitation').codes ?? {})).toEqual([...exploitations])
  })
  it('every code that decides a clear word has one', () => {
    expect(Object.keys(sexOf).toSorted()).toEqual([...genders].toSorted())
    expect(Object.keys(formOf).toSorted()).toEqual([...exploitations].toSorted())
    expect(Object.keys(serviceOf).toSorted()).toEqual(Object.keys(fieldOf('spl_Type').codes ?? {}).toSorted())
    const codes = fieldNames.flatMap((field) => Object.keys(fieldOf(field).codes ?? {}))
    expect(Object.values(proposed).filter((code) => !codes.includes(code))).toEqual([])
  })
  const machineReadable = new URL('../../../../shared/data/htcds/htcds-2.0.json', import.meta.url)
  it.skipIf(!existsSync(machineReadable))('field by field and code by code (skipped where its file is absent)', () => {
    const { entities } = JSON.parse(readFileSync(machineReadable, 'utf8'))
    const theirs = entities.flatMap((entity: { fields: { fullName: string; codes?: { value: string }[] }[] }) =>
      entity.fields.map(({ fullName, codes = [] }) => [fullName, codes.map(({ value }) => value).toSorted()]),
    )
    expect(fieldNames.map((field) => [field, Object.keys(fieldOf(field).codes ?? {}).toSorted()])).toEqual(theirs)
  })
})

it('reads ten thousand rows in a few seconds', () => {
  const rows = Array.from({ length: 10_000 }, (_, i) => ({ ...invented, prs_SecondName: `Number ${i}` }))
  const began = performance.now()
  expect(read(...rows).cases).toHaveLength(10_000)
  expect(performance.now() - began).toBeLessThan(5_000)
  expect(csvOf(rows.slice(0, 1)).split('\n')).toHaveLength(2)
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { exactly } from '../../shared/counts.ts'
import { CivilDate } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import { registerPost } from '../post/capture.ts'
import { codeOf, idOf, ids, moment, Written } from '../testing/written.ts'
import {
  type CertifyAttended,
  certificatesOf,
  certifyAttended,
  type HeldSession,
  markedAt,
  monthsAfter,
} from './attended.ts'
import { certifyOfficer, leaveService, registerOfficer, withdrawCertificate } from './capture.ts'
import { isTrainedOn } from './project.ts'

const day = (text: string): CivilDate => CivilDate.parse(text)
const at = (n: number): StreamId => StreamId.parse(idOf(n))
const nobody = { female: exactly(0), male: exactly(0), another: exactly(0), unknown: exactly(0) }

const bridge = new Written(at(20), 2000)
bridge.write(
  registerPost({ ...ids, stream: at(20), said: { name: 'Bridge (invented)', opening: { hours: 'day' } } }, [], moment),
)

function officer(n: number, sex: 'female' | 'male' = 'female'): Written {
  const written = new Written(at(n), n * 100)
  const said = { number: `S-${n}` }
  written.write(registerOfficer({ ...ids, stream: at(n), post: at(20), sex, said }, [bridge.post], [], moment))
  return written
}

const session: HeldSession = {
  stream: at(90),
  heldOn: day('2026-03-10'),
  modules: ['see', 'meet'],
  attended: { ...nobody, female: exactly(2), male: exactly(1) },
}

const command = (officers: readonly Written[], changed: Partial<CertifyAttended> = {}): CertifyAttended => ({
  session,
  modules: [
    { module: 'see', version: '2' },
    { module: 'meet', version: '' },
  ],
  officers: officers.map(({ stream }) => stream),
  validity: { months: 24, source: '' },
  changesEarlier: false,
  isSure: false,
  ...changed,
})

/** Decides of all of them, and writes what was decided to each of those it is of. */
function certify(all: readonly Written[], said: CertifyAttended): number {
  const decided = certifyAttended(
    said,
    all.map(({ officer: each }) => each),
    moment,
  )
  if (!decided.ok) throw new Error(decided.refusal.code)
  for (const each of all) {
    const hers = decided.value.filter(({ stream }) => stream === each.stream)
    if (hers.length > 0) each.write({ ok: true, value: hers })
  }
  return decided.value.length
}

const refusal = (all: readonly Written[], said: CertifyAttended) =>
  codeOf(
    certifyAttended(
      said,
      all.map(({ officer: each }) => each),
      moment,
    ),
  )

const isTrained = ({ officer: { certificates } }: Written, on = moment.today): boolean => isTrainedOn(certificates, on)

describe('what is refused, by name', () => {
  it('no module, a validity of no month or of eleven years, and another than ours of which nobody says where it stands', () => {
    const all = [officer(1)]
    const of = (changed: Partial<CertifyAttended>) => refusal(all, command(all, changed))
    expect(of({ modules: [] })).toBe('workforce.no-module')
    expect(of({ validity: { months: 0, source: 'Order 7 (invented)' } })).toBe('workforce.validity-wrong')
    expect(of({ validity: { months: 132, source: 'Order 7 (invented)' } })).toBe('workforce.validity-wrong')
    expect(of({ validity: { months: 36, source: ' ' } })).toBe('workforce.no-validity-source')
    expect(of({ validity: { months: 36, source: 'Order 7 (invented)' } })).toBeUndefined()
  })

  it('a session at which nothing is said anew', () => {
    const all = [officer(1), officer(2)]
    expect(refusal(all, command([]))).toBe('workforce.nothing-changed')
    certify(all, command(all))
    expect(refusal(all, command(all))).toBe('workforce.nothing-changed')
  })

  it('more women than the sheet counts of this agency, until somebody says that they were there; the certificates say so', () => {
    const all = [officer(1), officer(2), officer(3), officer(4, 'male')]
    const decided = certifyAttended(
      command(all),
      all.map((each) => each.officer),
      moment,
    )
    expect(decided).toMatchObject({
      refusal: { code: 'workforce.more-than-attended', values: { sex: 'female', marked: 3, counted: 2 } },
    })
    expect(certify(all, command(all, { isSure: true }))).toBe(8)
    expect(all[0]?.officer.certificates[0]?.said?.beyondSheet).toBe('yes')
    // Within what the sheet counts nothing is asked, and nothing said.
    const few = [officer(5), officer(6, 'male')]
    certify(few, command(few))
    expect(few[0]?.officer.certificates[0]?.said?.beyondSheet).toBeUndefined()
  })

  it('whose sex the sheet does not give may be of any, and a count too small to be told bounds by its upper end', () => {
    const all = [officer(1), officer(2), officer(3)]
    const one = { ...session, attended: { ...nobody, female: exactly(2), unknown: exactly(1) } }
    expect(refusal(all, command(all, { session: one }))).toBeUndefined()
    const few = { ...session, attended: { ...nobody, female: { low: 0, high: 4 } } }
    expect(refusal(all, command(all, { session: few }))).toBeUndefined()
  })
})

describe('officers who attended a session', () => {
  it('hold a certificate of each module taught, of its version, from its day to the end of what is said to hold', () => {
    const her = officer(1)
    certify([her], command([her], { validity: { months: 36, source: 'Order 7 (invented)' } }))
    expect(
      her.officer.certificates.map(({ certificate, said }) => [certificate.module, certificate.expires, said]),
    ).toEqual([
      [
        'see',
        '2029-03',
        {
          moduleVersion: '2',
          issued: '2026-03-10',
          until: '2029-03-10',
          session: session.stream,
          validBy: 'Order 7 (invented)',
          disputed: [],
        },
      ],
      ['meet', '2029-03', expect.objectContaining({ until: '2029-03-10', session: session.stream })],
    ])
    expect(isTrained(her)).toBe(true)
    // Of which session, version and source nothing stands in the clear.
    expect(her.entries.at(-1)?.coded).toEqual({ module: 'meet', expires: '2029-03' })
  })

  it('who attended several are certified by each, and trained to the longest', () => {
    const her = officer(1)
    const later = { ...session, stream: at(91), heldOn: day('2026-09-01') }
    certify([her], command([her]))
    certify([her], command([her], { session: later }))
    expect(certificatesOf(her.officer, session.stream)).toHaveLength(2)
    expect(certificatesOf(her.officer, later.stream)).toHaveLength(2)
    expect([isTrained(her, day('2028-03-11')), isTrained(her, day('2028-09-02'))]).toEqual([true, false])
  })

  it('who are marked no more hold nothing of it, and those who are marked later are added to those who were', () => {
    const [first, second] = [officer(1), officer(2)]
    const all = [first, second]
    certify(all, command([first]))
    expect(certify(all, command([first, second]))).toBe(2)
    expect(certify(all, command([second]))).toBe(2)
    expect([isTrained(first), isTrained(second)]).toEqual([false, true])
    expect(
      markedAt(
        all.map(({ officer: each }) => each),
        session.stream,
      ),
    ).toHaveLength(1)
    // Marked again, she is certified anew.
    certify(all, command(all))
    expect(isTrained(first)).toBe(true)
  })

  it('keep what was written of them before, unless it is said that it changes with the rest', () => {
    const [first, second] = [officer(1), officer(2)]
    const all = [first, second]
    certify(all, command([first]))
    const longer = { validity: { months: 36, source: 'Order 7 (invented)' } }
    certify(all, command(all, longer))
    expect(first.officer.certificates[0]?.said?.until).toBe('2028-03-10')
    certify(all, command(all, { ...longer, changesEarlier: true }))
    expect(first.officer.certificates.map(({ said }) => [said?.until, said?.validBy])).toEqual([
      ['2029-03-10', 'Order 7 (invented)'],
      ['2029-03-10', 'Order 7 (invented)'],
    ])
  })

  it('a certificate that was withdrawn stays so, and who left is given none', () => {
    const [her, him] = [officer(1), officer(2, 'male')]
    const all = [her, him]
    certify(all, command([her]))
    const record = her.officer.certificates[0]?.certificate.record
    if (!record) throw new Error('a certificate')
    her.write(withdrawCertificate(her.officer, record, true, moment))
    him.write(leaveService(him.officer, { left: true, on: day('2026-11-01') }, moment))
    expect(refusal(all, command(all))).toBe('workforce.nothing-changed')
    expect(isTrained(her)).toBe(false)
  })

  it('whose own list has the same certificate to the same day are not certified twice', () => {
    const her = officer(1)
    const said = { moduleVersion: '', issued: day('2026-03-10'), until: day('2028-03-10'), session: undefined }
    her.write(certifyOfficer(her.officer, { ...said, module: 'see' }, moment))
    expect(certify([her], command([her]))).toBe(1)
  })
})

it('a last day is the same day of a later month, or the last of one that has none', () => {
  expect(monthsAfter(day('2028-02-29'), 12)).toBe('2029-02-28')
  expect(monthsAfter(day('2026-08-31'), 6)).toBe('2027-02-28')
  expect(monthsAfter(day('2026-12-31'), 1)).toBe('2027-01-31')
})

it('whatever is marked in whatever order, those who are marked last are trained and nobody else is', () => {
  const marks = fc.array(fc.subarray([0, 1, 2, 3]), { minLength: 1, maxLength: 5 })
  fc.assert(
    fc.property(marks, (turns) => {
      const all = [officer(1), officer(2), officer(3, 'male'), officer(4)]
      for (const turn of turns) {
        const marked = turn.flatMap((n) => all[n] ?? [])
        const said = command(marked, { isSure: true })
        if (refusal(all, said) === undefined) certify(all, said)
      }
      const last = turns.at(-1) ?? []
      expect(all.map((each) => isTrained(each))).toEqual(all.map((_, n) => last.includes(n)))
    }),
    { seed: 4, numRuns: 60 },
  )
})

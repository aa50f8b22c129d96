import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import {
  certifyOfficer,
  correctCertificate,
  describeOfficer,
  registerOfficer,
} from '@lentera/core/workforce/officer/capture'
import { sealedOfOfficer } from '@lentera/core/workforce/officer/words'
import { describePost, registerPost } from '@lentera/core/workforce/post/capture'
import { everyDay, type Opening, sealedOfPost } from '@lentera/core/workforce/post/words'
import { codeOf, idOf, ids, moment, Written } from '@lentera/core/workforce/testing/written'
import { readCatalogue } from '@lentera/ui/catalogues/node'
import { textOf } from '@lentera/ui/catalogues/text'
import { describe, expect, it } from 'vitest'
import { countsByPost } from './counts.ts'
import { readOfficer, typedOfficer } from './officer-fields.tsx'
import { readPost, typedPost } from './post-fields.tsx'
import { isTwofold } from './say.ts'
import { twiceIn } from './twice.ts'

const [bridge, gate] = [StreamId.parse(idOf(21)), StreamId.parse(idOf(22))]

function posted(stream: StreamId, typed: Record<string, string>, next: number): Written {
  const read = readPost(typed, {}, [])
  if (!read.ok) throw new Error(read.refusal.code)
  const written = new Written(stream, next)
  written.write(registerPost({ ...ids, stream, said: read.value }, [], moment))
  return written
}

const typedBridge = {
  code: 'A-1',
  name: 'Lantern bridge (invented)',
  hours: 'shifts',
  shifts: '06:00-14:00; 22:00-06:00',
  latitude: '13,5',
  longitude: '103.4',
  flow: '၅,၂၀၀',
  toilets: 'unknown',
}
const one = posted(bridge, typedBridge, 100)
const two = posted(gate, { code: 'A-2', name: 'Long road gate (invented)', hours: 'day' }, 200)
const posts = [one.post, two.post]

describe('the fields of a post', () => {
  it('say what was typed, in whichever digits, and a field shown again unchanged says nothing anew', () => {
    expect(one.post.said).toMatchObject({
      flow: 5200,
      position: { latitude: 13.5, longitude: 103.4 },
      toilets: 'unknown',
    })
    expect(one.post.said.opening).toMatchObject({ shifts: [{ starts: 360 }, { starts: 1320, minutes: 480 }] })
    const shown = typedPost(one.post, posts)
    expect(readPost(shown, shown, posts)).toEqual({ ok: true, value: {} })
  })

  it('take back what is emptied, and find another post by its code', () => {
    const shown = typedPost(one.post, posts)
    const read = readPost({ ...shown, flow: '', neighbours: 'a 2: 35' }, shown, posts)
    if (!read.ok) throw new Error(read.refusal.code)
    one.write(describePost(bridge, one.post, read.value, posts, moment))
    expect(one.post.said.flow).toBeUndefined()
    expect(one.post.said.neighbours).toEqual([{ post: gate, minutes: 35 }])
  })

  it('settle two answers by what is typed, and by nothing where she says so', () => {
    const there = posted(StreamId.parse(idOf(23)), { code: 'A-3', name: 'Reed gate (invented)', hours: 'day' }, 300)
    const [before, seen] = [there.post, there.state.heads]
    for (const [flow, risk, latitude] of [
      [10, 'high', 12],
      [20, 'low', 13],
    ] as const) {
      const position = { latitude, longitude: 104 }
      there.write(describePost(there.stream, before, { flow, risk, position }, [], moment), seen)
    }
    const { disputed } = there.post.said
    expect(disputed.toSorted()).toEqual(['flow', 'position', 'risk'])
    const shown = typedPost(there.post, [])
    expect(readPost(shown, shown, [], disputed)).toEqual({ ok: true, value: {} })
    const read = readPost({ ...shown, risk: 'high', settle: 'flow,position' }, shown, [], disputed)
    expect(read).toEqual({ ok: true, value: { risk: 'high', flow: null, position: null } })
    if (!read.ok) throw new Error(read.refusal.code)
    there.write(describePost(there.stream, there.post, read.value, [], moment))
    expect(there.post.said).toMatchObject({ disputed: [], risk: 'high' })
    expect(there.post.said.flow).toBeUndefined()
  })

  it.each([
    ['shifts', { hours: 'shifts', shifts: 'sometimes' }],
    ['position', { latitude: '95', longitude: '103' }],
    ['flow', { flow: 'many' }],
    ['neighbours', { neighbours: 'Z-9: 20' }],
  ])('that cannot be read are refused by name: %s', (field, typed) => {
    expect(readPost({ ...typedBridge, ...typed }, typedBridge, posts)).toMatchObject({
      refusal: { code: 'workforce.not-understood', values: { field } },
    })
  })
})

describe('the fields of an officer', () => {
  const officer = (n: number, typed: Record<string, string>): Written => {
    const read = readOfficer(typed, {}, posts)
    if (!read.ok) throw new Error(read.refusal.code)
    const { sex, ...said } = read.value
    const written = new Written(StreamId.parse(idOf(n)), n * 100)
    const command = { ...ids, stream: written.stream, post: bridge, sex, said }
    written.write(registerOfficer(command, posts, [], moment))
    return written
  }
  const typed = {
    number: 'S-1',
    sex: 'female',
    languages: 'km,en',
    nights: 'yes',
    volunteersFor: 'A-2',
    reach: '20',
    absences: '2026-12-01 / 2026-12-10\n2026-12-24',
  }

  it('say what she offers and when she is not there, and nothing anew when shown again', () => {
    const { officer: her } = officer(31, typed)
    expect(her.said).toMatchObject({
      languages: ['km', 'en'],
      wishes: { volunteersForNights: true, volunteersFor: [gate], mostNights: null },
      absences: [
        { from: '2026-12-01', to: '2026-12-10' },
        { from: '2026-12-24', to: '2026-12-24' },
      ],
    })
    const shown = typedOfficer(her, posts)
    expect(readOfficer(shown, shown, posts)).toEqual({ ok: true, value: {} })
  })

  it('have the days of both where two said apart when she is away: ticked, both hold, and nobody types them again', () => {
    const written = officer(34, { ...typed, number: 'S-4', absences: '' })
    const [before, seen] = [written.officer, written.state.heads]
    const away = (on: string) => ({ absences: [{ from: CivilDate.parse(on), to: CivilDate.parse(on) }] })
    for (const on of ['2026-12-01', '2026-12-09']) written.write(describeOfficer(before, away(on), [], moment), seen)
    const { said } = written.officer
    expect(said.disputed).toEqual(['absences'])
    const shown = typedOfficer(written.officer, posts)
    expect(shown.absences?.split('\n').toSorted()).toEqual(['2026-12-01 / 2026-12-01', '2026-12-09 / 2026-12-09'])
    expect(readOfficer(shown, shown, posts, said.disputed)).toEqual({ ok: true, value: {} })
    const read = readOfficer({ ...shown, settle: 'absences' }, shown, posts, said.disputed)
    if (!read.ok) throw new Error(read.refusal.code)
    written.write(describeOfficer(written.officer, read.value, [], moment))
    expect(written.officer.said.disputed).toEqual([])
    expect(written.officer.said.absences).toHaveLength(2)
  })

  it('emptied of what she offered leave nothing of it: not a word that says no', () => {
    const written = officer(32, { ...typed, number: 'S-2' })
    const shown = typedOfficer(written.officer, posts)
    const read = readOfficer({ ...shown, nights: '', volunteersFor: '', reach: '' }, shown, posts)
    if (!read.ok) throw new Error(read.refusal.code)
    written.write(describeOfficer(written.officer, read.value, [], moment))
    expect(written.officer.said.wishes).toBeUndefined()
    expect(written.officer.said.reach).toBeUndefined()
  })

  it.each([
    ['wishes', { volunteersFor: 'Z-9' }],
    ['reach', { reach: 'soon' }],
    ['absences', { absences: 'next week' }],
  ])('that cannot be read are refused by name: %s', (field, changed) => {
    const read = readOfficer({ ...typed, ...changed }, typed, posts)
    expect(codeOf(read)).toBe('workforce.not-understood')
    expect(read).toMatchObject({ refusal: { values: { field } } })
  })

  it('of two officers under one number, a woman and a man, are shown as to be settled; neither covers a shift until they are', () => {
    const [first, second] = [officer(33, { number: 'S-9', sex: 'female' }), officer(34, { number: 'S-9', sex: 'male' })]
    const both = [first.officer, second.officer]
    const twice = twiceIn([], both, () => '')
    expect([...twice.officers]).toEqual([first.stream, second.stream])
    expect([...twice.uncounted]).toEqual([first.stream, second.stream])
    expect(countsByPost(both, moment.today).get(bridge)).toEqual({ officers: 2, women: 1, trained: 0, ending: 0 })
  })

  it('are two answers also where two differ in her sex, or in a certificate', () => {
    const her = new Written(StreamId.parse(idOf(32)), 950)
    const said = { number: 'S-8' }
    her.write(registerOfficer({ ...ids, stream: her.stream, post: bridge, sex: 'female', said }, posts, [], moment))
    const given = {
      module: 'see',
      moduleVersion: '1',
      issued: moment.today,
      until: moment.today,
      session: undefined,
    } as const
    const record = her.write(certifyOfficer(her.officer, given, moment))
    expect(isTwofold(her.officer)).toBe(false)
    const [before, seen] = [her.officer, her.state.heads]
    for (const moduleVersion of ['2', '3'])
      her.write(correctCertificate(before, record, { ...given, moduleVersion }, moment), seen)
    expect(isTwofold(her.officer)).toBe(true)
    her.write(correctCertificate(her.officer, record, { ...given, moduleVersion: '3' }, moment))
    expect(isTwofold(her.officer)).toBe(false)
    const [of, heads] = [her.officer, her.state.heads]
    for (const sex of ['male', 'another'] as const) her.write(describeOfficer(of, { sex }, [], moment), heads)
    expect(isTwofold(her.officer)).toBe(true)
  })

  it('settle two answers by what is typed, and by nothing where she says so', () => {
    const her = new Written(StreamId.parse(idOf(31)), 900)
    her.write(
      registerOfficer(
        { ...ids, stream: her.stream, post: bridge, sex: 'female', said: { number: 'S-9' } },
        posts,
        [],
        moment,
      ),
    )
    const [before, seen] = [her.officer, her.state.heads]
    const wishes = { volunteersForNights: true, volunteersFor: [], mostNights: 4 }
    her.write(describeOfficer(before, { home: 'Hill', wishes, reach: 20 }, [], moment), seen)
    her.write(
      describeOfficer(before, { home: 'River', wishes: { ...wishes, mostNights: 2 }, reach: 30 }, [], moment),
      seen,
    )
    const { disputed } = her.officer.said
    expect(disputed).toEqual(['home', 'wishes', 'reach'])
    const shown = typedOfficer(her.officer, posts)
    expect(readOfficer(shown, shown, posts, disputed)).toEqual({ ok: true, value: {} })
    const read = readOfficer({ ...shown, reach: '25', settle: 'home,wishes' }, shown, posts, disputed)
    expect(read).toEqual({ ok: true, value: { home: null, wishes: null, reach: 25 } })
    if (!read.ok) throw new Error(read.refusal.code)
    her.write(describeOfficer(her.officer, read.value, [], moment))
    expect(her.officer.said).toMatchObject({ disputed: [], reach: 25 })
    expect([her.officer.said.home, her.officer.said.wishes]).toEqual([undefined, undefined])
  })
})

describe('a field that cannot be read', () => {
  const fields = [...sealedOfPost, ...sealedOfOfficer, 'shifts', 'validBy'].filter((field) => field !== 'stays')
  it.each(['en', 'th', 'my'] as const)('is called as the form calls it, and never by its code, in %s', (language) => {
    const t = textOf(readCatalogue(language))
    const said = fields.map((field) => t('refusal.workforce.not-understood', { field }))
    const unnamed = t('refusal.workforce.not-understood', { field: 'nobody knows it' })
    expect(fields.filter((_, at) => said[at] === unnamed)).toEqual([])
    expect(said.join(' ')).not.toMatch(/changingRoom|childCare|mustBeCovered|postedOn|leftOn|rosterWishes|validBy/)
  })
})

describe('the hours of a post in its form', () => {
  const openingOf = (shifts: string) => {
    const read = readPost({ name: 'Reed gate (invented)', hours: 'shifts', shifts }, {}, [])
    return read.ok ? read.value.opening : read.refusal.code
  }
  it('are of the weekdays that are typed, and divided where they are longer than one duty', () => {
    expect(openingOf('Mon-Fri 8-16')).toEqual({
      hours: 'shifts',
      shifts: [{ starts: 480, minutes: 480, weekdays: [0, 1, 2, 3, 4] }],
    })
    expect(openingOf('00:00-24:00')).toMatchObject({ shifts: [{ starts: 0 }, { starts: 480 }, { starts: 960 }] })
  })

  it('that were written down as one duty of a day are shown as the shifts that are planned by', () => {
    const written = new Written(gate, 700)
    const opening: Opening = { hours: 'shifts', shifts: [{ starts: 0, minutes: 1440, weekdays: [...everyDay] }] }
    const said = { name: 'Reed gate (invented)', opening }
    written.write(registerPost({ ...ids, stream: gate, said }, [], moment))
    expect(typedPost(written.post, []).shifts).toBe('00:00-08:00; 08:00-16:00; 16:00-00:00')
  })
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CivilDate, daysAfter } from '../../shared/dates.ts'
import { StreamId } from '../../shared/ids.ts'
import type { DateOrder } from '../../sheets/dates.ts'
import { type Form, type Mapping, suggest, withDates } from '../../sheets/mapping.ts'
import { openFile } from '../../sheets/sheet.ts'
import { workbookOf } from '../../sheets/test-files.ts'
import { describeOfficer, leaveService, listed, type OfficerAt, registerOfficer } from '../officer/capture.ts'
import { describePost, type PostAt, registerPost } from '../post/capture.ts'
import { longestDuty, type Shift, shiftsOf } from '../post/words.ts'
import { sayingsIn } from '../sealed-texts.ts'
import { idOf, ids, moment, Written } from '../testing/written.ts'
import { changesOfPost } from './changes.ts'
import { type OfficerColumn, officerColumns, type PostColumn, postColumns } from './fields.ts'
import { findLists } from './forms.ts'
import { readHours } from './hours.ts'
import { type OfficerFile, readOfficers } from './officer-file.ts'
import { type PostFile, postsByName, readPosts } from './post-file.ts'

/** The lists of an invented agency, as its clerk typed them. */
const postList = [
  'Code,Name of post,Kind of crossing,Lat,Long,Opening hours,Travellers a day,Risk,Separate toilets,Safe lodging',
  'A-1,Lantern bridge (invented),bridge,13.5,103.4,24 h,"5,200",high,yes,yes',
  'A-2,Long road gate (invented),road,,,06:00-14:00; 14:00-22:00,900,2,Y,?',
]
const officerList = [
  'Service No,Name,Sex,Post,Home district,See until,Meet until,On call minutes',
  'S-1,Cedar (invented),F,A-1,Hill,2027-03-10,2027-03-10,20',
  'S-2,Maple (invented),M,Long road gate (invented),River,,,',
]

async function formsOf(...lines: readonly string[]) {
  const opened = await openFile(new TextEncoder().encode(lines.join('\n')))
  if (!opened.ok) throw new Error(opened.refusal.code)
  const found = findLists(opened.value.sheets)
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}

const streams = () => {
  let next = 900
  return () => StreamId.parse(idOf(next++))
}

async function posts(lines: readonly string[], known: readonly PostAt[] = [], most?: number): Promise<PostFile> {
  const { posts: form } = await formsOf(...lines)
  if (!form) throw new Error('a list of posts')
  const mapping: Mapping<PostColumn> = suggest(form, postColumns)
  const read = readPosts(form, mapping, {
    posts: known,
    newStream: streams(),
    moment,
    ...(most === undefined ? {} : { most }),
  })
  if (!read.ok) throw new Error(read.refusal.code)
  return read.value
}

/** Posts and officers as they stand after a list was taken. */
function written(file: PostFile): PostAt[] {
  return file.rows.map(({ stream, said }, i) => {
    const post = new Written(stream, 2000 + 10 * i)
    post.write(registerPost({ ...ids, stream, said }, [], moment))
    return post.post
  })
}

async function officers(
  lines: readonly string[],
  at: readonly PostAt[],
  known: readonly OfficerAt[] = [],
): Promise<OfficerFile> {
  const { officers: form } = await formsOf(...lines)
  if (!form) throw new Error('a list of officers')
  return read(form, at, known)
}

function read(
  form: Form,
  at: readonly PostAt[],
  known: readonly OfficerAt[] = [],
  dates?: Exclude<DateOrder, 'not-known'>,
): OfficerFile {
  const mapping: Mapping<OfficerColumn> = withDates(suggest(form, officerColumns), 'see', dates)
  const found = readOfficers(form, mapping, {
    posts: at,
    found: postsByName(at),
    officers: known,
    newStream: streams(),
    moment,
  })
  if (!found.ok) throw new Error(found.refusal.code)
  return found.value
}

function enrolled(file: OfficerFile, at: readonly PostAt[]): Written[] {
  return file.rows.map(({ stream, post, sex, said, certificates }, i) => {
    const officer = new Written(stream, 5000 + 20 * i)
    const command = { ...ids, stream, post, sex, said }
    officer.write(registerOfficer(command, at, [], moment))
    for (const { module, until } of certificates)
      officer.write({ ok: true, value: [listed(stream, module, until, moment)] })
    return officer
  })
}

const reasons = ({ bad }: { readonly bad: readonly { readonly line: number; readonly reason: string }[] }) =>
  bad.map(({ line, reason }) => `${line} ${reason}`)

describe('rows that cannot be taken are listed by line and reason', () => {
  it('a post without hours, without a name, with a word nobody knows, a place on no globe, or listed twice', async () => {
    const file = await posts([
      ...postList,
      'A-3,Willow gate (invented),road,,,sometimes,1,low,yes,yes',
      'A-4,,road,,,day,1,low,yes,yes',
      'A-5,Fern gate (invented),tunnel,,,day,1,low,yes,yes',
      'A-6,Moss gate (invented),road,95,103,day,1,low,yes,yes',
      'a 1,Lantern bridge again (invented),bridge,,,day,1,low,yes,yes',
      'A-7,Reed gate (invented),road,,,day,many,low,yes,yes',
    ])
    expect(reasons(file)).toEqual([
      '4 no-hours',
      '5 cell-empty',
      '6 word-unknown',
      '7 place-not-understood',
      '8 post-twice',
      '9 number-not-understood',
    ])
    expect(file.rows.map(({ line }) => line)).toEqual([2, 3])
  })

  it('a wrong sex, an unknown post, a date that is none, two homes in one cell, a number of minutes that is none', async () => {
    const at = written(await posts(postList))
    const file = await officers(
      [
        ...officerList,
        'S-3,Linden (invented),Q,A-1,Hill,,,',
        'S-4,Hazel (invented),F,A-9,Hill,,,',
        'S-5,Rowan (invented),F,A-1,Hill,31.02.2027,,',
        'S-6,Alder (invented),F,A-1,Hill / River,,,',
        'S-7,Aspen (invented),F,A-1,Hill,,,soon',
        ',Laurel (invented),F,A-1,Hill,,,',
        'S-8,Maple (invented),F,A-1,Hill,01.05.2071,,',
        'S-9,Cedar (invented),F,A-1,Hill,n/a,-,N.A.',
      ],
      at,
    )
    expect(reasons(file)).toEqual([
      '4 word-unknown',
      '5 post-unknown',
      '6 date-not-understood',
      '7 two-homes-in-cell',
      '8 number-not-understood',
      '9 cell-empty',
      '10 date-too-late',
    ])
    // What stands there for "not known" says nothing, and refuses nobody.
    expect(file.rows.map(({ said }) => said.number)).toEqual(['S-1', 'S-2', 'S-9'])
  })

  it('with the number of the officer, or the code and name of the post, as the row writes them', async () => {
    const file = await posts([
      ...postList,
      'A-3,Willow gate (invented),road,,,sometimes,1,low,yes,yes',
      ',Fern gate,,,,,,,,',
    ])
    expect(file.bad.map(({ line, who }) => [line, who])).toEqual([
      [4, 'A-3 Willow gate (invented)'],
      [5, 'Fern gate'],
    ])
    const [head = ''] = officerList
    const listed = await officers(
      [head, 'S-3,Linden (invented),Q,A-1,,,,', ',Hazel (invented),F,A-1,,,,', 'S-5,,F,A-9,,,,', '"S-6,F'],
      written(await posts(postList)),
    )
    expect(listed.bad.map(({ line, who }) => [line, who])).toEqual([
      [2, 'S-3'],
      [3, 'Hazel (invented)'],
      [4, 'S-5'],
      [5, ''],
    ])
  })

  it('an officer with two homes or two posts: both rows, since only a person can say which; who is merely repeated: the second', async () => {
    const at = written(await posts(postList))
    const file = await officers(
      [
        officerList[0] ?? '',
        'S-1,Cedar (invented),F,A-1,Hill,,,',
        's1,Cedar (invented),F,A-1,Coast,,,',
        'S-2,Maple (invented),M,A-1,River,,,',
        'S-2,Maple (invented),M,A-2,River,,,',
        'S-3,Hazel (invented),F,A-1,Hill,,,',
        'S-3,Hazel (invented),F,A-1,Hill,,,',
      ],
      at,
    )
    expect(reasons(file)).toEqual([
      '2 officer-two-homes',
      '3 officer-two-homes',
      '4 officer-two-posts',
      '5 officer-two-posts',
      '7 officer-twice',
    ])
    expect(file.rows.map(({ line }) => line)).toEqual([6])
  })

  it('an officer with two sexes, two ends of one certificate or two ranks: both rows, by the column that differs', async () => {
    const at = written(await posts(postList))
    const file = await officers(
      [
        `${officerList[0]},Rank,Nights`,
        'S-1,Cedar (invented),F,A-1,Hill,,,,,',
        'S-1,Cedar (invented),M,A-1,Hill,,,,,',
        'S-2,Maple (invented),F,A-1,River,2027-03-10,2027-03-10,20,,',
        'S-2,Maple (invented),F,A-1,River,2025-03-10,2025-03-10,20,,',
        'S-3,Hazel (invented),F,A-1,Hill,,,20,captain,yes',
        'S-3,Hazel (invented),F,A-1,Hill,,,20,sergeant,yes',
        'S-4,Rowan (invented),F,A-1,Hill,,,20,,yes',
        'S-4,Rowan (invented),F,A-1,Hill,,,30,,no',
      ],
      at,
    )
    expect(file.bad.map(({ line, reason, values }) => `${line} ${reason} ${values.column} ${values.first}`)).toEqual([
      '2 officer-contradicts Sex 3',
      '3 officer-contradicts Sex 2',
      '4 officer-contradicts See until 5',
      '5 officer-contradicts See until 4',
      '6 officer-contradicts Rank 7',
      '7 officer-contradicts Rank 6',
      '8 officer-contradicts On call minutes 9',
      '9 officer-contradicts On call minutes 8',
    ])
    expect(file.rows).toEqual([])
  })

  it('no officer whose home stands in one row alone: the second row repeats, and what it says besides is taken', async () => {
    const at = written(await posts(postList))
    const file = await officers(
      [
        officerList[0] ?? '',
        'S-1,Cedar (invented),F,A-1,,2027-03-10,,20',
        'S-1,Cedar (invented),F,A-1,Hill,,2027-04-10,',
      ],
      at,
    )
    expect(reasons(file)).toEqual(['3 officer-twice'])
    expect(file.rows[0]).toMatchObject({
      said: { home: 'Hill', reach: 20 },
      certificates: [
        { module: 'see', until: '2027-03-10' },
        { module: 'meet', until: '2027-04-10' },
      ],
    })
  })

  it('no two officers, or posts, whose numbers differ by where a mark parts them', async () => {
    const file = await posts([
      ...postList,
      'A-11,Willow gate (invented),road,,,day,1,low,yes,yes',
      'A1-1,Fern gate (invented),road,,,day,1,low,yes,yes',
    ])
    expect(reasons(file)).toEqual([])
    const at = written(file)
    const two = await officers(
      [
        officerList[0] ?? '',
        'S-11,Cedar (invented),F,A-11,Hill,,,',
        'S1-1,Maple (invented),F,A1-1,Hill,,,',
        's 11,Cedar (invented),F,a 11,Hill,,,',
      ],
      at,
    )
    expect(reasons(two)).toEqual(['4 officer-twice'])
    expect(two.rows.map(({ post }) => post)).toEqual([at[2]?.stream, at[3]?.stream])
  })

  it('two homes in one cell where each is a home of its own; a place of such a name is one, and a person is told so', async () => {
    const at = written(await posts(postList))
    const [head = ''] = officerList
    const row = (number: number, home: string) => `S-${number},Cedar (invented),F,A-1,"${home}",,,`
    const doubtful = ['Hill/River', 'Hill & River', 'Hill and River', 'Hill + River', 'Hill; Coast', 'River or Coast']
    const file = await officers(
      [head, row(1, 'Hill'), row(2, 'River'), ...doubtful.map((home, i) => row(3 + i, home))],
      at,
    )
    expect(reasons(file)).toEqual([4, 5, 6, 7, 8, 9].map((line) => `${line} two-homes-in-cell`))
    expect(file.oneHome).toEqual([])
    const named = await officers([head, row(1, 'Hill'), row(2, 'Trat and Islands'), row(3, 'Hill, River province')], at)
    expect(reasons(named)).toEqual([])
    expect(named.oneHome).toEqual([{ line: 3, home: 'Trat and Islands' }])
    const [known] = enrolled(named, at).slice(1, 2)
    if (!known) throw new Error('an officer')
    const again = await officers([head, row(4, 'Trat and Islands'), row(5, 'Trat'), row(6, 'Islands')], at, [
      known.officer,
    ])
    expect([reasons(again), again.oneHome]).toEqual([[], []])
  })

  it('an officer of whom it is written that she left, and one who was marked as never having been', async () => {
    const at = written(await posts(postList))
    const [first, second] = enrolled(await officers(officerList, at), at)
    if (!first || !second) throw new Error('two officers')
    first.write(leaveService(first.officer, { left: true, on: daysAfter(moment.today, -1) }, moment))
    expect(reasons(await officers(officerList, at, [first.officer, second.officer]))).toEqual(['2 officer-left'])
  })

  it('a file in an encoding before Unicode is refused whole, with its line', async () => {
    const bytes = Uint8Array.from([...new TextEncoder().encode(`${officerList[0]}\nS-1,`), 0xe9, 0x20, 0x41])
    expect(await openFile(bytes)).toMatchObject({ refusal: { code: 'sheets.wrong-encoding', values: { line: 2 } } })
  })
})

describe('a workbook whose heads are merged', () => {
  it('gives the last day of each certificate, never the day of its issue, and what is kept as a number or as a mark', async () => {
    const book = workbookOf(
      {
        Posts: [
          ['Post code', 'Post', 'Position', '', 'Hours', 'Risk', 'Facilities', ''],
          ['', '', 'Lat', 'Long', '', '', 'Toilets', 'Safe lodging'],
          ['A-1', 'Lantern bridge (invented)', '13.5', '103.4', '24 h', 'high', 'yes', 'no'],
        ],
        Officers: [
          ['Service No', 'Name', 'Sex', 'Post', 'Home', 'See', '', 'Meet', ''],
          ['', '', '', '', '', 'issued', 'until', 'issued', 'until'],
          ['S-1', 'Cedar (invented)', 'F', 'A-1', 'Hill', { day: 45717 }, { day: 46447 }, '01/03/2568', '01/03/2570'],
          ['S-2', 'Maple (invented)', 'F', 'A-1', 'Hill', 46000, 46700, 'n/a', '-'],
          ['S-3', 'Hazel (invented)', 'F', 'A-1', 'Hill', '', '13/04/2027', '', '2027-04-13'],
        ],
      },
      'shared',
    )
    const opened = await openFile(book)
    const found = opened.ok ? findLists(opened.value.sheets) : opened
    if (!found.ok || !found.value.posts || !found.value.officers) throw new Error('two lists')
    const listed = readPosts(found.value.posts, suggest(found.value.posts, postColumns), {
      posts: [],
      newStream: streams(),
      moment,
    })
    if (!listed.ok) throw new Error(listed.refusal.code)
    expect(listed.value.rows[0]?.said).toMatchObject({
      position: { latitude: 13.5, longitude: 103.4 },
      toilets: 'yes',
      lodging: 'no',
    })
    const file = read(found.value.officers, written(listed.value))
    expect(reasons(file)).toEqual([])
    expect(
      file.rows.map(({ line, certificates }) => [line, certificates.map(({ module, until }) => `${module} ${until}`)]),
    ).toEqual([
      [3, ['see 2027-03-01', 'meet 2027-03-01']],
      [4, ['see 2027-11-09']],
      [5, ['see 2027-04-13', 'meet 2027-04-13']],
    ])
  })
})

describe('days wished for in a list', () => {
  const free = (on: string) => ({ on, wish: 'free', starts: null, weight: 2 })
  const list = (days: string) => ['Number,Sex,Post,Days off wished', `S-1,F,A-1,${days}`]

  it('are wishes of the middle weight for days to come, and leave what she wishes for other days', async () => {
    const at = written(await posts(postList))
    const file = await officers(list('24/12/2026; 31/12/2026; 01/01/2026'), at)
    expect(file.rows[0]?.said.rosterWishes).toEqual([free('2026-12-24'), free('2026-12-31')])
    const [her] = enrolled(file, at)
    if (!her) throw new Error('an officer')
    const more = await officers(list('25/12/2026'), at, [her.officer])
    const drafts = more.rows[0]?.what === 'changed' ? more.rows[0].drafts : []
    expect(drafts.map(({ opened }) => JSON.parse(sayingsIn(opened?.rosterWishes ?? '[]')[0]?.text ?? ''))).toEqual([
      [free('2026-12-24'), free('2026-12-25'), free('2026-12-31')],
    ])
  })

  it('more than can be kept are said, of who is new and of who has some already, and nothing else of the row is lost unsaid', async () => {
    const at = written(await posts(postList))
    const days = (count: number, year: number) =>
      Array.from({ length: count }, (_, n) => `${1 + (n % 28)}/${1 + Math.floor(n / 28)}/${year}`).join('; ')
    expect(reasons(await officers(list(days(61, 2027)), at))).toEqual(['2 too-many-days'])
    const file = await officers(list(days(60, 2027)), at)
    const [her] = enrolled(file, at)
    if (!her) throw new Error('an officer')
    expect(reasons(await officers(list(days(1, 2028)), at, [her.officer]))).toEqual(['2 too-many-days'])
  })

  it('that are no dates are told with their column', async () => {
    expect(reasons(await officers(list('Christmas'), written(await posts(postList))))).toEqual([
      '2 date-not-understood',
    ])
  })
})

describe('what agencies write, each in their own way', () => {
  it.each([
    ...['2028-02-01', '2028/02/01', '2028.2.1', '2028-02-01 00:00:00', '2028-02-01T00:00:00.000', '2571-02-01'],
    ...[
      '1 February 2028',
      '01-FEB-2028',
      '1-Feb-28',
      '1 Feb 2028',
      'Feb 1, 2028',
      'February 1 2028',
      '1. Februari 2028',
    ],
    ...['1 ก.พ. 2571', '1 กุมภาพันธ์ 71', '๑ ก.พ. ๒๕๗๑', '၁ ဖေဖော်ဝါရီ ၂၀၂၈', '1 កុម្ភៈ 2028', '1 ກ.ພ. 2028'],
  ])('%s is the first of February 2028', async (written_) => {
    const file = await officers(
      ['Number,Sex,Post,See until', `S-1,F,A-1,"${written_}"`],
      written(await posts(postList)),
    )
    expect(file.rows[0]?.certificates).toEqual([{ module: 'see', until: '2028-02-01' }])
  })

  it.each(['01/02/28', '31 Feb 2028', '1 Fog 2028', '1 2028', '2028/02.01', 'expired', '1 ก.พ. 28'])(
    '%s is no day, and is said back with its column',
    async (said) => {
      const file = await officers(['Number,Sex,Post,See until', `S-1,F,A-1,${said}`], written(await posts(postList)))
      expect(file.bad).toMatchObject([{ reason: 'date-not-understood', values: { column: 'See until', said } }])
    },
  )

  it('languages by name or code in any language; what is none of the programme’s is named, and the officer taken without it', async () => {
    const at = written(await posts(postList))
    const file = await officers(
      [
        'Number,Sex,Post,Languages',
        'S-1,F,A-1,"Khmer, Thai"',
        'S-2,F,A-1,km en',
        'S-3,M,A-1,ลาว และ เขมร',
        'S-4,M,A-1,Bahasa Indonesia / Klingon',
        'S-5,F,A-1,',
      ],
      at,
    )
    expect(reasons(file)).toEqual([])
    expect(file.rows.map(({ said }) => said.languages)).toEqual([
      ['km', 'th'],
      ['km', 'en'],
      ['lo', 'km'],
      ['id'],
      undefined,
    ])
    expect(file.unspoken).toEqual(['Klingon'])
  })

  it('an officer whose post stands in a row that is not good is told that row', async () => {
    const list = await posts([...postList, 'A-3,Willow gate (invented),road,,,sometimes,1,low,yes,yes'])
    const { officers: form } = await formsOf(
      'Number,Sex,Post',
      'S-1,F,A-3',
      'S-2,F,Willow gate (invented)',
      'S-3,F,A-9',
    )
    if (!form) throw new Error('a list of officers')
    const at = written(list)
    const found = { posts: at, found: postsByName(at), notTaken: list.notTaken, officers: [] }
    const file = readOfficers(form, suggest(form, officerColumns), { ...found, newStream: streams(), moment })
    expect(file.ok && file.value.bad.map(({ reason, values }) => [reason, values])).toEqual([
      ['post-not-taken', { line: 4 }],
      ['post-not-taken', { line: 4 }],
      ['post-unknown', {}],
    ])
  })

  it('a post merged over its officers is the post of each, and a merged title of none', async () => {
    const rows = [
      ['Strength of the district', '', ''],
      ['Post', 'Service No', 'Sex'],
      ['A-1', 'S-1', 'F'],
      ['', 'S-2', 'M'],
      [],
      ['', 'S-3', 'F'],
      ['A-2', 'S-4', 'F'],
      ['', 'S-5', 'F'],
    ]
    const opened = await openFile(workbookOf({ 'R&D': rows }, 'shared', ['A1:C1', 'A3:A6']))
    if (!opened.ok) throw new Error(opened.refusal.code)
    const found = findLists(opened.value.sheets)
    if (!found.ok || !found.value.officers) throw new Error('a list of officers')
    const at = written(await posts(postList))
    const [first, second] = at
    const file = read(found.value.officers, at)
    expect(file.rows.map(({ said, post }) => [said.number, post])).toEqual([
      ['S-1', first?.stream],
      ['S-2', first?.stream],
      ['S-3', first?.stream],
      ['S-4', second?.stream],
    ])
    // Not merged, an empty cell is empty.
    expect(reasons(file)).toEqual(['8 cell-empty'])
  })
})

describe('what the heads of a list suggest', () => {
  const suggested = async (...heads: readonly string[]) => {
    const { officers: form } = await formsOf(heads.join(','), heads.map(() => 'x').join(','))
    if (!form) throw new Error('a list of officers')
    const { columns } = suggest(form, officerColumns)
    return Object.fromEntries(
      Object.entries(columns).map(([field, answer]) => [field, answer && 'header' in answer ? answer.header : answer]),
    )
  }

  it.each([
    ['See issued', 'See until', 'Meet issued', 'Meet until'],
    [
      ...['Certificate See issued', 'Certificate See valid until'],
      ...['Certificate Meet valid from', 'Certificate Meet valid until'],
    ],
    ['See ออกเมื่อ', 'See', 'Meet ထုတ်ပေးသည့်ရက်', 'Meet'],
  ])('never the day on which a certificate was issued as its last: %s', async (issued, until, from, to) => {
    const heads = ['Service No', 'Sex', 'Post', issued ?? '', until ?? '', from ?? '', to ?? '']
    expect(await suggested(...heads)).toEqual({
      ...{ number: 'Service No', sex: 'Sex', post: 'Post' },
      ...{ see: until, meet: to },
    })
    // Without a last day nothing is guessed.
    expect(await suggested('Service No', 'Sex', 'Post', issued ?? '', from ?? '')).toEqual({
      ...{ number: 'Service No', sex: 'Sex', post: 'Post' },
    })
  })

  it('nothing of dates that could all be two days: they are read as a person says, and refused until she does', async () => {
    const at = written(await posts(postList))
    const { officers: form } = await formsOf('Service No,Sex,Post,See until', 'S-1,F,A-1,05/04/2028')
    if (!form) throw new Error('a list of officers')
    expect(reasons(read(form, at))).toEqual(['2 date-not-understood'])
    expect(read(form, at, [], 'day-first').rows[0]?.certificates).toEqual([{ module: 'see', until: '2028-04-05' }])
    expect(read(form, at, [], 'month-first').rows[0]?.certificates).toEqual([{ module: 'see', until: '2028-05-04' }])
  })

  it('in Thai and Burmese as lists are usually headed, and no telephone as her number', async () => {
    expect(await suggested('หมายเลขโทรศัพท์', 'หมายเลข', 'เพศ', 'ด่าน')).toEqual({
      ...{ number: 'หมายเลข', sex: 'เพศ', post: 'ด่าน' },
    })
    expect(await suggested('ဖုန်းနံပါတ်', 'နံပါတ်', 'ကျား/မ', 'စခန်း')).toEqual({
      ...{ number: 'နံပါတ်', sex: 'ကျား/မ', post: 'စခန်း' },
    })
    const at = written(await posts(postList))
    const file = await officers(['နံပါတ်,ကျား/မ,စခန်း', 'S-1,မိန်းမ,A-1', 'S-2,ယောက်ျား,A-1'], at)
    expect(file.rows.map(({ sex }) => sex)).toEqual(['female', 'male'])
  })
})

describe('a list that is taken', () => {
  it('says of each post and officer what the clerk wrote', async () => {
    const file = await posts(postList)
    expect(file.rows[0]).toMatchObject({
      what: 'new',
      said: {
        code: 'A-1',
        crossing: 'bridge',
        position: { latitude: 13.5, longitude: 103.4 },
        opening: { hours: 'day-and-night' },
        flow: 5200,
        risk: 'high',
        toilets: 'yes',
      },
    })
    expect(file.rows[1]?.said).toMatchObject({ risk: 'medium', lodging: 'unknown' })
    const at = written(file)
    const [cedar, maple] = (await officers(officerList, at)).rows
    expect(cedar).toMatchObject({
      sex: 'female',
      post: at[0]?.stream,
      said: { number: 'S-1', reach: 20 },
      certificates: [
        { module: 'see', until: '2027-03-10' },
        { module: 'meet', until: '2027-03-10' },
      ],
    })
    expect(maple).toMatchObject({ sex: 'male', post: at[1]?.stream, certificates: [] })
  })

  it('says which post must be covered whatever it costs; a word that is neither yes nor no is shown with its line', async () => {
    const [head, bridge, gate] = postList
    const asked = [
      `${head},Must be covered`,
      `${bridge},ใช่`,
      `${gate},`,
      'A-3,Landing (invented),road,,,24 h,,,,,perhaps',
    ]
    const file = await posts(asked)
    expect(file.rows.map(({ said }) => said.mustBeCovered)).toEqual(['yes', undefined])
    expect(reasons(file)).toEqual(['4 word-unknown'])
    const at = written(file)
    const taken = await posts([asked[0] ?? '', `${bridge},no`], at)
    expect(taken.rows[0]).toMatchObject({ what: 'changed', said: { mustBeCovered: 'no' } })
  })

  it('a second time doubles nobody: what is the same is left, what is said anew is one entry each', async () => {
    const at = written(await posts(postList))
    const again = await posts(postList, at)
    expect(again.rows.map(({ what, stream }) => [what, stream])).toEqual(at.map(({ stream }) => ['same', stream]))
    const known = enrolled(await officers(officerList, at), at).map(({ officer }) => officer)
    const same = await officers(officerList, at, known)
    expect(same.rows.map(({ what }) => what)).toEqual(['same', 'same'])
    const moved = await officers(
      [officerList[0] ?? '', 'S-1,Cedar (invented),F,A-2,Hill,2029-03-10,2027-03-10,20'],
      at,
      known,
    )
    expect(moved.missing).toBe(1)
    const [row] = moved.rows
    expect(row?.what === 'changed' && row.drafts.map(({ kind }) => kind)).toEqual([
      'workforce.officer-posted',
      'workforce.officer-certified',
    ])
  })

  it('says what it changes of whom, before and after: sex, post and ends that are earlier or over are marked', async () => {
    const at = written(await posts(postList))
    const known = enrolled(await officers(officerList, at), at).map(({ officer }) => officer)
    const [head = ''] = officerList
    const changed = await officers(
      [
        head,
        'S-1,Cedar (invented),M,A-2,River,2026-12-01,2029-03-10,20',
        'S-2,Maple (invented),M,A-2,River,2026-11-23,,',
      ],
      at,
      known,
    )
    const changes = changed.rows.map((row) => (row.what === 'changed' ? row.changes : row.what))
    const [bridge, gate] = at.map(({ stream }) => stream)
    expect(changes).toEqual([
      [
        { field: 'sex', before: 'female', after: 'male', isGrave: true },
        { field: 'home', before: 'Hill', after: 'River', isGrave: false },
        { field: 'post', before: bridge, after: gate, isGrave: true },
        { field: 'postedOn', before: null, after: moment.today, isGrave: false },
        { field: 'see', before: '2027-03-10', after: '2026-12-01', isGrave: true },
        { field: 'meet', before: '2027-03-10', after: '2029-03-10', isGrave: false },
      ],
      [{ field: 'see', before: null, after: '2026-11-23', isGrave: true }],
    ])
    // Nothing is written that is not told: each draft has its change.
    for (const row of changed.rows)
      if (row.what === 'changed') expect(row.changes.length).toBeGreaterThanOrEqual(row.drafts.length)
  })

  it('says of a post that is known what it changes', async () => {
    const at = written(await posts(postList))
    const [head = '', bridge = ''] = postList
    const changed = await posts([head, bridge.replace('high,yes,yes', 'low,no,yes').replace('24 h', 'day')], at)
    const [row] = changed.rows
    expect(row?.what === 'changed' && row.changes).toEqual([
      { field: 'opening', before: '{"hours":"day-and-night"}', after: '{"hours":"day"}', isGrave: false },
      { field: 'risk', before: 'high', after: 'low', isGrave: false },
      { field: 'toilets', before: 'yes', after: 'no', isGrave: false },
    ])
  })

  it('does not say since when she is where she is, on which two days were said apart', async () => {
    const there = written(await posts(postList))
    const [cedar] = enrolled(await officers(officerList, there), there)
    if (!cedar) throw new Error('an officer')
    const [seen, before] = [cedar.state.heads, cedar.officer]
    for (const on of ['2026-11-01', '2026-11-02'])
      cedar.write(describeOfficer(before, { postedOn: CivilDate.parse(on) }, [], moment), seen)
    expect(cedar.officer.said.disputed).toEqual(['postedOn'])
    const { rows } = await officers(officerList, there, [cedar.officer])
    expect(rows[0]?.what).toBe('same')
  })

  it('knows an officer by each of two numbers that were said apart, and writes nobody down twice', async () => {
    const there = written(await posts(postList))
    const [cedar] = enrolled(await officers(officerList, there), there)
    if (!cedar) throw new Error('an officer')
    const [seen, before] = [cedar.state.heads, cedar.officer]
    for (const number of ['S-01', 'S-100']) cedar.write(describeOfficer(before, { number }, [], moment), seen)
    for (const number of ['S-01', 'S-100']) {
      const list = [officerList[0] ?? '', `${number},Cedar (invented),F,A-1,Hill,2027-03-10,2027-03-10,20`]
      const { rows, missing } = await officers(list, there, [cedar.officer])
      expect([rows.map(({ what, stream }) => [what, stream]), missing]).toEqual([[['changed', cedar.stream]], 0])
      const [row] = rows
      if (row?.what !== 'changed') throw new Error('her number is said')
      expect(row.changes.map(({ field, apart }) => [field, apart?.toSorted()])).toEqual([['number', ['S-01', 'S-100']]])
      const taken = { ...ids, stream: StreamId.parse(idOf(77)), post: there[0]?.stream, sex: 'female' as const }
      const again = registerOfficer({ ...taken, said: { number } }, there, [cedar.officer], moment)
      expect(again).toMatchObject({ ok: false, refusal: { code: 'workforce.number-taken' } })
    }
  })

  it('shows both answers where two people said two things, and answers none that it does not show', async () => {
    const there = written(await posts(postList))
    const [cedar] = enrolled(await officers(officerList, there), there)
    const [post] = there
    if (!cedar || !post) throw new Error('an officer and a post')
    const seen = cedar.state.heads
    const before = cedar.officer
    const free = (on: string) => ({ on: CivilDate.parse(on), wish: 'free' as const, starts: null, weight: 2 })
    const offers = (mostNights: number) => ({ volunteersForNights: false, volunteersFor: [], mostNights })
    const say = (home: string | null, most: number, on: string) =>
      cedar.write(describeOfficer(before, { home, wishes: offers(most), rosterWishes: [free(on)] }, [], moment), seen)
    say('West', 4, '2026-12-01')
    say(null, 2, '2026-12-09')
    const list = [
      `${officerList[0]},Volunteers for nights,Days off asked for`,
      'S-1,Cedar (invented),F,A-1,Hill,2027-03-10,2027-03-10,20,yes,2026-12-24',
    ]
    const [row] = (await officers(list, there, [cedar.officer])).rows
    if (row?.what !== 'changed') throw new Error('something changes')
    const changed = Object.fromEntries(row.changes.map(({ field, apart, after }) => [field, { apart, after }]))
    expect(Object.keys(changed)).toEqual(['home', 'rosterWishes'])
    expect(changed.home?.apart?.toSorted()).toEqual(['West', null])
    expect(changed.rosterWishes?.apart).toHaveLength(2)
    cedar.write({ ok: true, value: [...row.drafts] })
    const { said } = cedar.officer
    expect(said).toMatchObject({ home: 'Hill', disputed: ['wishes'] })
    expect(said.rosterWishes?.map(({ on }) => on)).toEqual(['2026-12-01', '2026-12-09', '2026-12-24'])
    const at = there.indexOf(post)
    const stands = new Written(post.stream, 3000 + at)
    stands.write(
      registerPost({ ...ids, stream: post.stream, said: { name: 'A post', opening: { hours: 'day' } } }, [], moment),
    )
    const [heads, of] = [stands.state.heads, stands.post]
    for (const name of ['West gate', 'North gate'])
      stands.write(describePost(post.stream, of, { name }, [], moment), heads)
    const decided = describePost(post.stream, stands.post, { name: 'Hill gate' }, [], moment)
    if (!decided.ok) throw new Error(decided.refusal.code)
    expect(changesOfPost(stands.post, decided.value)[0]?.apart?.toSorted()).toEqual(['North gate', 'West gate'])
  })

  it('that says who volunteers for nights leaves the posts to which she offered to move as she said it', async () => {
    const at = written(await posts(postList))
    const [head = '', cedar = ''] = officerList
    const [first] = enrolled(await officers([head, cedar], at), at)
    if (!first) throw new Error('an officer')
    const wishes = { volunteersForNights: false, volunteersFor: [StreamId.parse(idOf(77))], mostNights: 4 }
    first.write(describeOfficer(first.officer, { wishes }, [], moment))
    const again = await officers([`${head},Nights`, `${cedar},yes`], at, [first.officer])
    const [row] = again.rows
    if (row?.what !== 'changed') throw new Error('a change')
    first.write({ ok: true, value: [...row.drafts] })
    expect(first.officer.said.wishes).toEqual({ ...wishes, volunteersForNights: true })
  })

  it('that says she does not volunteer takes an offer of nights back, and leaves nothing where she offered no more', async () => {
    const at = written(await posts(postList))
    const [head = '', cedar = ''] = officerList
    const [first] = enrolled(await officers([`${head},Nights`, `${cedar},yes`], at), at)
    if (!first) throw new Error('an officer')
    expect(first.officer.said.wishes?.volunteersForNights).toBe(true)
    const silent = await officers([`${head},Nights`, `${cedar},`], at, [first.officer])
    expect(silent.rows.map(({ what }) => what)).toEqual(['same'])
    const [row] = (await officers([`${head},Nights`, `${cedar},no`], at, [first.officer])).rows
    if (row?.what !== 'changed') throw new Error('a change')
    first.write({ ok: true, value: [...row.drafts] })
    expect(first.officer.said.wishes).toBeUndefined()
    const wishes = { volunteersForNights: true, volunteersFor: [StreamId.parse(idOf(77))], mostNights: 4 }
    first.write(describeOfficer(first.officer, { wishes }, [], moment))
    const [later] = (await officers([`${head},Nights`, `${cedar},no`], at, [first.officer])).rows
    if (later?.what !== 'changed') throw new Error('a change')
    first.write({ ok: true, value: [...later.drafts] })
    expect(first.officer.said.wishes).toEqual({ ...wishes, volunteersForNights: false })
  })

  it('with two sheets is posts and officers, whichever stands first, and says which sheet is neither', async () => {
    const cells = (lines: readonly string[]) => lines.map((line) => line.split(','))
    const sheets = {
      Officers: cells(officerList),
      Notes: [['nothing of ours']],
      Posts: [
        ['Code', 'Post', 'Hours', 'Risk'],
        ['A-1', 'Lantern bridge (invented)', '24 h', 'high'],
      ],
    }
    const book = workbookOf(sheets, 'shared')
    const opened = await openFile(book)
    if (!opened.ok) throw new Error(opened.refusal.code)
    const found = findLists(opened.value.sheets)
    expect(found.ok && found.value.posts?.body.length).toBe(1)
    expect(found.ok && found.value.officers?.body.length).toBe(2)
    expect(found.ok && found.value.left).toEqual(['Notes'])
  })

  it('finds a post by its neighbours’ codes, also those of the same list', async () => {
    const file = await posts([
      `${postList[0]},Neighbours`,
      `A-1,Lantern bridge (invented),bridge,,,24 h,1,low,yes,yes,A-2: 35`,
      `A-2,Long road gate (invented),road,,,day,1,low,yes,yes,Z-9: 20`,
    ])
    expect(reasons(file)).toEqual(['3 post-unknown'])
    expect(file.rows[0]?.said.neighbours?.map(({ minutes }) => minutes)).toEqual([35])
  })
})

describe('hours longer than one duty', () => {
  it('are divided into shifts, which a person sees and may have longer or shorter before the list is taken', async () => {
    const lines = [
      postList[0] ?? '',
      'A-1,Lantern bridge (invented),bridge,,,00:00-24:00,1,low,yes,yes',
      'A-2,Long road gate (invented),road,,,24 h,1,low,yes,yes',
      'A-3,Willow gate (invented),road,,,Mon-Fri 8-16,1,low,yes,yes',
    ]
    const starts = (file: PostFile) => file.divided.map((each) => [each.line, each.shifts.map((shift) => shift.starts)])
    expect(starts(await posts(lines))).toEqual([
      [2, [0, 480, 960]],
      [3, [360, 840, 1320]],
    ])
    const twelve = await posts(lines, [], 720)
    expect(starts(twelve)).toEqual([
      [2, [0, 720]],
      [3, [360, 1080]],
    ])
    expect(twelve.rows.map(({ said }) => said.opening?.hours)).toEqual(['shifts', 'shifts', 'shifts'])
  })

  it('that were written down before are divided wherever they are planned by', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 60, max: 1440 }),
        fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        (starts, minutes, weekdays) => {
          const worked = shiftsOf({ hours: 'shifts', shifts: [{ starts, minutes, weekdays }] })
          expect(worked.every((each) => each.minutes <= longestDuty)).toBe(true)
          expect(worked.reduce((sum, each) => sum + each.minutes * each.weekdays.length, 0)).toBe(
            minutes * weekdays.length,
          )
          // The minutes of the week that it is open for are the same, each once.
          const open = (shifts: readonly Shift[]) =>
            shifts
              .flatMap((each) =>
                each.weekdays.map((day) => [(day * 1440 + each.starts) % 10_080, each.minutes] as const),
              )
              .toSorted(([a], [b]) => a - b)
          const before = open([{ starts, minutes, weekdays }])
          for (const [from, long] of before) {
            const parts = open(worked).filter(([at]) => (at - from + 10_080) % 10_080 < long)
            expect(parts.reduce((sum, [, part]) => sum + part, 0)).toBe(long)
          }
        },
      ),
      { seed: 20261128, numRuns: 300 },
    )
  })
})

describe('opening hours as lists write them', () => {
  const week = [0, 1, 2, 3, 4, 5, 6]
  const shift = (starts: number, minutes: number, weekdays: readonly number[]) => ({ starts, minutes, weekdays })
  const shifts = (...each: readonly ReturnType<typeof shift>[]) => ({ hours: 'shifts', shifts: each })
  it.each([
    ['24 h', { hours: 'day-and-night' }],
    ['24/7', { hours: 'day-and-night' }],
    ['၂၄ နာရီ', { hours: 'day-and-night' }],
    ['Day', { hours: 'day' }],
    ['00:00-24:00', shifts(shift(0, 480, week), shift(480, 480, week), shift(960, 480, week))],
    ['0-24', shifts(shift(0, 480, week), shift(480, 480, week), shift(960, 480, week))],
    ['Mon-Fri 8-16', shifts(shift(480, 480, [0, 1, 2, 3, 4]))],
    ['Sat 18:00-18:00', shifts(shift(1080, 480, [5]), shift(120, 480, [6]), shift(600, 480, [6]))],
    ['06:00-22:00', shifts(shift(360, 480, week), shift(840, 480, week))],
    ['06:00-20:00', shifts(shift(360, 420, week), shift(780, 420, week))],
    ['22:00-06:00', { hours: 'shifts', shifts: [{ starts: 1320, minutes: 480, weekdays: week }] }],
    ['6.00 – 18.00', { hours: 'shifts', shifts: [{ starts: 360, minutes: 720, weekdays: week }] }],
    ['Mon-Fri 06:00-14:00; Sat 06:00-12:00', shifts(shift(360, 480, [0, 1, 2, 3, 4]), shift(360, 360, [5]))],
    ['06.00-22.00 น.', shifts(shift(360, 480, week), shift(840, 480, week))],
    ['06.00 น. ถึง 14.00 น.', shifts(shift(360, 480, week))],
    ['0600-1400hrs', shifts(shift(360, 480, week))],
    ['8am - 5pm', { hours: 'shifts', shifts: [{ starts: 480, minutes: 540, weekdays: week }] }],
    ['10 p.m. to 6 a.m. Mon-Fri', shifts(shift(1320, 480, [0, 1, 2, 3, 4]))],
    ['12am-12pm', { hours: 'shifts', shifts: [{ starts: 0, minutes: 720, weekdays: week }] }],
    ['06:00-14:00/14:00-22:00', shifts(shift(360, 480, week), shift(840, 480, week))],
    ['H24', { hours: 'day-and-night' }],
    ['8 - 5pm', undefined],
    ['14pm - 5pm', undefined],
    ['06:00-14:00 Sat, Sun', undefined],
    ['Sat, Sun 06:00-14:00', shifts(shift(360, 480, [5, 6]))],
    ['Fri-Mon 22:00-06:00', shifts(shift(1320, 480, [0, 4, 5, 6]))],
    ['daily 08:00-16:00', shifts(shift(480, 480, week))],
    ['จันทร์-ศุกร์ 06:00-18:00', shifts(shift(360, 720, [0, 1, 2, 3, 4]))],
    ['တနင်္လာ-စနေ ၀၆:၀၀-၁၈:၀၀', shifts(shift(360, 720, [0, 1, 2, 3, 4, 5]))],
    ['t2-t6 06:00-18:00', shifts(shift(360, 720, [0, 1, 2, 3, 4]))],
    ['Senin-Jumat 08:00-16:00', shifts(shift(480, 480, [0, 1, 2, 3, 4]))],
    ['day Mon Wed', shifts(shift(360, 360, [0, 2]), shift(720, 360, [0, 2]))],
    ['Mon 06:00-14:00; Mon-Tue 06:00-12:00', undefined],
    ['Holidays 06:00-14:00', undefined],
    ['sometimes', undefined],
    ['25:00-30:00', undefined],
    ['06:00-06:30', undefined],
    ['', undefined],
  ])('%s', (typed, opening) => {
    expect(readHours(typed)).toEqual(opening)
  })
})

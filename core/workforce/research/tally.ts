import { type StreamState, streamRecord } from '../../log/fold.ts'
import type { Agency } from '../../shared/agencies.ts'
import type { Contribution } from '../../shared/contribution.ts'
import { PersonKey } from '../../shared/ids.ts'
import { Handed, projectSheet, type Sheet } from './project.ts'
import { type Answers, fewestSheets, groupOf, groupsBySex, type Instrument, type Question, skipped } from './words.ts'

/**
 * Sheets are kept as no tally, since a tally that moves by one sheet is that sheet: the server counts those of one survey whole, when
 * it is closed, and only for the release room.
 */
export const researchFacts = { handedIn: 'research.sheet-handed-in' } as const

/** Whoever hands in a sheet is, for counting, that sheet: nobody can be known from it, and nobody is joined to another. */
export function contributionsOfSheet(state: StreamState): Contribution[] {
  const sheet = projectSheet(state)
  const entry = state.records[streamRecord]?.fields.survey?.[0]?.entry
  if (!sheet || !entry) return []
  const { survey, sex, agency, on, answers } = sheet
  const dimensions = { survey, sex, agency, answers: JSON.stringify(answers) }
  return [{ fact: researchFacts.handedIn, record: 'stream', person: PersonKey.parse(entry), on, dimensions, amount: 1 }]
}

/** A sheet out of what it contributed; undefined where a forged one cannot be read. */
export function sheetIn({ dimensions, on }: Pick<Contribution, 'dimensions' | 'on'>): Sheet | undefined {
  try {
    return Handed.safeParse({ ...dimensions, answers: JSON.parse(dimensions.answers ?? ''), on }).data
  } catch {
    return undefined
  }
}

/** A question as tables have it: a dimension with every value it can take. Of several answers each is a dimension of its own. */
export type Dimension = { readonly name: string; readonly values: readonly string[] }

export function dimensionsOf(question: Question): readonly Dimension[] {
  switch (question.kind) {
    case 'one':
      return [{ name: question.key, values: [...question.answers, skipped] }]
    case 'several':
      return question.answers.map((answer) => ({ name: `${question.key}.${answer}`, values: ['ticked', 'not-ticked'] }))
    case 'bands':
      return [{ name: question.key, values: [...question.bands.map(String), skipped] }]
    case 'text':
      return []
  }
}

export type SheetCell = { readonly dimensions: Readonly<Record<string, string>>; readonly sheets: number }

/** A question with the kinds of group that it may be crossed with. */
export type CrossedQuestion = Dimension & { readonly crossedWith: readonly string[] }

export type SheetTables = {
  /** Women and others; the kinds of agency that were asked. */
  readonly groups: readonly Dimension[]
  readonly questions: readonly CrossedQuestion[]
  /** Counts the sheets by some of these; no dimension is all of them. */
  readonly cells: (by: readonly string[]) => readonly SheetCell[]
}

/**
 * The sheets of one survey, every question to be crossed with sex and kind of agency and with nothing else. Where all officers of a
 * group gave the same answer, that question is not crossed with that kind of group at all, and where all of the survey did it is not
 * shown: such a cell would say of each of them what she answered, however many they are (homogeneity; Machanavajjhala et al., l-diversity, ICDE 2006).
 * That it is not crossed says that some group answered alike: where only one answer was given by as many as one group has, it is not shown
 * either.
 */
export function tablesOf(instrument: Instrument, agencies: readonly Agency[], sheets: readonly Sheet[]): SheetTables {
  const questions = instrument.questions.flatMap((question) =>
    dimensionsOf(question).map((dimension) => ({ ...dimension, question })),
  )
  const groups = [
    { name: 'sex', values: groupsBySex, of: ({ sex }: Sheet): string => groupOf(sex) },
    { name: 'agency', values: agencies, of: ({ agency }: Sheet): string => agency },
  ]
  const rows = sheets
    .filter(({ agency }) => agencies.includes(agency))
    .map((sheet) => ({
      ...Object.fromEntries(groups.map(({ name, of }) => [name, of(sheet)])),
      ...Object.fromEntries(questions.map(({ name, question }) => [name, answerOf(question, name, sheet.answers)])),
    }))
  return {
    groups: groups.map(({ name, values }) => ({ name, values })),
    questions: questions
      .filter(({ name }) => !isUnanimous(rows, undefined, name))
      .map(({ name, values }) => ({
        name,
        values,
        crossedWith: groups.flatMap((group) => (isUnanimous(rows, group.name, name) ? [] : group.name)),
      }))
      .filter(({ name, crossedWith }) =>
        groups.every((group) => crossedWith.includes(group.name) || !isReadFromTotals(rows, group.name, name)),
      ),
    cells: (by) => counted(rows, by),
  }
}

type Row = Readonly<Record<string, string | undefined>>

function counted(rows: readonly Row[], by: readonly string[]): SheetCell[] {
  const cells = Map.groupBy(rows, (row) => JSON.stringify(by.map((name) => row[name])))
  return [...cells.values()].map((group) => ({
    dimensions: Object.fromEntries(by.map((name) => [name, group[0]?.[name] ?? skipped])),
    sheets: group.length,
  }))
}

/** Whether all of some group answered alike; without a kind of group, all there are. That all left it out says nothing of anybody. */
function isUnanimous(rows: readonly Row[], group: string | undefined, question: string): boolean {
  return [...Map.groupBy(rows, (row) => group && row[group]).values()].some(
    // Smaller groups are not shown whatever they answered.
    (members) =>
      members.length >= fewestSheets &&
      members[0]?.[question] !== skipped &&
      new Set(members.map((row) => row[question])).size === 1,
  )
}

/** Whether the sizes of groups and the totals of answers leave but one answer for all of a group to have given. */
function isReadFromTotals(rows: readonly Row[], group: string, question: string): boolean {
  const sizes = counted(rows, [group]).flatMap(({ sheets }) => (sheets >= fewestSheets ? sheets : []))
  const fitting = counted(rows, [question]).filter(
    ({ dimensions, sheets }) => dimensions[question] !== skipped && sizes.some((size) => size <= sheets),
  )
  return fitting.length < 2
}

function answerOf(question: Question, name: string, answers: Answers): string {
  const answer = answers[question.key]
  if (question.kind === 'several')
    return Array.isArray(answer) && answer.some((each) => name === `${question.key}.${each}`) ? 'ticked' : 'not-ticked'
  return answer === undefined ? skipped : String(answer)
}

import { accept, type Decision, refuse } from '../../shared/refusals.ts'
import { type Fields, type Form, findForm, suggest } from '../../sheets/mapping.ts'
import type { Sheet } from '../../sheets/sheet.ts'
import { officerColumns, postColumns } from './fields.ts'

/** The lists in a file: of posts, of officers, or one of each in a workbook. `left`: names of sheets that are neither. */
export type RegisterForms = {
  readonly posts: Form | undefined
  readonly officers: Form | undefined
  readonly left: readonly string[]
}

/**
 * Which sheet lists posts and which officers, by the heads of their columns: only officers have a sex. Of several of a kind the one
 * whose columns are known best. Refused: `sheets.no-headings`, `sheets.no-rows`.
 */
export function findLists(sheets: readonly Sheet[]): Decision<RegisterForms> {
  const found = sheets.map((sheet) => ({ sheet, ...listIn(sheet) }))
  const best = (kind: 'posts' | 'officers') =>
    found.filter((each) => each.kind === kind).toSorted((a, b) => b.known - a.known)[0]
  const [posts, officers] = [best('posts'), best('officers')]
  if (!posts && !officers) {
    const hasHeads = found.some(({ why }) => why === 'sheets.no-rows')
    return refuse(hasHeads ? 'sheets.no-rows' : 'sheets.no-headings')
  }
  const left = found.filter((each) => each !== posts && each !== officers && each.sheet.lines.length > 0)
  return accept({ posts: posts?.form, officers: officers?.form, left: left.map(({ sheet }) => sheet.name) })
}

type Listed = {
  readonly kind?: 'posts' | 'officers'
  readonly known: number
  readonly form?: Form
  readonly why?: string
}

function listIn(sheet: Sheet): Listed {
  const posts = known(sheet, postColumns)
  const officers = known(sheet, officerColumns)
  if (officers.form && (officers.columns.includes('sex') || officers.columns.length > posts.columns.length))
    return { kind: 'officers', known: officers.columns.length, form: officers.form }
  if (posts.form) return { kind: 'posts', known: posts.columns.length, form: posts.form }
  return { known: 0, ...(posts.why ? { why: posts.why } : {}) }
}

function known<Name extends string>(sheet: Sheet, fields: Fields<Name>) {
  const form = findForm([sheet], fields)
  if (!form.ok) return { columns: [], why: form.refusal.code }
  return { form: form.value, columns: Object.keys(suggest(form.value, fields).columns) }
}

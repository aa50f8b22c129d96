import type { Draft } from '@lentera/core/log/draft'
import type { Hash } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { type Fields, type Form, findForm, formText } from '@lentera/core/sheets/mapping'
import { findRemembered, type RememberedMapping } from '@lentera/core/sheets/project'
import { openFile } from '@lentera/core/sheets/sheet'
import type { Purpose } from '@lentera/core/sheets/words'
import { hash } from '@lentera/sealed/verify'
import type { Projected } from '../../device/context.ts'
import type { Desk } from '../../device/desk.ts'
import { saidOfForm } from './said-of-form.ts'

/** A file as it was opened, and how its form was read before: it lives in the screen that asked for it. */
export type Opened = {
  readonly name: string
  readonly form: Form
  readonly hash: Hash
  readonly known: Projected<RememberedMapping> | undefined
  /** She said something of it, and wrote no rows: she is asked again, and what she said stands there. */
  readonly isBeingSaid: boolean
}

/** Bytes that are read on this page, where she waits for them: such a sheet has a few thousand rows. */
const mostBytes = 8 * 1024 * 1024

/** Refused: what `openFile` and `findForm` refuse, and `evidence.file-gone` where the browser cannot read it. */
export async function openForm<Name extends string>(
  chosen: File,
  fields: Fields<Name>,
  purpose: Purpose,
  known: readonly Projected<RememberedMapping>[],
  desk: Pick<Desk, 'keptForm'>,
): Promise<Decision<Opened>> {
  if (chosen.size > mostBytes) return refuse('sheets.file-too-large', { bytes: chosen.size, most: mostBytes })
  const bytes = await chosen.arrayBuffer().catch(() => undefined)
  if (!bytes) return refuse('evidence.file-gone')
  const opened = await openFile(new Uint8Array(bytes))
  if (!opened.ok) return opened
  const form = findForm(opened.value.sheets, fields)
  if (!form.ok) return form
  return accept(await asOpened(chosen.name, form.value, purpose, known, desk))
}

/** A form that was found in a file, and what is known of it by its heads: what the organisation remembers, and what she was saying. */
export async function asOpened(
  name: string,
  form: Form,
  purpose: Purpose,
  known: readonly Projected<RememberedMapping>[],
  desk: Pick<Desk, 'keptForm'>,
): Promise<Opened> {
  const of = await hash(new TextEncoder().encode(formText(form)))
  const said = await desk.keptForm(saidOfForm(purpose, of))
  return { name, form, hash: of, known: findRemembered(known, purpose, of), isBeingSaid: said !== undefined }
}

/** The rows and what is remembered of their form: all of both, or the refusal of either. */
export function both(rows: Decision<Draft[]>, mapping: Decision<Draft[]>): Decision<Draft[]> {
  if (!rows.ok) return rows
  return mapping.ok ? accept([...rows.value, ...mapping.value]) : mapping
}

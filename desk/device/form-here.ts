import { EntryId } from '@lentera/core/shared/ids'
import type { SaveState } from '@lentera/ui/parts'
import type { Desk, Seen } from './desk.ts'
import { streamOf } from './kept-forms.ts'

export type Typed = Readonly<Record<string, string>>

/** What a form asks of the device. */
type Forms = Pick<Desk, 'keepForm' | 'keptForm' | 'hearForm' | 'seen'>

type Shown = { readonly kept: Typed | undefined; readonly state: SaveState }

/** A form as this tab shows it. One thing at a time is written or read, so that nothing older comes to stand in the place of what was typed since. */
export class FormHere {
  readonly #desk: Forms
  readonly #name: string
  readonly #isOwn: boolean
  readonly #listeners = new Set<() => void>()
  #shown: Shown = { kept: undefined, state: 'untouched' }
  /** Typed here, and not known to be kept yet. */
  #unkept: Typed = nothing
  #isToWrite = false
  #isToRead = false
  #isToForget = false
  #running: Promise<void> | undefined

  constructor(desk: Forms, name: string, isOwn: boolean) {
    this.#desk = desk
    this.#name = name
    this.#isOwn = isOwn
  }

  readonly shown = (): Shown => this.#shown

  readonly subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    const end = this.#isOwn ? () => undefined : this.#desk.hearForm(this.#name, () => this.#read())
    this.#read()
    return () => {
      this.#listeners.delete(listener)
      end()
    }
  }

  readonly set = (field: string, value: string): void => {
    const { kept } = this.#shown
    const fields = { ...seenBy(this.#desk, this.#name, kept), [field]: value }
    this.#unkept = { ...this.#unkept, ...fields }
    this.#show({ kept: { ...kept, ...fields }, state: 'saving' })
    this.#isToWrite = true
    void this.#run()
  }

  /** @returns when it is forgotten */
  readonly forget = (): Promise<void> => {
    this.#unkept = nothing
    this.#isToWrite = false
    this.#isToForget = true
    return this.#run()
  }

  #read(): void {
    this.#isToRead = true
    void this.#run()
  }

  #run(): Promise<void> {
    this.#running ??= this.#work()
    return this.#running
  }

  async #work(): Promise<void> {
    while (this.#isToForget || this.#isToWrite || this.#isToRead) {
      if (this.#isToForget) await this.#forgetOnce()
      else if (this.#isToWrite) await this.#writeOnce()
      else await this.#readOnce()
    }
    this.#running = undefined
  }

  async #forgetOnce(): Promise<void> {
    this.#isToForget = false
    await this.#desk.keepForm(this.#name, undefined).catch((error: unknown) => reportError(error))
    // The first letters of the next one may have been typed by now.
    if (!this.#isToWrite) this.#show({ kept: nothing, state: 'untouched' })
    else this.#show({ kept: this.#unkept, state: 'saving' })
  }

  /** Of the letters typed meanwhile only the last state is written. */
  async #writeOnce(): Promise<void> {
    this.#isToWrite = false
    const fields = this.#unkept
    const isKept = await this.#desk.keepForm(this.#name, fields).then(
      ({ ok }) => ok,
      () => false,
    )
    // What could not be kept is tried again with the next letter.
    if (isKept) this.#unkept = Object.fromEntries(Object.entries(this.#unkept).filter(([of, is]) => fields[of] !== is))
    if (!this.#isToWrite && this.#shown.state === 'saving')
      this.#show({ ...this.#shown, state: isKept ? 'saved' : 'failed' })
  }

  async #readOnce(): Promise<void> {
    this.#isToRead = false
    const found = await this.#desk.keptForm(this.#name).catch(() => undefined)
    const { kept, state } = this.#shown
    const now = { ...found, ...this.#unkept }
    // Handed in or given up in another tab.
    const isOver = found === undefined && !this.#isToWrite && state === 'saved'
    if (kept === undefined || !isSame(kept, now)) this.#show({ kept: now, state: isOver ? 'untouched' : state })
  }

  #show(shown: Shown): void {
    this.#shown = shown
    for (const listener of this.#listeners) listener()
  }
}

function isSame(one: Typed, other: Typed): boolean {
  const fields = Object.keys(one)
  return fields.length === Object.keys(other).length && fields.every((field) => one[field] === other[field])
}

const nothing: Typed = {}

// --- what was seen when the first letter was typed, kept with the letters ------------------------------------------------

/** No form has a field of this name. */
const seenField = '(seen)'

export const typedIn = ({ [seenField]: _, ...typed }: Typed = nothing): Typed => typed

function seenBy(desk: Forms, name: string, kept: Typed | undefined): Typed {
  const stream = streamOf(name)
  if (stream === undefined || Object.keys(kept ?? nothing).length > 0) return nothing
  const heads = desk.seen()(stream)
  return heads ? { [seenField]: heads.join(' ') } : nothing
}

export function seenIn(name: string, kept: Typed | undefined): Seen | undefined {
  const stream = streamOf(name)
  const heads = kept?.[seenField]?.split(' ').flatMap((each) => EntryId.safeParse(each).data ?? [])
  return heads && ((of) => (of === stream ? heads : undefined))
}

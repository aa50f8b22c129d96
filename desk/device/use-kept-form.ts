import { EntryId, StreamId } from '@lentera/core/shared/ids'
import type { SaveState } from '@lentera/ui/parts'
import { useEffect, useMemo, useRef, useSyncExternalStore } from 'react'
import { useDesk } from './context.ts'
import type { Desk, Seen } from './desk.ts'

export type Typed = Readonly<Record<string, string>>

export type KeptForm = {
  /** False until what was kept before has been looked for: show no field before, or its letters would be lost. */
  readonly ready: boolean
  readonly typed: Typed
  readonly state: SaveState
  /** What the stream that the form's name names stood at when its first letter was typed; undefined before, and of no stream. */
  readonly seen: Seen | undefined
  readonly set: (field: string, value: string) => void
  /** When it was handed in or given up. */
  readonly forget: () => Promise<void>
}

/**
 * What is typed into a form, kept sealed on the device from the first letter, by the name of the form: one for all tabs of the device,
 * so that what is typed in one stands in the others at once. Only what was typed is kept, over what stands in the form by itself.
 *
 * @param initial one object, the same at every drawing
 * @param isOwn for what is no text but a choice of what to look at: another tab that looks elsewhere leaves this one where it is
 */
export function useKeptForm(name: string, initial: Typed = nothing, isOwn = false): KeptForm {
  const desk = useDesk()
  const form = useMemo(() => new FormHere(desk, name, isOwn), [desk, name, isOwn])
  const { kept, state } = useSyncExternalStore(form.subscribe, form.shown)
  const typed = useMemo(() => ({ ...initial, ...without(kept) }), [initial, kept])
  const seen = useMemo(() => seenIn(name, kept), [name, kept])
  return { ready: kept !== undefined, typed, state, seen, set: form.set, forget: form.forget }
}

const nothing: Typed = {}

/** Opens a form again that was being filled when the desk was locked or closed: what is kept unseen is as good as lost. */
export function useReopened(name: string, open: () => void): void {
  const desk = useDesk()
  const opening = useRef(open)
  useEffect(() => {
    let isHere = true
    desk.keptForm(name).then(
      (kept) => {
        if (isHere && kept) opening.current()
      },
      () => undefined,
    )
    return () => {
      isHere = false
    }
  }, [desk, name])
}

type Shown = { readonly kept: Typed | undefined; readonly state: SaveState }

/** A form as this tab shows it. One thing at a time is written or read, so that nothing older comes to stand in the place of what was typed since. */
class FormHere {
  readonly #desk: Pick<Desk, 'keepForm' | 'keptForm' | 'hearForm' | 'seen'>
  readonly #name: string
  readonly #isOwn: boolean
  readonly #listeners = new Set<() => void>()
  #shown: Shown = { kept: undefined, state: 'untouched' }
  /** Typed here, and not known to be kept yet. */
  #unkept: Typed = nothing
  #isToWrite = false
  #isToRead = false
  #running: Promise<void> | undefined

  constructor(desk: Desk, name: string, isOwn: boolean) {
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
    this.#run()
  }

  readonly forget = async (): Promise<void> => {
    this.#unkept = nothing
    this.#isToWrite = false
    await this.#running
    await this.#desk.keepForm(this.#name, undefined)
    this.#show({ kept: nothing, state: 'untouched' })
  }

  #read(): void {
    this.#isToRead = true
    this.#run()
  }

  #run(): void {
    this.#running ??= this.#work().finally(() => {
      this.#running = undefined
    })
  }

  async #work(): Promise<void> {
    while (this.#isToWrite || this.#isToRead) {
      if (this.#isToWrite) await this.#writeOnce()
      else await this.#readOnce()
    }
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

// --- what was seen when the first letter was typed, kept with the letters ------------------------------------------------

/** No form has a field of this name. */
const seenField = '(seen)'

const without = ({ [seenField]: _, ...typed }: Typed = nothing): Typed => typed

/** The stream that a form is about stands first of what its name names. */
const streamOf = (name: string): StreamId | undefined =>
  name.split(' ').flatMap((word) => StreamId.safeParse(word).data ?? [])[0]

function seenBy(desk: Pick<Desk, 'seen'>, name: string, kept: Typed | undefined): Typed {
  const stream = streamOf(name)
  if (stream === undefined || Object.keys(kept ?? nothing).length > 0) return nothing
  const heads = desk.seen()(stream)
  return heads ? { [seenField]: heads.join(' ') } : nothing
}

function seenIn(name: string, kept: Typed | undefined): Seen | undefined {
  const stream = streamOf(name)
  const heads = kept?.[seenField]?.split(' ').flatMap((each) => EntryId.safeParse(each).data ?? [])
  return heads && ((of) => (of === stream ? heads : undefined))
}

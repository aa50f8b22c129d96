import type { CivilDate } from '../../shared/dates.ts'
import type { Hash, StreamId } from '../../shared/ids.ts'
import type {
  Publication as PublicPublication,
  PublishedField,
  PublishedQuality,
  PublishedRecords,
  PublishedTable,
  Said,
} from '../../shared/publication.ts'
import type { Refusal } from '../../shared/refusals.ts'
import type { Ledger, LedgerLine } from './ledger.ts'
import type { Holding, Judged, Publication } from './project.ts'
import type { Population, Zeros } from './words.ts'

/** What the server tells the desk about publishing: said here once, for both. */

// ---------------------------------------------------------------- a content

/** What two people sign: a publication without what only their signing says of it. */
export type Content = Omit<PublicPublication, 'releasedOn' | 'hash' | 'withdrawn'>

/** What was made of a source by a method, before it is told of whom and by whom. */
export type Made = Pick<Content, 'method' | 'unit' | 'persons' | 'asOf' | 'quality'> & {
  readonly fields: readonly PublishedField[]
  readonly data: PublishedTable | PublishedRecords
  readonly inside: Inside
}

/** What stays inside: for those who sign, and the picture for those of them who may see what it was made of. */
export type Inside = {
  /** By the auditor, over this table and every earlier one of the same people. None is open, or there would be no content. */
  readonly audit: Audit | null
  /** Against what it was made of, without noise. */
  readonly quality: PublishedQuality | null
  /** As catalogue texts under `release.warning.`. */
  readonly warnings: readonly string[]
  readonly picture: readonly PictureField[]
  /** Of a table, what was taken to add up in each of its fields: a sum that was missed is not protected. */
  readonly addsUp?: readonly AddsUp[]
  /** Of a table in which cells are hidden: what either choice of zeros lets be seen. */
  readonly zeros?: ZerosEffects
  /** Of a later edition: by how many persons its grand total stands away from what is counted now. It tells how many came or left. */
  readonly totalAway?: number
  /** Of a later edition: what became of the numbers of the one before it. */
  readonly since?: SinceEarlier
}

/** The newest earlier release that a table was laid beside, and how many of its numbers are what they were: what anybody sees who has both. */
export type SinceEarlier = {
  readonly release: {
    readonly publication: StreamId
    readonly title: Said
    readonly asOf: string
    /** Null while two have not signed it. */
    readonly releasedOn: CivilDate | null
  }
  readonly cells: {
    readonly stand: number
    readonly moved: number
    readonly newlyHidden: number
    readonly newlyShown: number
    readonly stayHidden: number
    /** Not in the one before. */
    readonly added: number
    /** In the one before alone. */
    readonly gone: number
  }
}

/** What adds up in one field of a table, in the codes of the file. */
export type AddsUp = {
  readonly field: string
  readonly codes: number
  readonly sums: readonly { readonly whole: string; readonly parts: readonly string[] }[]
  /** Three codes or more are part of nothing: if one of them is the whole of others, nobody was told. */
  readonly isWithoutWhole: boolean
}

/** The choice that was made, and what both show; null where that one could not be made, or was too long to try. */
export type ZerosEffects = {
  readonly chosen: Zeros
  readonly effects: Readonly<Record<Zeros, ZerosEffect | null>>
  /** Why the other choice is not beside it. */
  readonly notTried?: 'earlier-edition' | 'too-large' | 'not-closed'
}

export type ZerosEffect = {
  readonly shown: number
  /** Of those that are shown, the ones in which somebody is. */
  readonly ofSomebody: number
  readonly hidden: number
  /** In hidden cells, a person in each of hers. */
  readonly persons: number
}

export type Audit = {
  readonly cells: number
  readonly hidden: number
  readonly open: number
  readonly minimum: number
  /** Earlier tables of the same people that it was laid against. */
  readonly earlier: number
}

/** How people split by one field: counted, and as released (null: hidden). */
export type PictureField = {
  readonly field: string
  readonly label: Said
  readonly parts: readonly {
    readonly code: string
    readonly label: Said
    readonly real: number
    readonly released: number | null
  }[]
}

// ---------------------------------------------------------------- its making

/** What is known of the making of a content. Of one that was never begun, or that a restart cut off, nothing is. */
export type Preparation =
  | { readonly state: 'running'; readonly stage: string; readonly done: number; readonly of: number }
  | { readonly state: 'refused'; readonly refusal: Refusal }
  | { readonly state: 'made' }

// ---------------------------------------------------------------- answers

/** Everything there is to publish and that was published, as everyone of the programme may know it: no content is in it. */
export type PublicationBoard = {
  readonly publications: readonly PublicationRow[]
  /** Of each population of which anything may be or was made. */
  readonly ledgers: readonly Ledger[]
  readonly holdings: readonly HoldingRow[]
  readonly choices: { readonly indicators: readonly string[]; readonly cutOffs: readonly string[] }
}

export type HoldingRow = Holding & {
  readonly stream: StreamId
  readonly population: string
  /** Others published it, and it was imported as evidence. */
  readonly isDataSet: boolean
}

export type PublicationRow = {
  readonly stream: StreamId
  readonly publication: Publication
  readonly judged: Judged
  /** Of its content; null while none is made. */
  readonly hash: Hash | null
  readonly population: Population | null
  readonly preparation: Preparation | null
}

/** A content as those who sign it see it, with what it spends. */
export type PublicationDraft = {
  readonly hash: Hash
  readonly content: Content
  readonly inside: Omit<Inside, 'picture'>
  /** Its line of the ledger: null where it spends nothing. */
  readonly spending: LedgerLine | null
}

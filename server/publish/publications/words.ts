import type { Loss, MethodName } from '@lentera/core/evidence/publication/words'
import type { Hash, ProgrammeId, StreamId } from '@lentera/core/shared/ids'
import type {
  Publication,
  PublishedField,
  PublishedQuality,
  PublishedRecords,
  PublishedTable,
  Said,
} from '@lentera/core/shared/publication'

/** What two people sign: a publication without what only their signing says of it. */
export type Content = Omit<Publication, 'releasedOn' | 'hash' | 'withdrawn'>

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

/** A content as it lies in its table, without its text. */
export type ContentRow = Loss & {
  readonly programme: ProgrammeId
  readonly publication: StreamId
  readonly address: string
  readonly hash: Hash
  readonly population: string
  readonly method: MethodName
  /** The bytes it was made of; null where it was made of the programme's own figures. */
  readonly madeOf: Hash | null
}

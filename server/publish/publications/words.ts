import type { Loss, MethodName } from '@lentera/core/evidence/publication/words'
import type { Hash, ProgrammeId, StreamId } from '@lentera/core/shared/ids'

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

import * as z from 'zod'
import type { Kind } from '../../log/kind.ts'
import { inQuarters, markInError, withKeys } from '../../log/sealed-kinds.ts'
import { EntryId, StreamId } from '../../shared/ids.ts'
import { Module } from '../../shared/modules.ts'
import { Sex } from '../../shared/people.ts'
import { Month, sealedOfCertificate, sealedOfOfficer } from './words.ts'

/**
 * An officer of an agency. In the clear stand her post as a number without meaning, her sex, which modules she is certified in and
 * until which month, and whether she left: what is counted by post. Who she is, and everything else, is sealed for a team of her agency.
 */
const officer = { ...inQuarters, stream: 'officer', who: ['focal-point'] } as const

export const officerRegistered: Kind = {
  ...officer,
  kind: 'workforce.officer-registered',
  opens: true,
  sets: 'stream',
  coded: z.strictObject({ ...withKeys, post: StreamId, sex: Sex }),
  sealed: [...sealedOfOfficer, 'at'],
}

/** Says something of her anew. Only the fields it names change; an empty sealed one is taken back. */
export const officerDescribed: Kind = {
  ...officer,
  kind: 'workforce.officer-described',
  sets: 'stream',
  coded: z.strictObject({ sex: Sex.optional() }),
  sealed: [...sealedOfOfficer, 'describedAt'],
}

/** She moves. Two colleagues who move her apart to two posts leave two answers, and until one is settled she covers neither. */
export const officerPosted: Kind = {
  ...officer,
  kind: 'workforce.officer-posted',
  sets: 'stream',
  coded: z.strictObject({ post: StreamId }),
  sealed: ['postedOn', 'stays', 'postedAt'],
}

/** She leaves the service, or (`false`) is back. Why is not asked. */
export const officerLeft: Kind = {
  ...officer,
  kind: 'workforce.officer-left',
  sets: 'stream',
  coded: z.strictObject({ left: z.boolean() }),
  sealed: ['leftOn', 'leftAt'],
}

/** A certificate of the training room. `expires`: the month in which it ends, which is the coded skill. */
export const officerCertified: Kind = {
  ...officer,
  kind: 'workforce.officer-certified',
  sets: 'itself',
  coded: z.strictObject({ module: Module, expires: Month }),
  sealed: [...sealedOfCertificate, 'certifiedAt'],
}

export const certificateCorrected: Kind = {
  ...officer,
  kind: 'workforce.certificate-corrected',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, module: Module.optional(), expires: Month.optional() }),
  sealed: [...sealedOfCertificate, 'correctedAt'],
}

/** It no longer holds, from a sealed day on; `false` takes that back. */
export const certificateWithdrawn: Kind = {
  ...officer,
  kind: 'workforce.certificate-withdrawn',
  sets: 'named',
  coded: z.strictObject({ record: EntryId, withdrawn: z.boolean() }),
  sealed: ['withdrawnAt'],
}

/** A certificate that never was, or (`record` is then the entry that registered her) she altogether; `false` takes it back. */
export const officerInError: Kind = {
  ...officer,
  kind: 'workforce.officer-in-error',
  sets: 'named',
  coded: markInError,
  sealed: ['markedAt'],
}

export const officerKinds: readonly Kind[] = [
  officerRegistered,
  officerDescribed,
  officerPosted,
  officerLeft,
  officerCertified,
  certificateCorrected,
  certificateWithdrawn,
  officerInError,
]

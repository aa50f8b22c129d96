import { OrganisationId } from '@lentera/core/shared/ids'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { combine, split } from 'shamir-secret-sharing'
import { type Bytes, fromBase64Url } from '../bytes/base64url.ts'
import { concat, uuidBytes, uuidText } from '../bytes/compose.ts'
import { sameBytes } from '../bytes/same-bytes.ts'
import type { OrganisationRoot } from '../keys/roles.ts'
import { bytesOf } from '../keys/secret.ts'
import { printCode, readCode } from '../printed/printed-code.ts'
import { rootFromSeed } from './organisation-root.ts'

/** A printed sheet: one share of the root's seed (Shamir), told apart from the others by its number. */
export type Sheet = {
  readonly organisation: OrganisationId
  /** From 1. */
  readonly number: number
  readonly of: number
  /** How many sheets restore the root. */
  readonly needed: number
  /** The code to print under it and to type again. */
  readonly code: string
}

/** The root on `of` sheets, of which any `needed` restore it and fewer say nothing of it. 2 <= needed <= of <= 16. */
export async function splitRoot(
  root: OrganisationRoot,
  organisation: OrganisationId,
  { needed, of }: { readonly needed: number; readonly of: number },
): Promise<readonly Sheet[]> {
  if (!(needed >= 2 && needed <= of && of <= 16)) throw new RangeError('sheets: 2 <= needed <= of <= 16')
  const shares = await split(bytesOf(root.seed), of, needed)
  return shares.map((share, index) => {
    const numbers = Uint8Array.of(sheetVersion, index + 1, of, needed)
    const code = printCode('root-sheet', concat(numbers, uuidBytes(organisation), markOf(root), share))
    return { organisation, number: index + 1, of, needed, code }
  })
}

/**
 * What one typed sheet says, without the share. Refused: as `readCode` of printed/, and `sealed.sheet-version-unknown` {version}.
 */
export function readSheet(typed: string): Decision<Sheet> {
  const read = readShare(typed)
  if (!read.ok) return read
  const { organisation, number, of, needed } = read.value
  return accept({ organisation, number, of, needed, code: typed })
}

/**
 * The root again from typed sheets. Refused: `sealed.sheet-mistyped` {sheet, line} (counted as given, from 1; line 0 where the
 * code as a whole is wrong), `sealed.sheet-length` {sheet, typed, expected}, `sealed.sheet-not-a-sheet` {sheet},
 * `sealed.sheet-version-unknown` {version}, `sealed.sheets-too-few` {given, needed}, `sealed.sheets-the-same` {number},
 * `sealed.sheets-of-two-roots`.
 */
export async function joinSheets(
  typed: readonly string[],
): Promise<Decision<{ root: OrganisationRoot; organisation: OrganisationId }>> {
  const shares: Share[] = []
  for (const [index, text] of typed.entries()) {
    const read = readShare(text)
    if (!read.ok) return ofSheet(index + 1, read)
    shares.push(read.value)
  }
  const [first] = shares
  if (first === undefined) return refuse('sealed.sheets-too-few', { given: 0, needed: 2 })
  for (const [index, share] of shares.entries()) {
    const isOfSameRoot =
      sameBytes(share.mark, first.mark) && share.organisation === first.organisation && share.needed === first.needed
    if (!isOfSameRoot) return refuse('sealed.sheets-of-two-roots')
    if (shares.findIndex(({ number }) => number === share.number) !== index)
      return refuse('sealed.sheets-the-same', { number: share.number })
  }
  if (shares.length < first.needed)
    return refuse('sealed.sheets-too-few', { given: shares.length, needed: first.needed })
  const root = await rootFromSeed(
    Uint8Array.from(await combine(shares.slice(0, first.needed).map(({ share }) => share))),
  )
  // The mark is of the root's public key: shares that fit together but are not of this root show here.
  if (!sameBytes(markOf(root), first.mark)) return refuse('sealed.sheets-of-two-roots')
  return accept({ root, organisation: first.organisation })
}

type Share = {
  readonly organisation: OrganisationId
  readonly number: number
  readonly of: number
  readonly needed: number
  readonly mark: Bytes
  readonly share: Bytes
}

const sheetVersion = 1
const markLength = 4
const shareLength = 33
const payloadLength = 4 + 16 + markLength + shareLength

function readShare(typed: string): Decision<Share> {
  const payload = readCode('root-sheet', payloadLength, typed)
  if (!payload.ok) return payload
  const [version = 0, number = 0, of = 0, needed = 0] = payload.value
  if (version !== sheetVersion) return refuse('sealed.sheet-version-unknown', { version })
  const organisation = OrganisationId.parse(uuidText(payload.value.subarray(4, 20)))
  const mark = payload.value.slice(20, 20 + markLength)
  return accept({ organisation, number, of, needed, mark, share: payload.value.slice(20 + markLength) })
}

/** First bytes of the root's public key: they tell sheets of two roots apart and give nothing away. */
function markOf(root: OrganisationRoot): Bytes {
  return (fromBase64Url(root.sign.public) ?? new Uint8Array(0)).slice(0, markLength)
}

function ofSheet(
  sheet: number,
  { refusal }: { refusal: { code: string; values: Readonly<Record<string, string | number>> } },
) {
  const { code, values } = refusal
  if (code === 'sealed.code-line-mistyped') return refuse('sealed.sheet-mistyped', { sheet, ...values })
  if (code === 'sealed.code-mistyped') return refuse('sealed.sheet-mistyped', { sheet, line: 0 })
  if (code === 'sealed.code-length') return refuse('sealed.sheet-length', { sheet, ...values })
  if (code === 'sealed.code-of-another-kind') return refuse('sealed.sheet-not-a-sheet', { sheet })
  return refuse(code, { sheet, ...values })
}

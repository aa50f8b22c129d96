import { concat } from '../bytes/compose.ts'
import { Golden, openGolden } from '../golden/open-golden.ts'
import { DANGEROUS_seededRandomness, newCaseKey, newPersonKey, openFields, sealField } from '../open.ts'
import { decrypt, importAesKey } from '../primitives/aes-gcm.ts'
import { webCryptoKnows } from '../primitives/curves.ts'
import { verifierOf } from '../primitives/ed25519.ts'
import { hpkeOpener } from '../primitives/x25519.ts'
import { hash, hashNow } from '../verify.ts'
import { accepted, bopha, entryId, firstCase, programme, survivor } from './cast.ts'
import { fromHex, toHex } from './hex.ts'

/** What the browser test calls inside the page, by way of `globalThis.sealedTest`. */
const sealedTest = {
  curves: async () => ({ ed25519: await webCryptoKnows('Ed25519'), x25519: await webCryptoKnows('X25519') }),

  openGolden: (golden: unknown) => openGolden(Golden.parse(golden)),

  /** The numbers of those vectors that this browser answers otherwise than published. */
  wrongVectors: async (vectors: Vectors) => {
    const wrong: string[] = []
    for (const test of vectors.aesGcm) {
      const opened = await decrypt(
        await importAesKey(fromHex(test.key)),
        fromHex(test.iv + test.ct + test.tag),
        fromHex(test.aad),
      )
      const expected = test.result === 'valid' ? test.msg : undefined
      if ((opened && toHex(opened)) !== expected) wrong.push(`aes-gcm ${test.tcId}`)
    }
    for (const test of vectors.ed25519) {
      const good = await (await verifierOf(fromHex(test.pk)))(fromHex(test.msg), fromHex(test.sig))
      if (good !== (test.result === 'valid')) wrong.push(`ed25519 ${test.tcId}`)
    }
    const { hpke } = vectors
    const open = await hpkeOpener(fromHex(hpke.skRm))
    const opened = await open(concat(fromHex(hpke.enc), fromHex(hpke.ct)), fromHex(hpke.info), fromHex(hpke.aad))
    if (!opened || toHex(opened) !== hpke.pt) wrong.push('hpke')
    if ((await hash('abc')) !== hashNow('abc')) wrong.push('sha-256')
    return wrong
  },

  /** Milliseconds this browser takes to open a caseload: 1,000 cases of six fields. */
  openCaseload: async () => {
    const random = DANGEROUS_seededRandomness('caseload', 'keys')
    const place = { programme, stream: firstCase, entry: entryId('caseload'), author: bopha }
    const certificate = hashNow('certificate')
    const fields = []
    for (let i = 0; i < 1000; i++) {
      const key = newPersonKey(newCaseKey({ programme, stream: firstCase }, 1, random), survivor, random)
      for (const field of ['name', 'alias', 'born-on', 'address', 'phone', 'narrative']) {
        const value = field === 'narrative' ? 'A sentence of what she told. '.repeat(20) : `${field} ${i}`
        fields.push({
          key,
          place: { ...place, field },
          envelope: accepted(await sealField(key, { ...place, field }, certificate, value)),
        })
      }
    }
    const start = performance.now()
    const opened = (await openFields(fields)).map(accepted)
    return { milliseconds: performance.now() - start, fields: opened.length, last: opened.at(-1)?.reveal() }
  },
}
Object.assign(globalThis, { sealedTest })

export type SealedTest = typeof sealedTest
type Outcome = { readonly tcId: number; readonly result: string }
export type Vectors = {
  readonly aesGcm: readonly (Outcome & Record<'key' | 'iv' | 'aad' | 'msg' | 'ct' | 'tag', string>)[]
  readonly ed25519: readonly (Outcome & Record<'pk' | 'msg' | 'sig', string>)[]
  readonly hpke: Record<'skRm' | 'enc' | 'ct' | 'info' | 'aad' | 'pt', string>
}

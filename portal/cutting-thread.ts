import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'
import type { Language } from '@lentera/ui/tokens/scripts'
import subsetFont from 'subset-font'

/** What one language needs: of each font, as a package names it, the letters to keep. */
export type Cutting = { readonly language: Language; readonly cuts: readonly Cut[] }
export type Cut = { readonly from: string; readonly letters: string }
/** Its fonts as WOFF2, in the order of its cuts. */
export type CutFonts = { readonly language: Language; readonly fonts: readonly Uint8Array[] }

/**
 * A thread of its own, started by `letters.ts`: cuts the fonts of each language in turn, each with every shape that its
 * rules can make of its letters. It ends with its work, so that no request waits for another language's and
 * most of the 50 MB that two WebAssembly programs take go back.
 */
const cuttings = workerData as readonly Cutting[] // given by `letters.ts`, and by nothing else
/** The names of languages are the same letters on most pages. */
const done = new Map<string, Uint8Array>()

for (const { language, cuts } of cuttings) {
  const fonts: Uint8Array[] = []
  for (const { from, letters } of cuts) {
    const key = `${from} ${letters}`
    const font = done.get(key) ?? (await subsetFont(await read(from), letters, { targetFormat: 'woff2' }))
    done.set(key, font)
    fonts.push(font)
  }
  parentPort?.postMessage({ language, fonts } satisfies CutFonts)
}

function read(from: string): Promise<Buffer> {
  return readFile(fileURLToPath(import.meta.resolve(from)))
}

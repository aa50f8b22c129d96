import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { BrochureDocument } from './document.ts'

/**
 * Sets the brochure as a PDF/UA-1: tagged, with a title and a language, in our own fonts. What Typst cannot set so (a sign that
 * none of the fonts has, a heading out of order) is an error, never a page that looks almost right.
 *
 * @param at milliseconds since 1970, for the day of its making
 */
export async function brochurePdf(document: BrochureDocument, at: number): Promise<Uint8Array> {
  // Some 50 MB of program that a server at rest does without.
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const [source, ...fontBlobs] = await Promise.all([
    readFile(join(import.meta.dirname, 'brochure.typ'), 'utf8'),
    ...fontFiles().map((file) => readFile(file)),
  ])
  // A compiler of its own each time: what it keeps for the next document goes with it.
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }], workspace: import.meta.dirname })
  const compiled = compiler.compile({
    mainFileContent: source,
    inputs: { document: JSON.stringify(document) },
  })
  if (!compiled.result) throw new Error(`the brochure could not be set: ${told(compiled.takeDiagnostics())}`)
  return new Uint8Array(
    compiler.pdf(compiled.result, { pdfStandard: 'ua-1', creationTimestamp: Math.floor(at / 1000) }),
  )
}

const told = (error: { readonly shortDiagnostics: readonly unknown[] } | null): string =>
  JSON.stringify(error?.shortDiagnostics ?? [])

/** TrueType: Typst passes over the WOFF2 that the pages use, and would take another font without a word. */
function fontFiles(): readonly string[] {
  return [
    import.meta.resolve('@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf'),
    import.meta.resolve('@expo-google-fonts/noto-sans/700Bold/NotoSans_700Bold.ttf'),
    import.meta.resolve('@expo-google-fonts/noto-sans-thai/400Regular/NotoSansThai_400Regular.ttf'),
    import.meta.resolve('@expo-google-fonts/noto-sans-thai/700Bold/NotoSansThai_700Bold.ttf'),
    import.meta.resolve('@expo-google-fonts/noto-sans-myanmar/400Regular/NotoSansMyanmar_400Regular.ttf'),
    import.meta.resolve('@expo-google-fonts/noto-sans-myanmar/700Bold/NotoSansMyanmar_700Bold.ttf'),
  ].map((url) => fileURLToPath(url))
}

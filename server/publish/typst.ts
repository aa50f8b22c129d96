import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'

/** The names of the families as the files of the fonts give them. */
export const latinFont = 'Noto Sans'
export const scriptFonts = { thai: 'Noto Sans Thai', myanmar: 'Noto Sans Myanmar' } as const

/**
 * Sets a document as a PDF/UA-1: tagged, with a title and a language, in our own fonts. What Typst cannot set so (a sign that
 * none of the fonts has, a heading out of order) is an error, never a page that looks almost right.
 *
 * @param file a Typst file in the folder of its room, which reads the document as JSON
 * @param at milliseconds since 1970, for the day of its making
 */
export async function setPdf(
  { file, folder }: { readonly file: string; readonly folder: string },
  document: unknown,
  at: number,
): Promise<Uint8Array> {
  // Some 50 MB of program that a server at rest does without.
  const { NodeCompiler } = await import('@myriaddreamin/typst-ts-node-compiler')
  const [source, ...fontBlobs] = await Promise.all([
    readFile(file, 'utf8'),
    ...fontFiles().map((font) => readFile(font)),
  ])
  // A compiler of its own each time: what it keeps for the next document goes with it.
  const compiler = NodeCompiler.create({ fontArgs: [{ fontBlobs }], workspace: folder })
  const compiled = compiler.compile({
    mainFileContent: source,
    inputs: { document: JSON.stringify(document) },
  })
  if (!compiled.result) throw new Error(`${file} could not be set: ${told(compiled.takeDiagnostics())}`)
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

/**
 * A text as it is searched: without case, and without the accents of Latin letters, so that "Nguyen" finds "Nguyễn". Signs
 * of other scripts stay: a Burmese or Khmer vowel is a letter's part, not its accent.
 */
export function folded(text: string): string {
  return (
    text
      .normalize('NFD')
      .replace(/(\p{Script=Latin})\p{Mn}+/gu, '$1')
      .normalize('NFC')
      .toLowerCase()
      // Letters that Unicode does not decompose.
      .replaceAll('đ', 'd')
      .replaceAll('ø', 'o')
      .replaceAll('ł', 'l')
      // Joiners and breaks that nobody sees or types twice alike.
      .replace(/\u200b|\u200c|\u200d|\u2060/g, '')
  )
}

/** Those in which every word asked for is found, in their order. Nothing asked: all. */
export function found<T extends { readonly search: string }>(all: readonly T[], asked: string): readonly T[] {
  const words = folded(asked).split(/\s+/).filter(Boolean)
  return words.length === 0 ? all : all.filter(({ search }) => words.every((word) => search.includes(word)))
}

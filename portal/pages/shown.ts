import type { Sheet } from './page.ts'

/**
 * Advice on safety, law or consent (`portal.advice.*`): never public before somebody has reviewed it, in English neither.
 * A demonstration shows it and says that nobody has.
 */
export function mayShowAdvice({ texts, handed }: Sheet): boolean {
  return handed.demonstration || texts.isReviewed
}

/**
 * What the site does and does not do with a visit (`portal.private.*`), on which she may rely: in English, the source, as
 * the tests hold it; in a draft nobody knows whether it says the same, so there in a demonstration only.
 */
export function mayShowPromises({ texts, handed }: Sheet): boolean {
  return handed.demonstration || !texts.isDraft
}

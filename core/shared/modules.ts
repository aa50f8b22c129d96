import * as z from 'zod'

/**
 * The three modules of the training of officers, by the verb each teaches (`content/`, design of the training room). The brochure
 * names no titles: these are ours. The training room teaches and certifies them, the workforce room counts who holds them.
 */
export const Module = z.enum(['see', 'meet', 'carry-through'])
export type Module = z.infer<typeof Module>

/** Of a module: `2`, or `2.1`. Another number is another text. */
export const ModuleVersion = z.string().regex(/^[1-9]\d?(\.\d{1,2})?$/)

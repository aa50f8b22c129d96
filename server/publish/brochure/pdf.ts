import { join } from 'node:path'
import { setPdf } from '../typst.ts'
import type { BrochureDocument } from './document.ts'

/** The brochure as a PDF/UA-1. @param at milliseconds since 1970, for the day of its making */
export const brochurePdf = (document: BrochureDocument, at: number): Promise<Uint8Array> =>
  setPdf({ file: join(import.meta.dirname, 'brochure.typ'), folder: import.meta.dirname }, document, at)

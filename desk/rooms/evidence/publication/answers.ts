import type { Inside, PublicationBoard, PublicationDraft } from '@lentera/core/evidence/publication/answers'
import * as z from 'zod'

/** The server's answers, whose types it shares with this room (`core/evidence/publication/answers.ts`). */
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null
const Board = z.custom<PublicationBoard>((value) => isObject(value) && 'ledgers' in Object(value))
const Draft = z.custom<PublicationDraft>((value) => isObject(value) && 'content' in Object(value))
const Picture = z.custom<Pick<Inside, 'picture'>>((value) => isObject(value) && 'picture' in Object(value))

export const parseBoard = (answer: unknown): PublicationBoard => Board.parse(answer)
export const parseDraft = (answer: unknown): PublicationDraft => Draft.parse(answer)
export const parsePicture = (answer: unknown): Pick<Inside, 'picture'> => Picture.parse(answer)

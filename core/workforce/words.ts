import * as z from 'zod'

/**
 * Of which part of an agency a headcount is: the whole of it, its regions and provinces, or its border crossings together.
 * Never of one crossing: with few women there it would say when none is.
 */
export const Place = z.enum(['national', 'regional', 'border-crossing'])
export type Place = z.infer<typeof Place>

/**
 * What the officers counted do: all of an agency's units together, or those of one kind. Every agency has each kind in many
 * places, so that none of them finds a crossing; which unit it is, by its name or number, is never asked.
 */
export const Unit = z.enum([
  'all',
  'border-control',
  'patrol',
  'investigation',
  'intelligence',
  'women-and-children',
  'administration',
  'training',
  'other',
])
export type Unit = z.infer<typeof Unit>

/** Bands that every agency can map its ranks to; finer ones would name the few women who lead. */
export const Rank = z.enum(['command', 'supervisory', 'line', 'not-given'])
export type Rank = z.infer<typeof Rank>

/** Who is counted. Published shares of one country differ by a third with it, so none is without. */
export const Counted = z.enum(['sworn', 'all-staff', 'unknown'])
export type Counted = z.infer<typeof Counted>

/** How far the numbers can be trusted: counted from personnel records, stated by the agency, or reported by others. */
export const Trust = z.enum(['records', 'official', 'reported'])
export type Trust = z.infer<typeof Trust>

export const Status = z.enum(['proposed', 'accepted', 'in-progress', 'adopted', 'rejected'])
export type Status = z.infer<typeof Status>

/** Which status may follow which. What was rejected can be proposed again; what was adopted can be undone. */
export const statusMoves = {
  proposed: ['accepted', 'rejected'],
  accepted: ['in-progress', 'adopted', 'rejected'],
  'in-progress': ['adopted', 'rejected'],
  adopted: ['in-progress', 'rejected'],
  rejected: ['proposed'],
} as const satisfies Record<Status, readonly Status[]>

/**
 * Whose words a recommendation is in: its own organisation's, or quoted from a source, which then says where they stand. `not-said` is what was written
 * down before anybody asked.
 */
export const Origin = z.enum(['own', 'quoted', 'not-said'])
export type Origin = z.infer<typeof Origin>

/** As many recommendations as one reform can follow. */
export const mostFollowed = 20

/** What a reform changes for women officers, and where it stands. */
export const Concern = z.enum(['access', 'employment', 'promotion', 'other'])
export type Concern = z.infer<typeof Concern>
export const Sphere = z.enum(['law', 'institution', 'practice'])
export type Sphere = z.infer<typeof Sphere>

/** More officers of one rank and sex than any agency has: a slip of the keys. */
export const mostCounted = 5_000_000

/** Letters of a line (a source, a reference) and of a text. */
export const longestLine = 300
export const longestText = 1000

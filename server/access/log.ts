import { narrativeWritten, reportInError, reportOpened } from '@lentera/core/donor-report/entries'
import {
  budgetSet,
  holdingBrought,
  publicationProposed,
  publicationSigned,
} from '@lentera/core/evidence/publication/entries'
import type { Entry } from '@lentera/core/log/entry'
import { ofOrganisation, type Reading } from '@lentera/core/log/kind'
import {
  deviceAdded,
  memberAdmitted,
  organisationFounded,
  programmeFounded,
  teamFormed,
} from '@lentera/core/log/membership'
import { baselineSet, phaseDated, targetSet } from '@lentera/core/plan/entries'
import { accept, type Decision, refuse } from '@lentera/core/shared/refusals'
import { caseOpened } from '@lentera/core/support/entries'
import { criminalCaseOpened } from '@lentera/core/support/justice/entries'
import { participantRegistered } from '@lentera/core/support/livelihoods/entries'
import { storyBegun } from '@lentera/core/support/story/entries'
import { coverPlanned, rosterMade } from '@lentera/core/workforce/cover/entries'
import { officerRegistered } from '@lentera/core/workforce/officer/entries'
import { postRegistered } from '@lentera/core/workforce/post/entries'
import { remarkWritten, sheetHandedIn } from '@lentera/core/workforce/research/entries'
import type { Viewer } from './viewer.ts'

/**
 * Whether this author may say this at all: the author's right, judged from what she is and what the entry says, without
 * looking at what exists (so that nothing is told of it). What must be known of other members is judged in
 * `membership.ts`.
 *
 * @returns `access.member-removed` for one who no longer belongs: her work goes into quarantine, a person decides.
 */
export function mayAppend(viewer: Viewer, entry: Entry, reading: Reading): Decision<void> {
  if (viewer.removed) return refuse('access.member-removed')
  if (entry.programme !== viewer.programme) return refuse('access.other-programme')
  if (entry.author !== viewer.member) return refuse('access.other-author')
  // A kind of a later version: kept for the narrowest audience there is, and it changes nothing yet.
  if (!reading.known) return accept(undefined)
  const { kind, coded } = reading
  if (!kind.who.some((role) => viewer.roles.includes(role))) {
    return refuse('access.role', { kind: kind.kind, allowed: kind.who.join(', ') })
  }
  const named = judges[kind.kind]?.(viewer, coded)
  if (named) return named
  return kind.stream !== 'keyed' && ofOrganisation.has(kind.stream) ? ofOwnWork(viewer, coded) : accept(undefined)
}

/** What more is asked of some kinds than the role. */
const judges: Readonly<Record<string, (viewer: Viewer, coded: Entry['coded']) => Decision<void>>> = {
  [programmeFounded.kind]: () => refuse('access.only-at-founding'),
  [organisationFounded.kind]: () => refuse('access.only-at-founding'),
  [teamFormed.kind]: ofOwnOrganisation,
  [memberAdmitted.kind]: ofOwnOrganisation,
  [deviceAdded.kind]: (viewer, coded) =>
    coded.member === viewer.member || viewer.roles.includes('administrator')
      ? accept(undefined)
      : refuse('access.other-members-device'),
  [caseOpened.kind]: ofOwnTeam,
  [participantRegistered.kind]: ofOwnTeam,
  [storyBegun.kind]: ofOwnTeam,
  [criminalCaseOpened.kind]: ofOwnTeam,
  [postRegistered.kind]: ofOwnTeam,
  [officerRegistered.kind]: ofOwnTeam,
  [coverPlanned.kind]: ofOwnTeam,
  [rosterMade.kind]: ofOwnTeam,
  [phaseDated.kind]: planned,
  [baselineSet.kind]: planned,
  [targetSet.kind]: planned,
  [sheetHandedIn.kind]: ofOwnOrganisation,
  [remarkWritten.kind]: ofOwnTeam,
  [reportOpened.kind]: planned,
  [narrativeWritten.kind]: ofOwnOffice,
  [reportInError.kind]: ofOwnOffice,
  [holdingBrought.kind]: ofOwnOrganisation,
  [budgetSet.kind]: ofOwnOrganisation,
  [publicationProposed.kind]: ofOwnOrganisation,
  [publicationSigned.kind]: asWhatSheIs,
}

/**
 * What an organisation does for many: whoever writes it says it of her own, and in a country programme of her own country, whether
 * she opens it or describes it anew. A word that names neither is judged by the one that opened the stream.
 */
function ofOwnWork(viewer: Viewer, coded: Entry['coded']): Decision<void> {
  if (coded.organisation !== undefined && coded.organisation !== viewer.organisation)
    return refuse('access.other-organisation')
  const isAbroad = typeof coded.country === 'string' && viewer.country !== null && coded.country !== viewer.country
  return isAbroad ? refuse('access.other-country') : accept(undefined)
}

function ofOwnTeam(viewer: Viewer, coded: Entry['coded']): Decision<void> {
  if (coded.organisation !== viewer.organisation) return refuse('access.other-organisation')
  if (viewer.team === null || coded.team !== viewer.team) return refuse('access.other-team')
  if (viewer.country === null || coded.country !== viewer.country) return refuse('access.other-country')
  return accept(undefined)
}

/** Whoever signs as protection officer is one: afterwards only the entry tells. */
function asWhatSheIs({ roles }: Viewer, { as }: Entry['coded']): Decision<void> {
  return roles.some((role) => role === as)
    ? accept(undefined)
    : refuse('access.signs-as-another', { allowed: roles.join(', ') })
}

/** A region is planned in its own office, which is the programme without a country. */
function planned(viewer: Viewer, coded: Entry['coded']): Decision<void> {
  const inOwnOffice = ofOwnOffice(viewer)
  return inOwnOffice.ok ? ofOwnOrganisation(viewer, coded) : inOwnOffice
}

function ofOwnOffice(viewer: Viewer): Decision<void> {
  return viewer.country !== null && !viewer.roles.includes('manager')
    ? refuse('access.other-country')
    : accept(undefined)
}

function ofOwnOrganisation(viewer: Viewer, coded: Entry['coded']): Decision<void> {
  return coded.organisation === viewer.organisation ? accept(undefined) : refuse('access.other-organisation')
}

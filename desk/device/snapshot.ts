import { ofOrganisation, planned, published, type StreamNoun } from '@lentera/core/log/kind'
import { dayIn } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import { mayHandOver } from '@lentera/core/workforce/research/entries'
import { projectSurvey } from '@lentera/core/workforce/research/project'
import type { OrganisationStream, Snapshot } from './desk.ts'
import type { MemberDevice } from './member-device.ts'
import { teamsIn } from './trust.ts'

/** What a desk shows before anybody opens it. */
export const closed: Snapshot = {
  phase: 'starting',
  demonstration: false,
  cast: [],
  me: undefined,
  today: undefined,
  online: true,
  exchanging: false,
  lastExchange: undefined,
  hasAll: false,
  loaded: false,
  unsent: 0,
  answersMayWait: false,
  refused: [],
  incomplete: false,
  verifying: undefined,
  caseload: [],
  participants: [],
  criminalCases: [],
  stories: [],
  posts: [],
  officers: [],
  remarks: [],
  handedOver: undefined,
  coverPlans: [],
  rosters: [],
  streams: [],
  travelling: false,
  members: [],
  teams: [],
  stopped: undefined,
}

/** What the open device holds, as it is shown: of what has not moved the very values of before, so that no screen is drawn for nothing. */
export function shown(before: Snapshot, member: MemberDevice, now: number): Partial<Snapshot> {
  const { waiting, me, trust, opened, streams } = member
  const { remarks, ...coded } = member.whole.all
  const organisation = [...streams.values()].find(({ noun }) => noun === 'organisation')
  const refused = waiting.flatMap(({ state, refusal, id, stream, kind }) =>
    refusal && (state === 'refused' || state === 'quarantined')
      ? [{ entry: id, stream, kind, refusal, quarantined: state === 'quarantined' }]
      : [],
  )
  return {
    me,
    demonstration: me.demonstration,
    today: dayIn(me.zone, now),
    hasAll: member.hasAll,
    loaded: member.isLoaded,
    unsent: waiting.filter(({ state, uncounted }) => state === 'waiting' && !uncounted).length,
    answersMayWait: answersMayWait(member),
    refused: asBefore(before.refused, refused),
    caseload: sorted(before.caseload, opened),
    participants: sorted(before.participants, coded.participants),
    criminalCases: sorted(before.criminalCases, coded.criminalCases),
    stories: sorted(before.stories, coded.stories),
    posts: sorted(before.posts, coded.posts),
    officers: sorted(before.officers, coded.officers),
    remarks: asBefore(before.remarks, inNoOrder([...remarks.values()])),
    coverPlans: sorted(before.coverPlans, coded.coverPlans),
    rosters: sorted(before.rosters, coded.rosters),
    streams: ofHers(before.streams, member),
    travelling: member.travelling,
    members: asBefore(before.members, trust.colleagues),
    teams: asBefore(before.teams, teamsIn(organisation?.state)),
  }
}

/** Whoever may hand this device to officers has it said as long as a survey is open: it must not follow what one of them does. */
function answersMayWait({ me, streams, waiting }: MemberDevice): boolean {
  const unsent = waiting.filter(({ state }) => state === 'waiting')
  if (unsent.some(({ uncounted }) => uncounted)) return true
  if (!mayHandOver(me.roles)) return false
  // What officers answered was written before its closing, and goes before it.
  const closing = new Set(unsent.map(({ stream }) => stream))
  return [...streams.values()].some(({ stream, noun, state }) => {
    if (noun !== 'survey') return false
    const survey = projectSurvey(state)
    return survey !== undefined && (closing.has(stream) || !(survey.closed || survey.enteredInError))
  })
}

/** By their code. Where none has moved the very list of before, so that no screen is drawn again for nothing. */
function sorted<T extends { readonly stream: StreamId; readonly code: string }>(
  before: readonly T[],
  opened: ReadonlyMap<StreamId, T>,
): readonly T[] {
  const now = before.flatMap(({ stream }) => opened.get(stream) ?? [])
  const isComplete = now.length === before.length && now.length === opened.size
  if (isComplete && now.every((each, i) => each === before[i])) return before
  const isInOrder = isComplete && now.every(({ code }, i) => code === before[i]?.code)
  return isInOrder ? now : [...opened.values()].sort((a, b) => (a.code < b.code ? -1 : 1))
}

/** The streams of her organisation, what her programme plans and the rates it turns sums by, in the order of their ids; those of before where nothing of them moved. */
function ofHers(
  before: readonly OrganisationStream[],
  { streams, waiting }: MemberDevice,
): readonly OrganisationStream[] {
  const unsent = new Set(waiting.filter(({ state }) => state === 'waiting').map(({ stream }) => stream))
  const known = new Map(before.map((each) => [each.stream, each]))
  const now = [...streams.values()]
    .filter(({ noun }) => ofOrganisation.has(noun) || planned.has(noun) || published.has(noun) || kept.has(noun))
    .sort((a, b) => (a.stream < b.stream ? -1 : 1))
    .map(({ stream, noun, state }) => {
      const was = known.get(stream)
      return was?.state === state && was.unsent === unsent.has(stream)
        ? was
        : { stream, noun, state, unsent: unsent.has(stream) }
    })
  return now.length === before.length && now.every((each, i) => each === before[i]) ? before : now
}

/** By their names, which are chance: nothing of when they came, or from whom after whom, is in it. */
const inNoOrder = <T extends { readonly stream: StreamId }>(all: readonly T[]): readonly T[] =>
  all.toSorted((a, b) => (a.stream < b.stream ? -1 : 1))

/** Small things read anew: the ones of before where they say the same. */
const asBefore = <T>(before: T, now: T): T => (JSON.stringify(now) === JSON.stringify(before) ? before : now)

/** What everyone of the programme reads and screens show as it stands; the rows of a data set are the server's. */
const kept: ReadonlySet<StreamNoun> = new Set(['rate-table', 'fact', 'code-list'])

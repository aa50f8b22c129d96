import { draft } from '@lentera/core/log/draft'
import type { Entry } from '@lentera/core/log/entry'
import { pairStream, personLinked, Relation } from '@lentera/core/log/persons'
import { Phase, planStream } from '@lentera/core/plan/words'
import { kinds } from '@lentera/core/rooms'
import { CivilDate } from '@lentera/core/shared/dates'
import { PersonKey, randomUuid, StreamId } from '@lentera/core/shared/ids'
import { accept } from '@lentera/core/shared/refusals'
import { type PersonKeySecret, randomBytes } from '@lentera/sealed/open'
import type { Device } from '../../device/device.ts'
import { writeNewKeyed } from '../../device/found.ts'
import { type Place, today, type Worker } from '../../device/world.ts'
import { Roll } from './roll.ts'
import { type Change, inErrorKinds, type Known, keyedRooms, longest, type Room, rooms } from './rooms.ts'

/** One device and whose it is. Two of one organisation write on the same streams, and hear of each other now and then. */
export type Desk = { readonly place: Place; readonly worker: Worker }

/** Everything there is to write about, known to the generator and not to the devices. */
export type World = {
  readonly desks: readonly Desk[]
  readonly streams: (Known & {
    readonly room: Room
    readonly place: Place
    readonly key: PersonKeySecret | undefined
  })[]
  /** Who could be the same person: survivors, participants, storytellers, officers, women with a card. */
  readonly persons: PersonKey[]
  readonly done: Map<string, number>
}

export function newWorld(desks: readonly Desk[]): World {
  return {
    desks,
    streams: [],
    persons: Array.from({ length: 24 }, () => PersonKey.parse(randomUuid(randomBytes(16)))),
    done: new Map(),
  }
}

/** One step of a programme's work: what kind is chosen by one number, everything else by another. */
export async function step(world: World, what: number, seed: number): Promise<void> {
  const roll = new Roll(seed)
  const desk = roll.of(world.desks)
  if (what < 2) return note(world, hear(world, desk, roll))
  if (what < 4) return note(world, await link(world, desk, roll))
  if (what < 6) return note(world, await datePhase(desk, roll))
  const room = roll.chance(0.25) ? roll.of(longest) : roll.of(rooms)
  const mine = world.streams.filter((each) => each.room === room && each.place === desk.place)
  if (mine.length < 2 || (mine.length < 6 && roll.chance(0.3))) return note(world, await open(world, desk, room, roll))
  return note(world, await change(desk, roll.of(mine), roll, world))
}

const note = ({ done }: World, what: string): void => {
  done.set(what, (done.get(what) ?? 0) + 1)
}

// ---------------------------------------------------------------- what a step does

/** One device takes in what another has, sent or not: some streams, as a pull that broke off would bring them. */
function hear(world: World, desk: Desk, roll: Roll): string {
  const { device } = roll.of(world.desks.filter((each) => each.place === desk.place)).worker
  const plans = Phase.options.map((phase) => planStream('phase', phase))
  const streams = world.streams.filter(({ place }) => place === desk.place).map(({ stream }) => stream)
  for (const stream of [...streams, ...plans]) if (roll.chance(0.5)) desk.worker.device.learn(device.entries(stream))
  return 'heard of each other'
}

/** Two persons are the same, are not, or nobody has said so: about pairs that come up again and again. */
async function link({ persons }: World, { worker }: Desk, roll: Roll): Promise<string> {
  const [first, second] = [roll.int(0, persons.length - 1), roll.int(0, 3)]
  const [a, b] = [persons[first], persons[(first + 1 + second) % persons.length]].sort()
  if (!a || !b || a === b) return 'no pair'
  const relation = roll.of(['same', 'same', ...Relation.options] as const)
  await worker.device.write([
    draft(personLinked, pairStream(a, b), CivilDate.parse('2026-Q3'), { a, b, relation, consented: true }),
  ])
  return `link ${relation}`
}

/** Dates a phase, dates it anew, says that it never was dated or takes that back; two devices may do so apart. */
async function datePhase({ place, worker: { device } }: Desk, roll: Roll): Promise<string> {
  const phase = roll.of(Phase.options)
  const stream = planStream('phase', phase)
  const [opening] = device.entries(stream).filter(({ kind }) => kind === 'plan.phase-dated')
  const year = roll.of([2025, 2026])
  const from = `${year}-Q${roll.int(1, 4)}`
  const to = `${roll.of([year, 2026])}-Q4`
  const day = CivilDate.parse('2026-09-01')
  const write = async (kind: string, coded: Readonly<Record<string, Entry['coded'][string]>>): Promise<void> => {
    await device.write([draft(kindOf(kind), stream, day, coded)])
  }
  const dates = { from, to, source: 'Grant (invented)' }
  if (!opening) {
    await write('plan.phase-dated', { organisation: place.organisation.organisation, phase, ...dates })
    return 'phase dated'
  }
  if (roll.chance(0.7)) {
    await write('plan.phase-corrected', dates)
    return 'phase dated anew'
  }
  const enteredInError = roll.chance(0.4)
  await write('plan.phase-in-error', { record: opening.id, enteredInError })
  return enteredInError ? 'phase in error' : 'phase back'
}

async function open(world: World, desk: Desk, room: Room, roll: Roll): Promise<string> {
  const { place, worker } = desk
  const { organisation } = place.organisation
  const said = room.open(roll, world)
  if (!said) return 'nothing to open'
  const kind = kindOf(room.opening)
  const made = keyedRooms.has(room)
    ? await writeNewKeyed(
        worker.device,
        place.organisation,
        world.desks.filter((each) => each.place === place).map((each) => each.worker.person),
        ({ stream, ...ids }) => {
          const person = roll.chance(0.6) && room.isOfSomebody ? roll.of(world.persons) : ids.person
          const coded = { ...ids, person, organisation, team: place.team, country: 'KH', ...said.coded }
          return accept([draft(kind, stream, said.on, coded, said.opened)])
        },
        today,
        randomBytes,
      )
    : { stream: said.stream?.(organisation) ?? StreamId.parse(randomUuid(randomBytes(16))), key: undefined }
  // Of modules and trainers the stream follows from what it is about: whoever knows of it does not open it again.
  if (worker.device.entries(made.stream).length > 0 && !made.key) return 'open already'
  if (!made.key) await worker.device.write([draft(kind, made.stream, said.on, { organisation, ...said.coded })])
  const other = world.desks.find((each) => each.place === place && each !== desk)?.worker.device
  if (said.stream && other?.entries(made.stream).length === 0 && roll.chance(0.8)) {
    await other.write([draft(kind, made.stream, room.on(roll), { organisation, ...said.coded })])
    note(world, 'opened twice, apart')
  }
  if (world.streams.some((each) => each.stream === made.stream && each.place === place))
    return 'opened once more, apart'
  world.streams.push({ stream: made.stream, key: made.key, room, place })
  return 'opened'
}

async function change(desk: Desk, of: World['streams'][number], roll: Roll, world: World): Promise<string> {
  const { device } = desk.worker
  const other = world.desks.find((each) => each.place === desk.place && each !== desk)?.worker.device
  if (other && roll.chance(0.4)) return sayApart([device, other], of, roll, world)
  // Nobody writes about what she has never heard of.
  if (!device.entries(of.stream).some(({ kind }) => kind === of.room.opening))
    for (const { place, worker } of world.desks) if (place === of.place) device.learn(worker.device.entries(of.stream))
  const entries = device.entries(of.stream)
  const opening = entries.find(({ kind }) => kind === of.room.opening)
  const write = async (kind: string, { on, coded, opened }: Change): Promise<void> => {
    await device.write([draft(kindOf(kind), of.stream, on, coded, opened)], of.key)
  }
  if (roll.chance(0.12)) {
    const kind = inErrorKinds.get(of.room)
    const isMarked = entries.filter(({ kind: each }) => each === kind)
    const records = entries.filter((entry) => of.room.marks?.includes(entry.kind) ?? false)
    // A whole stream is marked more seldom than what is in it; what was marked is often taken back.
    const enteredInError = isMarked.length === 0 || roll.chance(0.4)
    const [marked] = isMarked.slice(-1).map(({ coded }) => coded.record)
    const record = enteredInError ? (roll.chance(0.85) && roll.maybe(records)?.id) || opening?.id : marked
    if (!kind || typeof record !== 'string') return 'nothing to mark'
    await write(kind, { on: of.room.on(roll), coded: { record, enteredInError } })
    return enteredInError ? 'in error' : 'taken back'
  }
  const [kind, say] = roll.of(of.room.changes)
  const said = say(roll, { ...world, entries })
  if (!said) return 'nothing to correct'
  await write(kind, said)
  return said.coded.record ? 'corrected' : kindOf(kind).sets === 'itself' ? 'added' : 'described'
}

/** Two who know the same say something of the same record, and do not hear of each other: answers that stand side by side. */
async function sayApart(
  devices: readonly [Device, Device],
  of: World['streams'][number],
  roll: Roll,
  world: World,
): Promise<string> {
  const [one, other] = devices
  other.learn(one.entries(of.stream))
  one.learn(other.entries(of.stream))
  const chosen = of.room.changes.filter(([kind]) => kindOf(kind).sets !== 'itself')
  const [kind, say] = roll.of(chosen.length > 0 ? chosen : of.room.changes)
  // One record of each kind: so both choose the same.
  const entries = [...Map.groupBy(one.entries(of.stream), (entry) => entry.kind).values()].map((all) => roll.of(all))
  for (const device of devices) {
    const said = say(roll, { ...world, entries })
    if (!said) return 'nothing to correct'
    await device.write([draft(kindOf(kind), of.stream, said.on, said.coded, said.opened)], of.key)
  }
  return 'said apart by two'
}

function kindOf(name: string): NonNullable<ReturnType<typeof kinds.get>> {
  const kind = kinds.get(name)
  if (!kind) throw new Error(`no such kind: ${name}`)
  return kind
}

import { type CivilDate, daysAfter } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { changeRoster, markRosterInError } from '@lentera/core/workforce/cover/capture'
import type { Alone, BrokenAsKept, ByHand } from '@lentera/core/workforce/cover/words'
import type { Roster } from '@lentera/planner/roster'
import {
  Actions,
  CheckField,
  NextButton,
  QuietButton,
  RefusalNotice,
  SealMark,
  Section,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { useDesk } from '../../../device/context.ts'
import type { OpenedRoster } from '../../../device/desk.ts'
import { useWrite } from '../../../device/use-write.ts'
import recordStyles from '../../records/records.module.css'
import { sayClock } from '../register/say.ts'
import { brokenAsKept, dutiesOf, ofTheSameDays } from './kept-rosters.ts'
import { type RosterNames, sayBroken } from './say-broken.ts'

type KeepRosterProps = {
  readonly post: StreamId
  /** The neighbour whose officers are on it too. */
  readonly partner: StreamId | undefined
  readonly from: CivilDate
  readonly roster: Roster
  readonly byHand: ByHand
  /** The shifts with somebody alone, as they are written down. */
  readonly alone: Alone
  /** The other rules that it breaks, likewise. */
  readonly broken: BrokenAsKept
  readonly names: RosterNames
  /** The one that is changed; undefined while it is not kept yet. */
  readonly opened: OpenedRoster | undefined
}

/**
 * Keeps what stands on the screen for the team: sealed. Shifts with somebody alone, and any other rule that is broken, are kept only by
 * whoever says so: it is written down which, and asked again for every other one.
 */
export function KeepRoster({ post, partner, from, roster, byHand, alone, broken, names, opened }: KeepRosterProps) {
  const t = useText()
  const desk = useDesk()
  const { refusal: refused, write } = useWrite()
  const [refusal, setRefusal] = useState<Refusal>()
  const [done, setDone] = useState<Roster>()
  const [chosen, setChosen] = useState<Alone>(opened?.said.alone ?? [])
  const [agreed, setAgreed] = useState<readonly string[]>(opened?.said.broken?.map(ruleAs) ?? [])
  const isAgreed = broken.every((rule) => agreed.includes(ruleAs(rule)))
  const isChosen = alone.every((shift) => chosen.includes(shift)) && isAgreed
  const keep = async (): Promise<void> => {
    const duties = dutiesOf(roster)
    setRefusal(undefined)
    if (opened) {
      if (await write(changeRoster(opened.stream, opened, { duties, alone, byHand, broken }, desk.moment())))
        setDone(roster)
      return
    }
    const kept = await desk.keepRoster({ post, partner, from, duties, alone, byHand, broken })
    if (kept.ok) setDone(roster)
    else setRefusal(kept.refusal)
  }
  const said = refusal ?? refused
  return (
    <>
      {said && <RefusalNotice refusal={said} />}
      {done === roster && <p role="status">{t('roster.kept')}</p>}
      {alone.length > 0 && (
        <CheckField
          label={t('roster.alone-keep', { count: alone.length })}
          why={t('roster.alone-keep-why')}
          checked={alone.every((shift) => chosen.includes(shift))}
          onChange={(is) => setChosen(is ? alone : [])}
        />
      )}
      {broken.length > 0 && (
        <>
          <CheckField
            label={t('roster.broken-keep', { count: broken.length })}
            why={t('roster.broken-keep-why')}
            checked={isAgreed}
            onChange={(is) => setAgreed(is ? broken.map(ruleAs) : [])}
          />
          <BrokenRules broken={broken} names={names} />
        </>
      )}
      <Actions>
        <NextButton disabled={done === roster || !isChosen} onClick={() => void keep()}>
          {opened ? t('roster.keep-change') : t('roster.keep')}
        </NextButton>
      </Actions>
    </>
  )
}

const ruleAs = (rule: BrokenAsKept[number]): string => JSON.stringify(rule)

function BrokenRules({ broken, names }: { readonly broken: BrokenAsKept; readonly names: RosterNames }) {
  const t = useText()
  return (
    <ul>
      {brokenAsKept(broken).map((rule) => (
        <li key={JSON.stringify(rule)}>{sayBroken(t, names, rule)}</li>
      ))}
    </ul>
  )
}

/** The rosters of a post that are kept, alone or with a neighbour (`nameOf`). */
export function KeptRosters({
  of,
  officer,
  nameOf,
  onOpen,
}: {
  readonly of: readonly OpenedRoster[]
  readonly officer: (key: string) => string
  readonly nameOf: (post: StreamId) => string
  readonly onOpen: (roster: OpenedRoster) => void
}) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { refusal, write } = useWrite()
  const twice = ofTheSameDays(of)
  if (of.length === 0) return null
  return (
    <Section title={t('roster.kept-ones', { count: of.length })}>
      {refusal && <RefusalNotice refusal={refusal} />}
      {twice.map(([one, other]) => (
        <p role="alert" key={`${one.code} ${other.code}`}>
          {t('roster.kept-twice', { one: one.code, other: other.code })}
        </p>
      ))}
      <ul className={recordStyles.rows}>
        {of.map((each) => (
          <li key={each.stream}>
            <span>
              <SealMark /> {each.said.from ? format.date(each.said.from) : t('cover.kept-disputed')}
              {each.said.partner && each.said.post && ` · ${nameOf(each.said.post)} + ${nameOf(each.said.partner)}`}
              {twice.some((pair) => pair.includes(each)) && ` · ${each.code}`}
              {each.unsent && ` · ${t('support.unsent')}`}
            </span>
            <KeptThough of={each} officer={officer} />
            {each.said.duties && <QuietButton onClick={() => onOpen(each)}>{t('cover.kept-open')}</QuietButton>}
            <QuietButton onClick={() => void write(markRosterInError(each.stream, each.kept, true, desk.moment()))}>
              {t('cover.kept-in-error')}
            </QuietButton>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What whoever kept it said to keep against the rules, as the checker said it on that day. */
function KeptThough({
  of: { said },
  officer,
}: {
  readonly of: OpenedRoster
  readonly officer: (key: string) => string
}) {
  const t = useText()
  const format = useFormat()
  const { from, alone = [], broken = [] } = said
  if (!from || alone.length + broken.length === 0) return null
  const names: RosterNames = {
    person: officer,
    shift: (key) => sayClock({ starts: Number(/\d+/.exec(key)?.[0] ?? 0) }),
    day: (day) => format.date(daysAfter(from, day)),
  }
  return (
    <details>
      <summary>{t('roster.kept-though', { count: broken.length, alone: alone.length })}</summary>
      <ul>
        {alone.map((shift) => {
          const [day = '0', key = ''] = shift.split(' ')
          return <li key={shift}>{t('roster.kept-alone', { day: names.day(Number(day)), shift: names.shift(key) })}</li>
        })}
      </ul>
      <BrokenRules broken={broken} names={names} />
    </details>
  )
}

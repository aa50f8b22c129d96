import type { CivilDate } from '@lentera/core/shared/dates'
import type { StreamId } from '@lentera/core/shared/ids'
import type { Refusal } from '@lentera/core/shared/refusals'
import { changeRoster, markRosterInError } from '@lentera/core/workforce/cover/capture'
import type { Alone, ByHand } from '@lentera/core/workforce/cover/words'
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
import { dutiesOf } from './kept-rosters.ts'

type KeepRosterProps = {
  readonly post: StreamId
  /** The neighbour whose officers are on it too. */
  readonly partner: StreamId | undefined
  readonly from: CivilDate
  readonly roster: Roster
  readonly byHand: ByHand
  /** The shifts with somebody alone, as they are written down. */
  readonly alone: Alone
  /** The one that is changed; undefined while it is not kept yet. */
  readonly opened: OpenedRoster | undefined
}

/**
 * Keeps what stands on the screen for the team: sealed. A rule that a hand broke is kept with it, and said again when it is opened.
 * Shifts with somebody alone are kept only by whoever says so: it is written down which, and asked again for every other one.
 */
export function KeepRoster({ post, partner, from, roster, byHand, alone, opened }: KeepRosterProps) {
  const t = useText()
  const desk = useDesk()
  const { refusal: refused, write } = useWrite()
  const [refusal, setRefusal] = useState<Refusal>()
  const [done, setDone] = useState<Roster>()
  const [chosen, setChosen] = useState<Alone>(opened?.said.alone ?? [])
  const isChosen = alone.every((shift) => chosen.includes(shift))
  const keep = async (): Promise<void> => {
    const duties = dutiesOf(roster)
    setRefusal(undefined)
    if (opened) {
      if (await write(changeRoster(opened.stream, opened, { duties, alone, byHand }, desk.moment()))) setDone(roster)
      return
    }
    const kept = await desk.keepRoster({ post, partner, from, duties, alone, byHand })
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
          checked={isChosen}
          onChange={(is) => setChosen(is ? alone : [])}
        />
      )}
      <Actions>
        <NextButton disabled={done === roster || !isChosen} onClick={() => void keep()}>
          {opened ? t('roster.keep-change') : t('roster.keep')}
        </NextButton>
        <QuietButton onClick={() => window.print()}>{t('cover.page.print')}</QuietButton>
      </Actions>
    </>
  )
}

/** The rosters of a post that are kept, alone or with a neighbour (`nameOf`). */
export function KeptRosters({
  of,
  nameOf,
  onOpen,
}: {
  readonly of: readonly OpenedRoster[]
  readonly nameOf: (post: StreamId) => string
  readonly onOpen: (roster: OpenedRoster) => void
}) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { refusal, write } = useWrite()
  if (of.length === 0) return null
  return (
    <Section title={t('roster.kept-ones', { count: of.length })}>
      {refusal && <RefusalNotice refusal={refusal} />}
      <ul className={recordStyles.rows}>
        {of.map((each) => (
          <li key={each.stream}>
            <span>
              <SealMark /> {each.said.from ? format.date(each.said.from) : t('cover.kept-disputed')}
              {each.said.partner && each.said.post && ` · ${nameOf(each.said.post)} + ${nameOf(each.said.partner)}`}
              {each.unsent && ` · ${t('support.unsent')}`}
            </span>
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

import type { Draft } from '@lentera/core/log/draft'
import { Agency } from '@lentera/core/shared/agencies'
import { CivilDate } from '@lentera/core/shared/dates'
import { StreamId } from '@lentera/core/shared/ids'
import { type Decision, refuse } from '@lentera/core/shared/refusals'
import { cutOffsFor, releaseCover, withdrawCoverRelease } from '@lentera/core/workforce/cover-release/capture'
import { type CoverRelease, projectCoverRelease } from '@lentera/core/workforce/cover-release/project'
import { Counted } from '@lentera/core/workforce/words'
import type { ReleasedCover } from '@lentera/release/release'
import {
  Actions,
  ChoiceField,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { type Projected, useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import { newestFirst } from '../../records/newest-first.ts'
import recordStyles from '../../records/records.module.css'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { LeftOutNote } from '../planner/left-out.tsx'
import { type Register, useRegister } from '../planner/use-register.ts'
import styles from '../workforce.module.css'
import { reckonCover } from './reckon.ts'
import { bandNames, sayBand, sayPart } from './say.ts'

/** A focal point chooses a cut-off, sees exactly what would leave, and lets it out or not; and what left before. */
export function ReleasePage() {
  const t = useText()
  const register = useRegister()
  const releases = useStreams('cover-release', projectCoverRelease)
  const before = useMemo(() => releases.map(({ state }) => state), [releases])
  const { today } = useDesk().moment()
  const cutOffs = cutOffsFor(before, today)
  return (
    <>
      <PageTitle over={<Link to="/workforce/cover">{t('cover.title-short')}</Link>} under={t('cover-release.under')}>
        {t('cover-release.title')}
      </PageTitle>
      <Stack>
        {register.posts.length === 0 ? (
          <EmptyState title={t('cover.none')}>{t('cover.none-text')}</EmptyState>
        ) : cutOffs.length === 0 ? (
          <EmptyState title={t('cover-release.all-released')}>{t('cover-release.all-released-text')}</EmptyState>
        ) : (
          <New key={cutOffs.join()} register={register} before={before} cutOffs={cutOffs} />
        )}
        <Released releases={releases} />
      </Stack>
    </>
  )
}

// ---------------------------------------------------------------- what would leave, and the word that lets it

type NewProps = {
  readonly register: Register
  readonly before: readonly CoverRelease[]
  readonly cutOffs: readonly CivilDate[]
}

/** What she chooses. Whom the register holds, and of what kind her agency is, stands as she said it last. */
type Chosen = { readonly cutOff: CivilDate; readonly agency: Agency | undefined; readonly counted: Counted | undefined }

function New({ register, before, cutOffs }: NewProps) {
  const t = useText()
  const format = useFormat()
  const [first] = cutOffs
  const last = before.toSorted((a, b) => (a.on < b.on ? -1 : 1)).at(-1)
  const [chosen, setChosen] = useState<Chosen | undefined>(
    first && { cutOff: first, agency: last?.agency, counted: last?.counted },
  )
  const [isShown, setShown] = useState(false)
  if (!chosen) return null
  if (isShown) return <Leaving register={register} before={before} chosen={chosen} onBack={() => setShown(false)} />
  return (
    <Section title={t('cover-release.new')} note={t('cover-release.new-note')}>
      <Stack>
        <SelectField
          label={t('cover-release.cut-off')}
          why={t('cover-release.cut-off-why')}
          value={chosen.cutOff}
          choices={cutOffs.map((value) => ({ value, label: format.date(value) }))}
          onChange={(value) =>
            setChosen({ ...chosen, cutOff: cutOffs.find((each) => each === value) ?? chosen.cutOff })
          }
        />
        <SelectField
          label={t('workforce.agency')}
          value={chosen.agency ?? ''}
          choices={Agency.options.map((value) => ({ value, label: t(`agency.${value}`) }))}
          onChange={(value) => setChosen({ ...chosen, agency: Agency.safeParse(value).data })}
        />
        <ChoiceField
          label={t('cover-release.counted')}
          why={t('workforce.counted-why')}
          value={chosen.counted ?? null}
          choices={Counted.options.map((value) => ({ value, label: t(`workforce.counted.${value}`) }))}
          onChange={(value) => setChosen({ ...chosen, counted: Counted.safeParse(value).data })}
        />
        <Actions>
          <NextButton disabled={!chosen.agency || !chosen.counted} onClick={() => setShown(true)}>
            {t('cover-release.show')}
          </NextButton>
        </Actions>
      </Stack>
    </Section>
  )
}

type LeavingProps = Omit<NewProps, 'cutOffs'> & { readonly chosen: Chosen; readonly onBack: () => void }

/** Everything that leaves, to the letter, before it does. */
function Leaving({ register, before, chosen, onBack }: LeavingProps) {
  const t = useText()
  const format = useFormat()
  const me = useSnapshot((snapshot) => snapshot.me)
  const { today } = useDesk().moment()
  const { refusal, busy, write } = useWrite()
  const [stream] = useState(() => StreamId.parse(crypto.randomUUID()))
  const { cutOff, agency, counted } = chosen
  const { released, leftOut } = useMemo(
    () => reckonCover(register.posts, register.officers, cutOff, before),
    [register, cutOff, before],
  )
  const decide = (): Decision<readonly Draft[]> => {
    if (!me || me.country === null) return refuse('workforce.no-country')
    if (!agency || !counted) return refuse('workforce.not-complete')
    const { organisation, country } = me
    const leaves = released.ok ? released.value : null
    return releaseCover({ stream, organisation, country, agency, counted, cutOff, released: leaves }, before, today)
  }
  return (
    <>
      <Section title={t('cover-release.leaves')} note={t('cover-release.leaves-note')}>
        <Stack>
          <dl className={styles.facts}>
            <dt>{t('cover-release.country')}</dt>
            <dd>{me?.country ? t(`country.${me.country}`) : ''}</dd>
            <dt>{t('workforce.agency')}</dt>
            <dd>{agency && t(`agency.${agency}`)}</dd>
            <dt>{t('cover-release.counted')}</dt>
            <dd>{counted && t(`workforce.counted.${counted}`)}</dd>
            <dt>{t('cover-release.cut-off')}</dt>
            <dd>{format.date(cutOff)}</dd>
            {released.ok && <Bands released={released.value} />}
          </dl>
          {!released.ok && <RefusalNotice refusal={released.refusal} />}
          {released.ok && released.value.made !== cutOff && (
            <p>{t('cover-release.held', { date: format.date(CivilDate.parse(released.value.made)) })}</p>
          )}
          <p className={recordStyles.quiet}>{t('cover-release.never')}</p>
          {refusal && <RefusalNotice refusal={refusal} />}
          <Actions>
            <NextButton disabled={busy} onClick={() => void write(decide())}>
              {released.ok ? t('cover-release.confirm') : t('cover-release.confirm-nothing')}
            </NextButton>
            <QuietButton onClick={onBack}>{t('cover-release.not-now')}</QuietButton>
          </Actions>
        </Stack>
      </Section>
      {leftOut.length > 0 && <LeftOutNote leftOut={leftOut} register={register} />}
    </>
  )
}

function Bands({ released: { bands } }: { readonly released: Pick<ReleasedCover, 'bands'> }) {
  const t = useText()
  const format = useFormat()
  return bandNames.map((name) => (
    <div key={name} style={{ display: 'contents' }}>
      <dt>{t(`cover-release.of.${name}`)}</dt>
      <dd>
        {name === 'present' || name === 'onCall'
          ? sayPart(bands[name], bands.shifts, t, format)
          : sayBand(bands[name], t, format)}
      </dd>
    </div>
  ))
}

// ---------------------------------------------------------------- what left before

function Released({ releases }: { readonly releases: readonly Projected<CoverRelease>[] }) {
  const t = useText()
  const format = useFormat()
  return (
    <Section title={t('cover-release.before')} note={t('cover-release.before-note')}>
      <RecordRows none={t('cover-release.none')}>
        {newestFirst(releases, ({ on }) => on).map((each) => (
          <RecordRow
            key={each.stream}
            row={{ record: each.state.opening, enteredInError: false }}
            conflicts={each.state.conflicts}
            superseded={each.state.enteredInError ? t('cover-release.withdrawn') : undefined}
          >
            <span className={styles.name}>{format.date(each.state.on)}</span>
            <span>
              {each.state.bands
                ? sayPart(each.state.bands.present, each.state.bands.shifts, t, format)
                : t('cover-release.nothing-told')}
            </span>
            {each.state.made !== each.state.on && (
              <span>{t('cover-release.held', { date: format.date(each.state.made) })}</span>
            )}
            <Withdraw release={each} all={releases.map(({ state }) => state)} />
          </RecordRow>
        ))}
      </RecordRows>
    </Section>
  )
}

/** In two steps too: what was shown cannot be unseen, and that is read before. */
function Withdraw({ release: { stream, state }, all }: WithdrawProps) {
  const t = useText()
  const { refusal, busy, write } = useWrite()
  const [isAsking, setAsking] = useState(false)
  const set = async (is: boolean): Promise<void> => {
    if (await write(withdrawCoverRelease(stream, state, is, all))) setAsking(false)
  }
  if (state.enteredInError)
    return (
      <>
        {refusal && <RefusalNotice refusal={refusal} />}
        <QuietButton disabled={busy} onClick={() => void set(false)}>
          {t('records.restore')}
        </QuietButton>
      </>
    )
  if (!isAsking) return <QuietButton onClick={() => setAsking(true)}>{t('cover-release.withdraw')}</QuietButton>
  return (
    <>
      <p>{t('cover-release.withdraw-note')}</p>
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <QuietButton disabled={busy} onClick={() => void set(true)}>
          {t('cover-release.withdraw-confirm')}
        </QuietButton>
        <QuietButton onClick={() => setAsking(false)}>{t('cover-release.not-now')}</QuietButton>
      </Actions>
    </>
  )
}

type WithdrawProps = { readonly release: Projected<CoverRelease>; readonly all: readonly CoverRelease[] }

import { CivilDate } from '@lentera/core/shared/dates'
import { type EntryId, StreamId } from '@lentera/core/shared/ids'
import { projectSession } from '@lentera/core/training/project'
import {
  certifyOfficer,
  correctCertificate,
  describeOfficer,
  leaveService,
  markOfficerInError,
  moveOfficer,
  withdrawCertificate,
} from '@lentera/core/workforce/officer/capture'
import { isTrainedOn, servesOn, standingOf } from '@lentera/core/workforce/officer/project'
import type { Absence, OfficerField, OfficerSaid, Wishes as OfficerWishes } from '@lentera/core/workforce/officer/words'
import { textsOfOfficer } from '@lentera/core/workforce/officer/words'
import { type Shift, shiftsOf } from '@lentera/core/workforce/post/words'
import { readText } from '@lentera/core/workforce/sealed-texts'
import type { Translate } from '@lentera/ui/catalogues/text'
import {
  Actions,
  DateField,
  EmptyState,
  NextButton,
  PageTitle,
  QuietButton,
  RefusalNotice,
  SealMark,
  Section,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useDesk, useSnapshot, useStreams } from '../../../device/context.ts'
import type { OpenedOfficer, OpenedPost, Seen } from '../../../device/desk.ts'
import { type Typed, useReopened } from '../../../device/use-kept-form.ts'
import { useWrite } from '../../../device/use-write.ts'
import { InError } from '../../records/in-error.tsx'
import { Itself, useUnder } from '../../records/itself.tsx'
import { KeptForm } from '../../records/kept-form.tsx'
import { newestFirst } from '../../records/newest-first.ts'
import { sayHeads } from '../../records/opened.ts'
import recordStyles from '../../records/records.module.css'
import { RecordRow, RecordRows } from '../../records/rows.tsx'
import { KeptCorrect, type Typing } from '../../records/typed-correction.tsx'
import { OfficerErasure } from './officer-erasure.tsx'
import {
  CertificateFields,
  OfficerFields,
  PostField,
  postTyped,
  readCertificate,
  readOfficer,
  type SessionChoice,
  typedCertificate,
  typedOfficer,
} from './officer-fields.tsx'
import { sayLeaving, sayOfficer, sayPosts } from './say.ts'
import { twiceIn } from './twice.ts'
import { Wishes } from './wishes.tsx'

/** One officer: her certificates, where she serves, and what is written of her. */
export function OfficerPage() {
  const t = useText()
  const { stream } = useParams({ strict: false })
  const of = useSnapshot(({ officers }) => officers.find((each) => each.stream === stream))
  if (!of)
    return (
      <EmptyState title={t('register.not-here')} action={<Link to="/workforce/register">{t('register.back')}</Link>}>
        {t('register.not-here-text')}
      </EmptyState>
    )
  return <OneOfficer key={of.stream} of={of} />
}

type Of = { readonly of: OpenedOfficer }

function OneOfficer({ of }: Of) {
  const t = useText()
  const desk = useDesk()
  const { posts, officers } = useSnapshot()
  const [doing, setDoing] = useState<'certificate' | 'move' | 'leave' | 'stay'>()
  const { officer, said, certificates, stream } = of
  useReopened(`officer ${stream} certificate`, () => setDoing((now) => now ?? 'certificate'))
  useReopened(`officer ${stream} move`, () => setDoing((now) => now ?? 'move'))
  useReopened(`officer ${stream} leave`, () => setDoing((now) => now ?? 'leave'))
  const { today } = desk.moment()
  const format = useFormat()
  const serves = servesOn(of, today)
  const onDone = (): void => setDoing(undefined)
  // Of one who is erased nothing more is said: nobody knows who she is.
  const isHere = !officer.enteredInError && !officer.erased
  const under = useUnder(
    of,
    officer.enteredInError,
    sayPosts(officer.posts, posts, t),
    ...sayLeaving(of, today, t, format),
    ...(officer.erased ? [t('register.erased')] : []),
    ...(isTrainedOn(certificates, today) && serves ? [t('register.trained')] : []),
  )
  return (
    <>
      <PageTitle over={<Link to="/workforce/register">{t('register.back')}</Link>} under={under}>
        {sayOfficer(of, t)}
      </PageTitle>
      <Stack>
        {officer.posts.length > 1 && <p role="note">{t('register.two-posts')}</p>}
        {said.disputed.length > 0 && <p role="note">{t('register.two-versions')}</p>}
        {twiceIn([], officers, () => '').officers.has(stream) && <p role="note">{t('register.twice-text')}</p>}
        {isHere && doing === undefined && (
          <Actions>
            {serves && (
              <>
                <NextButton onClick={() => setDoing('certificate')}>{t('register.certificate.new')}</NextButton>
                <QuietButton onClick={() => setDoing('move')}>{t('register.move')}</QuietButton>
              </>
            )}
            {(serves || said.disputed.includes('leftOn')) && (
              <QuietButton onClick={() => setDoing('leave')}>
                {officer.left ? t('register.other-last-day') : t('register.leave')}
              </QuietButton>
            )}
            {officer.left && (
              <QuietButton onClick={() => setDoing('stay')}>
                {serves ? t('register.stays') : t('register.back-in-service')}
              </QuietButton>
            )}
          </Actions>
        )}
        {doing === 'certificate' && <NewCertificate of={of} onDone={onDone} />}
        {doing === 'move' && <Move of={of} onDone={onDone} />}
        {doing === 'leave' && <Leave of={of} onDone={onDone} />}
        {doing === 'stay' && <Stay of={of} onDone={onDone} />}
        <Certificates of={of} />
        {isHere && serves && (
          <Section title={t('register.wishes')} note={t('register.wishes-note')}>
            <Wishes of={of} shifts={shiftsAt(officer.post, posts)} />
          </Section>
        )}
        {!officer.erased && (
          <>
            <Herself of={of} />
            <InError
              isInError={officer.enteredInError}
              says={t('register.officer.in-error')}
              mark={(is) => markOfficerInError(of, officer.opening, is, desk.moment())}
            />
          </>
        )}
        <OfficerErasure of={of} />
      </Stack>
    </>
  )
}

const shiftsAt = (post: StreamId | undefined, posts: readonly OpenedPost[]): readonly Shift[] => {
  const opening = posts.find(({ stream }) => stream === post)?.said.opening
  return opening ? shiftsOf(opening) : []
}

type Doing = Of & { readonly onDone: () => void }

function NewCertificate({ of, onDone }: Doing) {
  const t = useText()
  const desk = useDesk()
  const sessions = useSessions()
  return (
    <Section title={t('register.certificate.new')} note={t('register.certificate.note')}>
      <KeptForm
        name={`officer ${of.stream} certificate`}
        label={t('register.certificate.new')}
        fields={(typing) => (
          <div className={recordStyles.fields}>
            <CertificateFields {...typing} sessions={sessions} />
          </div>
        )}
        decide={(typed) => certifyOfficer(of, readCertificate(typed), desk.moment())}
        onSaved={onDone}
        onGivenUp={onDone}
      />
    </Section>
  )
}

function Move({ of, onDone }: Doing) {
  const t = useText()
  const desk = useDesk()
  const { posts } = useSnapshot()
  // Where two posts stand beside each other, either may be the one; and she may be where she is, since another day.
  const isApart = of.said.disputed.includes('postedOn') || of.said.disputed.includes('stays')
  const elsewhere = posts.filter(({ stream }) => isApart || stream !== of.officer.post)
  return (
    <Section title={t('register.move')} note={t('register.move-note')}>
      <KeptForm
        name={`officer ${of.stream} move`}
        label={t('register.move')}
        initial={{ on: desk.moment().today }}
        fields={({ typed, set }) => (
          <div className={recordStyles.fields}>
            <PostField typed={typed} set={set} posts={elsewhere} />
            <DateField
              label={t('register.since')}
              finest="day"
              sealed
              value={CivilDate.safeParse(typed.on).data ?? null}
              onChange={(day) => set('on', day ?? '')}
            />
          </div>
        )}
        decide={async (typed, from) => {
          const to = { post: StreamId.safeParse(typed.post).data, on: CivilDate.safeParse(typed.on).data }
          return moveOfficer({ ...of, ...(await desk.officerSeen(of.stream, from)) }, to, posts, desk.moment())
        }}
        onSaved={onDone}
        onGivenUp={onDone}
      />
    </Section>
  )
}

/** Her last day, which may be to come, or another one than was said. */
function Leave({ of, onDone }: Doing) {
  const t = useText()
  const desk = useDesk()
  const title = of.officer.left ? t('register.other-last-day') : t('register.leave')
  return (
    <Section title={title} note={t('register.leave-note')}>
      <KeptForm
        name={`officer ${of.stream} leave`}
        label={title}
        initial={{ on: of.said.leftOn ?? desk.moment().today }}
        fields={({ typed, set }) => (
          <DateField
            label={t('register.last-day')}
            finest="day"
            sealed
            value={CivilDate.safeParse(typed.on).data ?? null}
            onChange={(day) => set('on', day ?? '')}
          />
        )}
        decide={(typed) => leaveService(of, { left: true, on: CivilDate.safeParse(typed.on).data }, desk.moment())}
        onSaved={onDone}
        onGivenUp={onDone}
      />
    </Section>
  )
}

/** She is back, or goes on after all. */
function Stay({ of, onDone }: Doing) {
  const t = useText()
  const desk = useDesk()
  const title = servesOn(of, desk.moment().today) ? t('register.stays') : t('register.back-in-service')
  return (
    <Section title={title}>
      <KeptForm
        name={`officer ${of.stream} stay`}
        label={title}
        fields={() => null}
        decide={() => leaveService(of, { left: false, on: undefined }, desk.moment())}
        onSaved={onDone}
        onGivenUp={onDone}
      />
    </Section>
  )
}

/** The training sessions of her own organisation: at one of them a certificate may have been earned. */
function useSessions(): readonly SessionChoice[] {
  const t = useText()
  const format = useFormat()
  return newestFirst(
    useStreams('training-session', projectSession).filter(({ state }) => !state.enteredInError),
    ({ heldOn }) => heldOn,
  ).map(({ stream, state }) => ({
    stream,
    label: [format.date(state.heldOn), ...state.modules.map((module) => t(`module.${module}`))].join(' · '),
  }))
}

function Certificates({ of }: Of) {
  const t = useText()
  const { certificates, officer } = of
  return (
    <Section title={t('register.certificates')} note={t('register.certificates-note')}>
      <RecordRows none={t('register.certificates-none')}>
        {certificates.map((each) => (
          <Certificate key={each.certificate.record} of={of} each={each} mayCorrect={!officer.enteredInError} />
        ))}
      </RecordRows>
    </Section>
  )
}

type CertificateProps = Of & {
  readonly each: OpenedOfficer['certificates'][number]
  readonly mayCorrect: boolean
}

function Certificate({ of, each, mayCorrect }: CertificateProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { refusal, busy, write } = useWrite()
  const { certificate, said } = each
  const stands = standingOf(certificate, said, desk.moment().today)
  const until = said?.until ?? certificate.expires
  return (
    <RecordRow
      row={certificate}
      conflicts={[...of.officer.conflicts, ...sealedConflicts(each)]}
      keptAs={correctionOf(of, certificate.record)}
      superseded={stands === 'expired' || stands === 'withdrawn' ? t(`register.standing.${stands}`) : undefined}
      correction={
        mayCorrect ? (onDone) => <CorrectCertificate of={of} each={each} mayCorrect onDone={onDone} /> : undefined
      }
    >
      <b>{certificate.module ? t(`module.${certificate.module}`) : t('results.unsettled')}</b>
      <span>
        <SealMark />{' '}
        {until ? t('register.certificate.until-day', { until: format.date(until) }) : t('results.unsettled')}
      </span>
      <span className={recordStyles.quiet}>
        {[
          t(`register.standing.${stands}`),
          ...(said?.validBy ? [t('attended.by-source', { source: said.validBy })] : []),
          ...(said?.beyondSheet ? [t('attended.beyond')] : []),
        ].join(' · ')}
      </span>
      {said?.session && (
        <Link to="/workforce/register/sessions/$stream" params={{ stream: said.session }}>
          {t('attended.to-session')}
        </Link>
      )}
      {mayCorrect && !certificate.enteredInError && (
        <QuietButton
          disabled={busy}
          onClick={() => write(withdrawCertificate(of, certificate.record, !certificate.withdrawn, desk.moment()))}
        >
          {certificate.withdrawn ? t('register.certificate.give-back') : t('register.certificate.withdraw')}
        </QuietButton>
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
    </RecordRow>
  )
}

/** Two answers in what is sealed: only where they differ, as it was opened here. */
const sealedConflicts = ({ certificate, said }: CertificateProps['each']) =>
  (said?.disputed ?? []).map((field) => ({ record: certificate.record, field, heads: [] }))

const correctionOf = ({ stream }: OpenedOfficer, record: EntryId): string =>
  `officer ${stream} certificate ${record} correction`

function CorrectCertificate({ of, each, onDone }: CertificateProps & { readonly onDone: () => void }) {
  const t = useText()
  const desk = useDesk()
  const sessions = useSessions()
  const { record, enteredInError } = each.certificate
  return (
    <KeptCorrect
      name={correctionOf(of, record)}
      stood={typedCertificate(each)}
      fields={(typing) => (
        <div className={recordStyles.fields}>
          <CertificateFields {...typing} sessions={sessions} />
        </div>
      )}
      decide={(typed) => correctCertificate(of, record, readCertificate(typed), desk.moment())}
      inError={{
        stands: enteredInError,
        says: t('register.certificate.in-error'),
        mark: (is) => markOfficerInError(of, record, is, desk.moment()),
      }}
      onDone={onDone}
    />
  )
}

function Herself({ of }: Of) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { posts, officers } = useSnapshot()
  const { officer, fields } = of
  const stood = typedOfficer(of, posts)
  const days = ({ from, to }: Absence): string => [from, ...(to === from ? [] : [to])].map(format.date).join(' – ')
  const postName = (post: StreamId): string | undefined => postTyped(post, posts)
  const lastDays = of.said.disputed.includes('leftOn') ? sayAnswers(of, 'leftOn', t, format.date) : ''
  const facts: readonly (readonly [label: string, text: string, sealed?: boolean])[] = [
    ...(lastDays ? [[t('register.last-day'), lastDays, true] as const] : []),
    [t('register.officer.number'), sayHeads(fields.number, t), true],
    [t('register.officer.name'), sayHeads(fields.name, t), true],
    [t('register.officer.sex'), officer.sex ? t(`officer.${officer.sex}`) : t('results.unsettled')],
    [t('register.officer.post'), sayPosts(officer.posts, posts, t)],
    [t('register.since'), sayAnswers(of, 'postedOn', t, format.date), true],
    [t('register.officer.rank'), sayHeads(fields.rank, t), true],
    [t('register.officer.home'), sayHeads(fields.home, t), true],
    [
      t('register.officer.languages'),
      sayAnswers(of, 'languages', t, (all) => all.map((each) => t(`language.${each}`)).join(', ')),
      true,
    ],
    [
      t('register.officer.offers'),
      [
        sayAnswers(of, 'wishes', t, (wishes) => sayOffers(wishes, postName, t)),
        sayAnswers(of, 'reach', t, (minutes) => t('register.officer.offers-reach', { minutes })),
      ]
        .filter(Boolean)
        .join(' · '),
      true,
    ],
    [t('register.officer.absences'), sayAnswers(of, 'absences', t, (all) => all.map(days).join('; ')), true],
  ]
  const correction = {
    label: t('register.officer.describe'),
    stood,
    fields: (typing: Typing) => <OfficerFields {...typing} disputed={of.said.disputed} />,
    decide: async (typed: Typed, from: Seen) => {
      const change = readOfficer(typed, stood, posts, of.said.disputed)
      if (!change.ok) return change
      const seen = await desk.officerSeen(of.stream, from)
      return describeOfficer(of, change.value, officers, desk.moment(), seen?.said)
    },
  }
  return (
    <Itself
      of={`officer ${of.stream}`}
      title={t('register.officer.herself')}
      note={t('register.officer.note')}
      facts={facts.map(([label, text, isSealed = false]) => ({ label, text, isSealed }))}
      correction={officer.enteredInError ? undefined : correction}
    />
  )
}

/** What is said in a field, all of it where two answers stand: also what is more than a text. */
function sayAnswers<Field extends OfficerField>(
  { fields }: OpenedOfficer,
  field: Field,
  t: Translate,
  say: (value: OfficerSaid[Field]) => string,
): string {
  return sayHeads(fields[field], t, (text) => {
    const value = readText<OfficerSaid[Field]>(textsOfOfficer[field], text)
    return value === undefined ? t('support.not-openable') : say(value)
  })
}

/** Only what she offers, and what is planned within: that somebody offers nothing is no word of hers. */
function sayOffers(
  { volunteersForNights, volunteersFor, mostNights }: OfficerWishes,
  postName: (post: StreamId) => string | undefined,
  t: Translate,
): string {
  const posts = volunteersFor.flatMap((post) => postName(post) ?? []).join('; ')
  return [
    ...(volunteersForNights ? [t('register.officer.nights')] : []),
    ...(posts === '' ? [] : [t('register.officer.offers-to', { posts })]),
    ...(mostNights === null ? [] : [t('register.officer.within-nights', { most: mostNights })]),
  ].join(' · ')
}

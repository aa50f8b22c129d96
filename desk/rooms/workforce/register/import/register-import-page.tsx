import type { Refusal } from '@lentera/core/shared/refusals'
import { projectMapping } from '@lentera/core/sheets/project'
import { shiftMinutes } from '@lentera/core/workforce/post/words'
import {
  Actions,
  LoadingState,
  NextButton,
  PageTitle,
  ProgressBar,
  RefusalNotice,
  Section,
  useText,
} from '@lentera/ui/parts'
import { Link, useNavigate } from '@tanstack/react-router'
import { useRef, useState } from 'react'
import { useDesk, useSnapshot, useStreams } from '../../../../device/context.ts'
import { ChooseFile } from '../../../sheets/choose-file.tsx'
import type { SaidOfRun } from '../../../sheets/dry-run.tsx'
import { OfficerMapping, PostMapping } from './list-mapping.tsx'
import {
  type Lists,
  type Mappings,
  type OpenedLists,
  openLists,
  readLists,
  remembered,
  withKnown,
  withoutBeingSaid,
} from './lists.ts'
import { graveIn, RegisterDryRun } from './register-dry-run.tsx'
import { rowsToWrite, takeLists, whatOf } from './take.ts'

type Mapped = {
  readonly opened: OpenedLists
  readonly mappings: Mappings
  /** How they were read before she said that they are to be read otherwise. */
  readonly before: Mappings
  readonly isRecalled: boolean
}

const none: Mappings = { posts: undefined, officers: undefined }

/** Why lists are not taken as yet: rows that are not good, changes that nobody has looked at. */
function notYet(lists: Lists, { withoutBadRows, isConfirmed }: SaidOfRun): Refusal | undefined {
  const [bad, grave] = [badRows(lists), graveIn(lists)]
  if (bad > 0 && !withoutBadRows) return { code: 'workforce.rows-not-good', values: { bad } }
  return grave > 0 && !isConfirmed ? { code: 'workforce.changes-not-seen', values: { count: grave } } : undefined
}

const badRows = ({ posts, officers }: Lists): number => (posts?.bad.length ?? 0) + (officers?.bad.length ?? 0)

type Stage =
  | { readonly at: 'waiting' }
  | ({ readonly at: 'posts' | 'officers' } & Mapped)
  | ({ readonly at: 'read'; readonly lists: Lists } & Mapped)
  | { readonly at: 'taking'; readonly done: number; readonly of: number }
  | { readonly at: 'taken'; readonly done: number; readonly of: number }

/**
 * Posts and officers from the agency's own file. It works without a network, and each row is sealed on this device before anything of
 * it is kept.
 */
export function RegisterImportPage() {
  const t = useText()
  const desk = useDesk()
  const navigate = useNavigate()
  const me = useSnapshot((snapshot) => snapshot.me)
  const known = useStreams('sheet-mapping', projectMapping)
  const [stage, setStage] = useState<Stage>({ at: 'waiting' })
  const [refusal, setRefusal] = useState<Refusal>()
  const isStopped = useRef(false)
  const [most, setMost] = useState<number>(shiftMinutes)
  if (!me) return <LoadingState />

  const goOn = (mapped: Mapped, hours = most): void => {
    const { opened, mappings } = mapped
    setRefusal(undefined)
    if (opened.posts && !mappings.posts) setStage({ ...mapped, at: 'posts' })
    else if (opened.officers && !mappings.officers) setStage({ ...mapped, at: 'officers' })
    else {
      const read = readLists(opened, mappings, desk.snapshot(), desk.moment(), hours)
      if (!read.ok) setRefusal(read.refusal)
      setStage(
        read.ok
          ? { ...mapped, at: 'read', lists: read.value }
          : { ...mapped, at: opened.posts ? 'posts' : 'officers', mappings: none, before: mappings },
      )
    }
  }
  const bring = async (chosen: File): Promise<void> => {
    setRefusal(undefined)
    const found = await openLists(chosen, known, desk)
    if (!found.ok) {
      setRefusal(found.refusal)
      return
    }
    const before = remembered(found.value)
    const mappings = withoutBeingSaid(found.value, before)
    const isRecalled = mappings.posts !== undefined || mappings.officers !== undefined
    goOn({ opened: found.value, mappings, before, isRecalled })
  }
  const take = async (run: Mapped & { readonly lists: Lists }): Promise<void> => {
    const of = rowsToWrite(run.lists)
    // A colleague, or she herself in another tab, may have written some of it since it was read.
    const seen = desk.seen()
    const now = readLists(run.opened, run.mappings, desk.snapshot(), desk.moment(), most)
    if (!now.ok || whatOf(now.value) !== whatOf(run.lists)) {
      goOn(run)
      return setRefusal(now.ok ? { code: 'workforce.list-overtaken', values: {} } : now.refusal)
    }
    setRefusal(undefined)
    isStopped.current = false
    setStage({ at: 'taking', done: 0, of })
    const read = { ...run, lists: now.value, opened: withKnown(run.opened, known) }
    const taken = await takeLists(desk, me, read, seen, (done) => {
      setStage({ at: 'taking', done, of })
      return !isStopped.current
    })
    if (taken.ok) return setStage({ at: 'taken', done: taken.value, of })
    // The file and what its columns mean stay: what was written before the refusal is no news any more.
    goOn(run)
    setRefusal(taken.refusal)
  }
  const giveUp = () => navigate({ to: '/workforce/register' })

  return (
    <>
      <PageTitle over={<Link to="/workforce/register">{t('register.back')}</Link>} under={t('register.file.under')}>
        {t('register.import')}
      </PageTitle>
      <Section title={t(`register.file.stage.${stage.at}`)} note={t('register.file.note')}>
        {stage.at === 'waiting' && <ChooseFile onFile={bring} onGiveUp={giveUp} />}
        {stage.at === 'posts' && stage.opened.posts && (
          <PostMapping
            opened={stage.opened.posts}
            stood={stage.before.posts}
            onSaid={(said) => goOn({ ...stage, isRecalled: false, mappings: { ...stage.mappings, posts: said } })}
            onGiveUp={giveUp}
          />
        )}
        {stage.at === 'officers' && stage.opened.officers && (
          <OfficerMapping
            opened={stage.opened.officers}
            stood={stage.before.officers}
            onSaid={(said) => goOn({ ...stage, isRecalled: false, mappings: { ...stage.mappings, officers: said } })}
            onGiveUp={giveUp}
          />
        )}
        {stage.at === 'read' && (
          <RegisterDryRun
            lists={stage.lists}
            opened={stage.opened}
            mappings={stage.mappings}
            isRecalled={stage.isRecalled}
            most={most}
            onMost={(minutes) => {
              setMost(minutes)
              goOn(stage, minutes)
            }}
            answers={{
              busy: false,
              onTake: (said) => {
                const refused = notYet(stage.lists, said)
                return refused ? setRefusal(refused) : take(stage)
              },
              onMap: () => goOn({ ...stage, mappings: none, before: stage.mappings }),
              onGiveUp: giveUp,
            }}
          />
        )}
        {stage.at === 'taking' && (
          <ProgressBar
            label={t('register.file.taking')}
            done={stage.done}
            total={stage.of}
            onStop={() => {
              isStopped.current = true
            }}
          />
        )}
        {stage.at === 'taken' && (
          <>
            <p role="status">
              {stage.done < stage.of
                ? t('register.file.stopped', { done: stage.done, left: stage.of - stage.done })
                : t('register.file.taken', { count: stage.done })}
            </p>
            <Actions>
              <NextButton onClick={giveUp}>{t('register.file.look')}</NextButton>
            </Actions>
          </>
        )}
        {refusal && <RefusalNotice refusal={refusal} />}
      </Section>
    </>
  )
}

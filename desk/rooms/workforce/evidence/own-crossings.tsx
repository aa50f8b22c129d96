import { isKeptOn } from '@lentera/core/workforce/post/project'
import type { Translate } from '@lentera/ui/catalogues/text'
import { LoadingState, RefusalNotice, Section, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useDesk } from '../../../device/context.ts'
import { isOpen, type PostCover } from '../planner/board.ts'
import { type Board, useBoard } from '../planner/use-board.ts'
import CrossingsMap, { type MapPost, type PostState } from './map/crossings-map.tsx'

/** The crossings of her own agency, each as the coverage board has it. Its own chunk: whoever has no posts loads no map. */
export default function OwnCrossings() {
  const t = useText()
  const { today } = useDesk().moment()
  const board = useBoard(today)
  return (
    <Section title={t('workforce.map.title')} note={t('workforce.map.note')}>
      {board.at === 'loading' && <LoadingState label={t('workforce.map.loading')} />}
      {board.at === 'refused' && (
        <>
          <RefusalNotice refusal={board.refusal} />
          <Link to="/workforce/cover/plan">{t('cover.plan.title')}</Link>
        </>
      )}
      {board.at === 'read' && <CrossingsMap posts={onMap(board, today, t)} />}
    </Section>
  )
}

type Read = Extract<Board, { readonly at: 'read' }>

/** What is to be mended first stands first, as on the board; of whose hours nobody has said anything the board has no line. */
function onMap({ register, lines }: Read, today: Parameters<typeof isKeptOn>[1], t: Translate): readonly MapPost[] {
  const order = new Map<string, number>(lines.map(({ post }, at) => [post, at]))
  return register.posts
    .filter(({ said }) => isKeptOn(said, today))
    .map(({ stream, code, said }) => {
      const line = lines[order.get(stream) ?? -1]
      return {
        id: stream,
        label: said.name ?? said.code ?? code,
        state: stateOf(line),
        says: line ? t('workforce.map.of', { trained: line.trained, needed: line.needs }) : t('workforce.map.no-hours'),
        position: said.position,
        at: order.get(stream) ?? lines.length,
      }
    })
    .toSorted((a, b) => a.at - b.at)
}

function stateOf(line: PostCover | undefined): PostState {
  if (!line) return 'unknown'
  if (!isOpen(line)) return 'covered'
  return line.isWithoutTrained ? 'none' : 'gap'
}

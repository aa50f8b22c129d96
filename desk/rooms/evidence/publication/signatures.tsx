import type { PublicationRow } from '@lentera/core/evidence/publication/answers'
import { Section, TimelineItem, useFormat, useText } from '@lentera/ui/parts'
import { useSnapshot } from '../../../device/context.ts'
import styles from './publication.module.css'

/** Who proposed, signed and withdrew it, and which signatures count for nothing and why. Posts, never names. */
export function Signatures({ row: { publication, judged } }: { readonly row: PublicationRow }) {
  const t = useText()
  const format = useFormat()
  const me = useSnapshot((snapshot) => snapshot.me)
  const members = useSnapshot((snapshot) => snapshot.members)
  const by = (member: string): string =>
    member === me?.member
      ? t('publication.by-you')
      : (members.find((each) => each.member === member)?.label ?? t('publication.by-another'))
  const { proposedOn, proposedBy, signatures, withdrawn } = publication
  return (
    <Section title={t('publication.history')}>
      <ol className={styles.timeline}>
        <TimelineItem when={format.date(proposedOn)} title={t('publication-standing.proposed')} by={by(proposedBy)} />
        {signatures.map(({ record, on, as, member }) => {
          const idle = judged.idle.find(({ signature }) => signature.record === record)
          return (
            <TimelineItem
              key={record}
              when={format.date(on)}
              title={t('publication.signed-as', { role: t(`role.${as}`) })}
              by={by(member)}
              {...(idle ? { state: 'refused' as const, note: t(`publication.idle.${idle.why}`) } : {})}
            />
          )
        })}
        {withdrawn && (
          <TimelineItem
            when={format.date(withdrawn.on)}
            title={t('publication-standing.withdrawn')}
            by={by(withdrawn.member)}
          >
            {withdrawn.why}
          </TimelineItem>
        )}
      </ol>
    </Section>
  )
}

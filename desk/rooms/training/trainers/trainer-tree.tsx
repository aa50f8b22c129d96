import type { CivilDate } from '@lentera/core/shared/dates'
import { officerCode } from '@lentera/core/shared/person-codes'
import type { Certificate, NationalTrainer, TrainerNode } from '@lentera/core/training/trainer/project'
import { treeOf } from '@lentera/core/training/trainer/project'
import { trainerStream } from '@lentera/core/training/trainer/words'
import { Module } from '@lentera/core/training/words'
import { EmptyState, Section, SelectField, useFormat, useText } from '@lentera/ui/parts'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import styles from '../training.module.css'
import { isStanding, sayStanding, useToday } from './say.ts'

/** Who certified whom for a module: lists inside lists, which a screen reader says as such. */
export function TrainerTree({ trainers }: { readonly trainers: readonly NationalTrainer[] }) {
  const t = useText()
  const today = useToday()
  const [module, setModule] = useState<Module>('see')
  const nodes = treeOf(trainers, module)
  return (
    <Section title={t('trainers.tree')} note={t('trainers.tree-note')}>
      <SelectField
        label={t('trainers.module')}
        value={module}
        choices={Module.options.map((value) => ({ value, label: t(`module.${value}`) }))}
        onChange={(value) => setModule(Module.safeParse(value).data ?? module)}
      />
      {nodes.length === 0 ? (
        <EmptyState title={t('trainers.tree-none')} />
      ) : (
        <Nodes nodes={nodes} module={module} today={today} />
      )}
    </Section>
  )
}

type NodesProps = { readonly nodes: readonly TrainerNode[]; readonly module: Module; readonly today: CivilDate }

function Nodes({ nodes, module, today }: NodesProps) {
  const t = useText()
  const format = useFormat()
  return (
    <ul className={styles.tree}>
      {nodes.map(({ trainer, certified }) => (
        <li key={trainer.trainer}>
          <Link to="/training/trainers/$stream" params={{ stream: trainerStream(trainer.trainer) }}>
            <span className={styles.code}>{officerCode(trainer.trainer)}</span>
          </Link>
          {ofModule(trainer, module).map((certificate) => (
            <div key={certificate.record} className={isStanding(certificate, today) ? undefined : styles.ended}>
              <span>
                {t('trainers.version-short', { version: certificate.moduleVersion ?? t('results.unsettled') })}
              </span>
              <span>{certificate.language ? t(`language.${certificate.language}`) : t('results.unsettled')}</span>
              <span>{sayStanding(certificate, today, t, format)}</span>
            </div>
          ))}
          {certified.length > 0 && <Nodes nodes={certified} module={module} today={today} />}
        </li>
      ))}
    </ul>
  )
}

const ofModule = ({ certificates }: NationalTrainer, module: Module): readonly Certificate[] =>
  certificates.filter((each) => each.module === module && !each.enteredInError)

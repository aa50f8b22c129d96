import type { Officer, PlanProblem, Post } from '@lentera/planner/plan'
import { SelectField, TextField } from '@lentera/ui/parts'
import recordStyles from '../../records/records.module.css'
import { type Say, sayFacility } from './say-plan.ts'
import { type StepTyped, stepKinds, wrongCount } from './step-typed.ts'

type StepFieldsProps = {
  readonly problem: PlanProblem
  readonly say: Say
  readonly typed: StepTyped
  /** Whether what kind of step it is, and whom it names, is still open. */
  readonly isOpen: boolean
  readonly onChange: (field: keyof StepTyped, value: string) => void
}

/** Only what exists can be chosen: posts and officers of the register, shifts that can close, what is not built yet. */
export function StepFields(props: StepFieldsProps) {
  const { problem, say, typed, isOpen, onChange } = props
  const { t } = say
  const post = problem.posts.find(({ key }) => key === typed.post)
  return (
    <div className={recordStyles.fields}>
      {isOpen && (
        <SelectField
          label={t('cover.hand.kind')}
          value={typed.kind}
          choices={stepKinds.map((kind) => ({ value: kind, label: t(`cover.hand.kind.${kind}`) }))}
          onChange={(kind) => {
            onChange('kind', kind)
            for (const field of ['post', 'facility', 'officers', 'to', 'other'] as const) onChange(field, '')
          }}
        />
      )}
      {typed.kind !== '' && <KindFields {...props} post={post} />}
      {typed.kind !== '' && problem.years > 1 && (
        <SelectField
          label={t('cover.hand.year')}
          value={typed.year}
          choices={Array.from({ length: problem.years }, (_, index) => ({
            value: String(index + 1),
            label: t('cover.year', { year: index + 1 }),
          }))}
          onChange={(year) => onChange('year', year)}
        />
      )}
    </div>
  )
}

function KindFields({
  problem,
  say,
  typed,
  isOpen,
  onChange,
  post,
}: StepFieldsProps & { readonly post: Post | undefined }) {
  const { t } = say
  const postField = (
    label: string,
    field: 'post' | 'to' | 'other',
    posts: readonly Post[],
    clears?: 'officers' | 'facility',
  ) => (
    <SelectField
      label={label}
      value={typed[field]}
      choices={posts.map(({ key }) => ({ value: key, label: say.names.post(key) }))}
      onChange={(key) => {
        onChange(field, key)
        if (clears) onChange(clears, '')
      }}
    />
  )
  const wrong = wrongCount(typed.count)
  const elsewhere = problem.posts.filter(({ key }) => key !== typed.post)
  switch (typed.kind) {
    case 'facility':
      return (
        <>
          {postField(
            t('cover.post'),
            'post',
            problem.posts.filter((each) => toBuild(each, problem).length > 0),
            'facility',
          )}
          {post && (
            <SelectField
              label={t('cover.hand.facility')}
              value={typed.facility}
              choices={toBuild(post, problem).map((key) => ({ value: key, label: sayFacility(key, t) }))}
              onChange={(key) => onChange('facility', key)}
            />
          )}
        </>
      )
    case 'train':
    case 'move':
      return (
        <>
          {isOpen && postField(t('cover.hand.serves-at'), 'post', withWomen(problem), 'officers')}
          {isOpen && post && (
            <SelectField
              label={t('cover.hand.officer')}
              value={typed.officers}
              choices={womenOf(problem, post.key).map((officer) => ({
                value: officer.key,
                label: labelOf(officer, say),
              }))}
              onChange={(key) => onChange('officers', key)}
            />
          )}
          {typed.kind === 'move' && postField(t('cover.hand.to'), 'to', elsewhere)}
        </>
      )
    case 'pool':
      return (
        <>
          {postField(t('cover.post'), 'post', problem.posts)}
          {postField(t('cover.hand.other'), 'other', elsewhere)}
        </>
      )
    case 'day-only':
      return postField(
        t('cover.post'),
        'post',
        problem.posts.filter(({ dayShifts }) => dayShifts !== null),
      )
    default:
      return (
        <>
          {postField(t('cover.post'), 'post', problem.posts)}
          <TextField
            label={t('cover.hand.count')}
            inputMode="numeric"
            value={typed.count}
            {...(wrong ? { refusal: wrong } : {})}
            onChange={(count) => onChange('count', count)}
          />
        </>
      )
  }
}

/** What a post lacks and the agency can build; of what is not known to be there nobody may rely on it. */
const toBuild = ({ facilities }: Post, { costs }: PlanProblem): readonly string[] =>
  Object.keys(costs.facility).filter((key) => facilities[key] !== 'yes')

const womenOf = ({ officers }: PlanProblem, post: string): readonly Officer[] =>
  officers.filter((officer) => officer.isWoman && officer.post === post)

const withWomen = (problem: PlanProblem): readonly Post[] => {
  const there = new Set(problem.officers.filter(({ isWoman }) => isWoman).map(({ post }) => post))
  return problem.posts.filter(({ key }) => there.has(key))
}

/** By the number her agency knows her by, and whether she is trained: what a planner asks first. Never whether she would move. */
function labelOf({ key, training }: Officer, { t, format, names }: Say): string {
  if (!training.isTrained) return t('cover.hand.untrained', { officer: names.officer(key) })
  return training.until === null
    ? t('cover.hand.trained', { officer: names.officer(key) })
    : t('cover.hand.trained-until', { officer: names.officer(key), date: format.date(training.until) })
}

import { mapCode, markCodeListInError } from '@lentera/core/evidence/classification/capture'
import { icTip } from '@lentera/core/evidence/classification/ic-tip'
import { type BroughtList, oursOf, projectCodeList } from '@lentera/core/evidence/classification/project'
import { OurCode } from '@lentera/core/evidence/classification/words'
import { AgeGroup, Sex } from '@lentera/core/shared/people'
import { Form as ExploitationForm } from '@lentera/core/support/words'
import {
  Actions,
  ChoicesField,
  DataTable,
  EmptyState,
  Form,
  QuietButton,
  RefusalNotice,
  Section,
  SelectField,
  Stack,
  useFormat,
  useText,
} from '@lentera/ui/parts'
import { useState } from 'react'
import { type Projected, useDesk, useStreams } from '../../../device/context.ts'
import { useWrite } from '../../../device/use-write.ts'
import { newestFirst } from '../../records/newest-first.ts'
import { BringCodeList } from './bring-code-list.tsx'

/** The codes of ours that another classification could have: those by which people are counted, "unknown" left out. */
const ourCodes: readonly OurCode[] = [
  ...ExploitationForm.options.map((code) => `form/${code}`),
  ...Sex.options.map((code) => `sex/${code}`),
  ...AgeGroup.options.map((code) => `age/${code}`),
].flatMap((code) => (code.endsWith('/unknown') ? [] : OurCode.parse(code)))

/** IC-TIP beside our codes. Where its code lists are not here, that is said, and nothing is mapped. */
export function Classification({ isSteward }: { readonly isSteward: boolean }) {
  const t = useText()
  const lists = newestFirst(useStreams('code-list', projectCodeList), ({ publishedOn }) => publishedOn)
  const standing = lists.filter(({ state }) => !state.inError)
  return (
    <Section title={t('ic-tip.title')} note={t('ic-tip.note', { custodians: icTip.custodians, source: icTip.source })}>
      <Stack>
        {standing.length === 0 && <EmptyState title={t('ic-tip.none')}>{t('ic-tip.none-text')}</EmptyState>}
        {standing.map((list) => (
          <OneList key={list.stream} list={list} isSteward={isSteward} />
        ))}
        {isSteward && <BringCodeList here={lists.map(({ state }) => state)} />}
      </Stack>
    </Section>
  )
}

type ListProps = { readonly list: Projected<BroughtList>; readonly isSteward: boolean }

function OneList({ list: { stream, state }, isSteward }: ListProps) {
  const t = useText()
  const format = useFormat()
  const desk = useDesk()
  const { refusal, busy, write } = useWrite()
  const sayOurs = (code: OurCode): string => t(code.replace('/', '.'))
  const labelOf = (code: string): string => {
    const label = state.codes.find((each) => each.code === code)?.label
    return label ? `${code} ${label}` : code
  }
  const theirsOf = (code: OurCode): string => {
    if (state.disputed.includes(code)) return t('results.unsettled')
    return state.mapping.get(code)?.map(labelOf).join('; ') ?? t('ic-tip.unmapped')
  }
  const mapped = ourCodes.filter((code) => state.mapping.has(code)).length
  return (
    <>
      <p>
        {t('ic-tip.version', {
          version: state.version,
          date: format.date(state.publishedOn),
          verified: format.date(state.verifiedOn),
          source: state.source,
        })}
      </p>
      <DataTable
        caption={t('ic-tip.ours', { mapped, all: ourCodes.length })}
        rows={ourCodes}
        keyOf={(code) => code}
        columns={[
          { id: 'ours', label: t('ic-tip.our-code'), value: sayOurs },
          { id: 'theirs', label: t('ic-tip.their-code'), value: theirsOf },
        ]}
        fileName="ours-to-ic-tip.csv"
      />
      <DataTable
        caption={t('ic-tip.theirs', { all: state.codes.length })}
        rows={state.codes}
        keyOf={({ code }) => code}
        columns={[
          { id: 'code', label: t('ic-tip.their-code'), value: ({ code }) => code },
          { id: 'label', label: t('ic-tip.their-label'), value: ({ label }) => label },
          {
            id: 'ours',
            label: t('ic-tip.our-code'),
            value: ({ code }) => oursOf(state, code).map(sayOurs).join('; ') || t('ic-tip.unmapped'),
          },
        ]}
        fileName="ic-tip-to-ours.csv"
      />
      {isSteward && <Mapping list={{ stream, state, unsent: false }} sayOurs={sayOurs} />}
      {refusal && <RefusalNotice refusal={refusal} />}
      {isSteward && (
        <Actions>
          <QuietButton disabled={busy} onClick={() => write(markCodeListInError(stream, true, desk.moment().today))}>
            {t('ic-tip.in-error')}
          </QuietButton>
        </Actions>
      )}
    </>
  )
}

function Mapping({
  list: { stream, state },
  sayOurs,
}: {
  readonly list: Projected<BroughtList>
  readonly sayOurs: (code: OurCode) => string
}) {
  const t = useText()
  const desk = useDesk()
  const [ours, setOurs] = useState<OurCode>()
  const [theirs, setTheirs] = useState<readonly string[]>([])
  const { refusal, busy, write } = useWrite()
  const choose = (code: string): void => {
    const chosen = OurCode.safeParse(code).data
    setOurs(chosen)
    setTheirs(chosen ? (state.mapping.get(chosen) ?? []) : [])
  }
  const save = async (): Promise<void> => {
    if (ours && (await write(mapCode(stream, state, { ours, theirs }, desk.moment().today)))) setOurs(undefined)
  }
  return (
    <Form label={t('ic-tip.map')} onSubmit={save}>
      <SelectField
        label={t('ic-tip.our-code')}
        value={ours ?? ''}
        choices={ourCodes.map((value) => ({ value, label: sayOurs(value) }))}
        onChange={choose}
      />
      {ours && (
        <ChoicesField
          label={t('ic-tip.map-to')}
          value={theirs}
          choices={state.codes.map(({ code, label }) => ({ value: code, label: `${code} ${label}` }))}
          onChange={setTheirs}
        />
      )}
      {refusal && <RefusalNotice refusal={refusal} />}
      <Actions>
        <QuietButton type="submit" disabled={busy || !ours}>
          {t('ic-tip.map-save')}
        </QuietButton>
      </Actions>
    </Form>
  )
}

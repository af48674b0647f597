import { Select } from 'antd'
import { useState } from 'react'
import { todayHere } from '#kernel/web/dates.ts'
import { RestoredDraft } from '#kernel/web/draft/use-draft.tsx'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { useGo } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { contract } from '../../contract.ts'
import { AdjustmentFields } from './AdjustmentFields.tsx'
import { askedOf, type Values } from './asked.ts'
import { changeOf, entryProblem, type ChangeEntry } from './change-entry.ts'
import { ChangeEditor } from './ChangeEditor.tsx'
import { CheckPanel } from './CheckPanel.tsx'
import { unfinishedRefusal } from './unfinished.ts'
import { useKeeping, useKeptEntry } from './use-kept-entry.ts'
import './adjustment.css'

type Typed = { values: Values; entries: readonly ChangeEntry[] }

/** Records an adjustment already made (A35-1): ground, changes, and beside them what the rules say as one types. */
export default function NewAdjustmentPage() {
  const { organ } = useMe()
  const kept = useKeptEntry<Typed>('plans.adjustment.new')
  const [discarded, setDiscarded] = useState(false)
  const today = todayHere()
  const fresh: Typed = { values: { year: Number(today.slice(0, 4)), adjustedOn: today }, entries: [] }
  return (
    <Page title="登记计划调整" trail={[{ label: '计划调整', path: '/plans/adjustments' }]}>
      <RestoredDraft
        stored={kept.stored}
        onDiscard={() => {
          kept.forget()
          setDiscarded(true)
        }}
      />
      {organ === null ? (
        <Empty title="没有所代表的机关">请在页面上方选择机关后登记。</Empty>
      ) : (
        <Entry
          key={String(discarded)}
          organId={organ.id}
          initial={discarded || kept.stored === null ? fresh : kept.stored.value}
          keep={kept.keep}
          forget={kept.forget}
        />
      )}
    </Page>
  )
}

function Entry({
  organId,
  initial,
  keep,
  forget,
}: {
  organId: string
  initial: Typed
  keep: (typed: Typed) => void
  forget: () => void
}) {
  const go = useGo()
  const [values, setValues] = useState(initial.values)
  const [entries, setEntries] = useState(initial.entries)
  useKeeping<Typed>({ values, entries }, keep)
  const changes = entries.flatMap((entry) => changeOf(entry) ?? [])
  const unfinished = entries.filter((entry) => entryProblem(entry) !== null).length
  const thisYear = Number(todayHere().slice(0, 4))
  const year = values.year ?? thisYear
  const leave = (address: string) => {
    forget()
    go(address)
  }
  return (
    <div className="adjustment-entry">
      <EntryForm
        operation={contract.makeAdjustment}
        fixed={{ changes }}
        initial={initial.values}
        submit="登记调整"
        {...(unfinished === 0 ? {} : { refusal: [unfinishedRefusal(unfinished)] })}
        onValues={(typed) => {
          if (typed.year !== values.year) setEntries([]) // lines belong to their year
          setValues(typed)
        }}
        onDone={({ adjustment }) => leave(`/plans/adjustments/${adjustment.id}`)}
        onCancel={() => leave('/plans/adjustments')}
      >
        <Field name="year" label="计划年度">
          <Select
            style={{ width: 140 }}
            options={[thisYear, thisYear - 1].map((value) => ({ value, label: `${value} 年` }))}
          />
        </Field>
        <AdjustmentFields />
        <h2>调整事项</h2>
        <ChangeEditor year={year} organId={organId} entries={entries} onChange={setEntries} />
      </EntryForm>
      <CheckPanel asked={askedOf(year, values, changes)} />
    </div>
  )
}

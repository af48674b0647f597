import { useState } from 'react'
import { z } from 'zod'
import { addressOf } from '#kernel/web/client.ts'
import { useFetched, useFetchedLater, usePages, useSend } from '#kernel/web/fetching.ts'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Page, Section } from '#kernel/web/Page.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract, type LateDuty } from '../contract.ts'
import { dutyStateLabels } from '../model.ts'
import { lateWords } from '../rules/wording.ts'
import { DutyDialog, NothingLate, RemindDialog } from './DutyDialog.tsx'
import { DutyStateTag } from './state-words.tsx'
import { carriedTermTitles } from './term-titles.ts'
import './duties.css'

const Filters = z.object({
  term: z.string().optional(),
  state: z.enum(['overdue', 'done-late']).optional().catch(undefined),
  key: z.string().optional(),
})
const stateWords = { overdue: dutyStateLabels.overdue, 'done-late': dutyStateLabels['done-late'] }

/** 逾期清单: what passed its last day and is not done, and what was done late; lateness is not forgotten. */
export default function OverduePage() {
  return (
    <Page
      title="逾期清单"
      lead="超过最后一日还没有办理的，和逾期后补办的。补办以后仍然留在清单中。"
      actions={<IssueList />}
    >
      <Overdue />
    </Page>
  )
}

function Overdue() {
  const [{ term, state, key }, change] = useFilters(Filters)
  const { may } = useFetched(contract.reaches, {})
  const [reminding, setReminding] = useState<LateDuty | null>(null)
  const asked = { ...(term ? { term } : {}), ...(state ? { state } : {}) }
  const pages = usePages(contract.overdue, { ...asked, limit: 100 })
  const acts: Column<LateDuty> = {
    key: 'acts',
    title: '督办',
    value: () => '',
    width: 96,
    render: (duty) =>
      duty.state === 'overdue' && (
        <ActionButton refusal={duty.may.remind} onClick={() => setReminding(duty)}>
          提醒
        </ActionButton>
      ),
  }
  const columns: Column<LateDuty>[] = [
    { key: 'title', title: '事项', value: ({ title }) => title, width: 230 },
    {
      key: 'state',
      title: '状态',
      value: ({ state: of }) => dutyStateLabels[of],
      render: ({ state: of }) => <DutyStateTag state={of} />,
      width: 100,
    },
    { key: 'late', title: '逾期', value: lateWords, width: 150 },
    { key: 'bearer', title: '责任机关', value: ({ bearerName }) => bearerName, width: 196 },
    ...(may.supervise === null ? [acts] : []),
    { key: 'due', title: '最后一日', kind: 'date', value: ({ dueOn }) => dueOn },
    { key: 'done', title: '办结日期', kind: 'date', value: ({ fulfilledOn }) => fulfilledOn },
    { key: 'reminders', title: '已提醒', kind: 'number', unit: '次', value: (duty) => duty.remindersSent, width: 96 },
    { key: 'reminded', title: '最近提醒', kind: 'date', value: ({ lastRemindedOn }) => lastRemindedOn, width: 108 },
    { key: 'term', title: '时限', value: ({ termTitle }) => termTitle, width: 180, optional: true },
    { key: 'organ', title: '涉及机关', value: ({ organName }) => organName, width: 200, optional: true },
    { key: 'basis', title: '依据', value: ({ citation }) => citation, width: 300, optional: true },
  ]
  return (
    <>
      <LateTotals term={term} onTerm={(chosen) => change({ term: chosen })} />
      <Table
        label="逾期清单"
        columns={columns}
        pages={pages}
        keyOf={({ key: of }) => of}
        onOpen={({ key: of }) => change({ key: of })}
        exportHref={addressOf(contract.overdueExport, asked)}
        tools={
          <>
            <ChoiceFilter
              label="时限"
              labels={carriedTermTitles}
              value={term !== undefined && term in carriedTermTitles ? term : undefined}
              onChange={(value) => change({ term: value })}
              width={240}
            />
            <ChoiceFilter
              label="状态"
              labels={stateWords}
              value={state}
              onChange={(value) => change({ state: value })}
              width={130}
            />
          </>
        }
        empty={<NothingLate filtered={term !== undefined || state !== undefined} />}
        {...(may.seeBelow === null ? { height: '460px' } : {})}
      />
      {may.seeBelow === null && <Below />}
      {key !== undefined && <DutyDialog dutyKey={key} onClose={() => change({ key: undefined })} />}
      {reminding && <RemindDialog duty={reminding} onClose={() => setReminding(null)} />}
    </>
  )
}

/** Each term with what is late under it; one press narrows the list. */
function LateTotals({ term, onTerm }: { term: string | undefined; onTerm: (term: string | undefined) => void }) {
  const { data } = useFetchedLater(contract.overdueTotals, {})
  if (!data || data.items.length === 0) return null
  return (
    <p className="late-totals" role="group" aria-label="按时限汇总">
      {data.items.map((total) => (
        <button
          key={total.term}
          type="button"
          className="late-total"
          aria-pressed={term === total.term}
          onClick={() => onTerm(term === total.term ? undefined : total.term)}
        >
          {total.termTitle} <b className={total.overdue > 0 ? 'number late' : 'number'}>{total.overdue}</b>
          {total.doneLate > 0 && <span className="quiet">，已补办{total.doneLate}</span>}
        </button>
      ))}
    </p>
  )
}

function IssueList() {
  const [{ term }] = useFilters(Filters)
  const go = useGo()
  const { data } = useFetchedLater(contract.overdueTotals, {})
  const issue = useSend(contract.issueSupervisionList, {
    onDone: ({ number, items }) => {
      tell(`已印发${number}，共${items}项。`)
      go('/record/documents')
    },
  })
  if (!data || data.may.issueList !== null) return null
  return (
    <>
      <ActionButton onClick={() => issue.send(term ? { term } : {})}>印发督办清单</ActionButton>
      <Refusals of={issue.error} />
    </>
  )
}

function Below() {
  const { items } = useFetched(contract.belowTotals, {})
  if (items.length === 0) return null
  return (
    <Section title="下级各地">
      <p className="quiet">只列汇总数字；各地的事项由本级督办。</p>
      <Table
        label="下级逾期汇总"
        columns={[
          { key: 'name', title: '地区', value: ({ jurisdictionName }) => jurisdictionName, width: 200 },
          { key: 'overdue', title: '逾期未办', kind: 'number', value: ({ overdue }) => overdue },
          { key: 'late', title: '已补办', kind: 'number', value: ({ doneLate }) => doneLate },
        ]}
        rows={items}
        keyOf={({ jurisdictionCode }) => jurisdictionCode}
        empty={null}
        height="auto"
      />
    </Section>
  )
}

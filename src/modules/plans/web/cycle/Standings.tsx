import { Button, Input } from 'antd'
import { useState } from 'react'
import { z } from 'zod'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { daysBetween } from '#kernel/pure/local-date.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { useFilters } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract } from '../../contract.ts'
import { demandStateLabels, demandStates } from '../../model.ts'
import { DemandStateTag } from '../state-tags.tsx'

export type CycleView = OutputOf<(typeof contract)['viewCycle']>
type Standing = OutputOf<(typeof contract)['standings']>['items'][number]

const Filters = z.object({
  state: z.enum([...demandStates, 'late', 'missing']).optional(),
  text: z.string().max(50).optional(),
})
type State = z.infer<typeof Filters>['state']

/** How an organ stands to the last day, in words; empty while it is in time. */
export function lateText(
  { state, submittedOn }: Pick<Standing, 'state' | 'submittedOn'>,
  closesOn: string,
  today: string,
): string {
  if (submittedOn !== null) return submittedOn > closesOn ? `逾期 ${daysBetween(closesOn, submittedOn)} 天提交` : ''
  return (state === 'draft' || state === 'returned') && today > closesOn
    ? `逾期 ${daysBetween(closesOn, today)} 天`
    : ''
}

function columnsFor(closesOn: string, today: string): Column<Standing>[] {
  const over = (row: Standing) => lateText(row, closesOn, today)
  return [
    { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 216 },
    {
      key: 'state',
      title: '状态',
      value: ({ state }) => (state === null ? '未建' : demandStateLabels[state]),
      render: ({ state }) => state && <DemandStateTag state={state} />,
      width: 112,
    },
    {
      key: 'late',
      title: '逾期',
      value: over,
      render: (row) => over(row) && <span className="cycle-over">{over(row)}</span>,
      width: 120,
    },
    { key: 'submittedOn', title: '提交日期', kind: 'date', value: ({ submittedOn }) => submittedOn, width: 104 },
    { key: 'lines', title: '事项', kind: 'number', unit: '行', value: ({ lineCount }) => lineCount, width: 76 },
    { key: 'decided', title: '已审', kind: 'number', unit: '行', value: ({ decidedCount }) => decidedCount, width: 76 },
    {
      key: 'findings',
      title: '有提示',
      kind: 'number',
      unit: '行',
      value: ({ findingCount }) => findingCount,
      width: 88,
    },
    { key: 'asked', title: '申请', kind: 'wan', value: ({ askedFen }) => askedFen, width: 104 },
    { key: 'approved', title: '审定', kind: 'wan', value: ({ approvedFen }) => approvedFen, width: 104 },
    {
      key: 'cut',
      title: '核减',
      kind: 'wan',
      value: ({ askedFen, approvedFen }) => (approvedFen === null ? null : askedFen - approvedFen),
      width: 104,
    },
  ]
}

/** The organs of the level with state, days over and money; those chosen can be reminded. */
export function Standings({ view: { cycle, counts, may } }: { view: CycleView }) {
  const [{ state, text }, change] = useFilters(Filters)
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [reminding, setReminding] = useState(false)
  const pages = usePages(contract.standings, {
    cycleId: cycle.id,
    ...(state ? { state } : {}),
    ...(text ? { text } : {}),
    limit: 200,
  })
  const filters: [State, string, number, boolean?][] = [
    [undefined, '全部', counts.organs],
    ['missing', '逾期未交', counts.overdue, true],
    ['draft', '填报中', counts.draft],
    ['submitted', '待审核', counts.submitted],
    ['returned', '退回补正', counts.returned],
    ['reviewed', '已审结', counts.reviewed],
    ['late', '逾期提交', counts.late, true],
  ]
  return (
    <>
      <div className="cycle-filters no-print" role="group" aria-label="按状态筛选">
        {filters.map(([key, label, count, bad]) => (
          <button key={label} type="button" aria-pressed={state === key} onClick={() => change({ state: key })}>
            {label} <b className={bad && count > 0 ? 'number cycle-over' : 'number'}>{count}</b>
          </button>
        ))}
      </div>
      <Table
        label="各机关办理进度"
        columns={columnsFor(cycle.calendar.demandClosesOn, todayHere())}
        pages={pages}
        keyOf={({ organId }) => organId}
        href={({ demandId }) => `/plans/demands/${demandId}`}
        selected={selected}
        onSelect={setSelected}
        height="560px"
        tools={
          <>
            <Input.Search
              aria-label="查找机关"
              placeholder="机关名称"
              allowClear
              defaultValue={text}
              onSearch={(value) => change({ text: value.trim() || undefined })}
              style={{ width: 220 }}
            />
            {selected.size > 0 && (
              <ActionButton refusal={may.remind} onClick={() => setReminding(true)}>
                催报所选 {selected.size} 个机关
              </ActionButton>
            )}
          </>
        }
        empty={
          <Empty title="没有这样的机关">
            <Button onClick={() => change({ state: undefined, text: undefined })}>显示全部机关</Button>
          </Empty>
        }
      />
      {reminding && (
        <RemindDialog
          view={cycle}
          organIds={[...selected]}
          onClose={() => (setReminding(false), setSelected(new Set()))}
          onCancel={() => setReminding(false)}
        />
      )}
    </>
  )
}

function RemindDialog({
  view: { id, year, calendar },
  organIds,
  onClose,
  onCancel,
}: {
  view: CycleView['cycle']
  organIds: string[]
  onClose: () => void
  onCancel: () => void
}) {
  const remind = useSend(contract.remindOrgans, {
    onDone: ({ reminded }) => {
      const rest = organIds.length - reminded
      tell(rest === 0 ? `已催报 ${reminded} 个机关。` : `已催报 ${reminded} 个机关；其余 ${rest} 个已提交，不需催报。`)
      onClose()
    },
  })
  const usual = `请尽快提交${year}年度需求申请，截止${calendar.demandClosesOn}。`
  return (
    <OpinionDialog
      title={`催报 ${organIds.length} 个机关`}
      lead="消息发给这些机关的经办人和负责人；已经提交的机关不会收到。"
      label="消息内容"
      phrases={[usual]}
      submit="催报"
      onSend={(text) => remind.send({ cycleId: id, organIds, ...(text ? { text: text.slice(0, 200) } : {}) })}
      error={remind.error}
      onRetry={remind.retry}
      onClose={onCancel}
    />
  )
}

import { useMemo, useState } from 'react'
import { z } from 'zod'
import { outcomeLabels, worstOutcome } from '#kernel/pure/verdict.ts'
import { useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { useFilters, useGo } from '#kernel/web/going.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { useNarrow } from '#kernel/web/narrow.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { FindingMark } from '#kernel/web/verdict/FindingMark.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { DecisionPanel } from '#modules/decisions/web/DecisionPanel.tsx'
import { needKindLabels } from '#modules/standards/model.ts'
import { contract } from '../../contract.ts'
import { opinionLabels } from '../../model.ts'
import { decisionsByLine } from './DemandEditor.tsx'
import { demandRecord, useDemandFiles } from './demand-record.tsx'
import type { DemandView, JudgedRow } from './judged.ts'
import { KindTotals } from './KindTotals.tsx'
import { LineList } from './LineList.tsx'
import { LinePanel } from './LinePanel.tsx'
import type { LineDecision } from './LinePanel.tsx'

/** A decision leads to its line. */
const LineInAddress = z.object({ line: z.uuid().optional().catch(undefined) })

/** The demand once it is handed in, and for everybody who only reads it: lines, findings, decisions with their reasons. */
export function DemandReader({ view, onChanged }: { view: DemandView; onChanged: (view: DemandView) => void }) {
  const { demand, may } = view
  const me = useMe()
  const go = useGo()
  const reviews =
    demand.state === 'submitted' && me.roles.includes('plan-reviewer') && me.organ?.parts.includes('authority')
  const [withdrawing, setWithdrawing] = useState(false)
  const files = useDemandFiles(demand.id)
  const withdraw = useSend(contract.withdrawDemand, {
    onDone: (now) => (onChanged(now), tell('已撤回，可以继续修改。')),
  })
  const rows = useMemo(() => readRows(view), [view])
  const decisions = useMemo(() => decisionsByLine(view), [view])
  return (
    <>
      <Record
        {...demandRecord(view)}
        actions={
          <>
            {reviews && (
              <ActionButton primary onClick={() => go(`/plans/reviews/${demand.cycleId}?demand=${demand.id}`)}>
                审核
              </ActionButton>
            )}
            <ActionButton refusal={may.withdraw} onClick={() => setWithdrawing(true)}>
              撤回
            </ActionButton>
            <ActionButton onClick={files.whole}>导出</ActionButton>
          </>
        }
        notice={<Refusals of={files.error} />}
        details={<Lines view={view} rows={rows} decisions={decisions} />}
        basis={
          <>
            <BasisPanel
              findings={rows.flatMap(({ index, findings }) =>
                findings
                  .filter(({ outcome }) => outcome !== 'ok')
                  .map((finding) => ({ ...finding, message: `第 ${index + 1} 行 ${finding.message}` })),
              )}
            />
            {demand.submittedOn !== null && <DecisionPanel subject={{ kind: 'plans.demand', id: demand.id }} brief />}
          </>
        }
      />
      {withdrawing && (
        <OpinionDialog
          title="撤回需求申请"
          lead="撤回后可以修改并重新提交；截止日之后重新提交会标记为逾期。"
          label="原因"
          submit="撤回"
          onSend={(opinion) =>
            withdraw.send({ demandId: demand.id, version: demand.version, ...(opinion ? { opinion } : {}) })
          }
          error={withdraw.error}
          onRetry={withdraw.retry}
          onClose={() => setWithdrawing(false)}
        />
      )}
    </>
  )
}

function readRows({ lines }: DemandView): JudgedRow[] {
  return lines.map((line, index) => ({
    key: line.id,
    index,
    line,
    saved: line,
    findings: line.findings,
    outcome: line.outcome,
    troubles: {},
  }))
}

function columnsFor(decisions: ReadonlyMap<string, LineDecision>): Column<JudgedRow>[] {
  const decided = ({ key }: JudgedRow) => decisions.get(key)?.decision ?? null
  const later = decisions.size > 0 // with decisions there, what was asked takes less room
  const asked: Column<JudgedRow>[] = [
    { key: 'item', title: '事项名称', value: ({ index, line }) => `${index + 1}. ${line.itemName}`, width: 200 },
    {
      key: 'kind',
      title: '需求类别',
      value: ({ line }) => (line.needKind === null ? null : needKindLabels[line.needKind]),
      width: 140,
      optional: later,
    },
    { key: 'quantity', title: '数量', kind: 'number', value: ({ line }) => line.quantity, width: 72 },
    { key: 'unit', title: '单位', value: ({ line }) => line.unit, width: 64, optional: later },
    { key: 'amount', title: '申请金额', kind: 'yuan', value: ({ line }) => line.amountFen, width: 128 },
    {
      key: 'finding',
      title: '核对',
      value: ({ findings }) => outcomeLabels[worstOutcome(findings)],
      render: ({ findings }) => <FindingMark outcome={worstOutcome(findings)} />,
      width: 96,
      optional: later,
    },
    { key: 'reason', title: '需求理由', value: ({ line }) => line.reason, width: 220, optional: later },
  ]
  if (!later) return asked
  return [
    ...asked,
    {
      key: 'opinion',
      title: '审核意见',
      value: (row) => (decided(row) === null ? null : opinionLabels[decided(row)?.opinion ?? 'O1']),
      render: (row) => opinionWord(decided(row)),
      width: 116,
    },
    {
      key: 'approvedQuantity',
      title: '审定数量',
      kind: 'number',
      value: (row) => decided(row)?.quantity ?? null,
      width: 88,
    },
    { key: 'approved', title: '审定金额', kind: 'yuan', value: (row) => decided(row)?.amountFen ?? null, width: 128 },
    { key: 'why', title: '理由', value: (row) => decided(row)?.reason || null, width: 320 },
  ]
}

function opinionWord(decision: LineDecision['decision']) {
  return decision === null ? (
    '未审'
  ) : (
    <span className={`opinion-word opinion-${decision.opinion}`}>{opinionLabels[decision.opinion]}</span>
  )
}

function Lines({
  view,
  rows,
  decisions,
}: {
  view: DemandView
  rows: readonly JudgedRow[]
  decisions: ReadonlyMap<string, LineDecision>
}) {
  const narrow = useNarrow()
  const [{ line }] = useFilters(LineInAddress)
  const [chosen, setChosen] = useState<string | null>(line ?? null)
  const columns = useMemo(() => columnsFor(decisions), [decisions])
  const row = rows.find(({ key }) => key === chosen) ?? rows[0] ?? null
  if (narrow)
    return (
      <>
        <KindTotals rows={rows} />
        <LineList rows={rows} decisions={decisions} />
      </>
    )
  return (
    <>
      <KindTotals rows={rows} onPick={setChosen} />
      <div className="demand-work">
        <Table
          label="需求申请明细"
          columns={columns}
          rows={rows}
          keyOf={({ key }) => key}
          onOpen={({ key }) => setChosen(key)}
          onActive={({ key }) => setChosen(key)}
          empty={<Empty title="没有需求事项" />}
        />
        <LinePanel row={row} view={view} decision={row === null ? undefined : decisions.get(row.key)} />
      </div>
    </>
  )
}

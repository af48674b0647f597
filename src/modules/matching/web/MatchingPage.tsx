import { Select } from 'antd'
import { Suspense } from 'react'
import { z } from 'zod'
import { queryInteger, type OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useFetchedLater, usePages, useSend } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { wanText, yuanText } from '#kernel/web/money.ts'
import { Facts, Page, Section } from '#kernel/web/Page.tsx'
import { Empty, Skeleton } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { RunPanel } from '#modules/jobs/web/RunPanel.tsx'
import { contract as plans } from '#modules/plans/contract.ts'
import { contract } from '../contract.ts'
import { lineStateLabels, lineStates, type MatchedLine } from '../model.ts'
import { LineStateTag } from './LineStateTag.tsx'
import { UnmetLines } from './UnmetLines.tsx'

type View = OutputOf<(typeof contract)['viewCycle']>

const Filters = z.object({
  year: queryInteger.optional(),
  organ: z.uuid().optional(),
  kind: z.string().optional(),
  state: z.enum(lineStates).optional(),
})

const columns: Column<MatchedLine>[] = [
  { key: 'item', title: '事项', value: ({ itemName }) => itemName, width: 170 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => lineStateLabels[state],
    render: ({ state }) => <LineStateTag state={state} />,
    width: 96,
  },
  { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 190 },
  { key: 'asked', title: '申请', kind: 'number', value: ({ asked }) => asked, width: 68 },
  { key: 'matched', title: '可调剂', kind: 'number', value: ({ matched }) => matched, width: 80 },
  {
    key: 'levels',
    title: '其他层级',
    kind: 'number',
    value: ({ fromLevels }) => fromLevels || null,
    width: 92,
  },
  { key: 'bought', title: '购置', kind: 'number', value: ({ needed, matched }) => needed - matched, width: 68 },
  { key: 'unit', title: '单位', value: ({ unit }) => unit, width: 60 },
  { key: 'saved', title: '可节约', kind: 'yuan', value: ({ savedFen }) => savedFen, width: 120 },
  {
    key: 'accepted',
    title: '已采纳',
    kind: 'number',
    value: ({ acceptedPieces }) => acceptedPieces || null,
    width: 80,
  },
  { key: 'request', title: '公物仓调拨', value: ({ requestNumber }) => requestNumber, width: 130 },
  { key: 'price', title: '购置单价', kind: 'yuan', value: ({ priceFen }) => priceFen, width: 120, optional: true },
  {
    key: 'warehouse',
    title: '其中公物仓',
    kind: 'number',
    value: ({ fromWarehouse }) => fromWarehouse,
    width: 108,
    optional: true,
  },
  { key: 'needed', title: '标准内', kind: 'number', value: ({ needed }) => needed, width: 80, optional: true },
]

/** What a year's demands could be met by before anything is bought: one proposal, answered line by line. */
export default function MatchingPage() {
  const [{ year }, change] = useFilters(Filters)
  const { items: cycles } = useFetched(plans.cycles, { limit: 50 })
  const cycle = cycles.find((one) => one.year === year) ?? cycles[0]
  if (cycle === undefined)
    return (
      <Page title="调剂建议">
        <Empty title="还没有年度周期">开启年度周期、机关提交需求申请后，可以测算调剂建议。</Empty>
      </Page>
    )
  return (
    <Suspense key={cycle.id} fallback={<Skeleton />}>
      <CycleMatching
        cycleId={cycle.id}
        years={cycles.map((one) => one.year)}
        onYear={(chosen) => change({ year: chosen, organ: undefined, kind: undefined, state: undefined })}
      />
    </Suspense>
  )
}

function CycleMatching({
  cycleId,
  years,
  onYear,
}: {
  cycleId: string
  years: readonly number[]
  onYear: (year: number) => void
}) {
  const view = useFetched(contract.viewCycle, { cycleId })
  const propose = useSend(contract.propose)
  const { proposal, jobId, may } = view
  return (
    <Page
      title={`${view.year}年度调剂建议`}
      lead="先用本级公物仓和机关闲置的，不足的商请其他层级，再购置。对全年度的需求一次测算，逐行采纳；采纳的由公物仓调拨，不再安排购置资金。"
      actions={
        <>
          <Select
            aria-label="年度"
            value={view.year}
            onChange={onYear}
            options={years.map((year) => ({ value: year, label: `${year} 年` }))}
          />
          <ActionButton
            primary={proposal === null}
            refusal={may.propose}
            busy={propose.sending}
            onClick={() => propose.send({ cycleId })}
          >
            {proposal === null ? '测算调剂建议' : '重新测算'}
          </ActionButton>
        </>
      }
    >
      <Refusals of={propose.error} onRetry={propose.retry} />
      {jobId && (
        <Section>
          <RunPanel runId={jobId} />
          <Following cycleId={cycleId} />
        </Section>
      )}
      {proposal === null ? (
        jobId === null && (
          <Empty title="还没有调剂建议">
            机关提交需求申请后，点“测算调剂建议”：系统把待审需求与公物仓、各机关闲置资产逐项比对，给出节约资金最多的安排。
          </Empty>
        )
      ) : (
        <Proposed view={view} proposal={proposal} />
      )}
    </Page>
  )
}

/** Asks for the proposal again and again while a job reckons it; the page shows what comes. */
function Following({ cycleId }: { cycleId: string }) {
  useFetchedLater(contract.viewCycle, { cycleId }, { everyMs: 1500 })
  return null
}

function Proposed({ view, proposal }: { view: View; proposal: NonNullable<View['proposal']> }) {
  const [{ organ, kind, state }, change] = useFilters(Filters)
  const { totals } = view
  const pages = usePages(contract.lines, {
    proposalId: proposal.id,
    ...(organ ? { organId: organ } : {}),
    ...(kind ? { standardCode: kind } : {}),
    ...(state ? { state } : {}),
    limit: 100,
  })
  const gap = proposal.boundFen - proposal.savedFen
  return (
    <>
      <Facts
        of={[
          {
            label: '本次建议可节约',
            value: `${wanText(totals.savedFen)} 万元`,
            note: `${totals.lines} 行需求，${totals.pieces} 件；按先到先得为 ${wanText(proposal.byTurnFen)} 万元`,
          },
          {
            label: '与最优的差距',
            value: gap === 0 ? '已是最优' : `不超过 ${yuanText(gap)} 元`,
            note: `比对 ${proposal.lines} 行待审需求、${proposal.stockPieces} 件可调剂资产，用时 ${secondsText(proposal.tookMs)}`,
          },
          {
            label: '已采纳，少安排购置资金',
            value: `${wanText(totals.acceptedFen)} 万元`,
            note: `本年度累计 ${totals.acceptedLines} 行、${totals.acceptedPieces} 件，每行只计一次`,
          },
          {
            label: '待定',
            value: `${totals.openLines} 行`,
            note: `可再节约 ${wanText(totals.openFen)} 万元；不采纳 ${totals.refusedLines} 行`,
          },
          { label: '测算', value: shortInstant(proposal.finishedAt), note: proposal.askedBy },
        ]}
      />
      <Table
        label="调剂建议列表"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/matching/lines/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="机关"
              labels={Object.fromEntries(view.organs.map(({ id, name, lines }) => [id, `${name}（${lines}）`]))}
              value={organ}
              onChange={(value) => change({ organ: value })}
              width={240}
            />
            <ChoiceFilter
              label="事项"
              labels={Object.fromEntries(view.kinds.map(({ code, name, lines }) => [code, `${name}（${lines}）`]))}
              value={kind}
              onChange={(value) => change({ kind: value })}
            />
            <ChoiceFilter
              label="状态"
              labels={lineStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
              width={130}
            />
          </>
        }
        empty={
          <Empty title="没有可调剂的需求">
            公物仓和各机关闲置资产中，没有可用于待审需求的同类资产，或者已经全部答复。
          </Empty>
        }
      />
      <UnmetLines proposalId={proposal.id} />
    </>
  )
}

function secondsText(ms: number): string {
  return ms < 1000 ? `${ms} 毫秒` : `${(ms / 1000).toFixed(1)} 秒`
}

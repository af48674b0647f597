import { z } from 'zod'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { shortInstant, todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { OpinionState, opinionStateLabels, stanceLabels } from '../model.ts'
import { OpinionStateTag } from './state-tags.tsx'

type Standing = OutputOf<(typeof contract)['opinions']>['items'][number]
const Filters = z.object({ organs: z.union([OpinionState, z.literal('all')]).optional() })

/** Who was asked and where each stands; while it runs, those who have not answered come first. */
export function OrganStandings({
  consultation: { id, state, opinionsUntil },
}: {
  consultation: { id: string; state: string; opinionsUntil: string }
}) {
  const [{ organs }, change] = useFilters(Filters)
  const isRunning = state === 'open' || state === 'answering'
  const shown = organs ?? (isRunning ? 'waiting' : 'all')
  const pages = usePages(contract.opinions, {
    consultationId: id,
    ...(shown === 'all' ? {} : { state: shown }),
    limit: 100,
  })
  const columns: Column<Standing>[] = [
    { key: 'organ', title: '机关', value: ({ organName }) => organName, width: 280 },
    {
      key: 'state',
      title: '状态',
      value: ({ state: at }) => opinionStateLabels[at],
      render: (row) => <OpinionStateTag state={row.state} late={row.late} overdue={todayHere() > opinionsUntil} />,
      width: 144,
    },
    { key: 'stance', title: '态度', value: ({ stance }) => stance && stanceLabels[stance], width: 88 },
    { key: 'items', title: '意见', kind: 'number', unit: '条', value: ({ items }) => items, width: 88 },
    {
      key: 'submitted',
      title: '提交时间',
      value: ({ submittedAt }) => submittedAt && shortInstant(submittedAt),
      width: 160,
    },
    { key: 'by', title: '提交人', value: ({ submittedByName }) => submittedByName, width: 96 },
  ]
  return (
    <Table
      label="各机关答复情况"
      columns={columns}
      pages={pages}
      keyOf={({ id: opinionId }) => opinionId}
      href={({ id: opinionId }) => `/consultation/opinions/${opinionId}`}
      tools={
        <ChoiceFilter
          label="机关"
          labels={opinionStateLabels}
          value={shown === 'all' ? undefined : shown}
          onChange={(chosen) => change({ organs: chosen ?? 'all' })}
        />
      }
      empty={<Empty title={shown === 'waiting' ? '被征求意见的机关都已答复。' : '没有符合条件的机关。'} />}
    />
  )
}

import { z } from 'zod'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import type { Column } from '#kernel/web/table/column.ts'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { expenditureReviewStateLabels, expenditureReviewStates } from '../model.ts'
import { ReviewStateTag } from './DraftStateTag.tsx'

type Review = OutputOf<(typeof contract)['expenditureReviews']>['items'][number]

const Filters = z.object({ state: z.enum(expenditureReviewStates).optional() })

const columns: Column<Review>[] = [
  { key: 'document', title: '变化的标准', value: ({ document }) => document, width: 380 },
  {
    key: 'state',
    title: '状态',
    value: ({ state }) => expenditureReviewStateLabels[state],
    render: ({ state }) => <ReviewStateTag state={state} />,
    width: 130,
  },
  {
    key: 'resting',
    title: '据以制定的标准',
    kind: 'number',
    unit: '项',
    value: ({ restingCodes }) => restingCodes.length,
    width: 160,
  },
  { key: 'opened', title: '发起', kind: 'date', value: ({ openedOn }) => openedOn },
  { key: 'due', title: '期限', kind: 'date', value: ({ dueOn }) => dueOn },
  { key: 'done', title: '办结', kind: 'date', value: ({ concludedOn }) => concludedOn },
]

/** A9-3: what finance is to look at again because a quota or service standard has changed. */
export default function ExpenditureReviewsPage() {
  const [{ state }, change] = useFilters(Filters)
  const pages = usePages(contract.expenditureReviews, { ...(state === undefined ? {} : { state }), limit: 100 })
  return (
    <Page title="支出标准复核" lead="实物定额、服务标准调整后，财政部门复核据以制定的支出定额和开支标准。">
      <Table
        label="支出标准复核"
        columns={columns}
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/standards/expenditure-reviews/${id}`}
        tools={
          <ChoiceFilter
            label="状态"
            labels={expenditureReviewStateLabels}
            value={state}
            onChange={(value) => change({ state: value })}
          />
        }
        empty={<Empty title="没有需要复核的">实物定额、服务标准批准调整后列在这里。</Empty>}
      />
    </Page>
  )
}

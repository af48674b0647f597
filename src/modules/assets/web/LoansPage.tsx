import { z } from 'zod'
import { todayHere } from '#kernel/web/dates.ts'
import { usePages } from '#kernel/web/fetching.ts'
import { useFilters } from '#kernel/web/going.tsx'
import { Page } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ChoiceFilter } from '#kernel/web/table/filters.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { contract } from '../contract.ts'
import { loanStateLabels, loanStates, type Loan } from '../model/loan.ts'
import { LoanStateTag } from './AssetStateTag.tsx'

const Filters = z.object({ state: z.enum(loanStates).optional(), late: z.enum(['true']).optional() })
const lateLabels = { true: '只看逾期' }

/** Whether the things should be back already. */
export const isLate = ({ lentOn, closedOn, dueOn }: Pick<Loan, 'lentOn' | 'closedOn' | 'dueOn'>, today = todayHere()) =>
  lentOn !== null && closedOn === null && dueOn < today

/** What the organ lent and what it borrowed, or what one borrowed oneself. */
export default function LoansPage() {
  const { organ } = useMe()
  const [{ state, late }, change] = useFilters(Filters)
  const pages = usePages(contract.loans, { ...(state ? { state } : {}), ...(late ? { late } : {}), limit: 100 })
  return (
    <Page title="资产借用" lead="短期借出的资产，由借用人签收、到期归还；持有机关和保管人不变。">
      <Table
        label="资产借用列表"
        pages={pages}
        keyOf={({ id }) => id}
        href={({ id }) => `/assets/loans/${id}`}
        tools={
          <>
            <ChoiceFilter
              label="状态"
              labels={loanStateLabels}
              value={state}
              onChange={(value) => change({ state: value })}
              width={150}
            />
            <ChoiceFilter
              label="期限"
              labels={lateLabels}
              value={late}
              onChange={(value) => change({ late: value })}
              width={130}
            />
          </>
        }
        columns={[
          { key: 'number', title: '借用单号', value: ({ number }) => number, width: 150 },
          {
            key: 'state',
            title: '状态',
            value: ({ state: of }) => loanStateLabels[of],
            render: (loan) => <LoanStateTag state={loan.state} late={isLate(loan)} />,
            width: 150,
          },
          {
            key: 'borrower',
            title: '借用人',
            value: ({ borrowerName, borrowerOrganId, borrowerOrganName, organId }) =>
              borrowerOrganId === organId ? borrowerName : `${borrowerOrganName} ${borrowerName}`,
            width: 180,
          },
          {
            key: 'organ',
            title: '出借机关',
            value: ({ organId, organName }) => (organId === organ?.id ? '本机关' : organName),
            width: 130,
          },
          { key: 'cards', title: '资产', unit: '件', kind: 'number', value: ({ cards }) => cards, width: 90 },
          { key: 'dueOn', title: '应归还', kind: 'date', value: ({ dueOn }) => dueOn },
          { key: 'lentOn', title: '借出', kind: 'date', value: ({ lentOn }) => lentOn },
          { key: 'closedOn', title: '办结', kind: 'date', value: ({ closedOn }) => closedOn, optional: true },
          { key: 'reason', title: '用途', value: ({ reason }) => reason, width: 200 },
        ]}
        empty={<Empty title="没有资产借用">在资产卡片列表中选择资产后，点“借用”办理。</Empty>}
      />
    </Page>
  )
}

import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { Facts, Section } from '#kernel/web/Page.tsx'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { contract as duties } from '#modules/duties/contract.ts'

/** Yearly counts of the level that are not done in time, for those who supervise it (A12-1; AST-R06). */
export default function CountOversight() {
  const { data, error, refetch } = useFetchedLater(duties.overdueTotals, {})
  if (error && !data) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined) return <Skeleton lines={3} />
  const counts = data.items.find(({ term }) => term === 'stocktaking')
  const overdue = counts?.overdue ?? 0
  return (
    <Section title="年度盘点">
      <Facts
        of={[
          {
            label: '逾期未盘点',
            value: (
              <>
                <Go to="/duties/overdue?term=stocktaking&state=overdue">{`${overdue} 个机关`}</Go>{' '}
                {overdue > 0 && <StateTag tone="overdue" word="逾期" />}
              </>
            ),
            note: (counts?.doneLate ?? 0) > 0 ? `逾期后补办 ${counts?.doneLate} 个` : null,
          },
          { label: '本年度盘点', value: <Go to="/stocktaking/counts">查看各机关盘点</Go> },
          { label: '尚未到期', value: <Go to="/duties?term=stocktaking">查看应盘点的机关</Go> },
        ]}
      />
    </Section>
  )
}

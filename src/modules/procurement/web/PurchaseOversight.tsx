import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Facts, Section } from '#kernel/web/Page.tsx'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { contract as duties } from '#modules/duties/contract.ts'
import { contract } from '../contract.ts'

/** Purchases of the level for those who supervise it: what departs from open tender, what was accepted and has no card (A12-1). */
export default function PurchaseOversight() {
  const { data, error, refetch } = useFetchedLater(contract.levelFigures, {})
  const late = useFetchedLater(duties.overdueTotals, {})
  if (error && !data) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined) return <Skeleton lines={3} />
  const cards = late.data?.items.find(({ term }) => term === 'asset-card')
  const list = (query: string, text: string) => <Go to={`/procurement/purchases?year=${data.year}${query}`}>{text}</Go>
  return (
    <Section title="采购">
      <Facts
        of={[
          {
            label: `${data.year}年采购`,
            value: list('', `${data.purchases} 件`),
            note: `预算 ${wanText(data.amountFen)} 万元`,
          },
          {
            label: '未采用公开招标',
            value: list('&departing=true', `${data.departing} 件`),
            note: `达到公开招标数额标准，${wanText(data.departingFen)} 万元；待财政批准 ${data.waiting} 件`,
          },
          {
            label: '验收未建卡',
            value: list('&withoutCard=true', `${data.withoutCard} 件`),
          },
          {
            label: '逾期未建卡',
            value: (
              <>
                <Go to="/duties/overdue?term=asset-card&state=overdue">{`${cards?.overdue ?? 0} 项`}</Go>{' '}
                {(cards?.overdue ?? 0) > 0 && <StateTag tone="overdue" word="逾期" />}
              </>
            ),
            note: (cards?.doneLate ?? 0) > 0 ? `逾期后补办 ${cards?.doneLate} 项` : null,
          },
        ]}
      />
    </Section>
  )
}

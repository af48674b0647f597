import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Facts, Section } from '#kernel/web/Page.tsx'
import { ErrorPanel, Skeleton } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { contract } from '../contract.ts'

/** Disposals of the level for those who supervise it: what waits, what was done, what of the proceeds is late (A12-1, A12-5). */
export default function DisposalOversight() {
  const { data, error, refetch } = useFetchedLater(contract.levelFigures, {})
  if (error && !data) return <ErrorPanel error={error} onRetry={refetch} />
  if (data === undefined) return <Skeleton lines={3} />
  const list = (query: string, text: string) => <Go to={`/disposal/applications${query}`}>{text}</Go>
  return (
    <Section title="资产处置">
      <Facts
        of={[
          {
            label: '待财政同意',
            value: list('?state=reviewed', `${data.waiting} 件`),
            note: `原值 ${wanText(data.waitingFen)} 万元；主管部门审核中 ${data.reviewing} 件`,
          },
          { label: '已批复待办结', value: list('?state=approved', `${data.carryingOut} 件`) },
          {
            label: `${data.year}年已办结`,
            value: list('?state=closed', `${data.done} 件`),
            note: `原值 ${wanText(data.doneFen)} 万元`,
          },
          {
            label: `${data.year}年处置净收益`,
            value: `${wanText(data.proceedsFen)} 万元`,
            note: `已缴国库 ${wanText(data.paidFen)} 万元`,
          },
          {
            label: '收益逾期上缴',
            value: (
              <>
                {list('?late=true', `${data.late} 件`)} {data.lateFen > 0 && <StateTag tone="overdue" word="未缴" />}
              </>
            ),
            note: data.lateFen > 0 ? `尚未上缴 ${wanText(data.lateFen)} 万元` : '没有尚未上缴的',
          },
        ]}
      />
    </Section>
  )
}

import { useSend, useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { shortInstant } from '#kernel/web/dates.ts'
import { wanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../../contract.ts'
import type { Notice } from '../../model.ts'
import { NoticeLines } from './NoticeLines.tsx'
import { NoticeStateTag } from './NoticeStateTag.tsx'
import './notice.css'

/** A written notice: what was asked, what was decided and why, line by line; the organ acknowledges it here. */
export default function NoticePage({ params: { noticeId } }: PageProps<'/plans/notices/:noticeId'>) {
  const { notice, lines, may } = useFetched(contract.viewNotice, { noticeId })
  const acknowledge = useSend(contract.acknowledgeNotice, {
    onDone: () => tell('已签收。请按通知自行制定计划，并纳入部门预算。'),
  })
  return (
    <Record
      title={notice.number}
      kind="书面通知"
      state={<NoticeStateTag notice={notice} />}
      trail={[{ label: '审核通知', path: '/plans/notices' }]}
      facts={factsOf(notice)}
      actions={
        <ActionButton primary refusal={may.acknowledge} onClick={() => acknowledge.send({ noticeId })}>
          签收
        </ActionButton>
      }
      notice={<Refusals of={acknowledge.error} onRetry={acknowledge.retry} />}
      details={<NoticeLines lines={lines} />}
      more={[
        {
          key: 'documents',
          label: '公文',
          content: <DocumentsPanel subject={{ kind: 'plans.notice', id: noticeId }} />,
        },
      ]}
      changes={<ChangesPanel subject={{ kind: 'plans.notice', id: noticeId }} />}
    />
  )
}

function factsOf(notice: Notice): Fact[] {
  return [
    { label: '申请机关', value: notice.organName },
    { label: '自行制定', value: `${notice.lineCount} 行，${wanText(notice.amountFen)} 万元` },
    { label: '发出日期', value: notice.issuedOn, note: `应于 ${notice.dueOn} 前送达` },
    { label: '送达', value: notice.deliveredAt === null ? '未送达' : shortInstant(notice.deliveredAt) },
    {
      label: '签收',
      value: notice.acknowledgedAt === null ? '未签收' : shortInstant(notice.acknowledgedAt),
      note: notice.acknowledgedBy,
    },
    { label: '需求申请', value: <Go to={`/plans/demands/${notice.demandId}`}>查看申请</Go> },
  ]
}

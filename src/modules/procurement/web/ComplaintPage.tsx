import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import { purchaseStateLabels } from '../model.ts'
import { consequenceLabels } from '../model/objection.ts'
import { ComplaintDialog, type ComplaintAct } from './ComplaintDialog.tsx'
import { ComplaintStateTag } from './objection-tags.tsx'

export type ComplaintView = OutputOf<(typeof contract)['viewComplaint']>

/** A complaint from record to decision, and what it does to the purchase. */
export default function ComplaintPage({ params }: PageProps<'/procurement/complaints/:complaintId'>) {
  const view = useFetched(contract.viewComplaint, { complaintId: params.complaintId })
  const [open, setOpen] = useState<ComplaintAct | null>(null)
  const { complaint, suspended } = view
  return (
    <>
      <Record
        title={`${complaint.supplier}的投诉`}
        kind="供应商投诉"
        number={complaint.number}
        state={
          <>
            <ComplaintStateTag state={complaint.state} />
            {suspended && <StateTag tone="overdue" word={`采购暂停至${complaint.suspendedUntil ?? ''}`} />}
          </>
        }
        trail={[
          { label: '质疑投诉', path: '/procurement/objections?of=complaints' },
          { label: complaint.purchaseTitle, path: `/procurement/purchases/${complaint.purchaseId}?tab=objections` },
        ]}
        facts={factsOf(view)}
        actions={<Actions view={view} onOpen={setOpen} />}
        course={<CoursePanel caseId={complaint.caseId} />}
        files={<AttachmentsPanel caseId={complaint.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'procurement.complaint', id: complaint.id }} />}
      />
      {open && <ComplaintDialog act={open} view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

function factsOf({ complaint, question, purchase }: ComplaintView): Fact[] {
  const provisional = complaint.provisional ? '（暂定）' : ''
  return [
    {
      label: '采购项目',
      value: <Go to={`/procurement/purchases/${complaint.purchaseId}`}>{complaint.purchaseTitle}</Go>,
      note: `${complaint.purchaseNumber}，${purchaseStateLabels[purchase.state]}`,
    },
    { label: '被投诉单位', value: complaint.organName, note: `占用余额 ${yuanText(purchase.heldFen)} 元` },
    {
      label: '先行质疑',
      value: <Go to={`/procurement/questions/${question.id}`}>{question.number}</Go>,
      note: question.settledOn ? `${question.settledOn} 办结` : `逾期未答复（至${question.answerUntil}）`,
    },
    {
      label: '收到',
      value: complaint.receivedOn,
      note:
        complaint.receivedOn > complaint.complainUntil
          ? `超过法定投诉期（至${complaint.complainUntil}）`
          : `法定投诉期至${complaint.complainUntil}`,
    },
    { label: '审查受理期限', value: `${complaint.reviewUntil}${provisional}` },
    { label: '处理期限', value: `${complaint.decideUntil}${provisional}`, note: `${complaint.recordedByName}登记` },
    { label: '投诉事项和理由', value: complaint.claims, wide: true },
    {
      label: '采购单位说明',
      value: complaint.reply ?? (complaint.replyUntil && `待说明，${complaint.replyUntil} 止`),
      note: complaint.repliedOn && `${complaint.repliedByName ?? ''}，${complaint.repliedOn}`,
      wide: true,
    },
    {
      label: '暂停采购',
      value: complaint.suspendedFrom && `${complaint.suspendedFrom} 至 ${complaint.suspendedUntil ?? ''}`,
      note:
        complaint.suspensionDocument &&
        `${complaint.suspensionDocument}：${complaint.suspensionReason ?? ''}${complaint.resumedOn ? `；${complaint.resumedOn} 恢复` : ''}`,
      wide: true,
    },
    {
      label: '处理后果',
      value: complaint.consequence && consequenceLabels[complaint.consequence],
      note: complaint.releasedFen > 0 ? `释放占用 ${yuanText(complaint.releasedFen)} 元，可以重新申请` : null,
    },
    { label: '处理决定书', value: complaint.document },
    {
      label: '事实和理由',
      value: complaint.reasons,
      note: complaint.settledOn && `${complaint.settledByName ?? ''}，${complaint.settledOn}`,
      wide: true,
    },
  ]
}

function Actions({ view, onOpen }: { view: ComplaintView; onOpen: (act: ComplaintAct) => void }) {
  const me = useMe()
  const { complaint, may } = view
  if (me.organ?.id === complaint.organId && complaint.state === 'accepted' && complaint.repliedOn === null)
    return (
      <ActionButton primary refusal={may.reply} onClick={() => onOpen('reply')}>
        作出说明
      </ActionButton>
    )
  if (!me.roles.includes('finance-reviewer')) return null
  if (complaint.state === 'received')
    return (
      <>
        <ActionButton primary refusal={may.accept} onClick={() => onOpen('accept')}>
          受理
        </ActionButton>
        <ActionButton refusal={may.decline} onClick={() => onOpen('decline')}>
          不予受理
        </ActionButton>
        <ActionButton refusal={may.withdraw} onClick={() => onOpen('withdraw')}>
          登记撤回
        </ActionButton>
      </>
    )
  if (complaint.state !== 'accepted') return null
  return (
    <>
      <ActionButton primary refusal={may.decide} onClick={() => onOpen('decide')}>
        处理决定
      </ActionButton>
      {view.suspended ? (
        <ActionButton refusal={may.resume} onClick={() => onOpen('resume')}>
          恢复采购
        </ActionButton>
      ) : (
        <ActionButton refusal={may.suspend} onClick={() => onOpen('suspend')}>
          暂停采购
        </ActionButton>
      )}
      <ActionButton refusal={may.withdraw} onClick={() => onOpen('withdraw')}>
        登记撤回
      </ActionButton>
    </>
  )
}

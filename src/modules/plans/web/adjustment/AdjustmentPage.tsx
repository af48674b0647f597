import { useState } from 'react'
import { documentDate, shortInstant } from '#kernel/web/dates.ts'
import { useFetched } from '#kernel/web/fetching.ts'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { ClockBadge } from '#kernel/web/verdict/ClockBadge.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { DecisionPanel } from '#modules/decisions/web/DecisionPanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../../contract.ts'
import { adjustmentTypeLabels } from '../../model.ts'
import {
  ApproveDialog,
  FileDialog,
  ObjectDialog,
  ReceiveDialog,
  RefuseDialog,
  ReturnDialog,
  WithdrawDialog,
} from './AdjustmentDialogs.tsx'
import { AdjustmentStateTag } from './AdjustmentStateTag.tsx'
import { ChangesTable } from './ChangesTable.tsx'
import { EditDialog } from './EditDialog.tsx'
import type { View } from './view.ts'

const dialogs = {
  file: FileDialog,
  edit: EditDialog,
  withdraw: WithdrawDialog,
  receive: ReceiveDialog,
  return: ReturnDialog,
  object: ObjectDialog,
  approve: ApproveDialog,
  refuse: RefuseDialog,
} as const

type Act = keyof typeof dialogs

/** One adjustment: where it stands, its clock, what comes next, the changes, why the last day is that day, its course. */
export default function AdjustmentPage({ params: { adjustmentId } }: PageProps<'/plans/adjustments/:adjustmentId'>) {
  const view = useFetched(contract.viewAdjustment, { adjustmentId })
  const [open, setOpen] = useState<Act | null>(null)
  const { adjustment, findings, deadlineExplanation } = view
  const subject = { kind: 'plans.adjustment', id: adjustmentId }
  const Dialog = open === null ? null : dialogs[open]
  return (
    <>
      <Record
        title={`${adjustment.organName} ${adjustment.year}年度计划调整`}
        kind="计划调整备案"
        number={adjustment.number}
        state={<AdjustmentStateTag state={adjustment.state} />}
        clock={<Clock view={view} />}
        trail={[{ label: '计划调整', path: '/plans/adjustments' }]}
        facts={factsOf(view)}
        actions={<Actions view={view} onOpen={setOpen} />}
        details={
          <Section title="调整前后">
            <ChangesTable changes={adjustment.changes} />
          </Section>
        }
        more={[{ key: 'documents', label: '公文', content: <DocumentsPanel subject={subject} /> }]}
        basis={
          <>
            <Section title="备案期限">
              <p>
                <b>{documentDate(adjustment.dueOn)}</b>
                {adjustment.dueProvisional && '（暂定，节假日安排公布后确定）'}
              </p>
              <p>{deadlineExplanation}</p>
            </Section>
            {findings.length === 0 ? (
              <p>经系统核对，本次调整不涉及预算调剂，无须财政批准，也没有其他需要提示的事项。</p>
            ) : (
              <BasisPanel findings={findings} />
            )}
            {adjustment.filedAt !== null && <DecisionPanel subject={subject} brief />}
          </>
        }
        course={adjustment.caseId === null ? null : <CoursePanel caseId={adjustment.caseId} />}
        files={adjustment.caseId === null ? null : <AttachmentsPanel caseId={adjustment.caseId} />}
        changes={<ChangesPanel subject={subject} />}
      />
      {Dialog && <Dialog view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

function Clock({ view: { adjustment, workdaysLeft } }: { view: View }) {
  const { filedAt, overdue, state, dueOn, dueProvisional } = adjustment
  if (filedAt !== null) return overdue ? <StateTag tone="overdue" word="逾期备案" /> : null
  if (workdaysLeft === null || state === 'withdrawn') return null
  return <ClockBadge clock={{ dueOn, unit: 'workdays', left: workdaysLeft, provisional: dueProvisional }} />
}

/** The acts of the present step, the next one primary; a forbidden one stays and says why. */
function Actions({ view: { adjustment, may }, onOpen }: { view: View; onOpen: (act: Act) => void }) {
  const { state } = adjustment
  const open = state === 'made' || state === 'returned' || state === 'objected'
  return (
    <>
      {open && (
        <>
          <ActionButton primary refusal={may.file} onClick={() => onOpen('file')}>
            提交备案
          </ActionButton>
          <ActionButton refusal={may.edit} onClick={() => onOpen('edit')}>
            修改
          </ActionButton>
          <ActionButton refusal={may.withdraw} onClick={() => onOpen('withdraw')}>
            撤销调整
          </ActionButton>
        </>
      )}
      {state === 'awaiting-finance' && (
        <>
          <ActionButton primary refusal={may.approve} onClick={() => onOpen('approve')}>
            批准调剂
          </ActionButton>
          <ActionButton refusal={may.refuse} onClick={() => onOpen('refuse')}>
            不予批准
          </ActionButton>
        </>
      )}
      {state === 'filed' && (
        <>
          <ActionButton primary refusal={may.receive} onClick={() => onOpen('receive')}>
            备案收讫
          </ActionButton>
          <ActionButton refusal={may.returnForCorrection} onClick={() => onOpen('return')}>
            退回补正
          </ActionButton>
          <ActionButton refusal={may.object} onClick={() => onOpen('object')}>
            提出异议
          </ActionButton>
        </>
      )}
    </>
  )
}

function factsOf({ adjustment }: View): Fact[] {
  const { state, filedAt, needsFinance, financeDocument } = adjustment
  return [
    { label: '调整情形', value: adjustmentTypeLabels[adjustment.type] },
    { label: '调整日期', value: adjustment.adjustedOn },
    {
      label: '备案截止',
      value: adjustment.dueOn,
      note: filedAt === null ? (adjustment.dueProvisional ? '暂定' : null) : `${shortInstant(filedAt)} 已提交`,
    },
    { label: '资金来源', value: adjustment.fundSource || null },
    {
      label: '财政批准',
      value: needsFinance ? '需要' : '不需要',
      note: financeDocument ?? (needsFinance && state !== 'withdrawn' ? '批准前台账不变' : null),
    },
    { label: '依据文件', value: adjustment.basisDocument, wide: true },
    { label: '调整事由', value: adjustment.cause, wide: true },
  ]
}

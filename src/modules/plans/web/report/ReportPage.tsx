import { Button } from 'antd'
import { useState } from 'react'
import { addressOf } from '#kernel/web/client.ts'
import { documentDate, shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { wanText } from '#kernel/web/money.ts'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../../contract.ts'
import { FiguresTables } from './FiguresTables.tsx'
import { ReportStateTag, type ReportView } from './ReportStateTag.tsx'
import { ReportTexts } from './ReportTexts.tsx'
import './report.css'

/** One execution report: figures from the ledger, texts by people, and its way to authority, government and finance. */
export default function ReportPage({ params: { reportId } }: PageProps<'/plans/reports/:reportId'>) {
  const view = useFetched(contract.viewReport, { reportId })
  const { report, figures, findings } = view
  const subject = { kind: 'plans.report', id: report.id }
  return (
    <Record
      title={`${report.organName} ${report.year}年度计划执行情况${report.kind === 'consolidated' ? '汇总' : ''}报告`}
      number={report.number}
      state={<ReportStateTag report={report} />}
      trail={[{ label: '执行报告', path: '/plans/reports' }]}
      facts={[
        {
          label: '计划',
          value: `${wanText(figures.plannedFen)} 万元`,
          note: figures.adjustedFen === 0 ? null : `年中调整 ${wanText(figures.adjustedFen)} 万元`,
        },
        { label: '执行', value: `${wanText(figures.executedFen)} 万元`, note: rate(figures.executionRateBp) },
        { label: '可用余额', value: `${wanText(figures.remainingFen)} 万元` },
        { label: '报送期限', value: documentDate(report.dueOn), note: report.overdue ? '逾期' : null },
        {
          label: '报送时间',
          value: report.sentAt ? shortInstant(report.sentAt) : null,
          note: report.copiedToFinanceAt ? '已抄送财政部门' : null,
        },
      ]}
      actions={<Acts view={view} />}
      notice={view.stale && <Stale view={view} />}
      details={
        <>
          <ReportTexts view={view} />
          <FiguresTables figures={figures} year={report.year} />
        </>
      }
      basis={<BasisPanel findings={findings} />}
      more={[{ key: 'documents', label: '公文', content: <DocumentsPanel subject={subject} /> }]}
      course={report.caseId === null ? null : <CoursePanel caseId={report.caseId} />}
      files={report.caseId === null ? null : <AttachmentsPanel caseId={report.caseId} />}
      changes={<ChangesPanel subject={subject} />}
    />
  )
}

export function rate(basisPoints: number | null): string {
  return basisPoints === null ? '' : `执行率 ${(basisPoints / 100).toFixed(2)}%`
}

function Stale({ view: { report, may } }: { view: ReportView }) {
  const refresh = useSend(contract.refreshReport, { onDone: () => tell('已按台账更新数字。') })
  return (
    <div className="report-stale" role="status">
      台账在生成报告后有变动，报告中的数字需要更新。
      <ActionButton
        refusal={may.refresh}
        onClick={() => refresh.send({ reportId: report.id, version: report.version })}
      >
        按台账更新数字
      </ActionButton>
      <Refusals of={refresh.error} onRetry={refresh.retry} />
    </div>
  )
}

type Act = 'sign' | 'send' | 'receive' | 'return'

/** The acts of the present step, the next one primary; a forbidden one stays and says why. */
function Acts({ view: { report, may } }: { view: ReportView }) {
  const [open, setOpen] = useState<Act | null>(null)
  const { state, kind } = report
  const close = () => setOpen(null)
  return (
    <>
      {(state === 'draft' || state === 'returned') && (
        <ActionButton primary refusal={may.sign} onClick={() => setOpen('sign')}>
          签发
        </ActionButton>
      )}
      {state === 'signed' && (
        <ActionButton primary refusal={may.send} onClick={() => setOpen('send')}>
          {kind === 'consolidated' ? '报告并抄送' : '报送'}
        </ActionButton>
      )}
      {state === 'sent' && kind === 'organ' && (
        <>
          <ActionButton primary refusal={may.receive} onClick={() => setOpen('receive')}>
            收到
          </ActionButton>
          <ActionButton refusal={may.returnForCorrection} onClick={() => setOpen('return')}>
            退回补正
          </ActionButton>
        </>
      )}
      {(['pdf', 'docx', 'xlsx', 'json'] as const).map((format) => (
        <Button
          key={format}
          type="text"
          href={addressOf(contract.reportFile, { reportId: report.id, format })}
          download
          role="button"
        >
          {{ pdf: 'PDF', docx: 'Word', xlsx: 'Excel', json: '数据' }[format]}
        </Button>
      ))}
      {open && <ActDialog act={open} report={report} onClose={close} />}
    </>
  )
}

const acts = {
  sign: { operation: contract.signReport, title: '签发报告', submit: '签发', done: '已签发。', required: false },
  send: { operation: contract.sendReport, title: '报送报告', submit: '报送', done: '已报送。', required: false },
  receive: {
    operation: contract.receiveReport,
    title: '收到报告',
    submit: '收到',
    done: '已登记收到。',
    required: false,
  },
  return: { operation: contract.returnReport, title: '退回补正', submit: '退回补正', done: '已退回。', required: true },
} as const

function ActDialog({ act, report, onClose }: { act: Act; report: ReportView['report']; onClose: () => void }) {
  const { operation, title, submit, done, required } = acts[act]
  const send = useSend(operation, { onDone: () => (tell(done), onClose()) })
  const lead =
    act !== 'send'
      ? undefined
      : report.kind === 'consolidated'
        ? '报告本级人民政府，同时抄送同级财政部门。'
        : '报送同级机关事务管理部门。'
  return (
    <OpinionDialog
      title={title}
      submit={act === 'send' && report.kind === 'consolidated' ? '报告并抄送' : submit}
      required={required}
      {...(lead ? { lead } : {})}
      onSend={(opinion) =>
        send.send({ reportId: report.id, version: report.version, ...(opinion ? { opinion } : {}) } as never)
      }
      error={send.error}
      onRetry={send.retry}
      onClose={onClose}
    />
  )
}

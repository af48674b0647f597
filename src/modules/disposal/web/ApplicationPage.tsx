import { useState } from 'react'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { useGo } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { BasisPanel } from '#kernel/web/verdict/BasisPanel.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { DecisionPanel } from '#modules/decisions/web/DecisionPanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { DocumentsPanel } from '#modules/record/web/DocumentsPanel.tsx'
import { contract } from '../contract.ts'
import { conditionLabels, disposalFormLabels, paperLabels } from '../model.ts'
import { ApplicationStateTag } from './ApplicationStateTag.tsx'
import { isLateToday } from './ApplicationsPage.tsx'
import { CarryOutDialog } from './CarryOutDialog.tsx'
import { ConsentDialog, GovernmentDialog } from './ConsentDialogs.tsx'
import type { View } from './DraftForm.tsx'
import { OpinionAct, type Opinions } from './OpinionActs.tsx'
import { PathBox } from './PathBox.tsx'
import { PaymentDialog, ProceedsDialog, ProceedsTable } from './Proceeds.tsx'
import './disposal.css'

type Act = Opinions | 'consent' | 'government' | 'carry-out' | 'proceeds' | 'pay'

/** One disposal: where it stands, what comes next, its things and papers, its path, its money, its ground and course. */
export default function ApplicationPage({ params }: PageProps<'/disposal/applications/:applicationId'>) {
  const view = useFetched(contract.viewApplication, { applicationId: params.applicationId })
  const { application, judgement } = view
  const [open, setOpen] = useState<Act | null>(null)
  const close = () => setOpen(null)
  const subject = { kind: 'disposal.application', id: application.id }
  const submit = useSend(contract.submitApplication, { onDone: () => tell('已提交，资产转为待处置。') })
  const withdraw = useSend(contract.withdrawApplication, { onDone: () => tell('已撤回。') })
  const step = { applicationId: application.id, version: application.version }
  return (
    <>
      <Record
        title={`${disposalFormLabels[application.form]} ${application.items} 项`}
        kind="资产处置"
        number={application.number}
        state={<ApplicationStateTag state={application.state} late={isLateToday(application)} />}
        trail={[{ label: '资产处置', path: '/disposal/applications' }]}
        facts={factsOf(view)}
        notice={<Refusals of={submit.error ?? withdraw.error} onRetry={submit.error ? submit.retry : withdraw.retry} />}
        actions={
          <Actions
            view={view}
            onOpen={setOpen}
            onSubmit={() => submit.send(step)}
            onWithdraw={() => withdraw.send(step)}
            submitting={submit.sending}
          />
        }
        details={
          <>
            <PathBox judgement={judgement} items={application.items} />
            <Section title="资产清单">
              <Items view={view} />
            </Section>
            <Section title="材料">
              <Papers view={view} />
            </Section>
            {view.carriedOut && (
              <Section title="实施">
                <CarriedOutFacts view={view} />
              </Section>
            )}
            {view.proceeds && (
              <Section title="处置收入">
                <ProceedsTable proceeds={view.proceeds} />
              </Section>
            )}
          </>
        }
        more={[{ key: 'documents', label: '公文', content: <DocumentsPanel subject={subject} /> }]}
        basis={
          <>
            <BasisPanel findings={judgement.findings} />
            {application.state !== 'draft' && <DecisionPanel subject={subject} brief />}
          </>
        }
        course={<CoursePanel caseId={application.caseId} />}
        files={<AttachmentsPanel caseId={application.caseId} />}
        changes={<ChangesPanel subject={subject} />}
      />
      {open === 'consent' && <ConsentDialog view={view} onClose={close} />}
      {open === 'government' && <GovernmentDialog view={view} onClose={close} />}
      {open === 'carry-out' && <CarryOutDialog view={view} onClose={close} />}
      {open === 'proceeds' && <ProceedsDialog view={view} onClose={close} />}
      {open === 'pay' && <PaymentDialog view={view} onClose={close} />}
      {open !== null && isOpinion(open) && <OpinionAct act={open} view={view} onClose={close} />}
    </>
  )
}

const opinions: readonly string[] = [
  'agree',
  'return',
  'refuse',
  'finance-refuse',
  'accept',
  'decline',
  'abandon',
] satisfies Opinions[]
const isOpinion = (act: Act): act is Opinions => opinions.includes(act)

/** The acts of the present step, the next one primary; a forbidden one stays and says why. */
function Actions({
  view: { application, may, proceeds },
  onOpen,
  onSubmit,
  onWithdraw,
  submitting,
}: {
  view: View
  onOpen: (act: Act) => void
  onSubmit: () => void
  onWithdraw: () => void
  submitting: boolean
}) {
  const go = useGo()
  const { state, form, receivedOn } = application
  if (state === 'draft')
    return (
      <>
        <ActionButton primary refusal={may.submit} busy={submitting} onClick={onSubmit}>
          提交审核
        </ActionButton>
        <ActionButton refusal={may.change} onClick={() => go(`/disposal/applications/${application.id}/draft`)}>
          修改
        </ActionButton>
        <ActionButton refusal={may.withdraw} onClick={onWithdraw}>
          撤回
        </ActionButton>
      </>
    )
  if (state === 'applied')
    return (
      <>
        <ActionButton primary refusal={may.review} onClick={() => onOpen('agree')}>
          审核同意
        </ActionButton>
        <ActionButton refusal={may.review} onClick={() => onOpen('return')}>
          退回补正
        </ActionButton>
        <ActionButton refusal={may.review} onClick={() => onOpen('refuse')}>
          不予同意
        </ActionButton>
        <ActionButton refusal={may.withdraw} onClick={onWithdraw}>
          撤回
        </ActionButton>
      </>
    )
  if (state === 'reviewed')
    return (
      <>
        <ActionButton
          primary
          refusal={may.consent}
          onClick={() => (application.tier === 'T1' ? go('/disposal/consents') : onOpen('consent'))}
        >
          {application.tier === 'T1' ? '按清单办理同意' : '同意处置'}
        </ActionButton>
        <ActionButton refusal={may.consent} onClick={() => onOpen('finance-refuse')}>
          不同意
        </ActionButton>
      </>
    )
  if (state === 'government')
    return (
      <ActionButton primary refusal={may.government} onClick={() => onOpen('government')}>
        登记政府决定
      </ActionButton>
    )
  if (state === 'approved')
    return (
      <>
        {form === 'D1' && receivedOn === null && may.receive === null && (
          <>
            <ActionButton primary refusal={may.receive} onClick={() => onOpen('accept')}>
              核对无误，签收
            </ActionButton>
            <ActionButton refusal={may.receive} onClick={() => onOpen('decline')}>
              拒收
            </ActionButton>
          </>
        )}
        <ActionButton primary={may.receive !== null} refusal={may.carryOut} onClick={() => onOpen('carry-out')}>
          {form === 'D1' ? '移交' : '登记实施'}
        </ActionButton>
        <ActionButton refusal={may.abandon} onClick={() => onOpen('abandon')}>
          终止处置
        </ActionButton>
      </>
    )
  if (state === 'proceeds')
    return (
      <>
        <ActionButton primary={proceeds === null} refusal={may.recordProceeds} onClick={() => onOpen('proceeds')}>
          {proceeds === null ? '登记收入' : '更正收入'}
        </ActionButton>
        <ActionButton primary={proceeds !== null} refusal={may.pay} onClick={() => onOpen('pay')}>
          上缴国库
        </ActionButton>
      </>
    )
  return null
}

function factsOf({ application, proceeds }: View): Fact[] {
  const { form, receiverName, counterparty } = application
  const yuan = (fen: number) => <span className="number">{yuanText(fen)} 元</span>
  const to = form === 'D1' ? receiverName : counterparty || null
  return [
    { label: '申请机关', value: application.organName, note: application.appliedBy ?? undefined },
    { label: '原值', value: yuan(application.costFen), note: `净值 ${yuanText(application.netFen)} 元` },
    { label: '接收方', value: to, note: application.receivedOn ? `${application.receivedOn} 签收` : undefined },
    { label: '申请日期', value: application.appliedOn },
    { label: '财政同意', value: application.consentDocument, note: application.consentedOn ?? undefined },
    { label: '政府批准', value: application.governmentDocument, note: application.governmentOn ?? undefined },
    { label: '实施', value: application.carriedOutOn },
    {
      label: '净收入',
      value: proceeds && yuan(proceeds.netFen),
      note: proceeds
        ? proceeds.paidOn
          ? `${proceeds.paidOn} 上缴${proceeds.late ? '（逾期）' : ''}`
          : `${proceeds.dueOn} 前上缴`
        : undefined,
    },
    { label: '原因', value: application.reason, wide: true },
  ]
}

function Items({ view: { application, items } }: { view: View }) {
  return (
    <Table
      label="资产清单"
      rows={items}
      keyOf={({ cardId }) => cardId}
      href={({ cardId }) => `/assets/cards/${cardId}`}
      height="none"
      columns={[
        { key: 'name', title: '资产名称', value: ({ name }) => name, width: 170 },
        { key: 'number', title: '资产编号', value: ({ number }) => number, width: 140 },
        { key: 'model', title: '规格型号', value: ({ model }) => model, width: 160 },
        { key: 'condition', title: '状况', value: ({ condition }) => conditionLabels[condition], width: 120 },
        { key: 'acquiredOn', title: '取得日期', kind: 'date', value: ({ acquiredOn }) => acquiredOn },
        { key: 'costFen', title: '原值', kind: 'yuan', value: ({ costFen }) => costFen, total: application.costFen },
        { key: 'netFen', title: '净值', kind: 'yuan', value: ({ netFen }) => netFen, total: application.netFen },
        { key: 'place', title: '存放地点', value: ({ place }) => place, width: 110, optional: true },
        { key: 'data', title: '存储部件', value: ({ storesData }) => (storesData ? '有' : ''), width: 90 },
      ]}
      empty={null}
    />
  )
}

function Papers({ view: { papers, judgement } }: { view: View }) {
  const missing = judgement.papers.filter(({ kind }) => !papers.some((paper) => paper.kind === kind))
  return (
    <ul className="paper-state">
      {papers.map(({ kind, number, issuer, issuedOn }) => (
        <li key={kind}>
          {paperLabels[kind]} <b>{number}</b>{' '}
          <span className="quiet">
            {issuer} {issuedOn}
          </span>
        </li>
      ))}
      {missing.map(({ kind, required, why }) => (
        <li key={kind} className="quiet">
          {paperLabels[kind]}：{required ? '未填写' : '未填写（选填）'}，{why}。
        </li>
      ))}
    </ul>
  )
}

function CarriedOutFacts({ view: { carriedOut: done } }: { view: View }) {
  if (done === null) return null
  const yuan = (fen: number | null) => (fen === null ? '' : `${yuanText(fen)} 元`)
  const rows: [string, string][] = [
    ['实施日期', done.carriedOutOn],
    ['数据清除记录', done.erasureRecord],
    ['评估', [done.appraiser, done.appraisalReport, yuan(done.appraisedFen)].filter(Boolean).join('，')],
    ['交易', [done.tradingPlatform, done.tradeNumber, yuan(done.priceFen)].filter(Boolean).join('，')],
    ['低价成交同意文号', done.repriceDocument],
    ['换入资产评估价', yuan(done.receivedFen)],
    ['交接单或票据', done.transferDocument],
    ['报废机动车回收证明', done.scrapCertificate],
  ]
  return (
    <dl className="facts">
      {rows
        .filter(([, value]) => value !== '')
        .map(([label, value]) => (
          <div key={label} className="fact">
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
    </dl>
  )
}

import { Input, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { LocalDateInput, OpinionBox } from '#kernel/web/form/inputs.tsx'
import { Go, useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import type { Fact } from '#kernel/web/Page.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../contract.ts'
import {
  aboutLabels,
  questionKindLabels,
  questionOutcomeLabels,
  questionOutcomes,
  type Question,
} from '../model/objection.ts'
import { QuestionStateTag } from './objection-tags.tsx'

type View = OutputOf<(typeof contract)['viewQuestion']>
type Act = 'answer' | 'decline' | 'withdraw' | 'complain'

/** What a supplier asked or said against a purchase, and what the organ answered. */
export default function QuestionPage({ params }: PageProps<'/procurement/questions/:questionId'>) {
  const view = useFetched(contract.viewQuestion, { questionId: params.questionId })
  const [open, setOpen] = useState<Act | null>(null)
  const { question } = view
  const close = () => setOpen(null)
  return (
    <>
      <Record
        title={`${question.supplier}的${questionKindLabels[question.kind]}`}
        kind={`供应商${questionKindLabels[question.kind]}`}
        number={question.number}
        state={<QuestionStateTag {...question} />}
        trail={[
          { label: '质疑投诉', path: '/procurement/objections' },
          { label: question.purchaseTitle, path: `/procurement/purchases/${question.purchaseId}?tab=objections` },
        ]}
        facts={factsOf(view)}
        actions={<Actions view={view} onOpen={setOpen} />}
        course={<CoursePanel caseId={question.caseId} />}
        files={<AttachmentsPanel caseId={question.caseId} />}
        changes={<ChangesPanel subject={{ kind: 'procurement.question', id: question.id }} />}
      />
      {open === 'answer' && <AnswerDialog question={question} onClose={close} />}
      {open === 'complain' && <ComplainDialog question={question} onClose={close} />}
      {(open === 'decline' || open === 'withdraw') && <OpinionForm act={open} question={question} onClose={close} />}
    </>
  )
}

function factsOf({ question, complaints }: View): Fact[] {
  const { askUntil, receivedOn } = question
  return [
    {
      label: '采购项目',
      value: <Go to={`/procurement/purchases/${question.purchaseId}`}>{question.purchaseTitle}</Go>,
      note: `${question.organName}，${question.purchaseNumber}`,
    },
    { label: '供应商', value: question.supplier, note: question.creditCode || null },
    {
      label: '针对',
      value: aboutLabels[question.about],
      note: question.bearsOnResult ? '可能影响结果，暂停签订、履行合同' : null,
    },
    { label: '知悉', value: question.knownOn },
    {
      label: '收到',
      value: receivedOn,
      note: askUntil && (receivedOn > askUntil ? `超过法定质疑期（至${askUntil}）` : `法定质疑期至${askUntil}`),
    },
    {
      label: '答复期限',
      value: `${question.answerUntil}${question.answerProvisional ? '（暂定）' : ''}`,
      note: `${question.recordedByName}登记`,
    },
    { label: '事项和理由', value: question.claims, wide: true },
    { label: '结论', value: question.outcome && questionOutcomeLabels[question.outcome] },
    {
      label: question.state === 'answered' ? '答复' : '说明',
      value: question.answer,
      note: question.settledOn && `${question.settledByName ?? ''}，${question.settledOn}`,
      wide: true,
    },
    {
      label: '投诉',
      value:
        complaints.length > 0 ? (
          <span className="row">
            {complaints.map(({ id, number, receivedOn: on }) => (
              <Go key={id} to={`/procurement/complaints/${id}`}>
                {number}（{on}）
              </Go>
            ))}
          </span>
        ) : null,
    },
  ]
}

function Actions({ view: { question, may, complaints }, onOpen }: { view: View; onOpen: (act: Act) => void }) {
  const me = useMe()
  const own = me.organ?.id === question.organId
  const late = question.askUntil !== null && question.receivedOn > question.askUntil
  return (
    <>
      {own && question.state === 'received' && (
        <>
          <ActionButton primary refusal={may.answer} onClick={() => onOpen('answer')}>
            答复
          </ActionButton>
          {late && (
            <ActionButton refusal={may.decline} onClick={() => onOpen('decline')}>
              不予受理
            </ActionButton>
          )}
          <ActionButton refusal={may.withdraw} onClick={() => onOpen('withdraw')}>
            登记撤回
          </ActionButton>
        </>
      )}
      {me.roles.includes('finance-reviewer') && question.kind === 'question' && complaints.length === 0 && (
        <ActionButton primary={!own} refusal={may.complain} onClick={() => onOpen('complain')}>
          登记投诉
        </ActionButton>
      )}
    </>
  )
}

type DialogProps = { question: Question; onClose: () => void }
const stepOf = ({ id, version }: Question) => ({ questionId: id, version })

function AnswerDialog({ question, onClose }: DialogProps) {
  const outcomes = questionOutcomes.filter((one) => (one === 'explained') === (question.kind === 'enquiry'))
  return (
    <Dialog title={`答复${questionKindLabels[question.kind]}`} onClose={onClose}>
      <EntryForm
        operation={contract.answerQuestion}
        fixed={stepOf(question)}
        initial={question.kind === 'enquiry' ? { outcome: 'explained' } : {}}
        submit="答复"
        onDone={() => (tell('已登记答复。'), onClose())}
        onCancel={onClose}
      >
        <Field name="outcome" label="结论">
          <Select options={outcomes.map((value) => ({ value, label: questionOutcomeLabels[value] }))} />
        </Field>
        <Field name="answer" label="答复内容" help="书面答复送达供应商后登记，答复函在“附件”中上传。">
          <OpinionBox rows={6} maxLength={2000} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function OpinionForm({ act, question, onClose }: DialogProps & { act: 'decline' | 'withdraw' }) {
  const decline = act === 'decline'
  return (
    <Dialog title={decline ? '不予受理' : '登记供应商撤回'} onClose={onClose}>
      <EntryForm
        operation={decline ? contract.declineQuestion : contract.withdrawQuestion}
        fixed={stepOf(question)}
        submit={decline ? '不予受理' : '登记撤回'}
        onDone={() => (tell(decline ? '已登记不予受理。' : '已登记撤回。'), onClose())}
        onCancel={onClose}
      >
        <Field name="opinion" label={decline ? '理由' : '撤回的书面材料'}>
          <OpinionBox rows={3} maxLength={500} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function ComplainDialog({ question, onClose }: DialogProps) {
  const go = useGo()
  return (
    <Dialog title="登记投诉" onClose={onClose}>
      <EntryForm
        operation={contract.recordComplaint}
        fixed={{ questionId: question.id }}
        initial={{ receivedOn: todayHere() }}
        submit="登记投诉"
        onDone={({ complaint }) => (
          tell(`已登记投诉${complaint.number}。`),
          go(`/procurement/complaints/${complaint.id}`)
        )}
        onCancel={onClose}
      >
        <p>
          {question.supplier}对{question.organName}就质疑{question.number}的答复提出投诉。
        </p>
        <Field name="receivedOn" label="收到投诉">
          <LocalDateInput max={todayHere()} />
        </Field>
        <Field name="claims" label="投诉事项和理由">
          <Input.TextArea rows={5} maxLength={2000} />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

import { Button, Select } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { shortInstant } from '#kernel/web/dates.ts'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { ClockBadge } from '#kernel/web/verdict/ClockBadge.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { Timeline } from '#kernel/web/verdict/Timeline.tsx'
import { contract } from '../contract.ts'
import './cases.css'

type CourseView = OutputOf<(typeof contract)['viewCourse']>

/** 办理过程 of a case: every step with opinion and working days, whom it waits for, and the acts every procedure has. */
export function CoursePanel({ caseId }: { caseId: string }) {
  const course = useFetched(contract.viewCourse, { caseId })
  const { summary, steps, may } = course
  const [open, setOpen] = useState<'hand-over' | 'signer' | null>(null)
  const takeBack = useSend(contract.takeBack)
  return (
    <div className="course">
      <Timeline
        steps={steps.map((step) => ({ key: String(step.step), ...step }))}
        waiting={
          summary.task && summary.waitingFor
            ? { task: summary.task, who: summary.waitingFor, clock: <ClockBadge clock={summary.clock} /> }
            : null
        }
      />
      {summary.waitingFor && (
        <div className="row no-print">
          <ActionButton refusal={may.handOver} onClick={() => setOpen('hand-over')}>
            转办
          </ActionButton>
          {course.assignedTo && (
            <ActionButton refusal={may.takeBack} onClick={() => takeBack.send({ caseId })}>
              收回转办
            </ActionButton>
          )}
          <ActionButton refusal={may.ask} onClick={() => setOpen('signer')}>
            加签
          </ActionButton>
        </div>
      )}
      <Refusals of={takeBack.error} />
      <Signatures course={course} />
      {open === 'hand-over' && <HandOverDialog course={course} onClose={() => setOpen(null)} />}
      {open === 'signer' && <SignerDialog course={course} onClose={() => setOpen(null)} />}
    </div>
  )
}

function HandOverDialog({ course, onClose }: { course: CourseView; onClose: () => void }) {
  return (
    <Dialog title="转办" onClose={onClose}>
      <EntryForm
        operation={contract.handOver}
        fixed={{ caseId: course.summary.caseId }}
        submit="转办"
        onDone={onClose}
        onCancel={onClose}
      >
        <Field
          name="personId"
          label="转给"
          help={course.colleagues.length === 0 ? '本单位今天没有其他可以办理这个环节的人员。' : undefined}
        >
          <Select
            options={course.colleagues.map(({ id, name, roles }) => ({ value: id, label: `${name}(${roles})` }))}
          />
        </Field>
        <Field name="opinion" label="说明">
          <OpinionBox />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function SignerDialog({ course, onClose }: { course: CourseView; onClose: () => void }) {
  return (
    <Dialog title="加签" onClose={onClose}>
      <EntryForm
        operation={contract.askSignature}
        fixed={{ caseId: course.summary.caseId, kind: 'signer' }}
        submit="请其提出意见"
        onDone={onClose}
        onCancel={onClose}
      >
        <Field name="personId" label="加签人" optional={false}>
          <Select
            options={course.colleagues.map(({ id, name, roles }) => ({ value: id, label: `${name}(${roles})` }))}
          />
        </Field>
        <Field name="question" label="需要其提出意见的事项">
          <OpinionBox />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function Signatures({ course }: { course: CourseView }) {
  const [answering, setAnswering] = useState<string | null>(null)
  const recall = useSend(contract.recallSignature)
  if (course.signatures.length === 0) return null
  return (
    <section aria-label="会签和加签">
      <h3>会签和加签</h3>
      <ul className="signatures">
        {course.signatures.map((signature) => (
          <li key={signature.id}>
            <p>
              <b>{signature.kind === 'co-sign' ? '会签' : '加签'}</b> {signature.organName} {signature.personName}
              <span className="quiet">
                {' '}
                {signature.askedByName} {shortInstant(signature.askedAt)}
              </span>
            </p>
            <p>{signature.question}</p>
            {signature.answeredAt ? (
              <p className="timeline-opinion">
                {signature.answeredByName}：{signature.agrees ? '同意' : '不同意'}
                {signature.opinion && `。${signature.opinion}`}
              </p>
            ) : signature.recalledAt ? (
              <p className="quiet">已收回</p>
            ) : (
              <div className="row">
                <ActionButton refusal={signature.may.answer} primary onClick={() => setAnswering(signature.id)}>
                  返回意见
                </ActionButton>
                <ActionButton refusal={signature.may.recall} onClick={() => recall.send({ signatureId: signature.id })}>
                  收回
                </ActionButton>
              </div>
            )}
          </li>
        ))}
      </ul>
      <Refusals of={recall.error} />
      {answering && <AnswerDialog signatureId={answering} onClose={() => setAnswering(null)} />}
    </section>
  )
}

function AnswerDialog({ signatureId, onClose }: { signatureId: string; onClose: () => void }) {
  const answer = useSend(contract.answerSignature, { onDone: onClose })
  const [agrees, setAgrees] = useState(true)
  return (
    <OpinionDialog
      title="返回意见"
      required={!agrees}
      submit={agrees ? '同意' : '不同意'}
      onSend={(opinion) => answer.send({ signatureId, agrees, ...(opinion ? { opinion } : {}) })}
      error={answer.error}
      onRetry={answer.retry}
      onClose={onClose}
    >
      <div className="row" role="group" aria-label="意见">
        <Button type={agrees ? 'primary' : 'default'} aria-pressed={agrees} onClick={() => setAgrees(true)}>
          同意
        </Button>
        <Button type={agrees ? 'default' : 'primary'} aria-pressed={!agrees} onClick={() => setAgrees(false)}>
          不同意
        </Button>
      </div>
    </OpinionDialog>
  )
}

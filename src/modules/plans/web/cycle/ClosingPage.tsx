import { Input } from 'antd'
import { useState } from 'react'
import type { OutputOf } from '#kernel/pure/contract.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, usePages, useSend } from '#kernel/web/fetching.ts'
import { EntryForm, Field } from '#kernel/web/form/EntryForm.tsx'
import { OpinionBox } from '#kernel/web/form/inputs.tsx'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { yuanText } from '#kernel/web/money.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Section, type Fact } from '#kernel/web/Page.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { Record } from '#kernel/web/Record.tsx'
import type { PageProps } from '#kernel/web/routes.ts'
import { useMe } from '#kernel/web/session.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { Table } from '#kernel/web/table/Table.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { CoursePanel } from '#modules/cases/web/CoursePanel.tsx'
import { AttachmentsPanel } from '#modules/record/web/AttachmentsPanel.tsx'
import { ChangesPanel } from '#modules/record/web/ChangesPanel.tsx'
import { contract } from '../../contract.ts'
import { closingStateLabels, type ClosingState } from '../../model/closing.ts'

type View = OutputOf<(typeof contract)['viewClosing']>
type Act = 'ask' | 'consent' | 'giveBack'

const tones = { asked: 'waiting', returned: 'warn', closed: 'done' } as const satisfies Record<ClosingState, string>

/** Closing a year: what the ledger says, what is still held, and finance's consent. */
export default function ClosingPage({ params: { cycleId } }: PageProps<'/plans/cycles/:cycleId/closing'>) {
  const view = useFetched(contract.viewClosing, { cycleId })
  const [open, setOpen] = useState<Act | null>(null)
  const { cycle, closing } = view
  return (
    <>
      <Record
        title={`${cycle.year}年度结束`}
        kind="年度结束"
        number={cycle.jurisdictionName}
        state={closing && <StateTag tone={tones[closing.state]} word={closingStateLabels[closing.state]} />}
        trail={[
          { label: '年度周期', path: '/plans/cycles' },
          { label: `${cycle.year}年度保障计划`, path: `/plans/cycles/${cycleId}` },
        ]}
        facts={factsOf(view)}
        actions={<Actions view={view} onOpen={setOpen} />}
        details={<OpenCommitments view={view} />}
        course={closing ? <CoursePanel caseId={closing.caseId} /> : undefined}
        files={closing ? <AttachmentsPanel caseId={closing.caseId} /> : undefined}
        changes={<ChangesPanel subject={{ kind: 'plans.cycle', id: cycleId }} />}
      />
      {open === 'ask' && <AskDialog view={view} onClose={() => setOpen(null)} />}
      {open === 'consent' && <ConsentDialog view={view} onClose={() => setOpen(null)} />}
      {open === 'giveBack' && <ReturnDialog view={view} onClose={() => setOpen(null)} />}
    </>
  )
}

function factsOf({ figures, closing, moved, openAdjustments }: View): Fact[] {
  // What finance is asked about are the figures of the day it was asked.
  const shown = closing && closing.state !== 'returned' ? closing : figures
  const yuan = (fen: number) => <span className="number">{yuanText(fen)} 元</span>
  return [
    { label: '计划', value: yuan(shown.plannedFen), note: `${shown.lines} 个计划行` },
    { label: '支出', value: yuan(shown.executedFen) },
    { label: '未了结占用', value: yuan(shown.openFen), note: `${shown.openCount} 笔` },
    { label: '结余', value: yuan(shown.plannedFen - shown.executedFen - shown.openFen) },
    { label: '未备案的调整', value: openAdjustments > 0 ? `${openAdjustments} 件` : null },
    {
      label: '提请',
      value: closing?.askedByName,
      note: closing && `${closing.askedOn}${moved ? '；提请之后台账有变动' : ''}`,
    },
    { label: '结转理由', value: closing?.carryReason || null, wide: true },
    {
      label: '财政部门',
      value: closing?.decidedByName && (closing.document ?? closing.opinion),
      note: closing?.decidedOn && `${closing.decidedByName ?? ''}，${closing.decidedOn}`,
    },
  ]
}

function Actions({ view: { closing, may }, onOpen }: { view: View; onOpen: (act: Act) => void }) {
  const finance = useMe().roles.includes('finance-reviewer')
  if (closing?.state === 'closed') return null
  if (finance)
    return (
      <>
        <ActionButton primary refusal={may.consent} onClick={() => onOpen('consent')}>
          同意结束
        </ActionButton>
        <ActionButton refusal={may.giveBack} onClick={() => onOpen('giveBack')}>
          退回核对
        </ActionButton>
      </>
    )
  return (
    <ActionButton primary refusal={may.ask} onClick={() => onOpen('ask')}>
      提请年度结束
    </ActionButton>
  )
}

function OpenCommitments({ view: { cycle, closing } }: { view: View }) {
  const pages = usePages(contract.openCommitments, { cycleId: cycle.id, limit: 100 })
  const closed = closing?.state === 'closed'
  return (
    <Section title={closed ? '结转的占用' : '未了结的占用'}>
      <p className="quiet">
        {closed
          ? '年度已经结束，台账不再登记；结转的占用由登记它的事项继续付款或者释放。'
          : '年度结束前，由登记占用的事项付款或者释放；确需下年继续支出的，提请时写明结转理由。'}
      </p>
      <Table
        label="未了结的占用"
        pages={pages}
        keyOf={({ id }) => id}
        columns={[
          {
            key: 'title',
            title: '事项',
            value: ({ title }) => title,
            render: ({ title, owner }) => (owner?.link ? <Go to={owner.link}>{owner.title}</Go> : title),
            width: 300,
          },
          { key: 'organ', title: '实施机关', value: ({ organName }) => organName, width: 180 },
          {
            key: 'line',
            title: '计划行',
            value: ({ itemName }) => itemName,
            render: ({ itemName, lineId }) => <Go to={`/ledger/lines/${lineId}`}>{itemName}</Go>,
            width: 180,
          },
          { key: 'open', title: '未了结', kind: 'yuan', value: ({ openFen }) => openFen },
          { key: 'on', title: '占用日期', kind: 'date', value: ({ committedOn }) => committedOn },
        ]}
        empty={<Empty title="没有未了结的占用" />}
      />
    </Section>
  )
}

type DialogProps = { view: View; onClose: () => void }

function AskDialog({ view: { cycle, figures }, onClose }: DialogProps) {
  return (
    <Dialog title="提请年度结束" onClose={onClose}>
      <EntryForm
        operation={contract.askClosing}
        fixed={{ cycleId: cycle.id }}
        submit="提请"
        onDone={() => (tell('已提请，等待财政部门同意。'), onClose())}
        onCancel={onClose}
      >
        <p>
          按台账现在的数字提请：支出 {yuanText(figures.executedFen)} 元，未了结占用 {figures.openCount} 笔、
          {yuanText(figures.openFen)} 元。提请后台账再有变动的，须重新提请。
        </p>
        {figures.openCount > 0 && (
          <Field name="carryReason" label="结转理由" optional={false} help="未了结的占用全部结转，下年继续支出。">
            <OpinionBox rows={3} maxLength={500} />
          </Field>
        )}
      </EntryForm>
    </Dialog>
  )
}

function ConsentDialog({ view: { cycle, closing }, onClose }: DialogProps) {
  return (
    <Dialog title="同意年度结束" onClose={onClose}>
      <EntryForm
        operation={contract.consentClosing}
        fixed={{ cycleId: cycle.id, version: closing?.version ?? 1 }}
        submit="同意结束"
        onDone={() => (tell(`${cycle.year}年度已经结束。`), onClose())}
        onCancel={onClose}
      >
        <p>
          同意后，{cycle.year}年度台账不再登记占用、支出和冲销，不能撤销
          {closing && closing.openCount > 0
            ? `；结转的占用 ${closing.openCount} 笔、${yuanText(closing.openFen)} 元继续支出。`
            : '。'}
        </p>
        <Field name="document" label="同意的文号">
          <Input maxLength={100} autoComplete="off" />
        </Field>
      </EntryForm>
    </Dialog>
  )
}

function ReturnDialog({ view: { cycle, closing }, onClose }: DialogProps) {
  const { send, error, retry } = useSend(contract.returnClosing, {
    onDone: () => {
      tell('已退回。')
      onClose()
    },
  })
  return (
    <OpinionDialog
      title="退回核对"
      required
      phrases={['台账有变动，请核对后重新提请']}
      submit="退回"
      onSend={(opinion) => send({ cycleId: cycle.id, version: closing?.version ?? 1, opinion })}
      error={error}
      onRetry={retry}
      onClose={onClose}
    />
  )
}

import { Button } from 'antd'
import { Suspense, useState } from 'react'
import { shortInstant } from '#kernel/web/dates.ts'
import { Dialog } from '#kernel/web/Dialog.tsx'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { Go } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { Facts } from '#kernel/web/Page.tsx'
import { Empty, Skeleton } from '#kernel/web/Panels.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { contract, type DutyView } from '../contract.ts'
import { DutyClock } from './state-words.tsx'

const kindWords = { clock: '到期提醒', passed: '逾期提醒', supervision: '督办提醒' } as const

/** One duty: the last day and how it was counted, on which ground, what was reminded, and the way to the record. */
export function DutyDialog({ dutyKey, onClose }: { dutyKey: string; onClose: () => void }) {
  return (
    <Dialog title="法定时限" onClose={onClose} actions={<Button onClick={onClose}>关闭</Button>}>
      <Suspense fallback={<Skeleton lines={6} />}>
        <Duty dutyKey={dutyKey} />
      </Suspense>
    </Dialog>
  )
}

function Duty({ dutyKey }: { dutyKey: string }) {
  const view = useFetched(contract.view, { key: dutyKey })
  const [reminding, setReminding] = useState(false)
  const { duty, basis, explanation, steps, reminders, reminderDays, may } = view
  return (
    <div className="stack duty">
      <p className="duty-head">
        <b>{duty.termTitle}</b> <span>{duty.title}</span>
      </p>
      <p className="row">
        <DutyClock duty={duty} />
        <Go to={duty.link}>打开记录</Go>
        {may.remind === null || duty.state === 'overdue' ? (
          <ActionButton refusal={may.remind} onClick={() => setReminding(true)}>
            督办提醒
          </ActionButton>
        ) : null}
      </p>
      <Facts
        of={[
          { label: '责任机关', value: duty.bearerName },
          { label: '涉及机关', value: duty.organName === duty.bearerName ? null : duty.organName },
          {
            label: '最后一日',
            value: duty.dueOn,
            note: duty.provisional ? '暂定：放假安排通知录入后可能变动，不自动判为逾期' : null,
          },
          { label: '办结日期', value: duty.fulfilledOn },
          { label: '逾期后果', value: view.whenPassed, wide: true },
        ]}
      />
      <section className="duty-basis" aria-label="依据">
        <h3>依据</h3>
        <p>
          {basis.citation}
          {basis.norm && (
            <>
              {' '}
              <Go to={`/regulations/articles/${/^A(\d+)-/.exec(basis.norm)?.[1]}`}>条文</Go>{' '}
              <Go to={`/norms?text=${basis.norm}`}>{basis.norm}</Go>
            </>
          )}
          {view.projectDefault && <span className="basis-default">项目默认值</span>}
        </p>
        <p>{explanation}</p>
        <table className="basis-steps">
          <tbody>
            {steps.map(({ label, expression, result }) => (
              <tr key={label}>
                <th scope="row">{label}</th>
                <td>{expression}</td>
                <td className="basis-result">{result}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {reminderDays.length > 0 && <p className="quiet">提醒日：{reminderDays.join('、')}。</p>}
      </section>
      <section aria-label="提醒">
        <h3>提醒</h3>
        {reminders.length === 0 ? (
          <p className="quiet">还没有发过提醒。</p>
        ) : (
          <ol className="duty-reminders">
            {reminders.map(({ kind, text, sentBy, at }) => (
              <li key={`${kind}${at}`}>
                <b>{kindWords[kind]}</b>{' '}
                <span className="quiet">
                  {shortInstant(at)}，{sentBy}
                </span>
                <p>{text}</p>
              </li>
            ))}
          </ol>
        )}
      </section>
      {reminding && <RemindDialog duty={duty} onClose={() => setReminding(false)} />}
    </div>
  )
}

/** Supervision urges the organ (Art. 39); once a day for one duty. */
export function RemindDialog({
  duty,
  onClose,
}: {
  duty: Pick<DutyView, 'key' | 'title' | 'bearerName' | 'dueOn'>
  onClose: () => void
}) {
  const remind = useSend(contract.remind)
  return (
    <OpinionDialog
      title="督办提醒"
      lead={`向${duty.bearerName}的负责人和经办人发送，“${duty.title}”最后一日${duty.dueOn}。同一事项每天至多一次，并记入记录。`}
      label="督办要求"
      required
      phrases={['请立即办理，并说明逾期原因。', '请于三个工作日内办理完毕。', '请按期办理，避免逾期。']}
      submit="发送提醒"
      error={remind.error}
      onRetry={remind.retry}
      onSend={async (text) => {
        const done = await remind.send({ key: duty.key, text })
        if (!done) return
        tell(`已提醒${done.remindedOrganName}。`)
        onClose()
      }}
      onClose={onClose}
    />
  )
}

export function NothingLate({ filtered }: { filtered: boolean }) {
  return (
    <Empty title={filtered ? '没有这样的逾期事项' : '没有逾期事项'}>
      {filtered ? '换一个时限或者状态再看。' : '超过最后一日还没有办理的，和逾期后补办的，都列在这里。'}
    </Empty>
  )
}

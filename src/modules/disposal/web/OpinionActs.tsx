import { useSend } from '#kernel/web/fetching.ts'
import { OpinionDialog } from '#kernel/web/form/OpinionDialog.tsx'
import { todayHere } from '#kernel/web/dates.ts'
import { tell } from '#kernel/web/notice.tsx'
import { contract } from '../contract.ts'
import type { View } from './DraftForm.tsx'

/** Acts that take an opinion and nothing else. */
export type Opinions = 'agree' | 'return' | 'refuse' | 'finance-refuse' | 'accept' | 'decline' | 'abandon'

const words: Record<Opinions, { title: string; submit: string; required: boolean; phrases: readonly string[] }> = {
  agree: { title: '审核同意', submit: '同意，报财政部门', required: false, phrases: ['情况属实，同意处置'] },
  return: {
    title: '退回补正',
    submit: '退回',
    required: true,
    phrases: ['请补充材料', '请核对资产清单', '请先向公物仓申请入仓'],
  },
  refuse: {
    title: '不予同意',
    submit: '不予同意',
    required: true,
    phrases: ['仍可使用，应当继续使用', '请先调剂使用'],
  },
  'finance-refuse': {
    title: '不同意处置',
    submit: '不同意',
    required: true,
    phrases: ['请先调剂使用', '材料不能说明损失责任'],
  },
  accept: { title: '签收划转资产', submit: '核对无误，签收', required: false, phrases: ['实物与清单一致'] },
  decline: { title: '拒收划转资产', submit: '拒收', required: true, phrases: ['实物与清单不符', '与工作需要不符'] },
  abandon: { title: '终止处置', submit: '终止', required: true, phrases: ['维修后继续使用', '接收方不再接收'] },
}

export function OpinionAct({ act, view, onClose }: { act: Opinions; view: View; onClose: () => void }) {
  const { title, submit, required, phrases } = words[act]
  const done = () => {
    tell(`已${title}。`)
    onClose()
  }
  const review = useSend(contract.reviewApplication, { onDone: done })
  const consent = useSend(contract.consentApplication, { onDone: done })
  const receive = useSend(contract.receiveTransfer, { onDone: done })
  const abandon = useSend(contract.abandonApplication, { onDone: done })
  const step = { applicationId: view.application.id, version: view.application.version }
  const send = (opinion: string): Promise<unknown> => {
    if (act === 'agree' || act === 'return' || act === 'refuse') return review.send({ ...step, decision: act, opinion })
    if (act === 'finance-refuse') return consent.send({ ...step, agreed: false, consentedOn: todayHere(), opinion })
    if (act === 'abandon') return abandon.send({ ...step, opinion })
    return receive.send({ ...step, accepted: act === 'accept', opinion })
  }
  const failed = [review, consent, receive, abandon].find(({ error }) => error !== null)
  return (
    <OpinionDialog
      title={title}
      required={required}
      phrases={phrases}
      submit={submit}
      onSend={send}
      error={failed?.error ?? null}
      {...(failed ? { onRetry: failed.retry } : {})}
      onClose={onClose}
    />
  )
}

import { useSend } from '#kernel/web/fetching.ts'
import { useGo } from '#kernel/web/going.tsx'
import { tell } from '#kernel/web/notice.tsx'
import { useMe } from '#kernel/web/session.tsx'
import { ActionButton } from '#kernel/web/verdict/ActionButton.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'
import type { View } from './PurchasePage.tsx'
import type { DialogName } from './PurchaseDialog.tsx'

type May = keyof View['may']
type Act = { label: string; may: May; open: DialogName; danger?: boolean; quiet?: boolean }

/** What can come next in each state, the next step first. */
function actsOf({ purchase, contract: signed, items, may }: View): Act[] {
  const left = items.some(
    ({ classCode, acceptedQuantity, registeredQuantity }) =>
      classCode !== null && registeredQuantity < acceptedQuantity,
  )
  const terminate: Act = { label: '终止采购', may: 'terminate', open: 'terminate', danger: true, quiet: true }
  const result: Act[] =
    purchase.resultPublishedOn || purchase.class === 'internal'
      ? []
      : [{ label: '登记结果公告', may: 'publishResult', open: 'publishResult' }]
  const papers: Act[] =
    signed === null || purchase.class === 'internal'
      ? []
      : [
          ...(signed.publishedOn
            ? []
            : [{ label: '登记合同公告', may: 'publishContract', open: 'publishContract' } as const]),
          ...(signed.filedOn ? [] : [{ label: '登记合同备案', may: 'fileContract', open: 'fileContract' } as const]),
        ]
  switch (purchase.state) {
    case 'submitted':
      return [
        { label: '同意采购', may: 'decide', open: 'approve' },
        { label: '退回', may: 'decide', open: 'giveBack' },
      ]
    case 'finance-review':
      return [
        { label: '批准采购方式', may: 'consent', open: 'consent' },
        { label: '不批准', may: 'consent', open: 'refuse' },
      ]
    case 'purchasing':
      return [
        ...(purchase.intentionNeeded && purchase.intentionOn === null
          ? [{ label: '登记意向公开', may: 'publishIntention', open: 'intention' } as const]
          : []),
        ...(purchase.startedOn === null
          ? [{ label: '登记采购开始', may: 'start', open: 'start' } as const]
          : [{ label: '登记中标、成交', may: 'award', open: 'award' } as const]),
        terminate,
      ]
    case 'awarded':
      return [{ label: '登记合同', may: 'signContract', open: 'contract' }, ...result, terminate]
    case 'contracted':
      return [
        { label: '验收', may: 'accept', open: 'accept' },
        ...(left ? [{ label: '建立资产卡片', may: 'register', open: 'cards' } as const] : []),
        { label: '申请付款', may: 'pay', open: 'pay' },
        ...result,
        ...papers,
        { label: '补充合同', may: 'supplement', open: 'supplement', quiet: true },
        { label: '办结', may: 'close', open: 'close' },
      ]
    case 'accepting':
      return [
        { label: '复核签字', may: 'sign', open: 'sign' },
        { label: '退回验收单', may: 'returnAcceptance', open: 'returnAcceptance' },
      ]
    case 'accepted':
      return [
        ...(left ? [{ label: '建立资产卡片', may: 'register', open: 'cards' } as const] : []),
        { label: '申请付款', may: 'pay', open: 'pay' },
        ...result,
        ...papers,
        { label: '补充合同', may: 'supplement', open: 'supplement', quiet: true },
        { label: '办结', may: 'close', open: 'close' },
      ]
    // What came back after the end is paid anew.
    case 'closed':
      return may.pay === null ? [{ label: '重新申请付款', may: 'pay', open: 'pay' }] : []
    default:
      return []
  }
}

/** The acts of whoever is concerned: the buyer's own organ and, for the method, finance. */
export function PurchaseActs({ view, onOpen }: { view: View; onOpen: (name: DialogName) => void }) {
  const go = useGo()
  const me = useMe()
  const { purchase, may } = view
  const step = { purchaseId: purchase.id, version: purchase.version }
  const submit = useSend(contract.submitPurchase, {
    onDone: () => tell('已提交，计划资金已占用，等待单位负责人审批。'),
  })
  const withdraw = useSend(contract.withdrawPurchase, { onDone: () => tell('已撤回，占用的计划资金已释放。') })
  const concerned = me.organ?.id === purchase.organId || may.consent === null
  if (!concerned) return null
  const acts = actsOf(view)
  const next = acts.find((act) => may[act.may] === null && act.quiet !== true)
  return (
    <>
      {purchase.state === 'draft' && (
        <>
          <ActionButton primary refusal={may.submit} busy={submit.sending} onClick={() => submit.send(step)}>
            提交审批
          </ActionButton>
          <ActionButton refusal={may.edit} onClick={() => go(`/procurement/purchases/${purchase.id}/edit`)}>
            修改
          </ActionButton>
        </>
      )}
      {acts.map((act) => (
        <ActionButton
          key={act.label}
          primary={act === next}
          danger={act.danger === true}
          refusal={may[act.may]}
          onClick={() => onOpen(act.open)}
        >
          {act.label}
        </ActionButton>
      ))}
      {(purchase.state === 'draft' || purchase.state === 'submitted') && (
        <ActionButton refusal={may.withdraw} busy={withdraw.sending} onClick={() => withdraw.send(step)}>
          撤回
        </ActionButton>
      )}
      <Refusals of={submit.error ?? withdraw.error} onRetry={submit.error ? submit.retry : withdraw.retry} />
    </>
  )
}

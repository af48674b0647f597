import { soonDays } from '#kernel/pure/deadline.ts'
import { daysBetween } from '#kernel/pure/local-date.ts'
import { todayHere } from '#kernel/web/dates.ts'
import { yuanText } from '#kernel/web/money.ts'
import { Section } from '#kernel/web/Page.tsx'
import type { View } from './PurchasePage.tsx'

/** Where the money is, from plan to payment. */
export function MoneyLine({ money }: { money: View['money'] }) {
  const parts = [
    ['预算（计划占用）', money.requestedFen],
    ['占用余额', money.committedFen],
    ['合同', money.contractedFen],
    ['已验收', money.acceptedFen],
    ['已支付', money.paidFen],
  ] as const
  return (
    <dl className="money-line" aria-label="资金（元）">
      {parts.map(([label, fen]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{yuanText(fen)}</dd>
        </div>
      ))}
    </dl>
  )
}

type Step = { label: string; on: string | null; note?: string | null }

function stepsOf({ purchase, contract, acceptances, payments, cardIds, items }: View): Step[] {
  const approvedStates = ['draft', 'submitted', 'withdrawn']
  const signed = acceptances.filter(({ state }) => state === 'signed').at(-1)
  const paid = payments.filter(({ state }) => state === 'paid').at(-1)
  const assets = items.some(({ classCode }) => classCode !== null)
  return [
    { label: '申请', on: purchase.state === 'draft' ? null : purchase.requestedOn },
    {
      label: '审批',
      on: approvedStates.includes(purchase.state) ? null : (purchase.financeOn ?? purchase.requestedOn),
      note: purchase.financeDocument ?? (purchase.state === 'finance-review' ? '待财政审批方式' : null),
    },
    ...(purchase.intentionNeeded ? [{ label: '意向公开', on: purchase.intentionOn }] : []),
    { label: '采购开始', on: purchase.startedOn, note: purchase.projectNumber || null },
    {
      label: '中标、成交',
      on: purchase.awardedOn,
      note: purchase.awardFen === null ? null : `${yuanText(purchase.awardFen)} 元`,
    },
    { label: '合同', on: contract?.signedOn ?? null, note: contract?.number ?? null },
    { label: '验收', on: signed?.signedOn ?? null, note: signed ? `第${signed.acceptanceNo}次` : null },
    ...(assets ? [{ label: '建卡', on: cardIds.length > 0 ? `${cardIds.length}张卡片` : null }] : []),
    { label: '付款', on: paid?.decidedOn ?? null, note: paid ? `${yuanText(paid.amountFen)} 元` : null },
    { label: '办结', on: purchase.closedOn },
  ]
}

/** The steps of the file with their days; the first without one comes next. */
export function PurchaseSteps({ view }: { view: View }) {
  const steps = stepsOf(view)
  const ended = view.purchase.closedOn !== null
  const next = ended ? -1 : steps.findIndex(({ on }) => on === null)
  return (
    <ol className="purchase-steps">
      {steps.map(({ label, on, note }, at) => (
        <li key={label} className={on ? 'step-done' : at === next ? 'step-next' : ''}>
          <b>{label}</b>
          <small>
            {on ?? (at === next ? '下一步' : '—')}
            {note && ` · ${note}`}
          </small>
        </li>
      ))}
    </ol>
  )
}

/** Terms that run on the purchase; what is done is quiet, what is late is red. */
export function Deadlines({ view: { deadlines } }: { view: View }) {
  if (deadlines.length === 0) return null
  const today = todayHere()
  return (
    <Section title="法定时限">
      <ul className="deadline-list">
        {deadlines.map(({ term, about, title, dueOn, fulfilledOn, countedFrom, provisional, citation }) => {
          const late = fulfilledOn === null ? today > dueOn : fulfilledOn > dueOn
          const left = daysBetween(today, dueOn)
          return (
            <li key={`${term}${about}`} className={late ? 'late' : fulfilledOn ? 'quiet' : ''}>
              {title}：{countedFrom} 起，{dueOn} 止{provisional && '（暂定）'}，
              {fulfilledOn
                ? `${fulfilledOn} 办理${late ? '，逾期' : ''}`
                : late
                  ? `逾期 ${-left} 天`
                  : left <= soonDays
                    ? `剩 ${left} 天，请尽快办理`
                    : `剩 ${left} 天`}
              。<small className="quiet">{citation}</small>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}

import { allOf, mayOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import type { Act } from '#kernel/server/context.ts'
import { actsOnlyFor } from '#kernel/pure/actor.ts'
import { termOf } from '#modules/duties/reference/terms.ts'
import { ledgerLines } from '#modules/ledger/offers.ts'
import { organNames } from '#modules/organs/offers.ts'
import { methodLabels, purchaseStateLabels, type PurchaseState } from '../model.ts'
import { can, signerRoles } from '../policy.ts'
import { acceptedFen, isComplete } from '../rules/acceptance.ts'
import { contractFen } from '../rules/contract.ts'
import { nothingWaits, openToSuppliers } from '../rules/objection.ts'
import { sum } from '../rules/amounts.ts'
import { formatWanYuan } from '#kernel/pure/money.ts'
import { acceptancesOf, type AcceptanceRow } from '../store/acceptance.ts'
import { cardsOf } from '../store/card.ts'
import { biddersOf, contractOf, supplementsOf } from '../store/contract.ts'
import { deadlinesOf } from '../store/deadline.ts'
import { fundingOf, paymentsOf, type FundingRow } from '../store/money.ts'
import { itemsOf, type ItemRow, type PurchaseRow } from '../store/purchase.ts'
import { objectionsTo } from './objections.ts'

/** What a purchase is in when a step may be taken; the screen shows the reason where it is in another. */
export function inState(row: Pick<PurchaseRow, 'state'>, ...states: PurchaseState[]): Verdict {
  return provided(states.includes(row.state), {
    code: 'state',
    message: `采购处于“${purchaseStateLabels[row.state]}”，须在“${states.map((state) => purchaseStateLabels[state]).join('”或“')}”时办理。`,
  })
}

/** Nobody signs what they drew up (ROLE-R02; 政府采购法实施条例第四十五条). */
export function notDrafter(act: Pick<Act, 'actor'>, acceptance: Pick<AcceptanceRow, 'draftedBy'> | undefined): Verdict {
  const drafter = acceptance?.draftedBy ?? null
  return provided(
    drafter === null || (act.actor.personId !== drafter && !actsOnlyFor(act.actor, signerRoles, [drafter])),
    { code: 'own-acceptance', message: '验收由两人签字，填写验收单的人不能自己复核。', remedy: '请由另一人复核签字。' },
  )
}

export const contractedOf = (items: readonly ItemRow[]): number =>
  contractFen(
    items.map(({ contractQuantity, contractPriceFen }) => ({
      contractQuantity: contractQuantity ?? 0,
      contractPriceFen: contractPriceFen ?? 0,
    })),
  )

/** Money from plan to payment, 分. */
export const moneyOf = (row: PurchaseRow, items: readonly ItemRow[], funding: readonly FundingRow[]) => ({
  requestedFen: row.amountFen,
  committedFen: sum(funding.map(({ heldFen, paidFen }) => heldFen - paidFen)),
  contractedFen: contractedOf(items),
  acceptedFen: acceptedFen(items),
  paidFen: sum(funding.map(({ paidFen }) => paidFen)),
})

/** The purchase file as its page shows it to this reader. */
export async function purchaseView(act: Act, row: PurchaseRow) {
  const { tx, actor } = act
  const items = await itemsOf(tx, row.id)
  const funding = await fundingOf(tx, row.id)
  const acceptances = await acceptancesOf(tx, row.id)
  const contract = await contractOf(tx, row.id)
  const lines = new Map(
    (await ledgerLines(tx, [...new Set(items.map(({ ledgerLineId }) => ledgerLineId))])).map((line) => [line.id, line]),
  )
  const names = await organNames(tx, [...new Set([row.organId, ...items.map(({ servedOrganId }) => servedOrganId)])])
  const money = moneyOf(row, items, funding)
  const payments = await paymentsOf(tx, row.id)
  const { questions, complaints, goesOn } = await objectionsTo(act, row)
  const pending = payments.some(({ state }) => state === 'requested')
  const open = acceptances.find(({ state }) => state === 'drafted')
  const buy = (whether: Verdict) => mayOf(allOf(can.buy(actor, row), whether))
  const head = mayOf(allOf(can.decide(actor, row), inState(row, 'submitted'), notRequester(act, row)))
  const { round: _, requestedBy: __, jurisdictionCode: ___, ...shown } = row
  return {
    purchase: {
      ...shown,
      organName: names.get(row.organId) ?? '',
      contractedFen: money.contractedFen,
      paidFen: money.paidFen,
    },
    items: items.map(({ purchaseId: _purchase, sameAs: _same, ...item }) => ({
      ...item,
      lineNumber: lines.get(item.ledgerLineId)?.number ?? '',
      lineName: lines.get(item.ledgerLineId)?.itemName ?? '',
      lineYear: lines.get(item.ledgerLineId)?.year ?? null,
      servedOrganName: names.get(item.servedOrganId) ?? '',
    })),
    money,
    bidders: await biddersOf(tx, row.id),
    contract: contract && withoutPurchase(contract),
    supplements: (await supplementsOf(tx, row.id)).map(({ number, signedOn, amountFen, reason }) => ({
      number,
      signedOn,
      amountFen,
      reason,
    })),
    acceptances: acceptances.map(
      ({ draftedBy: _drafter, signedBy: _signer, purchaseId: _of, items: of, ...acceptance }) => ({
        ...acceptance,
        items: of.map(({ itemId, delivered, accepted, note }) => {
          const item = items.find(({ id }) => id === itemId)
          return { itemId, name: item?.name ?? '', unit: item?.unit ?? '', delivered, accepted, note }
        }),
      }),
    ),
    payments: payments.map(
      ({ purchaseId: _of, organId: _organ, jurisdictionCode: _level, caseId: _case, version: _version, ...payment }) =>
        payment,
    ),
    deadlines: (await deadlinesOf(tx, row.id)).map((deadline) => ({
      ...deadline,
      title: termOf(deadline.term)?.title ?? deadline.term,
      citation: termOf(deadline.term)?.citation ?? '',
    })),
    questions: questions.map(
      ({ id, number, kind, state, supplier, about, receivedOn, answerUntil, outcome, settledOn }) => ({
        id,
        number,
        kind,
        state,
        supplier,
        about,
        receivedOn,
        answerUntil,
        outcome,
        settledOn,
      }),
    ),
    complaints: complaints.map(
      ({
        id,
        number,
        state,
        supplier,
        receivedOn,
        decideUntil,
        suspendedFrom,
        suspendedUntil,
        consequence,
        settledOn,
      }) => ({
        id,
        number,
        state,
        supplier,
        receivedOn,
        decideUntil,
        suspendedFrom,
        suspendedUntil,
        consequence,
        settledOn,
      }),
    ),
    held: mayOf(goesOn),
    cardIds: await cardsOf(tx, row.id),
    intentionText: intentionOf(row),
    may: {
      edit: buy(inState(row, 'draft')),
      submit: buy(inState(row, 'draft')),
      withdraw: buy(inState(row, 'draft', 'submitted')),
      decide: head,
      consent: mayOf(allOf(can.consentMethod(actor, row), inState(row, 'finance-review'))),
      publishIntention: buy(allOf(inState(row, 'purchasing'), notYet(row.intentionOn, '采购意向已经登记公开。'))),
      start: buy(allOf(inState(row, 'purchasing'), notYet(row.startedOn, '采购已经登记开始。'))),
      award: buy(allOf(inState(row, 'purchasing'), started(row), goesOn)),
      terminate: buy(inState(row, 'purchasing', 'awarded')),
      publishResult: buy(allOf(awarded(row), notYet(row.resultPublishedOn, '结果已经登记公告。'))),
      signContract: buy(allOf(inState(row, 'awarded'), goesOn)),
      publishContract: buy(
        allOf(provided(contract !== null, noContract), notYet(contract?.publishedOn ?? null, '合同已经登记公告。')),
      ),
      fileContract: buy(
        allOf(provided(contract !== null, noContract), notYet(contract?.filedOn ?? null, '合同已经登记备案。')),
      ),
      supplement: buy(allOf(inState(row, 'contracted', 'accepted'), goesOn)),
      accept: buy(allOf(inState(row, 'contracted'), goesOn)),
      sign: mayOf(allOf(can.sign(actor, row), inState(row, 'accepting'), notDrafter(act, open), goesOn)),
      returnAcceptance: mayOf(allOf(can.sign(actor, row), inState(row, 'accepting'), notDrafter(act, open))),
      register: buy(cardsLeft(items)),
      pay: buy(allOf(inState(row, ...payingStates), payable(money, payments))),
      close: buy(
        allOf(
          inState(row, 'contracted', 'accepted'),
          mayClose(items, money, pending),
          nothingWaits(questions, complaints),
        ),
      ),
      recordQuestion: mayOf(
        allOf(
          can.buy(actor, row, '登记供应商质疑'),
          provided(openToSuppliers.includes(row.state), {
            code: 'state',
            message: `采购处于“${purchaseStateLabels[row.state]}”，还没有开始采购活动。`,
          }),
        ),
      ),
    },
  }
}

export const noContract = { code: 'no-contract', message: '还没有登记合同。' }

function withoutPurchase<T extends { purchaseId: string }>({ purchaseId: _, ...rest }: T): Omit<T, 'purchaseId'> {
  return rest
}

export const started = (row: Pick<PurchaseRow, 'startedOn'>): Verdict =>
  provided(row.startedOn !== null, {
    code: 'not-started',
    message: '还没有登记采购开始。',
    remedy: '请先登记项目编号和采购开始日期。',
  })

export const awarded = (row: Pick<PurchaseRow, 'awardedOn'>): Verdict =>
  provided(row.awardedOn !== null, { code: 'not-awarded', message: '还没有登记中标、成交结果。' })

export const notYet = (on: string | null, message: string): Verdict =>
  provided(on === null, { code: 'done-already', message })

/** Nobody approves their own request (ROLE-R02), nor as somebody's delegate. */
export function notRequester({ actor }: Pick<Act, 'actor'>, row: Pick<PurchaseRow, 'requestedBy'>): Verdict {
  const by = row.requestedBy
  return provided(by === null || (actor.personId !== by && !actsOnlyFor(actor, ['organ-head'], [by])), {
    code: 'own-request',
    message: '申请人不能审批自己的采购申请。',
    remedy: '请由其他负责人审批，或者由其他经办人提交。',
  })
}

/** PRO-R16: what was accepted of things with a class gets its cards. */
export const withoutCards = (
  items: readonly Pick<ItemRow, 'classCode' | 'acceptedQuantity' | 'registeredQuantity' | 'name'>[],
) =>
  items.filter(
    ({ classCode, acceptedQuantity, registeredQuantity }) =>
      classCode !== null && registeredQuantity < acceptedQuantity,
  )

const cardsLeft = (items: readonly ItemRow[]): Verdict =>
  provided(withoutCards(items).length > 0, {
    code: 'no-cards-left',
    message: '没有已验收而未建卡的资产。',
  })

/** A payment that came back is made anew on the closed file too. */
export const payingStates = ['contracted', 'accepting', 'accepted', 'closed'] as const

function payable(
  money: { acceptedFen: number; paidFen: number },
  payments: readonly { state: string; amountFen: number }[],
): Verdict {
  const pending = sum(payments.filter(({ state }) => state === 'requested').map(({ amountFen }) => amountFen))
  return provided(money.acceptedFen - money.paidFen - pending > 0, {
    code: 'PRO-R14',
    message: money.acceptedFen === 0 ? '还没有验收，不能付款。' : '已验收的金额均已支付或者正在审批。',
  })
}

/** A file ends when what was accepted is paid and has its cards. */
export function mayClose(
  items: readonly ItemRow[],
  money: { acceptedFen: number; paidFen: number },
  pending: boolean,
): Verdict {
  return allOf(
    provided(!pending, { code: 'payment-pending', message: '有付款正在审批，不能办结。' }),
    provided(money.paidFen === money.acceptedFen, {
      code: 'unpaid',
      message: '已验收的金额还没有付清，不能办结。',
      remedy: '请先申请付款。',
    }),
    provided(withoutCards(items).length === 0, {
      code: 'PRO-R16',
      message: `${withoutCards(items)
        .map(({ name }) => `“${name}”`)
        .join('、')}已验收而未建立资产卡片，不能办结。`,
      remedy: '请先建立资产卡片。',
    }),
  )
}

export const isShort = (items: readonly ItemRow[]): boolean => !isComplete(items)

/** The fields of an intention (财库〔2020〕10号). */
function intentionOf(row: PurchaseRow): { label: string; value: string }[] {
  return [
    { label: '采购项目名称', value: row.title },
    { label: '采购需求概况', value: row.requirement },
    { label: '预算金额（万元）', value: formatWanYuan(row.amountFen) },
    { label: '预计采购时间', value: `${row.expectedOn.slice(0, 4)}年${Number(row.expectedOn.slice(5, 7))}月` },
    {
      label: '备注',
      value: `拟采用${methodLabels[row.method]}${row.reservedFor === 'none' ? '' : row.reservedFor === 'small' ? '，预留给中小企业' : '，预留给小微企业'}；本意向以实际发布的采购公告和采购文件为准。`,
    },
  ]
}

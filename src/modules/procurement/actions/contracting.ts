import { costOf } from '#kernel/pure/money.ts'
import { yearOf } from '#kernel/pure/local-date.ts'
import { allOf, provided } from '#kernel/pure/verdict.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { ledgerLines } from '#modules/ledger/offers.ts'
import { checkSupplement } from '#modules/standards/rules/procurement.ts'
import { purchaseCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { centi, sum } from '../rules/amounts.ts'
import { checkContract, checkSupplementLine, contractFen } from '../rules/contract.ts'
import type { PurchaseRequest } from '../model.ts'
import { checkMoreOfTheSame, checkSecrecy } from '../rules/request.ts'
import {
  biddersOf,
  contractOf,
  insertContract,
  insertSupplement,
  markContract,
  supplementsOf,
} from '../store/contract.ts'
import { fulfil } from '../store/deadline.ts'
import { fundingOf } from '../store/money.ts'
import { addItems, itemsOf, saveItems } from '../store/purchase.ts'
import { insistFindings, lockedPurchase } from './access.ts'
import { purchaseStandards, requestFacts } from './facts.ts'
import { holdContracted, holdMore } from './money.ts'
import { objectionsTo } from './objections.ts'
import { notBefore, notLater } from './purchasing.ts'
import { moved } from './requesting.ts'
import { beginTerm } from './terms.ts'
import { inState, noContract, notYet } from './view.ts'

type ContractingActions = Pick<
  ActionsOf<typeof contract>,
  'signContract' | 'publishContract' | 'fileContract' | 'supplementContract'
>

export const contractingActions: ContractingActions = {
  /** The contract follows from the award: supplier, sum and items are not typed again, prices may be lower. */
  async signContract(ctx) {
    const { purchaseId: _, version: __, items: priced, ...terms } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    insist(
      allOf(
        inState(row, 'awarded'),
        (await objectionsTo(ctx, row)).goesOn,
        notLater(terms.signedOn, ctx.today, '签订日期'),
        checkSecrecy({
          合同条款: [
            terms.paymentTerms,
            terms.qualityTerms,
            terms.acceptanceTerms,
            terms.breachTerms,
            terms.disputeTerms,
          ].join(' '),
          合同编号: terms.number,
          规格型号: priced.map(({ model }) => model).join(' '),
        }),
      ),
    )
    const winner = found(
      (await biddersOf(ctx.tx, row.id)).find((bidder) => bidder.winner),
      '中标、成交供应商',
    )
    const items = await itemsOf(ctx.tx, row.id)
    const contracted = items.map((item) => {
      const said = priced.find(({ itemId }) => itemId === item.id)
      return {
        ...item,
        contractQuantity: said?.quantity ?? 0,
        contractPriceFen: said?.unitPriceFen ?? item.unitPriceFen,
        model: said?.model ?? '',
      }
    })
    if (priced.some(({ itemId }) => !items.some(({ id }) => id === itemId))) throw new Missing('采购内容')
    const table = await purchaseStandards(ctx, row.jurisdictionCode)
    const funding = await fundingOf(ctx.tx, row.id)
    const findings = checkContract(table, await currentCalendar(ctx.tx), row.jurisdictionCode, {
      ...terms,
      kind: row.kind,
      awardFen: row.awardFen ?? 0,
      awardedOn: row.awardedOn ?? ctx.today,
      priceApproval: row.priceApproval,
      items: contracted,
      held: new Map(funding.map(({ ledgerLineId, heldFen }) => [ledgerLineId, heldFen])),
    })
    insistFindings(findings)
    await saveItems(
      ctx.tx,
      contracted.map(({ id, contractQuantity, contractPriceFen, model }) => ({
        id,
        contractQuantity,
        contractPriceFen,
        model,
      })),
    )
    const amountFen = contractFen(contracted)
    await insertContract(ctx.tx, {
      ...terms,
      purchaseId: row.id,
      supplier: winner.name,
      creditCode: winner.creditCode,
      amountFen,
      findings,
      publishedOn: null,
      filedOn: null,
      signedByName: ctx.actor.name,
    })
    await holdContracted(ctx, row, contracted)
    await fulfil(ctx.tx, row.id, 'contract-signing', terms.signedOn)
    if (row.class !== 'internal') {
      await beginTerm(ctx, row, table, 'contract-publicity', terms.signedOn)
      await beginTerm(ctx, row, table, 'contract-filing', terms.signedOn)
    }
    await moveCase(ctx, purchaseCase, row.caseId, 'contract', {})
    return moved(ctx, row, { state: 'contracted' }, 'procurement.contract-signed', {
      number: terms.number,
      supplier: winner.name,
      amountFen,
    })
  },

  async publishContract(ctx) {
    return marked(ctx, 'published', ctx.input.publishedOn, '公告日期')
  },

  async fileContract(ctx) {
    return marked(ctx, 'filed', ctx.input.filedOn, '备案日期')
  },

  async supplementContract(ctx) {
    const { number, signedOn, reason, items: more } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    const signed = await contractOf(ctx.tx, row.id)
    insist(
      allOf(
        inState(row, 'contracted', 'accepted'),
        (await objectionsTo(ctx, row)).goesOn,
        notLater(signedOn, ctx.today, '签订日期'),
        notBefore(signedOn, signed?.signedOn ?? null, '签订日期'),
        provided(new Set(more.map(({ itemId }) => itemId)).size === more.length, {
          code: 'same-item-twice',
          message: '同一项采购内容填写了两次。',
          remedy: '请合并数量。',
        }),
        checkSecrecy({ 理由: reason, 编号: number }),
      ),
    )
    const items = await itemsOf(ctx.tx, row.id)
    const added = more.map(({ itemId, quantity, ledgerLineId }) => {
      const item = found(
        items.find(({ id }) => id === itemId),
        '采购内容',
      )
      return { item, quantity, ledgerLineId, fen: costOf(quantity, item.contractPriceFen ?? item.unitPriceFen) }
    })
    const lines = await linesById(ctx, [
      ...items.map((item) => item.ledgerLineId),
      ...more.flatMap(({ ledgerLineId }) => ledgerLineId ?? []),
    ])
    insist(
      allOf(
        ...added.map(({ item, ledgerLineId }) =>
          checkSupplementLine(
            item,
            { own: lines.get(item.ledgerLineId), named: ledgerLineId ? lines.get(ledgerLineId) : undefined },
            { organId: row.organId, year: yearOf(ctx.today) },
          ),
        ),
      ),
    )
    const table = await purchaseStandards(ctx, row.jurisdictionCode)
    const earlier = await supplementsOf(ctx.tx, row.id)
    const amountFen = sum(added.map(({ fen }) => fen))
    insistFindings([
      checkSupplement(table, {
        contractFen: signed?.amountFen ?? 0,
        earlierFen: sum(earlier.map((one) => one.amountFen)),
        supplementFen: amountFen,
      }),
    ])
    const wanted: PurchaseRequest = {
      ...row,
      items: added.map(({ item, quantity }) => ({
        ...item,
        quantity,
        unitPriceFen: item.contractPriceFen ?? item.unitPriceFen,
        replaces: 0,
      })),
    }
    insistFindings(checkMoreOfTheSame(await requestFacts(ctx, { ...row, id: row.organId }, wanted, null), wanted))
    const id = newId()
    await insertSupplement(ctx.tx, { id, purchaseId: row.id, number, signedOn, amountFen, reason, items: more })
    const paidBy = (one: (typeof added)[number]) => one.ledgerLineId ?? one.item.ledgerLineId
    const elsewhere = added.filter((one) => paidBy(one) !== one.item.ledgerLineId)
    await saveItems(
      ctx.tx,
      added
        .filter((one) => !elsewhere.includes(one))
        .map(({ item, quantity }) => ({
          id: item.id,
          contractQuantity: (centi(item.contractQuantity ?? 0) + centi(quantity)) / 100,
        })),
    )
    const lastNo = Math.max(...items.map(({ itemNo }) => itemNo))
    await addItems(
      ctx.tx,
      row.id,
      elsewhere.map((one, at) => ({
        ...one.item,
        id: newId(),
        itemNo: lastNo + at + 1,
        ledgerLineId: paidBy(one),
        quantity: one.quantity,
        amountFen: one.fen,
        replaces: 0,
      })),
    )
    await holdMore(
      ctx,
      row,
      { id, number },
      byLine(added.map((one) => ({ ledgerLineId: paidBy(one), quantity: one.quantity, fen: one.fen }))),
    )
    if (row.state === 'accepted') await moveCase(ctx, purchaseCase, row.caseId, 'supplement', {})
    return moved(ctx, row, { state: 'contracted' }, 'procurement.contract-supplemented', { number, amountFen, reason })
  },
}

async function linesById({ tx }: Act, ids: readonly string[]) {
  return new Map((await ledgerLines(tx, [...new Set(ids)])).map((line) => [line.id, line]))
}

function byLine(added: readonly { ledgerLineId: string; quantity: number; fen: number }[]) {
  const lines = new Map<string, { fen: number; quantity: number }>()
  for (const { ledgerLineId, quantity, fen } of added) {
    const sofar = lines.get(ledgerLineId) ?? { fen: 0, quantity: 0 }
    lines.set(ledgerLineId, { fen: sofar.fen + fen, quantity: (centi(sofar.quantity) + centi(quantity)) / 100 })
  }
  return lines
}

/** PRO-R09: the contract made public, or filed with finance. */
async function marked(
  ctx: Act & { input: { purchaseId: string; version: number } },
  what: 'published' | 'filed',
  on: string,
  label: string,
) {
  const row = await lockedPurchase(ctx)
  permit(can.buy(ctx.actor, row))
  const signed = await contractOf(ctx.tx, row.id)
  const before = what === 'published' ? signed?.publishedOn : signed?.filedOn
  insist(
    allOf(
      provided(signed !== null, noContract),
      notYet(before ?? null, what === 'published' ? '合同已经登记公告。' : '合同已经登记备案。'),
      notLater(on, ctx.today, label),
      notBefore(on, signed?.signedOn ?? null, label),
    ),
  )
  await markContract(ctx.tx, row.id, what, on)
  await fulfil(ctx.tx, row.id, what === 'published' ? 'contract-publicity' : 'contract-filing', on)
  return moved(ctx, row, {}, `procurement.contract-${what}`, { on })
}

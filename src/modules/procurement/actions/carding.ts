import { addMonths } from '#kernel/pure/local-date.ts'
import { allOf } from '#kernel/pure/verdict.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { registerCards, factsOfPurchase, mayRegister } from '#modules/assets/offers.ts'
import { levelsOfOrgans } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { buyerRoles, can } from '../policy.ts'
import { centi, sum } from '../rules/amounts.ts'
import { cardsFor, mayMakeCards, procurementFormOf } from '../rules/cards.ts'
import { checkSecrecy } from '../rules/request.ts'
import { acceptancesOf } from '../store/acceptance.ts'
import { insertCards } from '../store/card.ts'
import { contractOf } from '../store/contract.ts'
import { fulfil } from '../store/deadline.ts'
import { paymentsOf } from '../store/money.ts'
import { itemsOf, saveItems } from '../store/purchase.ts'
import { lockedPurchase } from './access.ts'
import { moved } from './requesting.ts'
import { withoutCards } from './view.ts'

type CardingActions = Pick<ActionsOf<typeof contract>, 'registerReceived'>

export const cardingActions: CardingActions = {
  /**
   * Cards of what was accepted (A12-2, PRO-R16): class, name, model, price, supplier, contract, invoice, dates, warranty and
   * 采购组织形式 are those of the file; only serial numbers and the place are new.
   */
  async registerReceived(ctx) {
    const { itemId, serialNumbers, pieces, together, place, department, custodianName } = ctx.input
    const row = await lockedPurchase(ctx)
    permit(can.buy(ctx.actor, row))
    const items = await itemsOf(ctx.tx, row.id)
    const item = found(
      items.find(({ id }) => id === itemId),
      '采购内容',
    )
    const left = (centi(item.acceptedQuantity) - centi(item.registeredQuantity)) / 100
    const wanted = { serialNumbers: serialNumbers.filter((serial) => serial !== ''), pieces, together }
    insist(
      allOf(
        mayMakeCards({ name: item.name, classCode: item.classCode, left }, wanted),
        checkSecrecy({ 序列号: serialNumbers.join(' '), 存放地点: place, 使用部门: department, 保管人: custodianName }),
      ),
    )
    const signed = found(await contractOf(ctx.tx, row.id), '采购合同')
    const accepted = (await acceptancesOf(ctx.tx, row.id)).findLast(
      ({ state, items: of }) => state === 'signed' && of.some((one) => one.itemId === itemId && one.accepted > 0),
    )
    const acceptedOn = accepted?.signedOn ?? ctx.today
    const invoice = (await paymentsOf(ctx.tx, row.id)).find(({ state }) => state !== 'returned')
    const plan = cardsFor(left, wanted)
    const organId = item.servedOrganId
    const jurisdictionCode = (await levelsOfOrgans(ctx.tx, [organId])).get(organId) ?? row.jurisdictionCode
    // A thing bought centrally for another organ enters that organ's register (Art. 22 para. 2).
    const forOther = organId !== row.organId
    const make = async () => {
      const facts = await factsOfPurchase(
        ctx,
        { organId, jurisdictionCode },
        plan.map(({ serialNumber, quantity }) => ({
          classCode: item.classCode ?? '',
          name: item.name,
          model: item.model,
          serialNumber,
          unit: item.unit,
          quantity,
          costFen: (item.contractPriceFen ?? 0) * quantity,
          acquiredOn: acceptedOn,
          supplier: signed.supplier,
          contractNumber: signed.number,
          invoiceNumber: invoice?.invoiceNumber ?? '',
          voucherNumber: invoice?.voucher ?? '',
          warrantyUntil: signed.warrantyMonths > 0 ? addMonths(acceptedOn, signed.warrantyMonths) : null,
          place,
          department,
          custodianName,
          detail: {
            ...(item.standardCode?.endsWith('-bureau') ? { rank: '厅局级' } : {}),
            procurementForm: procurementFormOf[row.class],
          },
          note: `采购${row.number}`,
        })),
      )
      // Cards of an item differ by their serial numbers alone.
      insist(allOf(...facts.slice(0, 1).map((one) => mayRegister(one, ctx.today))))
      return registerCards(ctx, facts, null)
    }
    const cardIds = forOther ? await beyondScope(ctx, '集中配备的资产登记到使用单位台账', make) : await make()
    if (forOther)
      await notify(ctx, {
        organId,
        roles: buyerRoles,
        link: `/ledger/lines/${item.ledgerLineId}`,
        text: `统一配备的${item.name}已验收，登记到本机关资产台账，请核对存放地点和保管人。`,
      })
    await insertCards(ctx.tx, { purchaseId: row.id, itemId, cardIds })
    const made = sum(plan.map(({ quantity }) => quantity))
    await saveItems(ctx.tx, [{ id: item.id, registeredQuantity: (centi(item.registeredQuantity) + centi(made)) / 100 }])
    const rest = withoutCards(
      items.map((one) => (one.id === item.id ? { ...one, registeredQuantity: one.registeredQuantity + made } : one)),
    )
    if (rest.length === 0) await fulfil(ctx.tx, row.id, 'asset-card', ctx.today)
    return moved(ctx, row, {}, 'procurement.cards-registered', { item: item.name, cards: cardIds.length })
  },
}

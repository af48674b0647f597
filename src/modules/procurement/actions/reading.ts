import { yearOf } from '#kernel/pure/local-date.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf } from '#kernel/pure/verdict.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { presentClasses } from '#modules/assets/offers.ts'
import { heldLines } from '#modules/ledger/offers.ts'
import { organNames } from '#modules/organs/offers.ts'
import { standardsOfLines } from '#modules/plans/offers.ts'
import { figureFor, hasForm, rowFor } from '#modules/standards/rules/in-force.ts'
import type { contract } from '../contract.ts'
import type { PurchaseKind } from '../model.ts'
import { can, listScope } from '../policy.ts'
import { judgeRequest } from '../rules/request.ts'
import { purchasesPage } from '../store/purchase.ts'
import { ownOrgan, seenPurchase, subjectOf } from './access.ts'
import { purchaseStandards, requestFacts } from './facts.ts'
import { purchaseView } from './view.ts'
import { permit } from '#kernel/server/errors.ts'

type ReadingActions = Pick<ActionsOf<typeof contract>, 'purchases' | 'viewPurchase' | 'plannedItems' | 'judgeRequest'>

/** What a need is usually met by: services are bought, rooms and energy are works, the rest are goods. */
const kindOf: Readonly<Record<string, PurchaseKind>> = {
  N03: 'works',
  N04: 'works',
  N07: 'works',
  N06: 'services',
  N08: 'services',
}

export const readingActions: ReadingActions = {
  async purchases(ctx) {
    const { after, limit, organId, ...asked } = ctx.input
    const organ = ownOrgan(ctx)
    const scope = listScope(ctx.actor)
    const rows = await purchasesPage(
      ctx.tx,
      { ...asked, jurisdictionCode: organ.jurisdictionCode, organId: scope?.organId ?? organId ?? null },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    const names = await organNames(
      ctx.tx,
      page.items.map((row) => row.organId),
    )
    return {
      ...page,
      items: page.items.map((row) => ({ ...row, organName: names.get(row.organId) ?? '' })),
      may: { request: mayOf(can.buy(ctx.actor, subjectOf(organ))) },
    }
  },

  async viewPurchase(ctx) {
    return purchaseView(ctx, await seenPurchase(ctx, ctx.input.purchaseId))
  },

  async plannedItems(ctx) {
    const organ = ownOrgan(ctx)
    const table = await purchaseStandards(ctx, organ.jurisdictionCode)
    const lines = (await heldLines(ctx.tx, organ.id, ctx.input.year ?? yearOf(ctx.today))).filter(
      ({ plannedFen, committedFen, executedFen, closedOn }) =>
        closedOn === null && plannedFen - committedFen - executedFen > 0,
    )
    const standards = new Map(
      (
        await standardsOfLines(
          ctx.tx,
          lines.map(({ id }) => id),
        )
      ).map((one) => [one.ledgerLineId, one]),
    )
    const names = await organNames(ctx.tx, [...new Set(lines.map(({ servedOrganId }) => servedOrganId))])
    return {
      items: lines.map((line) => {
        const standard = standards.get(line.id)
        const row = standard?.standardCode ? rowFor(table, standard.standardCode) : null
        return {
          ledgerLineId: line.id,
          number: line.number,
          year: line.year,
          itemName: line.itemName,
          servedOrganName: names.get(line.servedOrganId) ?? '',
          forOther: line.servedOrganId !== organ.id,
          unit: line.unit,
          kind: kindOf[line.needKind] ?? 'goods',
          standardCode: standard?.standardCode ?? null,
          replaces: Math.floor(standard?.disposing ?? 0),
          remainingFen: line.plannedFen - line.committedFen - line.executedFen,
          remainingQuantity: (line.plannedCenti - line.committedCenti - line.executedCenti) / 100,
          priceCapFen: row && hasForm(row, 'item') ? row.value.priceCapFen : null,
        }
      }),
      classes: presentClasses.map(({ code, name }) => ({ code, name })),
      catalogue: ['procurement.catalogue-goods', 'procurement.catalogue-services'].flatMap((code) =>
        figureFor(table, code, 'texts').value.texts.map((text) => text.split('（')[0] ?? text),
      ),
    }
  },

  async judgeRequest(ctx) {
    const { purchaseId, ...request } = ctx.input
    const organ = ownOrgan(ctx)
    permit(can.buy(ctx.actor, subjectOf(organ)))
    return judgeRequest(await requestFacts(ctx, organ, request, purchaseId ?? null), request)
  },
}

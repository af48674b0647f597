import { pageFrom } from '#kernel/pure/page.ts'
import { mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Tx } from '#kernel/server/database.ts'
import type { ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { ownCodesOn, standardTable, type OwnCode } from '#modules/standards/offers.ts'
import { figureFor, rowFor } from '#modules/standards/rules/in-force.ts'
import type { contract } from '../contract.ts'
import { matterOfKind } from '../model.ts'
import { mayConfirm } from '../policy.ts'
import { nextLook } from '../rules/yearly.ts'
import { insertLook, latestLooks } from '../store/look.ts'

export const upkeepActions: Pick<ActionsOf<typeof contract>, 'dueStandards' | 'confirmStandard'> = {
  async dueStandards(ctx) {
    const { after, limit } = ctx.input
    const { jurisdictionCode } = officeOrgan(ctx.actor, '待复核的标准')
    const due = await dueCodes(ctx.tx, jurisdictionCode, ctx.today)
    const rest = after === undefined ? due : due.filter(({ code }) => code > after)
    const page = pageFrom(rest, limit, ({ code }) => code)
    const table = await standardTable(
      ctx.tx,
      jurisdictionCode,
      ctx.today,
      page.items.map(({ code }) => code),
    )
    return {
      ...page,
      items: page.items.map(({ code, kind, lookedOn, dueOn }) => ({
        standard: found(table.rows.find((row) => row.code === code) ?? rowFor(table, code), '标准'),
        lookedOn,
        dueOn,
        may: mayOf(mayConfirm(ctx.actor, { matter: matterOfKind(kind), jurisdictionCode })),
      })),
      total: due.length,
    }
  },

  /** A9-2: looked at, with an opinion; nothing is written into the standard itself. */
  async confirmStandard(ctx) {
    const { code, opinion } = ctx.input
    const { jurisdictionCode, id: organId } = officeOrgan(ctx.actor, '待复核的标准')
    const own = (await ownCodesOn(ctx.tx, jurisdictionCode, ctx.today)).find((row) => row.code === code) ?? null
    permit(mayConfirm(ctx.actor, { matter: own ? matterOfKind(own.kind) : 'standard', jurisdictionCode }))
    insist(
      provided(own !== null, {
        code: 'not-own',
        message: '本级没有自行制定这一标准，由制定机关复核。',
        remedy: '对上级标准有意见的，请向上级机关事务管理部门提出。',
      }),
    )
    await insertLook(ctx.tx, {
      id: newId(),
      jurisdictionCode,
      code,
      lookedOn: ctx.today,
      personId: ctx.actor.personId,
      personName: ctx.actor.name,
      opinion,
    })
    await record(ctx, 'drafting.standard-confirmed', {
      subject: { kind: 'standards.standard', id: `${jurisdictionCode}.${code}` },
      organId,
      after: { title: found(own, '标准').title, opinion },
    })
    const months = await monthsBetweenLooks(ctx.tx, jurisdictionCode, ctx.today)
    return { code, lookedOn: ctx.today, nextDueOn: nextLook(ctx.today, ctx.today, months) }
  },
}

export type DueCode = OwnCode & { lookedOn: string; dueOn: string }

/** The jurisdiction's own codes that nobody has set or looked at for the time a parameter gives, by code. */
export async function dueCodes(tx: Tx, jurisdictionCode: string, today: string): Promise<DueCode[]> {
  const months = await monthsBetweenLooks(tx, jurisdictionCode, today)
  const looks = await latestLooks(tx, jurisdictionCode)
  return (await ownCodesOn(tx, jurisdictionCode, today))
    .map((own) => {
      const looked = looks.get(own.code)?.lookedOn ?? null
      const lookedOn = looked !== null && looked > own.lastSetOn ? looked : own.lastSetOn
      return { ...own, lookedOn, dueOn: nextLook(own.lastSetOn, looked, months) }
    })
    .filter(({ dueOn }) => dueOn <= today)
}

async function monthsBetweenLooks(tx: Tx, jurisdictionCode: string, today: string): Promise<number> {
  const table = await standardTable(tx, jurisdictionCode, today, ['standards.review-months'])
  return figureFor(table, 'standards.review-months', 'term').value.amount
}

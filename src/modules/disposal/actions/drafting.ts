import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, verdictOf } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { lockedCards, metCards } from '#modules/assets/offers.ts'
import { jurisdictionByCode, organById, organsOf, partyOrgan } from '#modules/organs/offers.ts'
import { authority, disposalCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { disposalFormLabels, type Condition, type DisposalForm, type Paper } from '../model.ts'
import { can, listScope } from '../policy.ts'
import { judgeApplication } from '../rules/application.ts'
import { checkSecrecy } from '../rules/secrecy.ts'
import {
  applicationById,
  applicationsPage,
  insertApplication,
  itemsOf,
  replaceItems,
  replacePapers,
  saveApplication,
  type ApplicationRow,
} from '../store/application.ts'
import { inState, linkOf, lockedApplication, seenApplication, subjectOf } from './access.ts'
import { giveCardsBack, takeCards } from './cards.ts'
import { decideDisposal } from './decide.ts'
import { applicationFacts, itemRowsOf, itemShown } from './facts.ts'
import { applicationView, judgementOf, judgementShown, shown } from './view.ts'

type DraftingActions = Pick<
  ActionsOf<typeof contract>,
  | 'applications'
  | 'previewApplication'
  | 'viewApplication'
  | 'receivers'
  | 'draftApplication'
  | 'changeApplication'
  | 'submitApplication'
  | 'withdrawApplication'
>

/** What is usually true of things that go this way; the keeper says otherwise. */
const usualCondition: Record<DisposalForm, Condition> = {
  D1: 'usable',
  D2: 'usable',
  D3: 'usable',
  D4: 'usable',
  D5: 'broken',
  D6: 'gone',
}

export const draftingActions: DraftingActions = {
  async applications(ctx) {
    officeOrgan(ctx.actor, '资产处置')
    const { state, form, tier, late, after, limit } = ctx.input
    const scope = found(listScope(ctx.actor), '资产处置')
    const filter = { ...scope, state, form, tier, lateOn: late === true ? ctx.today : undefined }
    const rows = await applicationsPage(ctx.tx, filter, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: page.items.map(shown) }
  },

  async previewApplication(ctx) {
    const { form, cardIds } = ctx.input
    const organ = officeOrgan(ctx.actor, '资产处置')
    const met = await metCards(ctx, cardIds)
    if (met.length !== new Set(cardIds).size || met.some(({ card }) => card.organId !== organ.id))
      throw new Missing('资产卡片')
    const items = await itemRowsOf(ctx, organ.jurisdictionCode, met, () => usualCondition[form])
    const facts = await applicationFacts(
      ctx,
      {
        id: null,
        organId: organ.id,
        jurisdictionCode: organ.jurisdictionCode,
        form,
        encumbered: false,
        receiver: '',
        receiverJurisdictionCode: null,
      },
      { items, papers: [], met, on: ctx.today },
    )
    const costFen = items.reduce((sum, item) => sum + item.costFen, 0)
    return { items: items.map(itemShown), judgement: judgementShown(judgeApplication(facts), costFen) }
  },

  async viewApplication(ctx) {
    return applicationView(ctx, await seenApplication(ctx, ctx.input.applicationId))
  },

  async receivers(ctx) {
    const organ = officeOrgan(ctx.actor, '接收机关')
    permit(can.apply(ctx.actor, { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }))
    const code = ctx.input.jurisdictionCode ?? organ.jurisdictionCode
    const there = await jurisdictionByCode(ctx.tx, code, ctx.today)
    if (!there?.active)
      throw new BadInput([{ pointer: '/jurisdictionCode', message: '没有这个行政区划。请重新选择。' }])
    const organs = await organsOf(ctx.tx, code, ctx.today)
    return { items: organs.filter(({ id }) => id !== organ.id).map(({ id, name }) => ({ id, name })) }
  },

  /** A draft holds nothing: its things go on being used until it is handed in. */
  async draftApplication(ctx) {
    const organ = officeOrgan(ctx.actor, '资产处置')
    const subject = { organId: organ.id, jurisdictionCode: organ.jurisdictionCode }
    permit(can.apply(ctx.actor, subject))
    const { form, reason, encumbered } = ctx.input
    const written = await writtenOf(ctx, ctx.input, subject)
    const id = newId()
    const opened = await openCase(ctx, disposalCase, {
      subjectId: id,
      title: `资产处置 ${disposalFormLabels[form]}（${ctx.input.items.length}项）`,
      applicantOrganId: organ.id,
      jurisdictionCode: organ.jurisdictionCode,
    })
    await insertApplication(ctx.tx, {
      id,
      ...subject,
      form,
      reason,
      encumbered,
      ...written.to,
      caseId: opened.id,
    })
    await replaceItems(ctx.tx, id, written.items)
    await replacePapers(ctx.tx, id, ctx.input.papers)
    const row = found(await applicationById(ctx.tx, id), '处置申请')
    await record(ctx, 'disposal.application-drafted', { ...subjectOf(row), after: recorded(ctx.input) })
    return applicationView(ctx, row)
  },

  async changeApplication(ctx) {
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.apply(ctx.actor, row))
    insist(inState(row, 'draft'))
    const { form, reason, encumbered } = ctx.input
    const written = await writtenOf(ctx, ctx.input, row)
    await replaceItems(ctx.tx, row.id, written.items)
    await replacePapers(ctx.tx, row.id, ctx.input.papers)
    await saveApplication(ctx.tx, row, { form, reason, encumbered, ...written.to })
    await record(ctx, 'disposal.application-changed', { ...subjectOf(row), after: recorded(ctx.input) })
    return applicationView(ctx, found(await applicationById(ctx.tx, row.id), '处置申请'))
  },

  /** The path is fixed by what holds on this day, with what was applied for in the days before (AST-R22). */
  async submitApplication(ctx) {
    const locked = await lockedApplication(ctx, ctx.input)
    permit(can.apply(ctx.actor, locked))
    insist(inState(locked, 'draft'))
    // A locked series: of two applications handed in at once the later one counts the earlier one in.
    await nextNumber(ctx.tx, `disposal-batch-${locked.organId}`)
    const number = locked.number ?? (await nextApplicationNumber(ctx, locked.organId))
    const before = await itemsOf(ctx.tx, locked.id)
    const conditionOf = new Map(before.map(({ cardId, condition }) => [cardId, condition]))
    const cards = await lockedCards(ctx, [...conditionOf.keys()])
    const fresh = await itemRowsOf(
      ctx,
      locked.jurisdictionCode,
      cards.map((card) => ({ card, engagement: null })),
      (id) => conditionOf.get(id) ?? 'usable',
    )
    await replaceItems(ctx.tx, locked.id, fresh)
    const { facts, tier, judged } = await judgementOf(ctx, locked, fresh)
    insist(verdictOf(judged.findings))
    await moveCase(ctx, disposalCase, locked.caseId, 'submit', {})
    const row = await saveApplication(ctx.tx, locked, {
      state: 'applied',
      number,
      appliedOn: ctx.today,
      appliedBy: ctx.actor.name,
      tier: tier.key,
      path: tier.path,
      findings: [...judged.findings],
    })
    await takeCards(ctx, row)
    const decided = await decideDisposal(ctx, row, facts, null)
    await record(ctx, 'disposal.application-submitted', {
      ...subjectOf(row),
      before: { state: 'draft' },
      after: { state: 'applied', number, tier: tier.key, items: fresh.length, costFen: row.costFen },
      basis: { decisions: [decided] },
    })
    const organ = await partyOrgan(ctx.tx, row.jurisdictionCode, 'authority', ctx.today)
    if (organ)
      await notify(ctx, {
        organId: organ.id,
        roles: authority.roles,
        link: linkOf(row),
        text: `${row.organName}申请${disposalFormLabels[row.form]}${fresh.length}项资产（${number}），请审核。`,
      })
    return applicationView(ctx, found(await applicationById(ctx.tx, row.id), '处置申请'))
  },

  async withdrawApplication(ctx) {
    const row = await lockedApplication(ctx, ctx.input)
    permit(can.apply(ctx.actor, row))
    insist(inState(row, 'draft', 'applied'))
    await moveCase(ctx, disposalCase, row.caseId, 'withdraw', {})
    if (row.state === 'applied') await giveCardsBack(ctx, row, '撤回处置申请')
    const next = await saveApplication(ctx.tx, row, { state: 'withdrawn' })
    await record(ctx, 'disposal.application-withdrawn', {
      ...subjectOf(row),
      before: { state: row.state },
      after: { state: 'withdrawn' },
    })
    return applicationView(ctx, next)
  },
}

async function nextApplicationNumber({ tx, today }: Act, organId: string): Promise<string> {
  const series = `CZ-${today.slice(0, 4)}`
  return `${series}-${String(await nextNumber(tx, `${series}-${organId}`)).padStart(4, '0')}`
}

type Given = {
  form: DisposalForm
  reason: string
  receiverOrganId: string | null
  counterparty: string
  items: readonly { cardId: string; condition: Condition }[]
  papers: readonly Paper[]
}

/** What was written, checked for what no draft may hold: others' things, an unknown receiver, a thing or paper twice, secrets. */
async function writtenOf(
  act: Act,
  given: Given,
  { organId, jurisdictionCode }: Pick<ApplicationRow, 'organId' | 'jurisdictionCode'>,
) {
  const { form, reason, receiverOrganId, counterparty, papers } = given
  const conditionOf = new Map(given.items.map(({ cardId, condition }) => [cardId, condition]))
  const kinds = new Set(papers.map(({ kind }) => kind))
  if (conditionOf.size !== given.items.length)
    throw new BadInput([{ pointer: '/items', message: '同一项资产选择了两次。请去掉重复的。' }])
  if (kinds.size !== papers.length)
    throw new BadInput([{ pointer: '/papers', message: '同一种材料填写了两次。请合并为一份。' }])
  insist(
    allOf(
      checkSecrecy({ 处置原因: reason, 接收方: counterparty }),
      checkSecrecy({ 材料: papers.map(({ number, issuer }) => `${number} ${issuer}`).join(' ') }),
    ),
  )
  const met = await metCards(act, [...conditionOf.keys()])
  if (met.length !== conditionOf.size || met.some(({ card }) => card.organId !== organId)) throw new Missing('资产卡片')
  const receiver =
    form === 'D1' && receiverOrganId !== null ? await organById(act.tx, receiverOrganId, act.today) : null
  if (form === 'D1' && receiverOrganId !== null && (receiver === null || receiver.id === organId))
    throw new BadInput([{ pointer: '/receiverOrganId', message: '接收机关不存在，或者就是本机关。请重新选择。' }])
  return {
    items: await itemRowsOf(act, jurisdictionCode, met, (id) => conditionOf.get(id) ?? 'usable'),
    to: {
      receiverOrganId: receiver?.id ?? null,
      receiverJurisdictionCode: receiver?.jurisdictionCode ?? null,
      counterparty: form === 'D1' ? '' : counterparty,
    },
  }
}

function recorded({ form, reason, receiverOrganId, counterparty, items, papers }: Given) {
  return { form, reason, receiverOrganId, counterparty, items, papers }
}

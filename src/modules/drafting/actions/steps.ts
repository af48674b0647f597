import { allOf, verdictOf, type Verdict } from '#kernel/pure/verdict.ts'
import { moveCase } from '#kernel/server/cases/engine.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { openConsultation } from '#modules/consultation/offers.ts'
import { organsOf } from '#modules/organs/offers.ts'
import { draftCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { draftText } from '../rules/wording.ts'
import { keyOf, keyText, matterLabels, partOfMatter, type DraftState } from '../model.ts'
import { can } from '../policy.ts'
import { checkDraft } from '../rules/draft.ts'
import { mayConsult, mayDecide, mayRecall, maySubmit, mayWithdraw } from '../rules/steps.ts'
import { saveDraft, type DraftRow } from '../store/draft.ts'
import { loaded, lockedDraft, recordSubject, subjectOf } from './facts.ts'
import { beforeConsulting, draftView } from './view.ts'

type StepActions = Pick<
  ActionsOf<typeof contract>,
  'consultOnDraft' | 'submitDraft' | 'recallDraft' | 'returnDraft' | 'refuseDraft' | 'withdrawDraft'
>

export const stepActions: StepActions = {
  /** A9-1: what stands in the draft now is what those served are asked about; it is kept beside the draft. */
  async consultOnDraft(ctx) {
    const { draftId, version, organIds, opinionsUntil, opinion } = ctx.input
    const draft = await lockedDraft(ctx, draftId, version)
    permit(can.consult(ctx.actor, draft))
    const all = await loaded(ctx, draft)
    const findings = beforeConsulting(checkDraft(all.facts))
    insist(allOf(mayConsult(draft, all.facts.consultation), verdictOf(findings)))
    const consulted = Object.fromEntries(all.changes.map(({ content }) => [keyText(keyOf(content)), content]))
    await openConsultation(ctx, {
      subject: subjectOf(draft),
      title: draft.documentTitle,
      text: draftText(all),
      organIds: organIds.length > 0 ? organIds : await servedOrgans(ctx, draft),
      opinionsUntil,
    })
    const asked = await saveDraft(ctx.tx, draft, { state: 'consulting', consulted })
    // Asked again after the first round was closed: the case stays where it is.
    if (draft.state !== 'consulting')
      await moveCase(ctx, draftCase, found(draft.caseId, '办理事项'), 'consult', { opinion })
    await record(ctx, 'drafting.draft-consulted', {
      ...recordSubject(draft),
      before: { state: draft.state },
      after: { state: asked.state, opinionsUntil },
      basis: findings,
    })
    return draftView(ctx, asked)
  },

  async submitDraft(ctx) {
    const draft = await lockedDraft(ctx, ctx.input.draftId, ctx.input.version)
    permit(can.submit(ctx.actor, draft))
    const findings = checkDraft((await loaded(ctx, draft)).facts)
    insist(allOf(maySubmit(draft), verdictOf(findings)))
    return moved(ctx, draft, 'submit', 'approving', { submittedBy: ctx.actor.personId, findings })
  },

  async recallDraft(ctx) {
    return step(ctx, 'recall', 'returned', can.recall, mayRecall)
  },
  async returnDraft(ctx) {
    return step(ctx, 'return', 'returned', can.returnForCorrection, mayDecide)
  },
  async refuseDraft(ctx) {
    return step(ctx, 'refuse', 'refused', can.refuse, mayDecide)
  },

  async withdrawDraft(ctx) {
    const draft = await lockedDraft(ctx, ctx.input.draftId, ctx.input.version)
    permit(can.withdraw(ctx.actor, draft))
    insist(mayWithdraw(draft, (await loaded(ctx, draft)).facts.consultation))
    return moved(ctx, draft, 'withdraw', 'withdrawn')
  },
}

type Input = { draftId: string; version: number; opinion?: string | undefined }
type StepCtx = Act & { input: Input }

async function step(
  ctx: StepCtx,
  transition: 'recall' | 'return' | 'refuse',
  to: DraftState,
  who: (actor: Act['actor'], draft: DraftRow) => Verdict,
  whether: (draft: DraftRow) => Verdict,
) {
  const draft = await lockedDraft(ctx, ctx.input.draftId, ctx.input.version)
  permit(who(ctx.actor, draft))
  insist(whether(draft))
  return moved(ctx, draft, transition, to)
}

const told: Record<'submit' | 'recall' | 'return' | 'refuse' | 'withdraw', { fact: string; text: string }> = {
  submit: { fact: 'drafting.draft-submitted', text: '已送批，请审批' },
  recall: { fact: 'drafting.draft-recalled', text: '已撤回修改' },
  return: { fact: 'drafting.draft-returned', text: '已退回修改' },
  refuse: { fact: 'drafting.draft-refused', text: '不予批准' },
  withdraw: { fact: 'drafting.draft-withdrawn', text: '已撤销' },
}

async function moved(
  ctx: StepCtx,
  draft: DraftRow,
  transition: keyof typeof told,
  to: DraftState,
  more: { submittedBy?: string | null; findings?: unknown } = {},
) {
  const { findings, ...changes } = more
  const { opinion } = ctx.input
  const next = await saveDraft(ctx.tx, draft, { state: to, ...changes })
  await moveCase(ctx, draftCase, found(draft.caseId, '办理事项'), transition, { opinion })
  const { fact, text } = told[transition]
  await record(ctx, fact, {
    ...recordSubject(draft),
    before: { state: draft.state },
    after: { state: to, opinion: opinion ?? null },
    basis: findings,
  })
  const toApprover = transition === 'submit' || transition === 'recall'
  await notify(ctx, {
    organId: draft.organId,
    roles: toApprover ? approverRoles(draft) : drafterRoles(draft),
    link: `/standards/drafts/${draft.id}`,
    text: `${matterLabels[draft.matter]}“${draft.documentTitle}”${text}。`,
  })
  return draftView(ctx, next)
}

export function drafterRoles({ matter }: Pick<DraftRow, 'matter'>) {
  return partOfMatter(matter) === 'finance' ? (['finance-reviewer'] as const) : (['plan-reviewer'] as const)
}

function approverRoles({ matter }: Pick<DraftRow, 'matter'>) {
  return partOfMatter(matter) === 'finance'
    ? (['organ-head', 'finance-reviewer'] as const)
    : (['authority-leader'] as const)
}

/** All organs of the level but the asking one. */
async function servedOrgans({ tx, today }: Act, draft: DraftRow): Promise<string[]> {
  return (await organsOf(tx, draft.jurisdictionCode, today)).map(({ id }) => id).filter((id) => id !== draft.organId)
}

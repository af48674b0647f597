import { readsLevel, systemActor } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { moveCase, openCase } from '#kernel/server/cases/engine.ts'
import { caseById } from '#kernel/server/cases/store.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { Conflict, Forbidden, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import { beyondScope } from '#kernel/server/scope.ts'
import { isWithin } from '#modules/organs/model.ts'
import { organNames, partyOrgan } from '#modules/organs/offers.ts'
import { standardsRestingOn, standardTable } from '#modules/standards/offers.ts'
import { expenditureReviewCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { maySeeExpenditureReview, mayConcludeReview } from '../policy.ts'
import { standardChanges } from '../rules/draft.ts'
import type { DraftRow } from '../store/draft.ts'
import {
  insertReview,
  lockReview,
  reviewById,
  reviewsAnsweredBy,
  reviewsPage,
  saveReview,
  type ReviewRow,
} from '../store/review.ts'
import type { Loaded } from './facts.ts'

type ReviewActions = Pick<
  ActionsOf<typeof contract>,
  'expenditureReviews' | 'viewExpenditureReview' | 'keepExpenditure'
>

export const reviewActions: ReviewActions = {
  async expenditureReviews(ctx) {
    const { after, limit, state } = ctx.input
    const { jurisdictionCode } = officeOrgan(ctx.actor, '支出标准复核')
    if (!readsLevel(ctx.actor, jurisdictionCode)) throw notOfLevel()
    const rows = await reviewsPage(ctx.tx, { jurisdictionCode, state }, after, limit + 1)
    const page = pageFrom(rows, limit)
    return { ...page, items: await asReviews(ctx, page.items) }
  },

  async viewExpenditureReview(ctx) {
    return reviewView(ctx, await seenReview(ctx, ctx.input.reviewId))
  },

  async keepExpenditure(ctx) {
    const { reviewId, version, opinion } = ctx.input
    await seenReview(ctx, reviewId)
    const review = found(await lockReview(ctx.tx, reviewId), '支出标准复核')
    if (review.version !== version) throw new Conflict('支出标准复核')
    permit(mayConcludeReview(ctx.actor, review))
    insist(isOpen(review))
    const kept = await saveReview(ctx.tx, review, {
      state: 'kept',
      opinion,
      concludedOn: ctx.today,
      concludedByName: ctx.actor.name,
    })
    await moveCase(ctx, expenditureReviewCase, found(review.caseId, '办理事项'), 'keep', { opinion })
    await record(ctx, 'drafting.expenditure-kept', {
      ...subjectOf(review),
      before: { state: review.state },
      after: { state: kept.state, opinion },
    })
    return reviewView(ctx, kept)
  },
}

/**
 * A9-3: what changed goes to finance of the level, to look at what rests on it or to set what is not set yet; below, only
 * where the level has expenditure standards of its own that rest on it.
 */
export async function openReviews(act: Act, draft: DraftRow, { facts }: Loaded): Promise<void> {
  const codes = [...new Set(standardChanges(facts).map(({ code }) => code))]
  const resting = (await standardsRestingOn(act.tx, codes, found(draft.inForceOn, '施行日期'))).filter(
    ({ jurisdictionCode }) => isWithin(jurisdictionCode, draft.jurisdictionCode),
  )
  const places = new Set([draft.jurisdictionCode, ...resting.map(({ jurisdictionCode }) => jurisdictionCode)])
  for (const jurisdictionCode of [...places].toSorted()) {
    const own = resting.filter((row) => row.jurisdictionCode === jurisdictionCode).map(({ code }) => code)
    const open = () => openReview(act, draft, { jurisdictionCode, codes, restingCodes: [...new Set(own)] })
    if (jurisdictionCode === draft.jurisdictionCode) await open()
    else await beyondScope(act, '下级财政据上级标准复核本级支出标准', open)
  }
}

async function openReview(
  act: Act,
  draft: DraftRow,
  { jurisdictionCode, codes, restingCodes }: Pick<ReviewRow, 'jurisdictionCode' | 'codes' | 'restingCodes'>,
): Promise<void> {
  const finance = await partyOrgan(act.tx, jurisdictionCode, 'finance', act.today)
  if (finance === null) return
  const id = newId()
  const document = `《${draft.documentTitle}》（${draft.documentNumber ?? ''}）`
  const opened = await openCase(act, expenditureReviewCase, {
    subjectId: id,
    title: `支出标准复核：${draft.documentTitle}`,
    applicantOrganId: finance.id,
    jurisdictionCode,
  })
  const review: ReviewRow = {
    id,
    jurisdictionCode,
    organId: finance.id,
    draftId: draft.id,
    document,
    codes,
    restingCodes,
    state: 'open',
    caseId: opened.id,
    revisionDraftId: null,
    opinion: null,
    openedOn: act.today,
    dueOn: (await caseById(act.tx, opened.id))?.dueOn ?? null,
    concludedOn: null,
    concludedByName: null,
    version: 1,
  }
  await insertReview(act.tx, review)
  await record(act, 'drafting.expenditure-review-opened', {
    ...subjectOf(review),
    after: { document, codes, restingCodes },
    basis: law.expenditure,
  })
  await notify(act, {
    organId: finance.id,
    roles: ['finance-reviewer'],
    link: `/standards/expenditure-reviews/${id}`,
    text: `${document}已批准，请复核据以制定的支出定额和开支标准。`,
  })
}

/** A draft of finance is begun in answer to a review; the review is done when the draft is approved. */
export async function answerWith(act: Act, reviewId: string, draft: DraftRow): Promise<void> {
  const seen = await seenReview(act, reviewId)
  permit(mayConcludeReview(act.actor, seen))
  const review = found(await lockReview(act.tx, reviewId), '支出标准复核')
  insist(
    allOf(
      isOpen(review),
      provided(draft.matter === 'expenditure', {
        code: 'other-matter',
        message: '复核的结果只能是修订支出定额和开支标准。',
        basis: law.expenditure,
      }),
    ),
  )
  await saveReview(act.tx, review, { revisionDraftId: draft.id })
}

/** The system concludes: whoever approves the revision need not be the one who reviews. */
export async function concludeAnswered(act: Act, draft: DraftRow): Promise<void> {
  for (const review of await reviewsAnsweredBy(act.tx, draft.id)) {
    const revised = await saveReview(act.tx, review, {
      state: 'revised',
      opinion: `已由《${draft.documentTitle}》（${draft.documentNumber ?? ''}）修订。`,
      concludedOn: act.today,
      concludedByName: draft.draftedByName,
    })
    await moveCase({ ...act, actor: systemActor }, expenditureReviewCase, found(review.caseId, '办理事项'), 'revise', {
      opinion: revised.opinion,
    })
    await record(act, 'drafting.expenditure-revised', {
      ...subjectOf(review),
      before: { state: review.state },
      after: { state: revised.state, draft: draft.number },
    })
  }
}

async function seenReview({ tx, actor }: Pick<Act, 'tx' | 'actor'>, id: string): Promise<ReviewRow> {
  const review = found(await reviewById(tx, id), '支出标准复核')
  if (!maySeeExpenditureReview(actor, review)) throw new Missing('支出标准复核')
  return review
}

function isOpen({ state }: ReviewRow) {
  return provided(state === 'open', { code: 'state', message: '这项复核已经办结。', remedy: '请刷新后核对。' })
}

function subjectOf({ id, organId }: ReviewRow) {
  return { subject: { kind: expenditureReviewCase.kind, id }, organId }
}

function notOfLevel() {
  return new Forbidden([
    {
      code: 'not-level',
      message: '支出标准复核由本级机关事务管理部门、财政和审计部门查看。',
      basis: law.ownLevel,
      facts: {},
      remedy: null,
    },
  ])
}

async function asReviews({ tx }: Pick<Act, 'tx'>, rows: readonly ReviewRow[]) {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map(({ organId, ...row }) => ({ ...row, organName: names.get(organId) ?? '' }))
}

async function reviewView(ctx: Pick<Act, 'tx' | 'actor' | 'today'>, row: ReviewRow) {
  const conclude = allOf(mayConcludeReview(ctx.actor, row), isOpen(row))
  const changed = await standardTable(ctx.tx, row.jurisdictionCode, ctx.today, row.codes)
  const resting = (await standardsRestingOn(ctx.tx, row.codes, ctx.today)).filter(
    ({ jurisdictionCode }) => jurisdictionCode === row.jurisdictionCode,
  )
  return {
    review: found((await asReviews(ctx, [row]))[0], '支出标准复核'),
    changed: [...changed.rows],
    resting,
    may: { keep: mayOf(conclude), revise: mayOf(conclude) },
  }
}

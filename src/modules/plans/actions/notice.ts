import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { currentCalendar } from '#kernel/server/cases/clock.ts'
import { notify } from '#kernel/server/cases/notifications.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { record } from '#kernel/server/record.ts'
import { durationOf } from '#modules/duties/reference/terms.ts'
import { organNames } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import type { DemandLine, Notice } from '../model.ts'
import { can, maySeeLevel, maySeeOfOrgan } from '../policy.ts'
import { issueNoticeDocument } from '../documents/notice.ts'
import { linesOf, type DemandRow } from '../store/demand.ts'
import {
  insertNotice,
  noticeById,
  noticesPage,
  saveAcknowledgement,
  saveNoticeDocument,
  type NoticeRow,
} from '../store/notice.ts'
import { reviewsOf, type ReviewRow } from '../store/review.ts'
import { ownJurisdiction } from './cycle.ts'
import { demandContext } from './demand-context.ts'

type NoticeActions = Pick<ActionsOf<typeof contract>, 'notices' | 'viewNotice' | 'acknowledgeNotice'>

export const noticeActions: NoticeActions = {
  async notices(ctx) {
    const { cycleId, after, limit } = ctx.input
    const jurisdictionCode = ownJurisdiction(ctx)
    const wholeLevel = maySeeLevel(ctx.actor, { jurisdictionCode })
    const rows = await noticesPage(
      ctx.tx,
      { jurisdictionCode, cycleId, organId: wholeLevel ? undefined : ctx.actor.organ?.id },
      after,
      limit + 1,
    )
    const page = pageFrom(rows, limit)
    return { ...page, items: await asNotices(ctx, page.items) }
  },

  async viewNotice(ctx) {
    const notice = await seenNotice(ctx, ctx.input.noticeId)
    const lines = await linesOf(ctx.tx, notice.demandId)
    return {
      notice: found((await asNotices(ctx, [notice]))[0], '书面通知'),
      lines: joined(lines, await reviewsOf(ctx.tx, [notice.demandId])),
      may: {
        acknowledge: mayOf(
          allOf(
            can.acknowledgeNotice(ctx.actor, notice),
            provided(notice.acknowledgedAt === null, { code: 'state', message: '通知已经签收。' }),
          ),
        ),
      },
    }
  },

  async acknowledgeNotice(ctx) {
    const notice = await seenNotice(ctx, ctx.input.noticeId)
    permit(can.acknowledgeNotice(ctx.actor, notice))
    const acknowledged = await saveAcknowledgement(ctx.tx, notice, {
      personId: ctx.actor.personId,
      name: ctx.actor.name,
      now: ctx.now,
    })
    await record(ctx, 'plans.notice-acknowledged', {
      subject: { kind: 'plans.notice', id: notice.id },
      organId: notice.organId,
      after: { acknowledgedBy: ctx.actor.name },
    })
    return found((await asNotices(ctx, [acknowledged]))[0], '书面通知')
  },
}

/** Lines with what was proposed and decided on each. */
export function joined(lines: readonly DemandLine[], reviews: readonly ReviewRow[]) {
  const byLine = new Map(reviews.map((review) => [review.lineId, review]))
  return lines.map((line) => ({
    line,
    proposal: byLine.get(line.id)?.proposal ?? null,
    decision: byLine.get(line.id)?.decision ?? null,
  }))
}

/** PLAN-R08, norm A33-3: number, document and delivery exist before the review counts as closed. */
export async function issueNotice(
  ctx: Act,
  demand: DemandRow,
  lines: readonly DemandLine[],
  reviews: readonly ReviewRow[],
  own: readonly ReviewRow[],
): Promise<NoticeRow | null> {
  if (own.length === 0) return null
  const context = await demandContext(ctx, demand)
  const calendar = await currentCalendar(ctx.tx)
  const due = statutoryDeadline({
    from: ctx.today,
    duration: durationOf('notice-delivery'),
    calendar,
    region: demand.jurisdictionCode,
  })
  const serial = await nextNumber(ctx.tx, `notice-${demand.jurisdictionCode}-${demand.year}`)
  const notice: NoticeRow = {
    id: newId(),
    number: `自行制定计划通知〔${demand.year}〕${serial}号`,
    cycleId: demand.cycleId,
    demandId: demand.id,
    jurisdictionCode: demand.jurisdictionCode,
    organId: demand.organId,
    lineCount: own.length,
    amountFen: own.reduce((sum, { decision }) => sum + (decision?.amountFen ?? 0), 0),
    issuedOn: ctx.today,
    dueOn: due.dueOn,
    deliveredAt: ctx.now,
    acknowledgedAt: null,
    acknowledgedBy: null,
    acknowledgedByName: null,
    documentId: null,
  }
  await insertNotice(ctx.tx, notice)
  const documentId = await issueNoticeDocument(ctx, {
    notice,
    organ: context.organ,
    year: demand.year,
    lines: joined(lines, reviews),
  })
  await saveNoticeDocument(ctx.tx, notice.id, documentId)
  await notify(ctx, {
    organId: demand.organId,
    roles: ['organ-clerk', 'organ-head'],
    link: `/plans/notices/${notice.id}`,
    text: `${notice.number}已送达，请签收并自行制定计划。`,
  })
  return { ...notice, documentId }
}

async function seenNotice({ tx, actor }: Act, noticeId: string): Promise<NoticeRow> {
  const notice = found(await noticeById(tx, noticeId), '书面通知')
  if (!maySeeOfOrgan(actor, notice)) throw new Missing('书面通知')
  return notice
}

export async function asNotices(
  { tx }: Pick<Act, 'tx'>,
  rows: readonly NoticeRow[],
): Promise<
  (Omit<Notice, 'deliveredAt' | 'acknowledgedAt'> & { deliveredAt: Date | null; acknowledgedAt: Date | null })[]
> {
  const names = await organNames(
    tx,
    rows.map(({ organId }) => organId),
  )
  return rows.map(({ jurisdictionCode: _, acknowledgedByName, ...row }) => ({
    ...row,
    acknowledgedBy: acknowledgedByName,
    organName: names.get(row.organId) ?? '',
  }))
}

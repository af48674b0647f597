import { formatChineseDate, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import { consultationStateLabels, type ConsultationState, type Counts, type Reply } from '../model.ts'
import { isRunning } from './answering.ts'
import { checkSecrecy } from './secrecy.ts'

export type ClosingFacts = Readonly<{ state: ConsultationState; opinionsUntil: LocalDate; counts: Counts }>

/** Opinions are no longer collected: everybody has answered, or the last day is past. */
export function isCollected(
  { opinionsUntil, counts }: Pick<ClosingFacts, 'opinionsUntil' | 'counts'>,
  today: LocalDate,
): boolean {
  return today > opinionsUntil || counts.answered >= counts.invited
}

/** May the consultation be closed: everybody had the time to answer, and every opinion has its answer (norm A9-1). */
export function mayClose({ state, opinionsUntil, counts }: ClosingFacts, today: LocalDate): Verdict {
  const open = counts.items - counts.replied
  return allOf(
    mayChange(state),
    provided(isCollected({ opinionsUntil, counts }, today), {
      code: 'still-collecting',
      message: `反馈截止日为${formatChineseDate(opinionsUntil)}，还有${counts.invited - counts.answered}个机关没有答复。`,
      basis: law.opinionsAsked,
      facts: { 征求机关: counts.invited, 已答复: counts.answered, 截止日: opinionsUntil },
      remedy: '请在截止日次日起或全部机关答复后办结。',
    }),
    provided(open === 0, {
      code: 'A9-1',
      message: `还有${open}条意见没有答复采纳情况。`,
      basis: law.opinionsAsked,
      facts: { 意见: counts.items, 已答复: counts.replied },
      remedy: '请逐条答复采纳、部分采纳或不采纳后再办结。',
    }),
  )
}

/** Opinions are answered, grouped, reminded of only while the consultation runs. */
export function mayChange(state: ConsultationState): Verdict {
  return provided(isRunning(state), {
    code: 'consultation-over',
    message: `征求意见${consultationStateLabels[state]}，不能再办理。`,
    remedy: '请刷新后查看。',
  })
}

/** What became of opinions: a reason wherever they were not taken whole (norm A9-1). */
export function checkReply(reply: Reply, reason: string): Verdict {
  return allOf(
    provided(reply === 'adopted' || reason !== '', {
      code: 'no-reason',
      message: '部分采纳、不采纳的，须说明理由。',
      basis: law.opinionsAsked,
      remedy: '请填写理由后再提交。',
    }),
    checkSecrecy([['答复理由', reason]]),
  )
}

/** May those who have not answered be reminded: there are some, and not twice on one day. */
export function mayRemind(
  { state, counts, remindedOn }: Pick<ClosingFacts, 'state' | 'counts'> & { remindedOn: LocalDate | null },
  today: LocalDate,
): Verdict {
  return allOf(
    mayChange(state),
    provided(counts.answered < counts.invited, { code: 'all-answered', message: '被征求意见的机关都已答复。' }),
    provided(remindedOn !== today, {
      code: 'reminded-today',
      message: '今天已经催办过。',
      remedy: '同一天只催办一次，请改日再催。',
    }),
  )
}

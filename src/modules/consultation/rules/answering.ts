import { formatChineseDate, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import {
  consultationStateLabels,
  type ConsultationState,
  type ItemDraft,
  type OpinionDraft,
  type OpinionState,
} from '../model.ts'
import { checkSecrecy } from './secrecy.ts'

export type AnsweringFacts = Readonly<{
  consultationState: ConsultationState
  opinionState: OpinionState
  opinionsUntil: LocalDate
}>

export function isRunning(state: ConsultationState): boolean {
  return state === 'open' || state === 'answering'
}

/**
 * May an organ answer now. Until the last day as often as it wants; afterwards once, marked late, while the consultation
 * is not closed: a late opinion is better than none, but nobody rewrites theirs after having read the clock.
 */
export function mayAnswer(
  { consultationState, opinionState, opinionsUntil }: AnsweringFacts,
  today: LocalDate,
): Verdict {
  if (!isRunning(consultationState))
    return refused({
      code: 'consultation-over',
      message: `征求意见${consultationStateLabels[consultationState]}，不能再答复或修改。`,
      remedy: '确有意见的，请向发起部门书面反映。',
    })
  return provided(opinionState === 'waiting' || today <= opinionsUntil, {
    code: 'answer-final',
    message: `反馈已于${formatChineseDate(opinionsUntil)}截止，已提交的答复不能再修改。`,
    remedy: '确需修改的，请与发起部门联系。',
  })
}

/** Late when it first comes after the last day. */
export function isLate(today: LocalDate, opinionsUntil: LocalDate): boolean {
  return today > opinionsUntil
}

/** Is what the organ sends complete: a stance, and opinions where it says it has some (norms A9-1, A44-1). */
export function checkAnswer({ stance, items }: OpinionDraft): Verdict {
  return allOf(
    provided(stance !== null, {
      code: 'no-stance',
      message: '没有选择“无意见”或“有意见”。',
      remedy: '请选择其中一项。',
    }),
    provided(stance !== 'comments' || items.length > 0, {
      code: 'no-items',
      message: '选择了“有意见”，但没有填写意见。',
      basis: law.opinionsAsked,
      remedy: '请至少填写一条意见，或者改选“无意见”。',
    }),
    provided(stance !== 'agrees' || items.length === 0, {
      code: 'items-without-stance',
      message: `选择了“无意见”，但填写了${items.length}条意见。`,
      remedy: '请改选“有意见”，或者删除这些意见。',
    }),
    ...items.map((item, index) =>
      provided(item.opinion !== '', {
        code: `item-empty-${index + 1}`,
        message: `第${index + 1}条没有写明意见。`,
        remedy: '请填写意见内容，或者删除这一条。',
      }),
    ),
    checkItemSecrecy(items),
  )
}

/** Even what is only being typed is not kept when it bears a mark (A44-1). */
export function checkItemSecrecy(items: readonly ItemDraft[]): Verdict {
  return checkSecrecy(
    items.flatMap((item, index) =>
      [item.place, item.opinion, item.suggestion, item.reason].map((text) => [`第${index + 1}条意见`, text] as const),
    ),
  )
}

export type SubmittedItem = Readonly<{ id: string; place: string; opinion: string; suggestion: string; reason: string }>

export type Merged = Readonly<{
  /** Items that say the same as before: their number and answer stay. */
  kept: readonly string[]
  /** Items that now say something else: same number, the answer goes, for it answered another text. */
  changed: readonly (Omit<ItemDraft, 'id'> & { id: string })[]
  added: readonly Omit<ItemDraft, 'id'>[]
  removed: readonly string[]
}>

/** What an organ that answers again changes of what it had sent before. */
export function mergeItems(before: readonly SubmittedItem[], sent: readonly ItemDraft[]): Merged {
  const known = new Map(before.map((item) => [item.id, item]))
  const kept: string[] = []
  const changed: (Omit<ItemDraft, 'id'> & { id: string })[] = []
  const added: Omit<ItemDraft, 'id'>[] = []
  for (const { id, ...text } of sent) {
    const old = id === null ? undefined : known.get(id)
    if (id === null || old === undefined) {
      added.push(text)
      continue
    }
    known.delete(id) // a second item with the same id is a new one
    if (says(old, text)) kept.push(id)
    else changed.push({ id, ...text })
  }
  return { kept, changed, added, removed: [...known.keys()] }
}

function says(old: SubmittedItem, now: Omit<ItemDraft, 'id'>): boolean {
  return (
    old.place === now.place &&
    old.opinion === now.opinion &&
    old.suggestion === now.suggestion &&
    old.reason === now.reason
  )
}

import type { WorkCalendar } from '#kernel/pure/calendar.ts'
import { statutoryDeadline } from '#kernel/pure/deadline.ts'
import { addDays, type LocalDate } from '#kernel/pure/local-date.ts'
import { allOf, allowed, provided, refused, type Verdict } from '#kernel/pure/verdict.ts'
import { figureFor, type StandardTable } from '#modules/standards/rules/in-force.ts'
import { law } from '../law.ts'
import type { PurchaseState } from '../model.ts'
import {
  questionStateLabels,
  type ComplaintState,
  type Consequence,
  type QuestionKind,
  type QuestionOutcome,
  type QuestionState,
} from '../model/objection.ts'
import { durationIn } from './terms.ts'

/** Last day of a term of the standards that is counted from a day (facts 4.3). */
export function lastDay(
  calendar: WorkCalendar,
  region: string,
  table: StandardTable,
  code: string,
  from: LocalDate,
): { dueOn: LocalDate; provisional: boolean } {
  const duration = durationIn(figureFor(table, code, 'term').value)
  const { dueOn, provisional } = statutoryDeadline({ from, duration, calendar, region })
  return { dueOn, provisional }
}

/** States in which suppliers may have something to ask or to say against: from the approved request on. */
export const openToSuppliers: readonly PurchaseState[] = [
  'purchasing',
  'awarded',
  'contracted',
  'accepting',
  'accepted',
  'closed',
  'terminated',
]

/** The days of what was handed in: it became known, it was received, it is recorded. */
export function checkDays(
  { knownOn, receivedOn }: { knownOn: LocalDate; receivedOn: LocalDate },
  today: LocalDate,
): Verdict {
  return allOf(
    provided(knownOn <= receivedOn, {
      code: 'date-order',
      message: `知悉日期${knownOn}不能晚于收到日期${receivedOn}。`,
      remedy: '请核对供应商书面材料上的日期。',
    }),
    provided(receivedOn <= today, {
      code: 'future-date',
      message: '收到日期不能晚于今天。',
      remedy: '请核对日期。',
    }),
  )
}

/** An enquiry is explained; a question is founded or not (政府采购法第五十一条、第五十三条). */
export function fits(kind: QuestionKind, outcome: QuestionOutcome): Verdict {
  return provided((kind === 'enquiry') === (outcome === 'explained'), {
    code: 'outcome-of-kind',
    message: kind === 'enquiry' ? '询问只作说明，不作成立与否的结论。' : '质疑须答复成立与否。',
    basis: law.answer,
    remedy: '请重新选择答复结论。',
  })
}

/** After the contract only finance undoes an award; before it the organ repeats the purchase itself. */
export function mayRedo(outcome: QuestionOutcome, state: PurchaseState): Verdict {
  return provided(outcome !== 'redo' || ['purchasing', 'awarded', 'terminated'].includes(state), {
    code: 'contract-signed',
    message: '合同已经签订，单位不能自行重新采购。',
    basis: law.decision,
    remedy: '请报告财政部门，由财政部门依法处理。',
  })
}

/** A question is refused only when it came too late; what it says is answered otherwise. */
export function mayDecline({ receivedOn, askUntil }: { receivedOn: LocalDate; askUntil: LocalDate | null }): Verdict {
  return provided(askUntil !== null && receivedOn > askUntil, {
    code: 'in-time',
    message:
      askUntil === null
        ? '询问应当答复，不能不予受理。'
        : `质疑在法定期限${askUntil}以内提出，应当答复，不能以逾期为由不予受理。`,
    basis: law.question,
    remedy: '质疑不成立的，答复“质疑不成立”并说明理由。',
  })
}

/**
 * Last day of a complaint: counted from the end of the term of the answer, or from a later answer (政府采购法第五十五条).
 * @param answered day of the answer; null where none was given
 */
export function complainFrom(answerUntil: LocalDate, answered: LocalDate | null): LocalDate {
  return answered !== null && answered > answerUntil ? answered : answerUntil
}

/** Who complains has asked first, and is not content with the answer or got none in time (政府采购法第五十五条). */
export function mayComplain(
  question: { kind: QuestionKind; state: QuestionState; answerUntil: LocalDate; settledOn: LocalDate | null },
  receivedOn: LocalDate,
  today: LocalDate,
): Verdict {
  const { kind, state, answerUntil, settledOn } = question
  const answered = state === 'answered' || state === 'declined'
  const silent = state === 'received' && receivedOn > answerUntil
  return allOf(
    provided(kind === 'question', {
      code: 'enquiry-first',
      message: '供应商应当先提出质疑，对询问不能投诉。',
      basis: law.complaint,
    }),
    provided(answered || silent, {
      code: 'question-first',
      message:
        state === 'received'
          ? `质疑的答复期限到${answerUntil}，期满前且未答复的，不能投诉。`
          : `质疑${questionStateLabels[state]}，不能投诉。`,
      basis: law.complaint,
      remedy: '请告知供应商在答复期满后提出投诉。',
    }),
    provided(receivedOn <= today && (!answered || settledOn === null || receivedOn >= settledOn), {
      code: 'date-order',
      message: `收到投诉的日期${receivedOn}应在质疑答复（${settledOn ?? answerUntil}）之后，不晚于今天。`,
      remedy: '请核对日期。',
    }),
  )
}

/** Days of a suspension: from today on at most as long as the law lets it be (政府采购法第五十七条). */
export function checkSuspension(
  table: StandardTable,
  { from, until, today }: { from: LocalDate; until: LocalDate; today: LocalDate },
): Verdict {
  const longest = figureFor(table, 'procurement.suspension', 'term').value.amount
  const last = addDays(from, longest)
  return allOf(
    provided(from <= today && until >= today && until >= from, {
      code: 'suspension-days',
      message: `暂停自${from}至${until}，应自通知之日起，不早于今天结束。`,
      remedy: '请核对日期。',
    }),
    provided(until <= last, {
      code: 'suspension-too-long',
      message: `暂停采购最长${longest}天，自${from}起至多到${last}。`,
      basis: law.suspension,
      facts: { 最长天数: longest },
      remedy: '请缩短暂停期限。',
    }),
  )
}

/** What a decision may do to a purchase that has come so far. */
export function mayFollow(
  consequence: Consequence,
  { state, acceptedFen, paidFen }: { state: PurchaseState; acceptedFen: number; paidFen: number },
): Verdict {
  if (consequence === 'go-on') return allowed
  if (consequence === 'liability')
    return provided(acceptedFen > 0, {
      code: 'not-fulfilled',
      message: '合同还没有履行（没有验收），不适用赔偿责任的处理。',
      basis: law.decision,
      remedy: '请选择改正后继续采购，或者认定中标、合同无效。',
    })
  return allOf(
    provided(['purchasing', 'awarded', 'contracted', 'terminated'].includes(state), {
      code: 'state',
      message:
        state === 'accepting' ? '有验收单待复核，请先由采购单位退回验收单。' : '采购已经验收或者办结，不能再认定无效。',
      basis: law.decision,
    }),
    provided(acceptedFen === 0 && paidFen === 0, {
      code: 'fulfilled',
      message: '合同已经部分履行，不能认定无效。',
      basis: law.decision,
      remedy: '请选择“合同已经履行，依法承担赔偿责任”。',
    }),
  )
}

type OpenQuestion = {
  number: string
  state: QuestionState
  kind: QuestionKind
  bearsOnResult: boolean
  outcome: QuestionOutcome | null
}
type OpenComplaint = {
  number: string
  state: ComplaintState
  suspendedFrom: LocalDate | null
  suspendedUntil: LocalDate | null
  resumedOn: LocalDate | null
  suspensionReason: string | null
}

/** True on the days on which finance has a purchase stand still. */
export function isSuspended(
  { state, suspendedFrom, suspendedUntil, resumedOn }: Omit<OpenComplaint, 'number' | 'suspensionReason'>,
  today: LocalDate,
): boolean {
  if (state !== 'accepted' || suspendedFrom === null || suspendedUntil === null || resumedOn !== null) return false
  return suspendedFrom <= today && today <= suspendedUntil
}

/**
 * Whether a purchase may go on to award, contract and acceptance: not while finance suspends it (政府采购法第五十七条), nor while a
 * question waits that may change who wins (实施条例第五十四条), nor after the answer that it is to be repeated.
 */
export function mayGoOn(
  questions: readonly OpenQuestion[],
  complaints: readonly OpenComplaint[],
  today: LocalDate,
): Verdict {
  const suspended = complaints.find((complaint) => isSuspended(complaint, today))
  const waiting = questions.filter(({ state, bearsOnResult }) => state === 'received' && bearsOnResult)
  const redo = questions.find(({ outcome }) => outcome === 'redo')
  return allOf(
    suspended
      ? refused({
          code: 'suspended',
          message: `财政部门处理投诉${suspended.number}，自${suspended.suspendedFrom ?? ''}起暂停采购，至${suspended.suspendedUntil ?? ''}：${suspended.suspensionReason ?? ''}`,
          basis: law.suspension,
          remedy: '请等待财政部门通知恢复采购或者暂停期满。',
        })
      : allowed,
    provided(waiting.length === 0, {
      code: 'question-waits',
      message: `质疑${waiting.map(({ number }) => number).join('、')}可能影响中标、成交结果，答复之前应当暂停签订和履行合同。`,
      basis: law.holdContract,
      remedy: '请先答复质疑。',
    }),
    redo
      ? refused({
          code: 'to-be-repeated',
          message: `质疑${redo.number}成立，已答复重新开展采购，本次采购不能继续。`,
          basis: law.decision,
          remedy: '请终止本次采购，重新提出采购申请。',
        })
      : allowed,
  )
}

/** A file is not closed while somebody waits for an answer to it. */
export function nothingWaits(questions: readonly OpenQuestion[], complaints: readonly OpenComplaint[]): Verdict {
  const waiting = [
    ...questions.filter(({ state }) => state === 'received'),
    ...complaints.filter(({ state }) => state === 'received' || state === 'accepted'),
  ]
  return provided(waiting.length === 0, {
    code: 'objection-open',
    message: `供应商的质疑、投诉${waiting.map(({ number }) => number).join('、')}还没有办结。`,
    basis: law.answer,
    remedy: '请先答复质疑，等待财政部门处理投诉。',
  })
}

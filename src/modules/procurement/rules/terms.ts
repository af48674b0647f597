import type { Duration } from '#kernel/pure/case-kind.ts'
import type { ValueOf } from '#modules/standards/model/value.ts'

/** Terms that run on a purchase and the standard each takes its length from. */
export const termCodes = {
  'award-notice': 'procurement.result-notice',
  'contract-signing': 'procurement.contract-signing',
  'contract-publicity': 'procurement.contract-publication',
  'contract-filing': 'procurement.contract-filing',
  'supplier-payment': 'procurement.payment',
  // No law fixes it: the register of duties does.
  'asset-card': null,
} as const
export type PurchaseTerm = keyof typeof termCodes

/** Terms of what suppliers ask and complain of; they outlive the purchase. */
export const objectionTermCodes = {
  'supplier-enquiry': 'procurement.enquiry-answer',
  'supplier-question': 'procurement.question-answer',
  'complaint-review': 'procurement.complaint-review',
  'complaint-reply': 'procurement.complaint-reply',
  'procurement-complaint': 'procurement.complaint-decision',
} as const
export type ObjectionTerm = keyof typeof objectionTermCodes

/** A term of the standards as duties count it. */
export function durationIn({ amount, unit }: Pick<ValueOf<'term'>, 'amount' | 'unit'>): Duration {
  switch (unit) {
    case 'workday':
      return { unit: 'workdays', count: amount }
    case 'month':
      return { unit: 'months', count: amount }
    case 'year':
      return { unit: 'months', count: amount * 12 }
    case 'day':
      return { unit: 'calendar-days', count: amount }
    case 'hour':
      return { unit: 'calendar-days', count: Math.ceil(amount / 24) }
  }
}

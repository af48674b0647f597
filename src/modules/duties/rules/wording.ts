import type { DutyView } from '../contract.ts'

type Told = Pick<DutyView, 'left' | 'unit' | 'state'>

const days = (count: number, unit: Told['unit']) => (unit === 'workdays' ? `${count}个工作日` : `${count}天`)

/** How late, of what is or was late: 逾期3个工作日, 迟1个工作日. */
export function lateWords({ left, unit, state }: Told): string {
  return `${state === 'done-late' ? '迟' : '逾期'}${days(Math.max(1, -left), unit)}`
}

/** What is left of a term, or how it ended. */
export function leftWords(duty: Told): string {
  if (duty.state === 'done') return '按期'
  if (duty.state === 'overdue' || duty.state === 'done-late') return lateWords(duty)
  return duty.left <= 0 ? '今日到期' : `剩${days(duty.left, duty.unit)}`
}

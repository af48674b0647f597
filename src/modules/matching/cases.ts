import { defineCaseKind } from '#kernel/pure/case-kind.ts'
import { matchingRoles } from './policy.ts'

/** What was to come from a warehouse does not, and is not simply the review's again: the reviewer sees how the need is met (Art. 33, 35). */
export const lapseCase = defineCaseKind({
  kind: 'matching.lapse',
  title: '调剂未成',
  page: '/matching/lapses/:subjectId',
  initial: 'open',
  states: {
    open: {
      label: '待补充安排',
      waitsFor: { party: 'authority', roles: matchingRoles },
      task: '补充安排调剂未成的需求',
    },
    settled: { label: '已安排', final: 'done' },
  },
  transitions: {
    settle: {
      label: '登记补充安排',
      from: ['open'],
      to: 'settled',
      by: { party: 'authority', roles: matchingRoles },
      opinion: 'required',
    },
  },
})

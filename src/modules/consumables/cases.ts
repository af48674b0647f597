import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'
import { officeRoles, keeperRoles } from '#kernel/pure/actor.ts'

const keeper: Acting = { party: 'applicant', roles: keeperRoles }
/** Anybody of the organ may take things from the stock; whom it is, the issue says. */
const receiver: Acting = { party: 'applicant', roles: [...officeRoles, 'staff', 'driver'] }

/** Consumables taken from the stock 领用: who takes them signs for them (A12-4). */
export const issueCase = defineCaseKind({
  kind: 'consumables.issue',
  title: '低值易耗品领用',
  page: '/consumables/issues/:subjectId',
  initial: 'offered',
  states: {
    offered: { label: '待签收', waitsFor: receiver, task: '签收领用物品' },
    accepted: { label: '已签收', final: 'done' },
    declined: { label: '已退回', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    accept: { label: '签收', from: ['offered'], to: 'accepted', by: receiver },
    decline: { label: '退回', from: ['offered'], to: 'declined', by: receiver, opinion: 'required' },
    withdraw: { label: '撤回', from: ['offered'], to: 'withdrawn', by: keeper, withdraws: true },
  },
})

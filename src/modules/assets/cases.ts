import { keeperRoles, officeRoles, type Role } from '#kernel/pure/actor.ts'
import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'

const keeper: Acting = { party: 'applicant', roles: keeperRoles }
/** Anybody of the organ may be given a thing into care; whom it is, the hand-over says. */
const receiver: Acting = {
  party: 'applicant',
  roles: [
    'asset-keeper',
    'organ-clerk',
    'organ-head',
    'staff',
    'driver',
    'authority-leader',
    'plan-reviewer',
    'asset-reviewer',
    'premises-reviewer',
    'vehicle-reviewer',
    'service-reviewer',
    'energy-reviewer',
    'supervision-reviewer',
    'finance-reviewer',
    'supervisor',
  ],
}

/** Who may sign for a thing lent: anybody of the own organ, people in office at another. */
export const borrowingRoles = (ownOrgan: boolean): readonly Role[] => (ownOrgan ? receiver.roles : officeRoles)

/** Hand-over 交接 of things within an organ: who takes them signs for them (A12-4; EQ-15). */
export const handoverCase = defineCaseKind({
  kind: 'assets.handover',
  title: '资产交接',
  page: '/assets/handovers/:subjectId',
  initial: 'offered',
  states: {
    offered: { label: '待接收', waitsFor: receiver, task: '签收资产交接' },
    accepted: { label: '已接收', final: 'done' },
    declined: { label: '已退回', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    accept: { label: '签收', from: ['offered'], to: 'accepted', by: receiver },
    decline: { label: '退回', from: ['offered'], to: 'declined', by: receiver, opinion: 'required' },
    withdraw: { label: '撤回', from: ['offered'], to: 'withdrawn', by: keeper, withdraws: true },
  },
})

/**
 * A loan 借用 as the borrower's matter, wherever the borrower works: sign for the things, bring them back in time. What the
 * lender does ends it (A12-4; AST-R17).
 */
export const loanCase = defineCaseKind({
  kind: 'assets.loan',
  title: '资产借用',
  page: '/assets/loans/:subjectId',
  initial: 'offered',
  states: {
    offered: { label: '待签收', waitsFor: receiver, task: '签收借用资产' },
    lent: { label: '借用中', waitsFor: receiver, task: '按期归还借用资产' },
    returned: { label: '已交还', final: 'done' },
    declined: { label: '已退回', final: 'refused' },
    withdrawn: { label: '已撤回', final: 'withdrawn' },
  },
  transitions: {
    sign: { label: '签收', from: ['offered'], to: 'lent', by: receiver },
    decline: { label: '退回', from: ['offered'], to: 'declined', by: receiver, opinion: 'required' },
    end: { label: '撤回', from: ['offered'], to: 'withdrawn', by: keeper, withdraws: true },
    handBack: { label: '交还', from: ['lent'], to: 'returned', by: receiver },
    takeBack: { label: '验收归还', from: ['lent'], to: 'returned', by: keeper },
  },
})

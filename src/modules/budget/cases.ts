import { defineCaseKind, type Acting } from '#kernel/pure/case-kind.ts'

/** The organ that carries out the plan; for the authority's plan, the authority itself. */
export const owner: Acting = { party: 'applicant', roles: ['organ-clerk', 'organ-head', 'plan-reviewer'] }
export const finance: Acting = { party: 'finance', roles: ['finance-reviewer'] }

/** A budget made from a plan goes up and comes down twice 两上两下 (Art. 33 para 2; facts B10–B60). */
export const budgetCase = defineCaseKind({
  kind: 'budget.budget',
  title: '部门预算',
  page: '/budget/budgets/:subjectId',
  initial: 'draft',
  states: {
    draft: { label: '编制中', waitsFor: owner, task: '编报预算建议数（一上）' },
    proposed: { label: '一上（待下达控制数）', waitsFor: finance, task: '下达预算控制数（一下）' },
    controlled: { label: '一下（控制数已下达）', waitsFor: owner, task: '编报预算草案（二上）' },
    drafted: { label: '二上（待批复）', waitsFor: finance, task: '批复预算（二下）' },
    approved: { label: '二下（已批复）', final: 'done' },
  },
  transitions: {
    propose: { label: '报送建议数', from: ['draft'], to: 'proposed', by: owner },
    control: { label: '下达控制数', from: ['proposed'], to: 'controlled', by: finance },
    draft: { label: '报送草案', from: ['controlled'], to: 'drafted', by: owner },
    approve: { label: '批复', from: ['drafted'], to: 'approved', by: finance },
    returnProposal: {
      label: '退回建议数',
      from: ['proposed'],
      to: 'draft',
      by: finance,
      opinion: 'required',
      returns: true,
    },
    returnDraft: {
      label: '退回草案',
      from: ['drafted'],
      to: 'controlled',
      by: finance,
      opinion: 'required',
      returns: true,
    },
  },
})

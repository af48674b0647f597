import { budgetStateLabels } from './model.ts'

/** What happened, in words. */
export const facts = {
  'budget.budget-made': '编制预算',
  'budget.budget-saved': '修改预算',
  'budget.budget-proposed': '报送建议数（一上）',
  'budget.control-figures-set': '下达控制数（一下）',
  'budget.budget-drafted': '报送草案（二上）',
  'budget.budget-approved': '批复预算（二下）',
  'budget.budget-returned': '退回预算',
}

/** Fields of what was recorded. */
export const fields = {
  controlFen: '控制数',
  draftedFen: '二上草案数',
  proposedFen: '一上建议数',
  repliedOn: '批复日期',
}

/** What its records are about. */
export const subjects = {
  'budget.budget': '预算',
}

/** States of what its records are about. */
export const states = {
  'budget.budget': budgetStateLabels,
}

/** What its pages are called in the navigation. */
export const places = {
  '/budget/budgets': '预算',
}

import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const readers: readonly string[] = [
  'organ-clerk',
  'organ-head',
  'plan-reviewer',
  'authority-leader',
  'finance-reviewer',
  'supervisor',
]
const visible = (me: Me) => me.roles.some((role) => readers.includes(role))

export default defineRoutes({
  navigation: [{ group: '计划', label: '预算', path: '/budget/budgets', order: 60, visible }],
  pages: [
    { path: '/budget/budgets', load: () => import('./BudgetsPage.tsx') },
    { path: '/budget/budgets/:budgetId', load: () => import('./BudgetPage.tsx') },
  ],
  commands: [{ label: '预算', path: '/budget/budgets', words: 'yusuan 控制数 批复 三公', visible }],
})

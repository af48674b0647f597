import type { Role } from '#kernel/pure/actor.ts'
import { defineRoutes, type PageRoute } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { maySeeLevel } from '../policy.ts'
import { actorOf } from './actor.ts'

/** Pages lie beside this file by subject; each is a download of its own. */
const pages = import.meta.glob<Awaited<ReturnType<PageRoute['load']>>>('./*/*Page.tsx')

const paths = {
  '/plans/cycles': 'cycle/CyclesPage',
  '/plans/cycles/:cycleId': 'cycle/CyclePage',
  '/plans/cycles/:cycleId/closing': 'cycle/ClosingPage',
  '/plans/demands': 'demand/DemandsPage',
  '/plans/demands/:demandId': 'demand/DemandPage',
  '/plans/reviews/:cycleId': 'review/ReviewWorkbenchPage',
  '/plans/notices': 'notice/NoticesPage',
  '/plans/notices/:noticeId': 'notice/NoticePage',
  '/plans/plans': 'plan/PlansPage',
  '/plans/plans/:planId': 'plan/PlanPage',
  '/plans/adjustments': 'adjustment/AdjustmentsPage',
  '/plans/adjustments/new': 'adjustment/NewAdjustmentPage',
  '/plans/adjustments/:adjustmentId': 'adjustment/AdjustmentPage',
  '/plans/reports': 'report/ReportsPage',
  '/plans/reports/:reportId': 'report/ReportPage',
}

const organRoles: readonly Role[] = [
  'organ-clerk',
  'organ-head',
  'plan-reviewer',
  'authority-leader',
  'finance-reviewer',
]

const inPlanning = (me: Me) => organRoles.some((role) => me.roles.includes(role))

/** Authority, finance and audit see their whole level; everybody else their own organ (policy.ts). */
const seesLevel = (me: Me) => me.organ !== null && maySeeLevel(actorOf(me), me.organ)

export default defineRoutes({
  navigation: [
    { group: '计划', label: '年度周期', path: '/plans/cycles', order: 10, visible: seesLevel },
    { group: '计划', label: '需求申请', path: '/plans/demands', order: 20, visible: inPlanning },
    { group: '计划', label: '审核通知', path: '/plans/notices', order: 30, visible: inPlanning },
    { group: '计划', label: '保障计划', path: '/plans/plans', order: 40, visible: inPlanning },
    { group: '计划', label: '计划调整', path: '/plans/adjustments', order: 50, visible: inPlanning },
    { group: '计划', label: '执行报告', path: '/plans/reports', order: 60, visible: inPlanning },
  ],
  pages: Object.entries(paths).flatMap(([path, file]) => {
    const load = pages[`./${file}.tsx`]
    return load ? [{ path, load }] : []
  }),
  home: { order: 10, load: () => import('./HomePanel.tsx') },
  commands: [
    { label: '需求申请', path: '/plans/demands', words: 'xuqiu shenqing demand', visible: inPlanning },
    { label: '登记计划调整', path: '/plans/adjustments/new', words: 'tiaozheng beian adjustment', visible: inPlanning },
  ],
})

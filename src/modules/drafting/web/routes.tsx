import { officeRoles } from '#kernel/pure/actor.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const inOffice = (me: Me) => me.roles.some((role) => officeRoles.includes(role))
const drafts = (me: Me) => me.roles.some((role) => role === 'plan-reviewer' || role === 'finance-reviewer')
const ofFinance = (me: Me) =>
  me.organ !== null && inOffice(me) && me.organ.parts.some((part) => part === 'finance' || part === 'authority')

export default defineRoutes({
  navigation: [
    { group: '标准', label: '标准制定', path: '/standards/drafts', order: 32, visible: inOffice },
    { group: '标准', label: '年度复核', path: '/standards/due', order: 34, visible: drafts },
    { group: '标准', label: '支出标准复核', path: '/standards/expenditure-reviews', order: 36, visible: ofFinance },
  ],
  pages: [
    { path: '/standards/drafts', load: () => import('./DraftsPage.tsx') },
    { path: '/standards/drafts/new', load: () => import('./NewDraftPage.tsx') },
    { path: '/standards/drafts/:draftId', load: () => import('./DraftPage.tsx') },
    { path: '/standards/due', load: () => import('./DueStandardsPage.tsx') },
    { path: '/standards/expenditure-reviews', load: () => import('./ExpenditureReviewsPage.tsx') },
    { path: '/standards/expenditure-reviews/:reviewId', load: () => import('./ExpenditureReviewPage.tsx') },
  ],
  commands: [
    { label: '起草标准', path: '/standards/drafts/new', words: 'qicao biaozhun 修订 定额', visible: drafts },
    { label: '标准制定', path: '/standards/drafts', words: 'zhiding 草案', visible: inOffice },
  ],
})

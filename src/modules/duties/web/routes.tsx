import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { officeScope } from '#kernel/pure/actor.ts'

const inOffice = ({ person, organ, roles }: Me) =>
  officeScope({ kind: 'person', personId: person.id, name: person.name, organ, roles }) !== null

export default defineRoutes({
  navigation: [
    { group: '工作', label: '法定时限', path: '/duties', order: 4, visible: inOffice },
    { group: '监督', label: '逾期清单', path: '/duties/overdue', order: 10, visible: inOffice },
    { group: '管理', label: '时限目录', path: '/duties/terms', order: 50 },
  ],
  pages: [
    { path: '/duties', load: () => import('./DutiesPage.tsx') },
    { path: '/duties/overdue', load: () => import('./OverduePage.tsx') },
    { path: '/duties/terms', load: () => import('./TermsPage.tsx') },
  ],
  commands: [
    { label: '法定时限', path: '/duties', words: '期限 到期 日历 订阅 shixian duties', visible: inOffice },
    { label: '逾期清单', path: '/duties/overdue', words: '逾期 督办 yuqi overdue', visible: inOffice },
    { label: '时限目录', path: '/duties/terms', words: '时限 依据 mulu terms' },
  ],
})

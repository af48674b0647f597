import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [{ group: '管理', label: '工作日历', path: '/calendar', order: 30 }],
  pages: [{ path: '/calendar', load: () => import('./CalendarYearPage.tsx') }],
  commands: [{ label: '工作日历', path: '/calendar', words: '节假日 调休 工作日 期限 gongzuorili calendar' }],
})

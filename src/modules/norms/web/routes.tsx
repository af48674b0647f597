import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [{ group: '管理', label: '条例对照', path: '/norms', order: 60 }],
  pages: [{ path: '/norms', load: () => import('./NormsPage.tsx') }],
  commands: [{ label: '条例对照', path: '/norms', words: '条例 条文 规范 逾期 tiaoli duizhao norms regulation' }],
})

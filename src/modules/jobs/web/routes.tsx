import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [{ group: '工作', label: '任务', path: '/jobs', order: 8 }],
  pages: [{ path: '/jobs', load: () => import('./RunsPage.tsx') }],
})

import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [
    {
      group: '计划',
      label: '执行台账',
      path: '/ledger/lines',
      order: 55,
      visible: ({ roles }) => roles.some((role) => !/administrator$|^(staff|driver|provider)$/.test(role)),
    },
  ],
  pages: [
    { path: '/ledger/lines', load: () => import('./LinesPage.tsx') },
    { path: '/ledger/lines/:lineId', load: () => import('./LinePage.tsx') },
  ],
})

import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [
    {
      group: '监督',
      label: '决定与依据',
      path: '/decisions',
      order: 30,
      visible: ({ roles }) => roles.some((role) => !/administrator$|^(staff|driver|provider)$/.test(role)),
    },
  ],
  pages: [
    { path: '/decisions', load: () => import('./DecisionsPage.tsx') },
    { path: '/decisions/:decision', load: () => import('./DecisionPage.tsx') },
  ],
  commands: [
    {
      label: '决定与依据',
      path: '/decisions',
      words: '决定 依据 理由 重放 核减 jueding yiju',
      visible: ({ roles }) => roles.some((role) => !/administrator$|^(staff|driver|provider)$/.test(role)),
    },
  ],
})

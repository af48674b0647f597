import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [
    {
      group: '工作',
      label: '公文',
      path: '/record/documents',
      order: 5,
      visible: ({ roles }) => roles.some((role) => !/administrator$|^(staff|driver|provider)$/.test(role)),
    },
    {
      group: '管理',
      label: '审计记录',
      path: '/record/audit',
      order: 60,
      visible: ({ roles }) => roles.includes('audit-administrator'),
    },
  ],
  pages: [
    { path: '/record/documents', load: () => import('./DocumentsPage.tsx') },
    { path: '/record/audit', load: () => import('./AuditPage.tsx') },
    { path: '/record/audit/:entryId', load: () => import('./AuditEntryPage.tsx') },
  ],
})

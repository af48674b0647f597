import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import { contract } from '../contract.ts'

export default defineRoutes({
  navigation: [{ group: '管理', label: '机关名录', path: '/organs', order: 10, visible: ({ roles }) => roles.some((role) => !['staff', 'driver', 'provider', 'audit-administrator'].includes(role)) }],
  pages: [
    { path: '/organs', load: () => import('./OrgansPage.tsx') },
    { path: '/organs/:organId', load: () => import('./OrganPage.tsx') },
  ],
  searches: [
    {
      title: '机关',
      find: async (text) => {
        const { items } = await call(contract.organs, { text, limit: 8 })
        return items.map(({ id, name, shortName }) => ({ label: name, hint: shortName, path: `/organs/${id}` }))
      },
    },
  ],
})

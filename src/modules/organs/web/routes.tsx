import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'

const readsOrgans = ({ roles }: Me) =>
  roles.some((role) => !['staff', 'driver', 'provider', 'audit-administrator'].includes(role))

export default defineRoutes({
  navigation: [{ group: '管理', label: '机关名录', path: '/organs', order: 10, visible: readsOrgans }],
  pages: [
    { path: '/organs', load: () => import('./OrgansPage.tsx') },
    { path: '/organs/:organId', load: () => import('./OrganPage.tsx') },
  ],
  commands: [
    { label: '机关名录', path: '/organs', words: '单位 编制 jiguan minglu bianzhi organ', visible: readsOrgans },
  ],
  searches: [
    {
      title: '机关',
      visible: readsOrgans,
      find: async (text, signal) =>
        (await call(contract.organs, { text: text.slice(0, 60), limit: 8 }, { signal })).items.map(
          ({ id, name, jurisdictionName }) => ({
            label: name,
            hint: jurisdictionName,
            path: `/organs/${id}`,
          }),
        ),
    },
  ],
})

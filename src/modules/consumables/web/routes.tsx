import { assetReaderRoles, holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'

const reads = (me: Me) => holdsAny(me, assetReaderRoles)
const keeps = (me: Me) => holdsAny(me, keeperRoles)

export default defineRoutes({
  navigation: [
    { group: '资产', label: '低值易耗品', path: '/consumables/items', order: 106, visible: reads },
    { group: '资产', label: '物品领用', path: '/consumables/issues', order: 107 },
  ],
  pages: [
    { path: '/consumables/items', load: () => import('./ItemsPage.tsx') },
    { path: '/consumables/items/:itemId', load: () => import('./ItemPage.tsx') },
    { path: '/consumables/issues', load: () => import('./IssuesPage.tsx') },
    { path: '/consumables/issues/new', load: () => import('./NewIssuePage.tsx') },
    { path: '/consumables/issues/:issueId', load: () => import('./IssuePage.tsx') },
  ],
  commands: [
    { label: '办理物品领用', path: '/consumables/issues/new', words: 'lingyong 领用 办公用品 发放', visible: keeps },
    { label: '低值易耗品库存', path: '/consumables/items', words: 'kucun 库存 办公用品 耗材', visible: reads },
  ],
  searches: [
    {
      title: '低值易耗品',
      visible: reads,
      find: async (text, signal) =>
        text.trim().length < 2
          ? []
          : (await call(contract.items, { text, limit: 6 }, { signal })).items.map(
              ({ id, name, spec, quantity, unit }) => ({
                label: `${name} ${spec}`.trim(),
                hint: `库存 ${quantity} ${unit}`,
                path: `/consumables/items/${id}`,
              }),
            ),
    },
  ],
})

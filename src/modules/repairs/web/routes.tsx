import { assetReaderRoles, holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const reads = (me: Me) => holdsAny(me, assetReaderRoles)
const keeps = (me: Me) => holdsAny(me, keeperRoles)

export default defineRoutes({
  navigation: [{ group: '资产', label: '资产维修', path: '/repairs/requests', order: 110, visible: reads }],
  pages: [
    { path: '/repairs/requests', load: () => import('./RequestsPage.tsx') },
    { path: '/repairs/requests/new', load: () => import('./NewRequestPage.tsx') },
    { path: '/repairs/requests/:requestId', load: () => import('./RequestPage.tsx') },
  ],
  commands: [{ label: '申请维修', path: '/repairs/requests/new', words: 'weixiu 报修 故障', visible: keeps }],
})

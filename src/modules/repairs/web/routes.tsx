import { assetReaderRoles, holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { defineRoutes, fill } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { cardSlot } from '#modules/assets/model.ts'

const reads = (me: Me) => holdsAny(me, assetReaderRoles)
const keeps = (me: Me) => holdsAny(me, keeperRoles)

export default defineRoutes({
  navigation: [{ group: '资产', label: '资产维修', path: '/repairs/requests', order: 110, visible: reads }],
  pages: [
    { path: '/repairs/requests', load: () => import('./RequestsPage.tsx') },
    { path: '/repairs/requests/new', load: () => import('./NewRequestPage.tsx') },
    { path: '/repairs/requests/:requestId', load: () => import('./RequestPage.tsx') },
  ],
  fills: [fill(cardSlot, { order: 10, load: () => import('./CardUpkeep.tsx'), visible: reads })],
  commands: [{ label: '申请维修', path: '/repairs/requests/new', words: 'weixiu 报修 故障', visible: keeps }],
})

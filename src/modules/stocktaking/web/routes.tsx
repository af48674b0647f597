import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { defineRoutes, fill } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { oversightSlot } from '#modules/assets/model.ts'

const outside: readonly string[] = ['provider', 'system-administrator', 'security-administrator', 'audit-administrator']
const keeps = (me: Me) => holdsAny(me, keeperRoles)
/** Whoever works at an organ may be on a team. */
const works = (me: Me) => me.roles.some((role) => !outside.includes(role))

export default defineRoutes({
  navigation: [{ group: '资产', label: '资产盘点', path: '/stocktaking/counts', order: 106, visible: works }],
  pages: [
    { path: '/stocktaking/counts', load: () => import('./CountsPage.tsx') },
    { path: '/stocktaking/counts/new', load: () => import('./OpenPage.tsx') },
    { path: '/stocktaking/counts/:countId', load: () => import('./CountPage.tsx') },
    { path: '/stocktaking/counts/:countId/sheet', load: () => import('./SheetPage.tsx') },
  ],
  fills: [fill(oversightSlot, { order: 20, load: () => import('./CountOversight.tsx') })],
  gone: async () => (await import('./sheet/local-store.ts')).forgetLists(),
  commands: [
    { label: '资产盘点', path: '/stocktaking/counts', words: 'pandian 清查 盘盈 盘亏', visible: works },
    { label: '开启盘点', path: '/stocktaking/counts/new', words: 'pandian 新增', visible: keeps },
  ],
})

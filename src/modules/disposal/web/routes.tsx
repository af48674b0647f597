import { assetReaderRoles, holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { defineRoutes, fill } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { oversightSlot } from '#modules/assets/model.ts'

const reads = (me: Me) => holdsAny(me, assetReaderRoles)
const keeps = (me: Me) => holdsAny(me, keeperRoles)
const readsLists = (me: Me) =>
  me.roles.some((role) => role === 'finance-reviewer' || role === 'asset-reviewer' || role === 'authority-leader')

export default defineRoutes({
  navigation: [
    { group: '资产', label: '资产处置', path: '/disposal/applications', order: 111, visible: reads },
    { group: '资产', label: '处置同意', path: '/disposal/consents', order: 112, visible: readsLists },
  ],
  pages: [
    { path: '/disposal/applications', load: () => import('./ApplicationsPage.tsx') },
    { path: '/disposal/applications/new', load: () => import('./NewApplicationPage.tsx') },
    { path: '/disposal/applications/:applicationId', load: () => import('./ApplicationPage.tsx') },
    { path: '/disposal/applications/:applicationId/draft', load: () => import('./ChangeApplicationPage.tsx') },
    { path: '/disposal/consents', load: () => import('./ConsentsPage.tsx') },
  ],
  fills: [fill(oversightSlot, { order: 10, load: () => import('./DisposalOversight.tsx') })],
  commands: [
    {
      label: '申请处置',
      path: '/disposal/applications/new',
      words: 'chuzhi 报废 划转 捐赠 转让 置换 核销',
      visible: keeps,
    },
    { label: '处置收入', path: '/disposal/applications?state=proceeds', words: '上缴 国库 收入', visible: reads },
  ],
})

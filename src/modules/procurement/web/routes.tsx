import { holdsAny, keeperRoles } from '#kernel/pure/actor.ts'
import { call } from '#kernel/web/client.ts'
import { defineRoutes, fill } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { oversightSlot } from '#modules/assets/model.ts'
import { lineSlot } from '#modules/ledger/model.ts'
import { contract } from '../contract.ts'

const readers: readonly string[] = [
  ...keeperRoles,
  'organ-head',
  'authority-leader',
  'plan-reviewer',
  'asset-reviewer',
  'service-reviewer',
  'supervision-reviewer',
  'finance-reviewer',
  'supervisor',
]
const reads = (me: Me) => me.roles.some((role) => readers.includes(role))
const buys = (me: Me) => holdsAny(me, keeperRoles)

export default defineRoutes({
  navigation: [
    { group: '资产', label: '采购', path: '/procurement/purchases', order: 95, visible: reads },
    { group: '资产', label: '质疑投诉', path: '/procurement/objections', order: 96, visible: reads },
  ],
  pages: [
    { path: '/procurement/purchases', load: () => import('./PurchasesPage.tsx') },
    { path: '/procurement/purchases/new', load: () => import('./RequestPage.tsx') },
    { path: '/procurement/purchases/:purchaseId', load: () => import('./PurchasePage.tsx') },
    { path: '/procurement/purchases/:purchaseId/edit', load: () => import('./EditRequestPage.tsx') },
    { path: '/procurement/objections', load: () => import('./ObjectionsPage.tsx') },
    { path: '/procurement/questions/:questionId', load: () => import('./QuestionPage.tsx') },
    { path: '/procurement/complaints/:complaintId', load: () => import('./ComplaintPage.tsx') },
    { path: '/procurement/payments/:paymentId', load: () => import('./PaymentPage.tsx') },
  ],
  fills: [
    fill(lineSlot, { order: 10, load: () => import('./LineProgress.tsx') }),
    fill(oversightSlot, { order: 30, load: () => import('./PurchaseOversight.tsx') }),
  ],
  commands: [
    { label: '采购', path: '/procurement/purchases', words: 'caigou 合同 验收 付款 招标', visible: reads },
    { label: '质疑投诉', path: '/procurement/objections', words: 'zhiyi tousu 供应商 询问', visible: reads },
    { label: '采购申请', path: '/procurement/purchases/new', words: 'shenqing 新建采购', visible: buys },
  ],
  searches: [
    {
      title: '采购',
      visible: reads,
      find: async (text, signal) =>
        text.trim().length < 2
          ? []
          : (await call(contract.purchases, { text: text.trim().slice(0, 50), limit: 6 }, { signal })).items.map(
              ({ id, title, number }) => ({ label: title, hint: number, path: `/procurement/purchases/${id}` }),
            ),
    },
  ],
})

import { assetReaderRoles, holdsAny, keeperRoles, readsLevel } from '#kernel/pure/actor.ts'
import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'

const reads = (me: Me) => holdsAny(me, assetReaderRoles)
const keeps = (me: Me) => holdsAny(me, keeperRoles)

/** Finance, authority and audit see their whole level (A12-1, Art. 40). */
const oversees = ({ person, organ, roles }: Me) =>
  organ !== null &&
  readsLevel({ kind: 'person', personId: person.id, name: person.name, organ, roles }, organ.jurisdictionCode)

const defines = (me: Me) =>
  me.organ?.parts.includes('authority') === true &&
  me.roles.some((role) => role === 'asset-reviewer' || role === 'authority-leader')

export default defineRoutes({
  navigation: [
    { group: '资产', label: '资产卡片', path: '/assets/cards', order: 100, visible: reads },
    { group: '资产', label: '资产汇总', path: '/assets/summary', order: 101, visible: reads },
    { group: '监督', label: '国有资产监督', path: '/assets/oversight', order: 20, visible: oversees },
    { group: '资产', label: '折旧', path: '/assets/depreciation', order: 102, visible: reads },
    { group: '资产', label: '资产交接', path: '/assets/handovers', order: 103 },
    { group: '资产', label: '资产借用', path: '/assets/loans', order: 103.5 },
    { group: '资产', label: '卡片导入', path: '/assets/imports', order: 104, visible: keeps },
    { group: '资产', label: '扫码查资产', path: '/assets/scan', order: 105 },
    { group: '资产', label: '自定义字段', path: '/assets/custom-fields', order: 109, visible: defines },
  ],
  pages: [
    { path: '/assets/oversight', load: () => import('./OversightPage.tsx') },
    { path: '/assets/cards', load: () => import('./CardsPage.tsx') },
    { path: '/assets/cards/new', load: () => import('./RegisterPage.tsx') },
    { path: '/assets/cards/:cardId', load: () => import('./CardPage.tsx') },
    { path: '/assets/cards/:cardId/split', load: () => import('./SplitPage.tsx') },
    { path: '/assets/summary', load: () => import('./SummaryPage.tsx') },
    { path: '/assets/depreciation', load: () => import('./DepreciationPage.tsx') },
    { path: '/assets/depreciation/forecast', load: () => import('./ForecastPage.tsx') },
    { path: '/assets/depreciation/:month', load: () => import('./ChargesPage.tsx') },
    { path: '/assets/handovers', load: () => import('./HandoversPage.tsx') },
    { path: '/assets/handovers/:handoverId', load: () => import('./HandoverPage.tsx') },
    { path: '/assets/loans', load: () => import('./LoansPage.tsx') },
    { path: '/assets/loans/:loanId', load: () => import('./LoanPage.tsx') },
    { path: '/assets/imports', load: () => import('./ImportsPage.tsx') },
    { path: '/assets/imports/:importId', load: () => import('./ImportPage.tsx') },
    { path: '/assets/custom-fields', load: () => import('./CustomFieldsPage.tsx') },
    { path: '/assets/scan', load: () => import('./ScanPage.tsx') },
    { path: '/assets/scan/session', load: () => import('./ScanSessionPage.tsx') },
    { path: '/assets/scan/receipts', load: () => import('./ScanReceiptsPage.tsx') },
    { path: '/assets/scan/receipts/:receiptId', load: () => import('./ScanReceiptPage.tsx') },
  ],
  commands: [
    { label: '资产卡片', path: '/assets/cards', words: 'zichan 台账 固定资产 设备 家具', visible: reads },
    { label: '登记资产', path: '/assets/cards/new', words: 'dengji 新增 卡片', visible: keeps },
    { label: '扫码查资产', path: '/assets/scan', words: 'saoma 二维码 标签' },
    { label: '资产借用', path: '/assets/loans', words: 'jieyong 出借 归还 逾期' },
    { label: '折旧预测', path: '/assets/depreciation/forecast', words: 'zhejiu yuce 预算', visible: reads },
    { label: '连续扫码', path: '/assets/scan/session', words: 'saoma 批量 交接 扫码枪', visible: keeps },
    { label: '计提折旧', path: '/assets/depreciation', words: 'zhejiu 月结', visible: keeps },
  ],
  searches: [
    {
      title: '资产',
      visible: reads,
      find: async (text, signal) =>
        text.trim().length < 2
          ? []
          : (await call(contract.cards, { text, limit: 6 }, { signal })).items.map(({ id, name, number, place }) => ({
              label: `${name} ${number}`,
              hint: place,
              path: `/assets/cards/${id}`,
            })),
    },
  ],
})

import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { contract } from '../contract.ts'
import { runsWarehouse } from './who.ts'

const offices: readonly string[] = [
  'asset-keeper',
  'organ-clerk',
  'organ-head',
  'asset-reviewer',
  'plan-reviewer',
  'authority-leader',
  'finance-reviewer',
  'supervisor',
]
const seesWarehouse = (me: Me) => me.roles.some((role) => offices.includes(role))
const readsLevel = (me: Me) =>
  seesWarehouse(me) &&
  (me.organ?.parts ?? []).some((part) => part === 'authority' || part === 'finance' || part === 'audit')

export default defineRoutes({
  navigation: [
    { group: '公物仓', label: '公物仓目录', path: '/warehouse/items', order: 120, visible: seesWarehouse },
    { group: '公物仓', label: '借用和调拨', path: '/warehouse/requests', order: 121, visible: seesWarehouse },
    { group: '公物仓', label: '入仓申请', path: '/warehouse/intakes', order: 122, visible: seesWarehouse },
    { group: '公物仓', label: '资产清理', path: '/warehouse/clearances', order: 123, visible: seesWarehouse },
    { group: '公物仓', label: '临时机构和会议活动', path: '/warehouse/bodies', order: 124, visible: seesWarehouse },
    { group: '公物仓', label: '跨级调剂', path: '/warehouse/levels/requests', order: 125, visible: seesWarehouse },
    { group: '公物仓', label: '超标准配置', path: '/warehouse/over-standard', order: 126, visible: readsLevel },
    { group: '公物仓', label: '公物仓统计', path: '/warehouse/metrics', order: 129, visible: readsLevel },
  ],
  pages: [
    { path: '/warehouse/items', load: () => import('./ItemsPage.tsx') },
    { path: '/warehouse/items/:itemId', load: () => import('./ItemPage.tsx') },
    { path: '/warehouse/requests', load: () => import('./RequestsPage.tsx') },
    { path: '/warehouse/requests/new', load: () => import('./AskPage.tsx') },
    { path: '/warehouse/requests/:requestId', load: () => import('./RequestPage.tsx') },
    { path: '/warehouse/intakes', load: () => import('./IntakesPage.tsx') },
    { path: '/warehouse/intakes/new', load: () => import('./HandInPage.tsx') },
    { path: '/warehouse/intakes/:intakeId', load: () => import('./IntakePage.tsx') },
    { path: '/warehouse/clearances', load: () => import('./ClearancesPage.tsx') },
    { path: '/warehouse/clearances/:clearanceId', load: () => import('./ClearancePage.tsx') },
    { path: '/warehouse/bodies', load: () => import('./BodiesPage.tsx') },
    { path: '/warehouse/bodies/:bodyId', load: () => import('./BodyPage.tsx') },
    { path: '/warehouse/levels/stock', load: () => import('./LevelStockPage.tsx') },
    { path: '/warehouse/levels/requests', load: () => import('./LevelRequestsPage.tsx') },
    { path: '/warehouse/levels/requests/:levelRequestId', load: () => import('./LevelRequestPage.tsx') },
    { path: '/warehouse/over-standard', load: () => import('./OverStandardPage.tsx') },
    { path: '/warehouse/metrics', load: () => import('./MetricsPage.tsx') },
    { path: '/warehouse/metrics/:figure', load: () => import('./FigurePage.tsx') },
  ],
  commands: [
    { label: '公物仓目录', path: '/warehouse/items', words: 'gongwucang 调剂 借用 闲置', visible: seesWarehouse },
    { label: '申请入仓', path: '/warehouse/intakes/new', words: 'rucang 移交 闲置', visible: seesWarehouse },
    {
      label: '登记临时机构、会议活动',
      path: '/warehouse/bodies',
      words: 'linshijigou zhuanban 专班 指挥部 大型会议',
      visible: seesWarehouse,
    },
    { label: '资产清理', path: '/warehouse/clearances', words: 'qingli 闲置 临时机构 遗留', visible: seesWarehouse },
    {
      label: '超标准配置清单',
      path: '/warehouse/over-standard',
      words: 'chaobiaozhun chaobiao 超标 配置',
      visible: readsLevel,
    },
    { label: '公物仓统计', path: '/warehouse/metrics', words: 'tongji 盘活 节约', visible: readsLevel },
  ],
  home: { order: 20, load: () => import('./HomePanel.tsx'), visible: runsWarehouse },
  searches: [
    {
      title: '公物仓',
      visible: seesWarehouse,
      find: async (text, signal) =>
        text.trim().length < 2
          ? []
          : (await call(contract.items, { text: text.trim().slice(0, 60), limit: 5 }, { signal })).items.map(
              ({ id, name, number, storeName }) => ({
                label: `${name} ${number ?? ''}`,
                hint: storeName ?? '',
                path: `/warehouse/items/${id}`,
              }),
            ),
    },
  ],
})

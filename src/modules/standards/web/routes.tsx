import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import { contract } from '../contract.ts'

export default defineRoutes({
  navigation: [
    { group: '标准', label: '标准总览', path: '/standards', order: 10 },
    { group: '标准', label: '指导目录', path: '/standards/catalogue', order: 20 },
    { group: '标准', label: '标准对照', path: '/standards/comparison', order: 30 },
  ],
  pages: [
    { path: '/standards', load: () => import('./StandardsPage.tsx') },
    { path: '/standards/catalogue', load: () => import('./CataloguePage.tsx') },
    { path: '/standards/comparison', load: () => import('./ComparisonPage.tsx') },
    { path: '/standards/:code', load: () => import('./StandardPage.tsx') },
  ],
  commands: [
    { label: '标准总览', path: '/standards', words: 'biaozhun 定额 限额 standard' },
    { label: '集中统一管理事项指导目录', path: '/standards/catalogue', words: 'mulu 目录 catalogue' },
    { label: '标准对照', path: '/standards/comparison', words: 'duizhao 比较 版本' },
  ],
  searches: [
    {
      title: '标准',
      find: async (text, signal) => {
        const { items } = await call(contract.overview, { text, limit: 8 }, { signal })
        return items.map(({ code, title }) => ({ label: title, hint: code, path: `/standards/${code}` }))
      },
    },
  ],
})

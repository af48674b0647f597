import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import { contract } from '../contract.ts'
import { articlePath } from './paths.ts'

export default defineRoutes({
  navigation: [
    { group: '标准', label: '制度库', path: '/regulations', order: 40 },
    { group: '标准', label: '标准体系', path: '/regulations/system', order: 50 },
  ],
  pages: [
    { path: '/regulations', load: () => import('./LibraryPage.tsx') },
    { path: '/regulations/system', load: () => import('./SystemPage.tsx') },
    { path: '/regulations/import', load: () => import('./UploadPage.tsx') },
    { path: '/regulations/imports/:importId', load: () => import('./ImportPage.tsx') },
    { path: '/regulations/articles/:number', load: () => import('./RegulationArticlePage.tsx') },
    { path: '/regulations/:workId', load: () => import('./ReaderPage.tsx') },
    { path: '/regulations/:workId/articles/:article', load: () => import('./ArticlePage.tsx') },
    { path: '/regulations/:workId/comparison', load: () => import('./ComparisonPage.tsx') },
  ],
  commands: [
    { label: '制度库', path: '/regulations', words: '法规 条例 办法 规定 条文 zhidu fagui tiaowen regulations' },
    { label: '标准体系', path: '/regulations/system', words: '标准 体系 缺口 biaozhun tixi' },
  ],
  searches: [
    {
      title: '制度和条文',
      find: async (text, signal) =>
        (await call(contract.search, { text: text.slice(0, 60), limit: 8 }, { signal })).items.map(
          ({ workId, workTitle, article, label, excerpt }) => ({
            label: article === null ? workTitle : `${label} ${excerpt.text}`.slice(0, 46),
            hint: article === null ? '制度' : workTitle,
            path: articlePath(workId, article),
          }),
        ),
    },
  ],
})

import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const givesRights = ({ roles }: Me) => roles.includes('security-administrator')

export default defineRoutes({
  navigation: [{ group: '管理', label: '接口令牌', path: '/machines', order: 30, visible: givesRights }],
  pages: [{ path: '/machines', load: () => import('./TokensPage.tsx') }],
  commands: [
    {
      label: '签发接口令牌',
      path: '/machines?issue=true',
      words: '接口 令牌 对接 jiekou lingpai token api',
      visible: givesRights,
    },
  ],
})

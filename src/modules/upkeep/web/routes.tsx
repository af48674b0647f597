import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const visible = ({ looksAfterInstallation }: Me) => looksAfterInstallation

export default defineRoutes({
  navigation: [{ group: '管理', label: '运行状态', path: '/upkeep', order: 50, visible }],
  pages: [{ path: '/upkeep', load: () => import('./UpkeepPage.tsx') }],
  home: { order: 5, load: () => import('./HomePanel.tsx'), visible },
})

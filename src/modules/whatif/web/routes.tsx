import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const visible = ({ organ, roles }: Me) =>
  (organ?.parts.includes('authority') === true &&
    roles.some((role) => role === 'plan-reviewer' || role === 'authority-leader')) ||
  (organ?.parts.includes('finance') === true && roles.includes('finance-reviewer'))

export default defineRoutes({
  navigation: [{ group: '标准', label: '模拟测算', path: '/whatif', order: 80, visible }],
  pages: [
    { path: '/whatif', load: () => import('./ScenariosPage.tsx') },
    { path: '/whatif/compare', load: () => import('./ComparePage.tsx') },
    { path: '/whatif/:scenarioId', load: () => import('./ScenarioPage.tsx') },
  ],
  commands: [{ label: '模拟测算', path: '/whatif', words: 'moni cesuan 标准调整 试算 方案', visible }],
})

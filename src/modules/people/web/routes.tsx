import type { Role } from '#kernel/pure/actor.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const forRoles =
  (...wanted: Role[]) =>
  ({ roles }: Me) =>
    roles.some((role) => wanted.includes(role))

export default defineRoutes({
  navigation: [
    {
      group: '管理',
      label: '人员和角色',
      path: '/people',
      order: 20,
      visible: forRoles(
        'organ-head',
        'organ-clerk',
        'authority-leader',
        'plan-reviewer',
        'system-administrator',
        'security-administrator',
      ),
    },
    {
      group: '管理',
      label: '角色台账',
      path: '/people/roles',
      order: 22,
      visible: forRoles('organ-head', 'authority-leader', 'security-administrator'),
    },
    {
      group: '管理',
      label: '本级的登录',
      path: '/people/level-sessions',
      order: 24,
      visible: forRoles('system-administrator'),
    },
    {
      group: '管理',
      label: '安全策略',
      path: '/people/policy',
      order: 26,
      visible: forRoles('system-administrator', 'security-administrator', 'audit-administrator'),
    },
    {
      group: '管理',
      label: '我的委托',
      path: '/people/delegations',
      order: 68,
      visible: ({ roles }) => roles.some((role) => !role.endsWith('-administrator')),
    },
    {
      group: '管理',
      label: '更正申请',
      path: '/people/corrections',
      order: 25,
      visible: ({ roles }) => roles.includes('system-administrator'),
    },
    { group: '管理', label: '我的个人信息', path: '/people/my-data', order: 65 },
    { group: '管理', label: '我的登录', path: '/people/sessions', order: 70 },
  ],
  pages: [
    { path: '/people', load: () => import('./PeoplePage.tsx') },
    { path: '/people/roles', load: () => import('./RolesPage.tsx') },
    { path: '/sign-in/return', load: () => import('./ProviderReturnPage.tsx'), frame: 'public' },
    { path: '/people/sessions', load: () => import('./MySessionsPage.tsx') },
    { path: '/people/my-data', load: () => import('./personal-data/MyDataPage.tsx') },
    { path: '/people/corrections', load: () => import('./personal-data/CorrectionsPage.tsx') },
    { path: '/people/corrections/:correctionId', load: () => import('./personal-data/CorrectionPage.tsx') },
    { path: '/people/level-sessions', load: () => import('./LevelSessionsPage.tsx') },
    { path: '/people/delegations', load: () => import('./DelegationsPage.tsx') },
    { path: '/people/policy', load: () => import('./PolicyPage.tsx') },
    { path: '/people/:personId', load: () => import('./PersonPage.tsx') },
    { path: '/account/second-factor', load: () => import('./SecondFactorPage.tsx') },
  ],
})

import { defineRoutes } from '#kernel/web/routes.ts'

export default defineRoutes({
  navigation: [
    {
      group: '管理',
      label: '人员和角色',
      path: '/people',
      order: 20,
      visible: ({ roles }) =>
        roles.some((role) =>
          [
            'organ-head',
            'organ-clerk',
            'authority-leader',
            'plan-reviewer',
            'system-administrator',
            'security-administrator',
          ].includes(role),
        ),
    },
    { group: '管理', label: '我的登录', path: '/people/sessions', order: 70 },
  ],
  pages: [
    { path: '/people', load: () => import('./PeoplePage.tsx') },
    { path: '/people/sessions', load: () => import('./MySessionsPage.tsx') },
    { path: '/people/:personId', load: () => import('./PersonPage.tsx') },
  ],
})

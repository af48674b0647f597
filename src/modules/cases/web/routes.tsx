import { call } from '#kernel/web/client.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import { contract } from '../contract.ts'

export default defineRoutes({
  navigation: [
    { group: '工作', label: '待办', path: '/', order: 1 },
    { group: '工作', label: '本机关事项', path: '/cases/started', order: 2 },
    { group: '工作', label: '消息', path: '/cases/notifications', order: 3 },
  ],
  pages: [
    { path: '/', load: () => import('./InboxPage.tsx') },
    { path: '/cases/started', load: () => import('./StartedPage.tsx') },
    { path: '/cases/notifications', load: () => import('./NotificationsPage.tsx') },
  ],
  commands: [{ label: '待办', path: '/', words: 'daiban inbox' }],
  bell: {
    latest: async () => {
      const { unread, items } = await call(contract.notifications, { limit: 10 })
      return {
        unread,
        items: items.map(({ id, text, at, link, read }) => ({ id: String(id), title: text, at, path: link, read })),
      }
    },
    markRead: (ids) => call(contract.markNotificationsRead, { ids: ids.map(Number) }),
    path: '/cases/notifications',
  },
})

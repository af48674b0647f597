import { readsLevel } from '#kernel/pure/actor.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'

const visible = ({ person, organ, roles }: Me) =>
  organ !== null &&
  readsLevel({ kind: 'person', personId: person.id, name: person.name, organ, roles }, organ.jurisdictionCode)

export default defineRoutes({
  navigation: [{ group: '计划', label: '调剂建议', path: '/matching', order: 25, visible }],
  pages: [
    { path: '/matching', load: () => import('./MatchingPage.tsx') },
    { path: '/matching/lines/:lineId', load: () => import('./LinePage.tsx') },
  ],
  commands: [{ label: '调剂建议', path: '/matching', words: 'tiaoji jianyi 公物仓 闲置 节约', visible }],
})

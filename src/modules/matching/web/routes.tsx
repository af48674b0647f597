import { readsLevel } from '#kernel/pure/actor.ts'
import { defineRoutes, fill } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { reviewSlots } from '#modules/plans/model.ts'

const visible = ({ person, organ, roles }: Me) =>
  organ !== null &&
  readsLevel({ kind: 'person', personId: person.id, name: person.name, organ, roles }, organ.jurisdictionCode)

export default defineRoutes({
  navigation: [
    { group: '计划', label: '调剂建议', path: '/matching', order: 25, visible },
    { group: '计划', label: '调剂未成', path: '/matching/lapses', order: 26, visible },
  ],
  pages: [
    { path: '/matching', load: () => import('./MatchingPage.tsx') },
    { path: '/matching/lines/:lineId', load: () => import('./LinePage.tsx') },
    { path: '/matching/lapses', load: () => import('./LapsesPage.tsx') },
    { path: '/matching/lapses/:lapseId', load: () => import('./LapsePage.tsx') },
  ],
  fills: [
    fill(reviewSlots.queue, { order: 10, load: () => import('./ReviewQueue.tsx'), visible }),
    fill(reviewSlots.row, { order: 10, load: () => import('./ReviewRow.tsx'), visible }),
    fill(reviewSlots.ground, { order: 10, load: () => import('./ReviewGround.tsx'), visible }),
  ],
  commands: [{ label: '调剂建议', path: '/matching', words: 'tiaoji jianyi 公物仓 闲置 节约', visible }],
})

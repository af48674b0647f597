import { actsAs, holdsAny, officeRoles } from '#kernel/pure/actor.ts'
import { defineRoutes } from '#kernel/web/routes.ts'
import type { Me } from '#kernel/web/session.tsx'
import { leadRoles } from '../policy.ts'

const actorOf = ({ person, organ, roles }: Me) => ({
  kind: 'person' as const,
  personId: person.id,
  name: person.name,
  organ,
  roles,
})
const inOffice = (me: Me) => holdsAny(actorOf(me), officeRoles)
/** Those of the level's authority and finance who may ask. */
const asks = (me: Me) =>
  me.organ !== null &&
  holdsAny(actorOf(me), leadRoles) &&
  (['authority', 'finance'] as const).some((part) => actsAs(actorOf(me), part, me.organ?.jurisdictionCode ?? ''))

export default defineRoutes({
  navigation: [
    { group: '监督', label: '征求意见', path: '/consultation/consultations', order: 10, visible: inOffice },
    { group: '监督', label: '满意度调查', path: '/consultation/surveys', order: 20, visible: inOffice },
  ],
  pages: [
    { path: '/consultation/consultations', load: () => import('./ConsultationsPage.tsx') },
    { path: '/consultation/consultations/new', load: () => import('./OpenPage.tsx') },
    { path: '/consultation/consultations/:consultationId', load: () => import('./ConsultationPage.tsx') },
    { path: '/consultation/opinions/:opinionId', load: () => import('./OpinionPage.tsx') },
    { path: '/consultation/surveys', load: () => import('./SurveysPage.tsx') },
    { path: '/consultation/surveys/new', load: () => import('./OpenSurveyPage.tsx') },
    { path: '/consultation/surveys/:surveyId', load: () => import('./SurveyPage.tsx') },
    { path: '/consultation/answers/:answerId', load: () => import('./AnswerPage.tsx') },
    { path: '/consultation/improvements/:improvementId', load: () => import('./ImprovementPage.tsx') },
  ],
  commands: [
    { label: '征求意见', path: '/consultation/consultations', words: 'zhengqiu yijian 答复 采纳', visible: inOffice },
    { label: '发起征求意见', path: '/consultation/consultations/new', words: 'faqi zhengqiu yijian', visible: asks },
    { label: '满意度调查', path: '/consultation/surveys', words: 'manyidu diaocha 评价 改进', visible: inOffice },
  ],
})

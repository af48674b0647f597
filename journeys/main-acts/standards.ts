import { contract as consultation } from '#modules/consultation/contract.ts'
import { contract as drafting } from '#modules/drafting/contract.ts'
import { clerk, first, keep, kept, opinion, reviewer, service, type Any, type MainAct, type World } from './world.ts'

const seenDraft = (world: World) => {
  const { draft } = kept<Any>(world, 'standard')
  return { draftId: draft.id, version: draft.version }
}
const learnDraft = keep('standard', (view) => view)

/** Standards drafted and consulted on, and opinions given (Art. 9). */
export const draftingActs: readonly MainAct[] = [
  {
    operation: drafting.makeDraft,
    username: reviewer,
    input: async () => ({
      matter: 'catalogue',
      documentTitle: '太原市集中统一管理事项补充目录',
      reason: '结合本市实际。',
    }),
    learn: learnDraft,
  },
  {
    operation: drafting.addChange,
    username: reviewer,
    input: async (world) => ({
      ...seenDraft(world),
      content: {
        subject: 'catalogue',
        act: 'add',
        replacesId: null,
        needKind: 'N06',
        centralised: 'yes',
        provided: true,
        note: '公务接待由市机关事务管理局统一保障',
        citation: '第二条',
        reason: '统一保障可以减少接待费用。',
      },
    }),
    learn: learnDraft,
  },
  {
    operation: drafting.saveDraft,
    username: reviewer,
    input: async (world) => ({
      ...seenDraft(world),
      documentTitle: '太原市集中统一管理事项补充目录',
      reason: '结合本市实际，增加公务接待。',
      inForceOn: '2027-01-01',
      retroactiveGround: '',
    }),
    learn: learnDraft,
  },
  {
    operation: drafting.submitDraft,
    username: reviewer,
    input: async (world) => ({ ...seenDraft(world), opinion: '请审批。' }),
    learn: learnDraft,
  },
  {
    operation: drafting.approveDraft,
    username: 'shi.juzhang',
    input: async (world) => ({ ...seenDraft(world), opinion }),
  },
  {
    operation: consultation.openConsultation,
    username: service,
    input: async (world) => {
      const { organs: invitable } = (await (await world.as(service))(consultation.invitableOrgans, {})).body
      const own = invitable.find(({ name }) => name.includes('教育'))
      return {
        title: '机关会议服务规范（征求意见稿）',
        text: '第一条 为规范会议服务，制定本规范。\n第二条 会议优先使用机关会议室。',
        organIds: [first(own ? [own] : [], 'organ to ask').id, ...invitable.slice(0, 1).map(({ id }) => id)],
        opinionsUntil: '2026-12-31',
        namesShown: true,
      }
    },
    learn: keep('consultation', ({ consultation: opened }) => opened),
  },
  ...(['saveOpinion', 'submitOpinion'] as const).map((name): MainAct => ({
    operation: consultation[name],
    username: clerk,
    input: async (world) => {
      const ask = await world.as(clerk)
      const { id } = kept<Any>(world, 'consultation')
      const { items } = (await ask(consultation.consultations, { part: 'asked', limit: 50 })).body
      const asked = first(
        items.filter((one) => one.id === id && one.mine !== null),
        'opinion asked for',
      )
      const { opinion: mine } = (await ask(consultation.viewOpinion, { opinionId: asked.mine?.opinionId as string }))
        .body
      const said = {
        stance: 'comments' as const,
        items: [{ id: null, place: '第二条', opinion: '建议写明预约时限。' }],
      }
      const seen = { opinionId: mine.id, version: mine.version }
      return name === 'saveOpinion' ? { ...seen, draft: said } : { ...seen, ...said }
    },
  })),
  {
    operation: consultation.remindOrgans,
    username: service,
    input: async (world) => {
      const { id } = kept<Any>(world, 'consultation')
      const view = (await (await world.as(service))(consultation.viewConsultation, { consultationId: id })).body
      return { consultationId: id, version: view.consultation.version }
    },
  },
  ...(['replyItems', 'takeBackReplies'] as const).map((name): MainAct => ({
    operation: consultation[name],
    username: service,
    input: async (world) => {
      const { id } = kept<Any>(world, 'consultation')
      const { items } = (await (await world.as(service))(consultation.items, { consultationId: id, limit: 5 })).body
      const seen = { consultationId: id, items: items.map((item) => ({ id: item.id, version: item.version })) }
      return name === 'replyItems' ? { ...seen, reply: 'adopted', reason: '' } : seen
    },
  })),
]

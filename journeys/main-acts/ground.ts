import { writeFile } from 'node:fs/promises'
import { contract as calendar } from '#modules/calendar/contract.ts'
import { contract as cases } from '#modules/cases/contract.ts'
import { contract as duties } from '#modules/duties/contract.ts'
import { contract as organs } from '#modules/organs/contract.ts'
import { contract as people } from '#modules/people/contract.ts'
import { contract as record } from '#modules/record/contract.ts'
import { clerk, demandIn, first, keep, kept, opinion, reviewer, today, type Any, type MainAct } from './world.ts'

/** People, organs, cases, files, calendar: what every module stands on. */
export const groundActs: readonly MainAct[] = [
  {
    operation: people.createPerson,
    username: 'shi.xitong',
    input: async (world) => ({
      name: '赵新民',
      organId: (await demandIn(world, 'returned')).organId,
      post: '科员',
      username: 'shi.xinmin',
    }),
  },
  {
    operation: people.grantRole,
    username: 'shi.anquan',
    input: async (world) => {
      const ask = await world.as('shi.anquan')
      const { items } = (await ask(people.people, { text: '赵新民', limit: 5 })).body
      const { id, organId } = first(items, 'new person') as Any
      world.kept.set('person', id)
      return { personId: id, organId, role: 'staff', validFrom: today, document: '任命通知〔2026〕3号' }
    },
  },
  {
    operation: people.setAccountState,
    username: 'shi.anquan',
    input: async (world) => ({ personId: kept(world, 'person'), state: 'disabled' }),
  },
  {
    operation: organs.registerOrgan,
    username: reviewer,
    input: async () => ({
      jurisdictionCode: '140100',
      name: '太原市大数据应用局',
      shortName: '市大数据局',
      kind: 'K02',
      validFrom: today,
      document: '并编办发〔2026〕30号',
    }),
    learn: keep('organ', ({ organ }) => organ),
  },
  {
    operation: cases.askSignature,
    username: reviewer,
    input: async (world) => {
      const { caseId } = await demandIn(world, 'submitted')
      const { colleagues } = (await (await world.as(reviewer))(cases.viewCourse, { caseId: caseId as string })).body
      return { caseId, kind: 'signer', personId: first(colleagues, 'colleague').id, question: '请核对单价。' }
    },
    learn: keep('course', (course) => course),
  },
  {
    operation: cases.answerSignature,
    username: 'shi.shenhe',
    input: async (world) => ({
      signatureId: kept<Any>(world, 'course').signatures.find(({ answeredAt }: Any) => answeredAt === null).id,
      agrees: true,
      opinion,
    }),
  },
  {
    operation: record.attach,
    username: clerk,
    input: async (world) => {
      const ask = await world.as(clerk)
      const { items } = (await ask(cases.inbox, { limit: 50 })).body
      const path = `${world.folder}/说明.txt`
      await writeFile(path, '关于需求申请的补充说明。')
      return { caseId: first(items, 'open case').caseId, file: path }
    },
    learn: keep('attachment', ({ id }) => id),
  },
  {
    operation: record.removeAttachment,
    username: clerk,
    input: async (world) => ({ attachmentId: kept(world, 'attachment'), reason: '重复上传' }),
  },
  {
    operation: calendar.addOverride,
    username: 'shi.xitong',
    input: async () => ({
      jurisdictionCode: '140100',
      daysOff: ['2027-03-01'],
      reason: '市区道路结冰',
      citation: '并政办发〔2027〕4号',
    }),
  },
  {
    operation: duties.createFeed,
    username: clerk,
    input: async () => ({ role: 'organ-clerk' }),
  },
]

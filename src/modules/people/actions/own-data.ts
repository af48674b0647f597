import { localDateOf } from '#kernel/pure/local-date.ts'
import { actsOfPerson, actsUpon } from '#kernel/server/audit/own-acts.ts'
import type { Act, ActionsOf, Download } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { workbookDownload, type SheetRow } from '#kernel/server/spreadsheet/write-workbook.ts'
import { roleLabels } from '#kernel/pure/actor.ts'
import type { contract } from '../contract.ts'
import {
  correctionFields,
  correctionStates,
  personalFieldForms,
  personalFields,
  PersonalField,
} from '../model/personal-data.ts'
import { correctionsOfPerson } from '../store/corrections.ts'
import { formerNames, holdingsEver, personById } from '../store/people.ts'
import { personalDataOfPerson } from '../store/personal-data.ts'
import { accountOf } from '../store/accounts.ts'
import { sessionsEver } from '../store/sessions.ts'
import { correctionHead } from './corrections.ts'
import { changePersonalData, personalView } from './personal-data.ts'

type OwnDataActions = Pick<ActionsOf<typeof contract>, 'myData' | 'changeMyData' | 'myDataFile'>

/** Acts of the person that an export holds, newest first; more stands in the record and is asked for there. */
const mostActs = 10_000

export const ownDataActions: OwnDataActions = {
  async myData(ctx) {
    return myDataOf(ctx)
  },

  async changeMyData(ctx) {
    const person = found(await personById(ctx.tx, found(ctx.actor.personId, '人员')), '人员')
    await changePersonalData(ctx, person, ctx.input, ctx.ifMatch)
    return myDataOf(ctx)
  },

  async myDataFile(ctx) {
    const kept = await everythingAbout(ctx)
    await record(ctx, 'people.own-data-exported', {
      subject: { kind: 'people.person', id: kept.person.id },
      organId: kept.person.organId,
      after: { format: ctx.input.format },
    })
    const name = `个人信息-${kept.person.name}-${ctx.today}`
    return ctx.input.format === 'json'
      ? {
          fileName: `${name}.json`,
          mediaType: 'application/json; charset=utf-8',
          body: Buffer.from(JSON.stringify(kept, null, 2)),
        }
      : workbookOf(`${name}.xlsx`, kept)
  },
}

export async function myDataOf(ctx: Act) {
  const personId = found(ctx.actor.personId, '人员')
  const person = found(await personById(ctx.tx, personId), '人员')
  const account = found(await accountOf(ctx.tx, personId), '账号')
  return {
    person,
    username: account.username,
    personal: personalView(ctx, person, await personalDataOfPerson(ctx, personId)),
    holdings: await holdingsEver(ctx.tx, personId),
    corrections: (await correctionsOfPerson(ctx.tx, personId)).map(correctionHead),
    readings: await readingsOf(ctx, personId, 50),
  }
}

/** Who looked at a full number of the person, and for what. */
async function readingsOf({ tx }: Act, personId: string, limit: number) {
  const rows = await actsUpon(tx, personId, 'people.personal-data-read', limit)
  return rows.flatMap(({ at, personName, organName, basis }) => {
    const { field, purpose } = (basis ?? {}) as { field?: unknown; purpose?: unknown }
    const known = PersonalField.safeParse(field)
    // Content of old rows goes with the retention of the record; that somebody looked is still said.
    return known.success
      ? [{ at, field: known.data, byName: personName, organName, purpose: String(purpose ?? '') }]
      : []
  })
}

/** All the system keeps about the person who asks (个人信息保护法 Art. 45). */
async function everythingAbout(ctx: Act) {
  const { person, username, holdings, corrections } = await myDataOf(ctx)
  const account = found(await accountOf(ctx.tx, person.id), '账号')
  const names = [person.name, ...(await formerNames(ctx.tx, person.id))]
  const jurisdictionCodes = [
    ...new Set([person.jurisdictionCode, ...(ctx.actor.organ ? [ctx.actor.organ.jurisdictionCode] : [])]),
  ]
  const data = await personalDataOfPerson(ctx, person.id)
  return {
    person,
    account: { username, state: account.state, passwordSetAt: account.passwordSetAt },
    personalData: Object.fromEntries(personalFields.map((field) => [field, data[field]])) as Record<
      PersonalField,
      string | null
    >,
    holdings,
    corrections,
    sessions: await sessionsEver(ctx.tx, person.id),
    readings: await readingsOf(ctx, person.id, mostActs),
    acts: await actsOfPerson(ctx.tx, { personId: person.id, names, jurisdictionCodes }, mostActs),
  }
}

const instant = (at: Date | null) =>
  at === null ? '' : at.toLocaleString('zh-CN', { timeZone: 'Asia/Shanghai', hour12: false })

function workbookOf(fileName: string, kept: Awaited<ReturnType<typeof everythingAbout>>): Download {
  const { person, account, personalData } = kept
  const facts: SheetRow[] = [
    ['姓名', person.name],
    ['机关', person.organName],
    ['职务', person.post ?? ''],
    ...personalFields.map((field): SheetRow => [personalFieldForms[field].title, personalData[field] ?? '']),
    ['用户名', account.username],
    ['账号状态', account.state === 'active' ? '正常' : '已停用'],
    ['密码设置日期', localDateOf(account.passwordSetAt)],
  ]
  const columns = (...titles: string[]) => titles.map((title) => ({ title, width: 24 }))
  return workbookDownload(fileName, [
    { name: '基本信息', columns: columns('项目', '内容'), rows: facts },
    {
      name: '角色',
      columns: columns('角色', '机关', '自', '至', '受托于', '依据文件'),
      rows: kept.holdings.map(({ role, organName, validFrom, validUntil, delegatedBy, document }) => [
        roleLabels[role],
        organName,
        validFrom,
        validUntil ?? '',
        delegatedBy?.name ?? '',
        document ?? '',
      ]),
    },
    {
      name: '登录',
      columns: columns('登录时间', '最近使用', '结束时间', '来源地址'),
      rows: kept.sessions.map(({ createdAt, lastSeenAt, endedAt, source }) => [
        instant(createdAt),
        instant(lastSeenAt),
        instant(endedAt),
        source ?? '',
      ]),
    },
    {
      name: '更正申请',
      columns: columns('项目', '状态', '申请时间', '办理时间', '办理人', '答复'),
      rows: kept.corrections.map(({ field, state, askedAt, decidedAt, decidedByName, answer }) => [
        correctionFields[field],
        correctionStates[state],
        instant(askedAt),
        instant(decidedAt),
        decidedByName ?? '',
        answer ?? '',
      ]),
    },
    {
      name: '号码被查看',
      columns: columns('时间', '项目', '查看人', '机关', '目的'),
      rows: kept.readings.map(({ at, field, byName, organName, purpose }) => [
        instant(at),
        personalFieldForms[field].title,
        byName,
        organName ?? '',
        purpose,
      ]),
    },
    {
      name: '本人办理记录',
      lead: [`最近 ${kept.acts.length} 条（最多 ${mostActs} 条），取自审计记录`],
      columns: columns('时间', '办理', '操作', '结果', '对象', '对象编号', '来源'),
      rows: kept.acts.map(({ at, fact, operation, result, subjectKind, subjectId, source }) => [
        instant(at),
        fact,
        operation ?? '',
        result,
        subjectKind,
        subjectId,
        source ?? '',
      ]),
    },
  ])
}

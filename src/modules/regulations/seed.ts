import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Actor } from '#kernel/pure/actor.ts'
import { noSession, type Act } from '#kernel/server/context.ts'
import { checkedInput, perform, type AnyAction } from '#kernel/server/dispatch.ts'
import { found } from '#kernel/server/errors.ts'
import { namedId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import { jurisdictionByCode, jurisdictions, partyOrgan } from '#modules/organs/offers.ts'
import { actions } from './actions.ts'
import { keepVersion } from './actions/keep-version.ts'
import { contract } from './contract.ts'
import { regulationWorkId, type Field, type WorkKind } from './model.ts'
import { demonstrationTexts, type DemonstrationText } from './reference/demonstration.ts'
import { parseLaw } from './rules/parse-law.ts'
import { insertWork, workById } from './store/works.ts'

const title = '山西省机关运行保障条例'

/** The Regulation itself, as the copy at hand has it, in every mode; repeatable. */
export async function loadReference(act: Act): Promise<void> {
  if (await workById(act.tx, regulationWorkId)) return
  const fileName = 'regulation.txt'
  const source = (await readFile(new URL(`./reference/${fileName}`, import.meta.url), 'utf8')).replaceAll('\r\n', '\n')
  await insertWork(act.tx, {
    id: regulationWorkId,
    title,
    kind: 'local-regulation',
    fields: ['general'],
    jurisdictionCode: found(
      (await jurisdictions(act.tx, act.today)).find(({ level }) => level === 'province'),
      '省级行政区划',
    ).code,
  })
  const facts = {
    documentNumber: '山西省人民代表大会常务委员会公告第五十八号',
    issuer: '山西省人民代表大会常务委员会',
    issuedOn: '2020-09-30',
    validFrom: '2021-01-01',
    validUntil: null,
  }
  const sha256 = createHash('sha256').update(source).digest('hex')
  const id = namedId(`regulations.version.${facts.validFrom}`)
  const content = parseLaw(source)
  await keepVersion(act, {
    ...facts,
    id,
    workId: regulationWorkId,
    title,
    source,
    content,
    confirmed: [],
    fileName,
    sha256,
  })
  await record(act, 'regulations.version-confirmed', {
    subject: { kind: 'regulations.work', id: regulationWorkId },
    after: { version: id, title, ...facts, articles: content.articles.length, sha256 },
  })
}

/** A few invented local texts, one of them in two versions, taken in by the acts of the people of their authority. */
export async function loadDemonstration(act: Act, log: (line: string) => void): Promise<void> {
  const works = new Map<string, { workId: string; versionId: string }>()
  for (const text of demonstrationTexts) works.set(text.title, await take(act, text, works.get(text.title) ?? null))
  log(`制度 ${works.size} 部`)
}

async function take(act: Act, text: DemonstrationText, earlier: { workId: string; versionId: string } | null) {
  const actor = await librarian(act, text.jurisdictionCode)
  const at = new Date(`${text.issuedOn}T16:30:00+08:00`)
  const as = { ...act, actor, now: at, today: text.issuedOn }
  const folder = await mkdtemp(join(tmpdir(), 'yunbao-text-'))
  try {
    const path = join(folder, 'text')
    await writeFile(path, text.source)
    const sha256 = createHash('sha256').update(text.source).digest('hex')
    const file = {
      path,
      fileName: `${text.title}.txt`,
      sizeBytes: Buffer.byteLength(text.source),
      mediaType: 'text/plain',
      sha256,
    }
    const read = await run<{ id: string }>(as, 'readText', { file })
    return await run<{ workId: string; versionId: string }>(as, 'confirmImport', {
      importId: read.id,
      source: text.source,
      title: text.title,
      kind: text.kind satisfies WorkKind,
      fields: text.fields satisfies Field[],
      workId: earlier?.workId ?? null,
      supersedes: earlier?.versionId ?? null,
      documentNumber: text.documentNumber,
      issuer: text.issuer,
      issuedOn: text.issuedOn,
      validFrom: text.validFrom,
    })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

function run<T>(act: Act, name: keyof typeof actions, input: Record<string, unknown>): Promise<T> {
  const operation = contract[name]
  const action = actions[name] as unknown as AnyAction
  return perform(
    act,
    { operation, action, ifMatch: null, session: noSession },
    checkedInput(operation, input),
  ) as Promise<T>
}

/** The reviewer of plans at the level's authority. */
async function librarian(act: Act, jurisdictionCode: string): Promise<Actor> {
  const organ = found(await partyOrgan(act.tx, jurisdictionCode, 'authority', act.today), '机关事务管理部门')
  const [person] = await act.directory.peopleHolding(act.tx, { organId: organ.id, roles: ['plan-reviewer'] }, act.today)
  const { id, name, roles } = found(person, '计划审核人员')
  const { name: jurisdictionName } = found(await jurisdictionByCode(act.tx, jurisdictionCode), '行政区划')
  return {
    kind: 'person',
    personId: id,
    name,
    roles,
    organ: {
      id: organ.id,
      name: organ.name,
      jurisdictionCode,
      jurisdictionName,
      level: organ.level,
      parts: [...organ.parts],
    },
  }
}

import { secrecyMarkIn } from '#kernel/pure/secrecy-marks.ts'
import { allOf, mayOf, provided } from '#kernel/pure/verdict.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { law } from '../law.ts'
import { can } from '../policy.ts'
import { parseLaw } from '../rules/parse-law.ts'
import { mayDate, mayImport, placeAmong } from '../rules/versions.ts'
import { closeImport, importById, insertImport, openImportsOf, type ImportRow } from '../store/imports.ts'
import {
  endVersionOn,
  insertWork,
  updateWork,
  versionById,
  versionsOf,
  workById,
  worksOf,
  type WorkRow,
} from '../store/works.ts'
import { keepVersion } from './keep-version.ts'
import { readTextFile } from './read-file.ts'

type ImportActions = Pick<
  ActionsOf<typeof contract>,
  'openImports' | 'readText' | 'viewImport' | 'giveUpImport' | 'confirmImport'
>

export const importActions: ImportActions = {
  async openImports({ tx, actor }) {
    const may = can.importTexts(actor)
    const rows = may.ok && actor.organ ? await openImportsOf(tx, actor.organ.jurisdictionCode) : []
    return {
      items: rows.map(({ id, fileName, uploadedByName, createdAt }) => ({ id, fileName, uploadedByName, createdAt })),
      may: { import: mayOf(may) },
    }
  },

  async readText(act) {
    permit(can.importTexts(act.actor))
    const { file } = act.input
    insist(noSecret(file.fileName))
    const { source, automaticNumbers } = await readTextFile(file)
    insist(noSecret(source))
    const row = {
      id: newId(),
      jurisdictionCode: found(act.actor.organ, '所代表的机关').jurisdictionCode,
      fileName: file.fileName.slice(-150),
      sha256: file.sha256,
      source,
      automaticNumbers,
      uploadedBy: act.actor.personId,
      uploadedByName: act.actor.name,
      createdAt: act.now,
    }
    await insertImport(act.tx, row)
    await record(act, 'regulations.text-read', {
      subject: { kind: 'regulations.import', id: row.id },
      organId: act.actor.organ?.id ?? null,
      after: { fileName: row.fileName, sha256: row.sha256, characters: source.length },
    })
    return viewOf(act, { ...row, state: 'open', versionId: null })
  },

  async viewImport(act) {
    return viewOf(act, await ownImport(act, act.input.importId))
  },

  async giveUpImport(act) {
    const row = await ownImport(act, act.input.importId, true)
    insist(stillOpen(row))
    await closeImport(act.tx, row.id, null)
    await record(act, 'regulations.import-given-up', {
      subject: { kind: 'regulations.import', id: row.id },
      organId: act.actor.organ?.id ?? null,
      before: { fileName: row.fileName, sha256: row.sha256 },
    })
    return { id: row.id }
  },

  async confirmImport(act) {
    const { importId, source, confirmed, title, kind, fields, workId, supersedes, ...facts } = act.input
    const row = await ownImport(act, importId, true)
    insist(stillOpen(row))
    insist(noSecret(`${title}\n${facts.documentNumber ?? ''}\n${facts.issuer}\n${source}`))
    const content = parseLaw(source)
    insist(allOf(mayImport(content.oddities, confirmed), mayDate(facts, act.today)))
    if (supersedes !== null && workId === null)
      throw new BadInput([
        { pointer: '/supersedes', message: '新收录的制度没有被修订的版本。请先选择它是哪一部制度的新版本。' },
      ])
    const work = workId === null ? null : await ownWork(act, row, workId)
    const versions = work ? await versionsOf(act.tx, [work.id]) : []
    if (supersedes !== null && !versions.some(({ id }) => id === supersedes)) throw new Missing('被修订的版本')
    const { verdict, endsOn } = placeAmong(versions, facts, supersedes)
    insist(verdict)
    if (supersedes !== null && endsOn !== null) await endVersionOn(act.tx, supersedes, endsOn)
    const newest = versions.every(({ validFrom }) => validFrom < facts.validFrom)
    const id = work?.id ?? newId()
    if (!work) await insertWork(act.tx, { id, title, kind, fields, jurisdictionCode: row.jurisdictionCode })
    else await updateWork(act.tx, newest ? { ...work, title, kind, fields } : work)
    const versionId = newId()
    await keepVersion(act, {
      ...facts,
      id: versionId,
      workId: id,
      title,
      source,
      content,
      confirmed,
      fileName: row.fileName,
      sha256: row.sha256,
    })
    await closeImport(act.tx, row.id, versionId)
    await record(act, 'regulations.version-confirmed', {
      subject: { kind: 'regulations.work', id },
      organId: act.actor.organ?.id ?? null,
      before: supersedes === null ? null : { superseded: supersedes, endsOn },
      after: {
        version: versionId,
        title,
        kind,
        fields,
        ...facts,
        articles: content.articles.length,
        oddities: content.oddities.length,
        confirmed,
        sha256: row.sha256,
        corrected: source !== row.source,
      },
      basis: [law.standardsSystem],
    })
    return { workId: id, versionId }
  },
}

/** A text with marks of secrecy never enters the system (Art. 44); the transaction ends and nothing of it is kept. */
function noSecret(text: string) {
  return provided(secrecyMarkIn(text) === null, {
    code: 'secrecy-mark',
    message: '文本带有涉密标识。涉及国家秘密的制度不得进入本系统，内容没有保存。',
    basis: law.secrecy,
    remedy: '请立即从本机删除不应存放的文件，并按保密规定办理。',
  })
}

/** The import, for those who keep the library of its jurisdiction; Missing for everybody else. */
async function ownImport({ tx, actor }: Act, id: string, lock = false): Promise<ImportRow> {
  permit(can.importTexts(actor))
  const row = found(await importById(tx, id, lock), '导入')
  if (row.jurisdictionCode !== actor.organ?.jurisdictionCode) throw new Missing('导入')
  return row
}

async function ownWork({ tx }: Act, row: ImportRow, workId: string): Promise<WorkRow> {
  const work = found(await workById(tx, workId, true), '制度')
  if (work.jurisdictionCode !== row.jurisdictionCode) throw new Missing('制度')
  return work
}

function stillOpen({ state }: ImportRow) {
  return provided(state === 'open', {
    code: 'import-closed',
    message: state === 'confirmed' ? '这次导入已经确认，不能重复确认。' : '这次导入已经放弃。',
    remedy: '需要重新导入的，请再次上传。',
  })
}

async function viewOf({ tx }: Act, row: ImportRow) {
  const works = row.state === 'open' ? await worksOf(tx, row.jurisdictionCode) : []
  const versions = await versionsOf(
    tx,
    works.map(({ id }) => id),
  )
  const { id, fileName, sha256, state, source, automaticNumbers, uploadedByName, createdAt, versionId } = row
  return {
    id,
    fileName,
    sha256,
    state,
    source,
    automaticNumbers,
    oddities: source === null ? [] : parseLaw(source).oddities,
    uploadedByName,
    createdAt,
    workId: versionId === null ? null : ((await versionById(tx, versionId))?.workId ?? null),
    works: works.map((work) => ({
      id: work.id,
      title: work.title,
      kind: work.kind,
      fields: work.fields,
      versions: versions
        .filter((version) => version.workId === work.id)
        .map((version) => ({
          id: version.id,
          validFrom: version.validFrom,
          validUntil: version.validUntil,
          documentNumber: version.documentNumber,
        })),
    })),
  }
}

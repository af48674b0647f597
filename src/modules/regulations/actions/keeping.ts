import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, found, insist, Missing, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { record } from '#kernel/server/record.ts'
import type { contract } from '../contract.ts'
import { can } from '../policy.ts'
import { mayEnd } from '../rules/versions.ts'
import { insertLink, linkById, removeLinkAt } from '../store/links.ts'
import { contentOf, endVersionOn, updateWork, versionById, versionsOf, workById } from '../store/works.ts'
import { readWork } from './reading.ts'

type KeepingActions = Pick<ActionsOf<typeof contract>, 'endVersion' | 'addLink' | 'removeLink'>

export const keepingActions: KeepingActions = {
  /** A text that is repealed without another in its place. */
  async endVersion(act) {
    const { versionId, lastDay, document } = act.input
    const { work } = await changeableWork(act, versionId)
    const version = found(
      (await versionsOf(act.tx, [work.id])).find(({ id }) => id === versionId),
      '版本',
    )
    insist(mayEnd(version, lastDay))
    await endVersionOn(act.tx, versionId, lastDay)
    await updateWork(act.tx, work)
    await record(act, 'regulations.version-ended', {
      subject: { kind: 'regulations.work', id: work.id },
      organId: act.actor.organ?.id ?? null,
      before: { version: versionId, validUntil: version.validUntil },
      after: { version: versionId, validUntil: lastDay, document },
    })
    return { workId: work.id }
  },

  async addLink(act) {
    const { versionId, article, toWorkId, toArticle, note } = act.input
    const { work } = await changeableWork(act, versionId)
    const content = found(await contentOf(act.tx, versionId), '版本')
    if (!content.articles.some(({ key }) => key === article))
      throw new BadInput([{ pointer: '/article', message: '这一版本没有这条条文。请核对条文编号。' }])
    const { work: target } = await readWork(act, toWorkId)
    await insistArticle(act, target.id, toArticle)
    const link = {
      id: newId(),
      versionId,
      article,
      toWorkId: target.id,
      toArticle,
      note,
      createdBy: act.actor.personId,
      createdByName: act.actor.name,
      createdAt: act.now,
    }
    await insertLink(act.tx, link)
    await record(act, 'regulations.link-added', {
      subject: { kind: 'regulations.work', id: work.id },
      organId: act.actor.organ?.id ?? null,
      after: { link: link.id, version: versionId, article, to: target.title, toArticle, note },
    })
    return { id: link.id }
  },

  async removeLink(act) {
    const link = found(await linkById(act.tx, act.input.linkId), '关联')
    const { work } = await changeableWork(act, link.versionId)
    await removeLinkAt(act.tx, link.id, act.now)
    await record(act, 'regulations.link-removed', {
      subject: { kind: 'regulations.work', id: work.id },
      organId: act.actor.organ?.id ?? null,
      before: {
        link: link.id,
        version: link.versionId,
        article: link.article,
        to: link.toWorkTitle,
        toArticle: link.toArticle,
      },
    })
    return { id: link.id }
  },
}

/** The work of a version, held still; Missing where it may not be read, Forbidden where only read. */
async function changeableWork({ tx, actor }: Act, versionId: string) {
  const version = found(await versionById(tx, versionId), '版本')
  const work = await workById(tx, version.workId, true)
  if (!work || !can.readWork(actor, work)) throw new Missing('版本')
  permit(can.changeWork(actor, work))
  return { work }
}

/** The article must be in one of the work's versions: which one it means follows from the day it is read. */
async function insistArticle({ tx }: Act, workId: string, article: string | null): Promise<void> {
  if (article === null) return
  for (const { id } of await versionsOf(tx, [workId]))
    if ((await contentOf(tx, id))?.articles.some(({ key }) => key === article)) return
  throw new BadInput([{ pointer: '/toArticle', message: '被关联的制度没有这条条文。请核对条文编号。' }])
}

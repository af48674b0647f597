import { provided } from '#kernel/pure/verdict.ts'
import { openCase } from '#kernel/server/cases/engine.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found, insist, permit } from '#kernel/server/errors.ts'
import { newId } from '#kernel/server/identifier.ts'
import { nextNumber } from '#kernel/server/number-series.ts'
import { officeOrgan } from '#kernel/server/office.ts'
import { record } from '#kernel/server/record.ts'
import type { CatalogueEntry, Standard } from '#modules/standards/model.ts'
import { catalogueEntriesById, standardsById } from '#modules/standards/offers.ts'
import { lineage } from '#modules/standards/rules/in-force.ts'
import { draftCase } from '../cases.ts'
import type { contract } from '../contract.ts'
import { matterLabels, type ChangeContent } from '../model.ts'
import { can } from '../policy.ts'
import { mayEdit } from '../rules/steps.ts'
import { inWords } from '../rules/wording.ts'
import {
  changesOf,
  insertChanges,
  insertDraft,
  lockDraft,
  removeChange,
  saveChange,
  saveDraft,
  type DraftRow,
} from '../store/draft.ts'
import { loaded, lockedDraft, recordSubject } from './facts.ts'
import { answerWith } from './review.ts'
import { draftView } from './view.ts'

type MakingActions = Pick<
  ActionsOf<typeof contract>,
  'makeDraft' | 'saveDraft' | 'addChange' | 'saveChange' | 'removeChange'
>

export const makingActions: MakingActions = {
  async makeDraft(ctx) {
    const { matter, documentTitle, reason, standardIds, catalogueEntryIds, expenditureReviewId } = ctx.input
    const { jurisdictionCode, id: organId } = officeOrgan(ctx.actor, '标准草案')
    permit(can.make(ctx.actor, { matter, jurisdictionCode }))
    const taken = [
      ...(await standardsToRevise(ctx, standardIds, jurisdictionCode)),
      ...(await entriesToRevise(ctx, catalogueEntryIds, jurisdictionCode)),
    ]
    const year = ctx.today.slice(0, 4)
    const serial = await nextNumber(ctx.tx, `draft-${year}-${jurisdictionCode}`)
    const number = `BZ-${year}-${jurisdictionCode}-${String(serial).padStart(3, '0')}`
    const id = newId()
    const opened = await openCase(ctx, draftCase, {
      subjectId: id,
      title: `${matterLabels[matter]}：${documentTitle || number}`,
      applicantOrganId: organId,
      jurisdictionCode,
    })
    const draft: DraftRow = {
      id,
      number,
      matter,
      jurisdictionCode,
      organId,
      documentTitle,
      reason,
      inForceOn: null,
      retroactiveGround: '',
      state: 'drafting',
      caseId: opened.id,
      consulted: null,
      authors: authorsWith([], ctx),
      submittedBy: null,
      draftedByName: ctx.actor.name,
      draftedOn: ctx.today,
      documentNumber: null,
      documentId: null,
      approvedOn: null,
      approvedByName: null,
      changeCount: taken.length,
      version: 1,
    }
    await insertDraft(ctx.tx, draft)
    insist(oneKeyEach(await insertChanges(ctx.tx, id, taken)))
    if (expenditureReviewId) await answerWith(ctx, expenditureReviewId, draft)
    await record(ctx, 'drafting.draft-made', {
      ...recordSubject(draft),
      after: { number, title: documentTitle, matter, lines: taken.map(({ content }) => inWords(content)) },
    })
    return draftView(ctx, draft)
  },

  async saveDraft(ctx) {
    const { draftId, version, ...head } = ctx.input
    const draft = await draftToEdit(ctx, draftId, version)
    const saved = await saveDraft(ctx.tx, draft, { ...head, authors: authorsWith(draft.authors, ctx) })
    await record(ctx, 'drafting.draft-saved', {
      ...recordSubject(draft),
      before: headOf(draft),
      after: headOf(saved),
    })
    return draftView(ctx, saved)
  },

  async addChange(ctx) {
    const { draftId, version, content } = ctx.input
    const draft = await draftToEdit(ctx, draftId, version)
    insist(ofMatter(draft, content))
    const before = await rowBefore(ctx, content)
    insist(oneKeyEach(await insertChanges(ctx.tx, draft.id, [{ id: newId(), content, before }])))
    return changed(ctx, draft, 'drafting.change-added', { after: content, count: draft.changeCount + 1 })
  },

  async saveChange(ctx) {
    const { draftId, version, changeId, content } = ctx.input
    const draft = await draftToEdit(ctx, draftId, version)
    insist(ofMatter(draft, content))
    const row = await changeOf(ctx, draft, changeId)
    insist(oneKeyEach(await saveChange(ctx.tx, row.id, { content, before: await rowBefore(ctx, content) })))
    return changed(ctx, draft, 'drafting.change-saved', {
      before: row.content,
      after: content,
      count: draft.changeCount,
    })
  },

  async removeChange(ctx) {
    const { draftId, version, changeId } = ctx.input
    const draft = await draftToEdit(ctx, draftId, version)
    const row = await changeOf(ctx, draft, changeId)
    await removeChange(ctx.tx, row)
    return changed(ctx, draft, 'drafting.change-removed', { before: row.content, count: draft.changeCount - 1 })
  },
}

async function draftToEdit(ctx: Act, draftId: string, version: number): Promise<DraftRow> {
  const draft = await lockedDraft(ctx, draftId, version)
  permit(can.edit(ctx.actor, draft))
  insist(mayEdit(draft, (await loaded(ctx, draft)).facts.consultation))
  return draft
}

async function changed(
  ctx: Act,
  draft: DraftRow,
  fact: string,
  { before, after, count }: { before?: ChangeContent; after?: ChangeContent; count: number },
) {
  const saved = await saveDraft(ctx.tx, draft, { changeCount: count, authors: authorsWith(draft.authors, ctx) })
  await record(ctx, fact, {
    ...recordSubject(draft),
    before: before && inWords(before),
    after: after && inWords(after),
  })
  return draftView(ctx, found(await lockDraft(ctx.tx, saved.id), '标准草案'))
}

async function changeOf(ctx: Act, draft: DraftRow, changeId: string) {
  return found((await changesOf(ctx.tx, draft.id)).find(({ id }) => id === changeId) ?? null, '拟定的标准')
}

/** Rows taken in to be revised; one of a level above becomes a row of one's own beside it. */
async function standardsToRevise({ tx }: Act, ids: readonly string[], jurisdictionCode: string) {
  if (ids.length === 0) return []
  const rows = (await standardsById(tx, ids)).filter((row) => lineage(jurisdictionCode).includes(row.jurisdictionCode))
  insistAll(rows, ids)
  return rows.map((row) => {
    const own = row.jurisdictionCode === jurisdictionCode
    const content: ChangeContent = {
      subject: 'standard',
      act: own ? 'revise' : 'add',
      replacesId: own ? row.id : null,
      code: row.code,
      title: row.title,
      kind: row.kind,
      level: row.level,
      rank: row.rank,
      value: row.value,
      until: null,
      citation: '',
      note: row.note.slice(0, 500),
      restsOn: row.restsOn,
      localDecision: false,
      reason: '',
    }
    return { id: newId(), content, before: own ? row : null }
  })
}

async function entriesToRevise({ tx }: Act, ids: readonly string[], jurisdictionCode: string) {
  if (ids.length === 0) return []
  const entries = (await catalogueEntriesById(tx, ids)).filter((entry) =>
    lineage(jurisdictionCode).includes(entry.jurisdictionCode),
  )
  insistAll(entries, ids)
  return entries.map((entry) => {
    const own = entry.jurisdictionCode === jurisdictionCode
    const { needKind, centralised, provided: isProvided, items, note } = entry
    const content: ChangeContent = {
      subject: 'catalogue',
      act: own ? 'revise' : 'add',
      replacesId: own ? entry.id : null,
      needKind,
      centralised,
      provided: isProvided,
      items,
      note,
      citation: '',
      reason: '',
    }
    return { id: newId(), content, before: own ? entry : null }
  })
}

function insistAll(rows: readonly unknown[], ids: readonly string[]): void {
  insist(
    provided(rows.length === new Set(ids).size, {
      code: 'unknown-row',
      message: '所选标准不存在，或者不适用于本级。',
      remedy: '请从现行标准重新选择。',
    }),
  )
}

/** The row as it stands that a change replaces; null for a row of its own. */
async function rowBefore(
  { tx }: Act,
  { subject, replacesId }: ChangeContent,
): Promise<Standard | CatalogueEntry | null> {
  if (replacesId === null) return null
  const [row] = await (subject === 'standard' ? standardsById : catalogueEntriesById)(tx, [replacesId])
  return row ?? null
}

function ofMatter({ matter }: DraftRow, { subject }: ChangeContent) {
  return provided((matter === 'catalogue') === (subject === 'catalogue'), {
    code: 'other-matter',
    message: `这一行不属于${matterLabels[matter]}。`,
    remedy: '请另行起草。',
  })
}

function oneKeyEach(inserted: boolean) {
  return provided(inserted, {
    code: 'same-key',
    message: '草案中已有同一标准（编码、级别、职务层次相同）。',
    remedy: '请修改已有的那一行。',
  })
}

function authorsWith(authors: readonly string[], { actor }: Pick<Act, 'actor'>): string[] {
  return actor.personId === null ? [...authors] : [...new Set([...authors, actor.personId])]
}

function headOf({ documentTitle, reason, inForceOn, retroactiveGround }: DraftRow) {
  return { documentTitle, reason, inForceOn, retroactiveGround }
}

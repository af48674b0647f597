import { pageFrom } from '#kernel/pure/page.ts'
import { allOf, mayOf } from '#kernel/pure/verdict.ts'
import { attachmentsOf, type AttachmentRow } from '#kernel/server/attachments.ts'
import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { together } from '#kernel/server/database.ts'
import { BadInput, found, Forbidden } from '#kernel/server/errors.ts'
import { record } from '#kernel/server/record.ts'
import { explanation, tallied } from '#kernel/server/spreadsheet/tally.ts'
import { spooledWorkbook } from '#kernel/server/spreadsheet/write-workbook.ts'
import type { contract } from '../contract.ts'
import { labelledId, type Engagement } from '../model.ts'
import { can, listScope, readsOwnLevel } from '../policy.ts'
import { classNameOf, classOf } from '../model/classes.ts'
import { cardFindings, mayAddEvent } from '../rules/card.ts'
import { notHeld } from '../rules/engagement.ts'
import { shownFields } from '../rules/custom-field.ts'
import { fieldVersions } from '../store/custom-field.ts'
import { accumulatedThrough, monthOf, monthsLater, schedule } from '../rules/depreciation.ts'
import { stateOn } from '../rules/history.ts'
import { termsOf } from '../rules/search.ts'
import { bookOf, cardByNumber, cardsKeptBy, type Book, type CardRow } from '../store/card.ts'
import { chargesOfCard } from '../store/depreciation.ts'
import { engagementsOf } from '../store/engagement.ts'
import { eventsOf, holdingsOfCard } from '../store/event.ts'
import { regroupingsOf } from '../store/regrouping.ts'
import { cardsPage, countCards, foundCards, type CardFilter, type ListedRow } from '../store/listing.ts'
import { idCursor } from './cursors.ts'
import { fieldsInForce } from './custom-fields.ts'
import { cardOf, standardsOfCard, ownOrgan, seenCard } from './access.ts'
import { exportExplained, exportSheet } from '../documents/export.ts'

type ReadingActions = Pick<
  ActionsOf<typeof contract>,
  'cards' | 'exportCards' | 'findCard' | 'myCards' | 'viewCard' | 'cardOn'
>

export const readingActions: ReadingActions = {
  async cards(ctx) {
    const { after, limit, sort } = ctx.input
    const filter = filterOf(ctx, ctx.input)
    const byPairs = filter.organId === null && filter.terms.length > 0
    if (byPairs && filter.terms.some((term) => [...term].length < 2))
      throw new BadInput([{ pointer: '/text', message: '在全级资产中搜索时，每个词请至少输入两个字。' }])
    const span = { after: idCursor(after), limit: limit + 1 }
    const [rows, total] = byPairs
      ? await foundCards(ctx.tx, filter, span).then((found) => [found, null] as const)
      : await together(ctx.tx, (tx) => [
          cardsPage(tx, filter, { ...span, sort }),
          after === undefined ? countCards(tx, filter) : null,
        ])
    const page = pageFrom(rows, limit)
    return {
      ...page,
      items: await listed(ctx, page.items),
      // What is found over a whole level is not counted to its end, but for a page that is not full.
      total: after === undefined && rows.length <= limit ? rows.length : total,
    }
  },

  /** Exactly what is filtered, of one moment, streamed row by row; the file and the record say how many rows it has. */
  async exportCards(ctx) {
    const filter = filterOf(ctx, ctx.input)
    const fields = await fieldsInForce(ctx, filter.jurisdictionCode)
    const { sheet, tally } = tallied(exportSheet(ctx, filter, fields))
    const asked = Object.fromEntries(
      Object.entries(ctx.input).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
    )
    const name = `资产卡片（${ctx.today}）.xlsx`
    const file = await spooledWorkbook(name, [sheet, explanation(() => exportExplained(ctx, asked, tally()))])
    await record(ctx, 'assets.cards-exported', {
      subject: { kind: 'assets.export', id: ctx.requestId },
      organId: ctx.actor.organ?.id ?? null,
      after: { ...tally(), filter: asked },
    })
    return file
  },

  async findCard(ctx) {
    return { cardId: (await cardOfCode(ctx, ctx.input.code)).id }
  },

  async myCards({ tx, actor }) {
    if (actor.organ === null || actor.personId === null) return { items: [] }
    return { items: await listed({ tx }, await cardsKeptBy(tx, actor.organ.id, actor.personId)) }
  },

  async viewCard(ctx) {
    return cardView(ctx, await seenCard(ctx, ctx.input.cardId))
  },

  async cardOn(ctx) {
    const card = await seenCard(ctx, ctx.input.cardId)
    const { on, knownOn } = ctx.input
    const state = stateOn(await eventsOf(ctx.tx, [card.id]), on, knownOn ? endOfDay(knownOn) : null)
    // Nothing is charged for the month in which a card goes.
    const through = state?.removedOn ? monthsLater(monthOf(state.removedOn), -1) : monthOf(on)
    const accumulatedFen = state ? Math.min(state.facts.costFen, accumulatedThrough(state.base, through)) : 0
    return {
      facts: state?.facts ?? null,
      removedOn: state?.removedOn ?? null,
      accumulatedFen,
      netFen: (state?.facts.costFen ?? 0) - accumulatedFen,
    }
  },
}

/** The card that a label, a number of the own organ or a serial number stands for. */
export async function cardOfCode(act: Act, code: string): Promise<CardRow> {
  const { organ } = act.actor
  if (organ === null) throw new Forbidden([])
  const id = labelledId(code) ?? (await cardByNumber(act.tx, organ.id, code))
  return seenCard(act, found(id, `编号为“${code}”的资产`))
}

const endOfDay = (date: string): Date => new Date(`${date}T23:59:59.999+08:00`)

type Asked = Parameters<ReadingActions['exportCards']>[0]['input']

/** Whose cards: the level's for who reads it, one organ of it when asked, else the own organ's. */
function filterOf(act: Pick<Act, 'actor'>, { text, organId, ...rest }: Asked): CardFilter {
  ownOrgan(act)
  const scope = found(listScope(act.actor), '资产台账')
  const wanted = scope.organId === null && organId !== undefined ? organId : scope.organId
  if (organId !== undefined && wanted !== organId && !readsOwnLevel(act.actor))
    throw new BadInput([{ pointer: '/organId', message: '只能查看本机关的资产。' }])
  return {
    ...pick(rest),
    jurisdictionCode: scope.jurisdictionCode,
    organId: organId ?? wanted,
    terms: termsOf(text ?? ''),
  }
}

/** The filters alone: paging and order are not among them. */
function pick(rest: Omit<Asked, 'text' | 'organId'>): Omit<CardFilter, 'jurisdictionCode' | 'organId' | 'terms'> {
  const {
    classPrefix,
    state,
    custodian,
    department,
    place,
    costFromFen,
    costToFen,
    acquiredFrom,
    acquiredTo,
    warrantyFrom,
    warrantyUntil,
    engaged,
    field,
    fieldText,
  } = rest
  return {
    classPrefix,
    state,
    custodian,
    department,
    place,
    costFromFen,
    costToFen,
    acquiredFrom,
    acquiredTo,
    warrantyFrom,
    warrantyUntil,
    engaged: engaged === undefined ? undefined : engaged === 'true',
    field,
    fieldText,
  }
}

/** Rows of a list, each with the procedure that holds it. */
async function listed({ tx }: Pick<Act, 'tx'>, rows: readonly ListedRow[]) {
  const held = await engagementsOf(
    tx,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => listedRow(row, held.get(row.id)))
}

const listedRow = (row: ListedRow, engagement: Engagement | undefined) => ({
  id: row.id,
  number: row.number,
  name: row.name,
  model: row.model,
  serialNumber: row.serialNumber,
  classCode: row.classCode,
  classEdition: row.classEdition,
  className: classNameOf(row.classEdition, row.classCode),
  organId: row.organId,
  organName: row.organName,
  unit: row.unit,
  quantity: row.quantity,
  costFen: row.costFen,
  accumulatedFen: row.accumulatedFen,
  netFen: row.netFen,
  acquiredOn: row.acquiredOn,
  state: row.state,
  department: row.department,
  place: row.place,
  custodianName: row.custodianName,
  userName: row.userName,
  warrantyUntil: row.warrantyUntil,
  engagement: engagement ?? null,
})

export const openMonthOf = (book: Book | null): string | null =>
  book === null ? null : book.closedThrough === null ? book.openedIn : monthsLater(book.closedThrough, 1)

/** A card with all that is known of it, as the actor may see it. */
export async function cardView(act: Act, given: CardRow | null) {
  const card = found(given, '资产卡片')
  const { tx, actor, today } = act
  const assetClass = classOf(card.classEdition, card.classCode)
  const [standards, events, holders, charges, files, engagements, fields, book, regroupings] = await together(
    tx,
    (tx) => [
      standardsOfCard({ tx, today }, card),
      eventsOf(tx, [card.id]),
      holdingsOfCard(tx, card.id),
      chargesOfCard(tx, card.id),
      attachmentsOf(tx, { kind: 'assets.card', id: card.id }),
      engagementsOf(tx, [card.id]),
      fieldVersions(tx, card.jurisdictionCode),
      bookOf(tx, card.organId),
      regroupingsOf(tx, card.id),
    ],
  )
  const held = engagements.get(card.id)
  return {
    card: cardOf(card),
    findings: assetClass ? cardFindings(standards, assetClass, card) : [],
    events: events.map(({ cardId: _, base: __, ...event }) => event).toReversed(),
    holders,
    schedule: schedule(card.base, card.costFen),
    charges,
    files: files.map((file) => fileView(act, file)),
    engagement: held ?? null,
    customFields: shownFields(fields, card, today),
    base: card.base,
    regroupings,
    openMonth: openMonthOf(book),
    may: {
      change: mayOf(allOf(can.change(actor, card), mayAddEvent(card, today, today))),
      handOver: mayOf(allOf(can.handOver(actor, card), mayAddEvent(card, today, today), notHeld(card, held))),
      regroup: mayOf(allOf(can.change(actor, card), mayAddEvent(card, today, today), notHeld(card, held))),
    },
  }
}

export const fileView = ({ actor }: Pick<Act, 'actor'>, file: AttachmentRow) => ({
  id: file.id,
  fileName: file.fileName,
  sizeBytes: file.sizeBytes,
  mediaType: file.mediaType,
  uploadedByName: file.uploadedByName,
  uploadedAt: file.uploadedAt,
  mine: file.uploadedBy !== null && file.uploadedBy === actor.personId,
})

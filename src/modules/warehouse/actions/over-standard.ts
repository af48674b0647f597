import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { BadInput, permit } from '#kernel/server/errors.ts'
import { spooledWorkbook } from '#kernel/server/spreadsheet/write-workbook.ts'
import { bookedByItem, carriedItems, holdingsByItem } from '#modules/assets/offers.ts'
import { staffInPost } from '#modules/organs/model.ts'
import { headcountOn, organsOf } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import type { OverStandardLine } from '../contract/over-standard.ts'
import { can } from '../policy.ts'
import { overStandard, type Holding } from '../rules/over-standard.ts'
import { ownOrgan, warehouseStandards } from './access.ts'

type OverStandardActions = Pick<
  ActionsOf<typeof contract>,
  'overStandard' | 'overStandardTotals' | 'exportOverStandard'
>
type Asked = { organId?: string | undefined; code?: string | undefined; idle?: 'true' | undefined }

export const overStandardActions: OverStandardActions = {
  async overStandard(ctx) {
    const { after, limit, ...asked } = ctx.input
    const lines = chosen(await linesOf(ctx), asked)
    const seen = after === undefined ? -1 : lines.findIndex((line) => keyOf(line) === after)
    if (after !== undefined && seen < 0)
      throw new BadInput([{ pointer: '/after', message: '翻页位置已经变化。请从第一页重新查看。' }])
    const page = lines.slice(seen + 1, seen + 1 + limit)
    const last = page.at(-1)
    return {
      items: page,
      next: last !== undefined && seen + 1 + limit < lines.length ? keyOf(last) : null,
      total: lines.length,
    }
  },

  async overStandardTotals(ctx) {
    const lines = await linesOf(ctx)
    const idle = lines.filter((line) => line.idle > 0)
    return {
      organs: new Set(lines.map(({ organId }) => organId)).size,
      lines: lines.length,
      idleLines: idle.length,
      idlePieces: idle.reduce((sum, line) => sum + Math.min(line.idle, line.excess), 0),
      kinds: [...Map.groupBy(lines, ({ code }) => code)].map(([code, of]) => ({
        code,
        title: of[0]?.title ?? code,
        lines: of.length,
      })),
    }
  },

  async exportOverStandard(ctx) {
    const lines = chosen(await linesOf(ctx), ctx.input)
    return spooledWorkbook('超标准配置清单.xlsx', [
      {
        name: '超标准配置',
        lead: [`超标准配置清单（${ctx.today}）`],
        columns: [
          { title: '机关', width: 30 },
          { title: '事项', width: 22 },
          { title: '单位', width: 8 },
          { title: '编制内实有人数', kind: 'number', width: 14 },
          { title: '现有', kind: 'number', width: 10 },
          { title: '标准上限', kind: 'number', width: 10 },
          { title: '计算', width: 24 },
          { title: '超标准', kind: 'number', width: 10 },
          { title: '其中闲置', kind: 'number', width: 10 },
        ],
        rows: lines.map((line) => [
          line.organName,
          line.title,
          line.unit,
          line.staffInPost,
          line.held,
          line.limit,
          line.reckoned,
          line.excess,
          line.idle,
        ]),
      },
    ])
  },
}

const keyOf = ({ organId, code }: OverStandardLine) => `${organId}:${code}`

function chosen(lines: readonly OverStandardLine[], { organId, code, idle }: Asked): OverStandardLine[] {
  return lines.filter(
    (line) =>
      (organId === undefined || line.organId === organId) &&
      (code === undefined || line.code === code) &&
      (idle === undefined || line.idle > 0),
  )
}

/**
 * Who of the level holds more than its standards admit (A22-1, A23-1), by organ and kind. A few statements for any number of
 * organs: the sums that are kept say who may, and only the cards of these are read.
 */
async function linesOf(act: Act): Promise<OverStandardLine[]> {
  const { jurisdictionCode } = ownOrgan(act)
  permit(can.seeOverStandard(act.actor, { jurisdictionCode }))
  const { tx, today } = act
  const standards = await warehouseStandards(act, jurisdictionCode)
  const organs = await organsOf(tx, jurisdictionCode, today)
  const headcounts = await headcountOn(
    tx,
    organs.map(({ id }) => id),
    today,
  )
  const units = new Map(
    organs.map(({ id, secretUnit }) => [
      id,
      { staffInPost: staffInPost(headcounts.get(id) ?? []), classified: secretUnit },
    ]),
  )
  const overOf = (organId: string, held: ReadonlyMap<string, Holding>) =>
    overStandard(standards, units.get(organId) ?? { staffInPost: 0, classified: false }, held)
  const booked = await bookedByItem(tx, jurisdictionCode, standards)
  const suspects = organs.filter(({ id }) => {
    const pieces = [...(booked.get(id) ?? [])].map(([code, quantity]) => [code, { quantity, idle: 0 }] as const)
    return overOf(id, new Map(pieces)).length > 0
  })
  const ids = suspects.map(({ id }) => id)
  const holdings = Map.groupBy(
    ids.length === 0 ? [] : await holdingsByItem(tx, ids, standards),
    ({ organId }) => organId,
  )
  const classes = new Map([...carriedItems(standards)].map(([code, { classCode }]) => [code, classCode]))
  return suspects.flatMap(({ id, name }) => {
    const held = (holdings.get(id) ?? []).map(
      ({ standardCode, usableQuantity, idleQuantity }) =>
        [standardCode, { quantity: usableQuantity, idle: idleQuantity }] as const,
    )
    return overOf(id, new Map(held)).map(({ codes, ...over }) => ({
      organId: id,
      organName: name,
      staffInPost: units.get(id)?.staffInPost ?? 0,
      ...over,
      classPrefix: sharedBeginning(codes.flatMap((code) => classes.get(code) ?? [])),
    }))
  })
}

/** What the codes of the classes begin with alike. */
function sharedBeginning(codes: readonly string[]): string {
  const [first = ''] = codes
  const differs = [...first].findIndex((char, at) => codes.some((code) => code[at] !== char))
  return differs < 0 ? first : first.slice(0, differs)
}

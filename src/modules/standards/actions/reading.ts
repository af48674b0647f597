import type { Act, ActionsOf } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { spooledWorkbook, type SheetRow } from '#kernel/server/spreadsheet/write-workbook.ts'
import { levelLabels, levels } from '#kernel/pure/actor.ts'
import { pageFrom } from '#kernel/pure/page.ts'
import { codePrefix, rankLabels, ranks } from '#modules/organs/model.ts'
import { jurisdictions } from '#modules/organs/offers.ts'
import type { contract } from '../contract.ts'
import { isProvisional, needKinds, standardKindLabels, type CatalogueEntry, type Standard } from '../model.ts'
import { standardFieldLabels } from '../model/definition.ts'
import { definitionOf } from '../model/definitions.ts'
import { placeOf } from './place.ts'
import { comparison } from '../rules/comparison.ts'
import { lineage } from '../rules/in-force.ts'
import { confidenceWords } from '../rules/confidence.ts'
import { valueText } from '../rules/value-text.ts'
import { standardsOn, standardsRestingOn, versionsOf } from '../store.ts'
import { catalogueVersionsOf, codesInForce, settersBelow, type CodeInForce } from '../store/overview.ts'

type ReadingActions = Pick<
  ActionsOf<typeof contract>,
  'overview' | 'exportStandards' | 'viewStandard' | 'compareStandards' | 'catalogueLevels'
>
type Filter = {
  field?: string | undefined
  kind?: string | undefined
  source?: 'own' | 'above' | undefined
  provisional?: boolean | undefined
  text?: string | undefined
}

/** Standards are public inside the system: whoever is signed in may read those of any jurisdiction (Art. 7, 37). */
export const readingActions: ReadingActions = {
  async overview(ctx) {
    const { after, limit, ...filter } = ctx.input
    const { on, jurisdictionCode } = await asked(ctx)
    const codes = inOrder(await codesInForce(ctx.tx, jurisdictionCode, on))
    const withoutField = codes.filter((row) => fits(row, { ...filter, field: undefined }))
    const shown = withoutField.filter((row) => fits(row, filter))
    const rest = after === undefined ? shown : shown.slice(shown.findIndex(({ code }) => code === after) + 1)
    const page = pageFrom(rest, limit, ({ code }) => code)
    const rows = await standardsOn(
      ctx.tx,
      jurisdictionCode,
      on,
      page.items.map(({ code }) => code),
    )
    const byCode = Map.groupBy(byScope(rows), ({ code }) => code)
    return {
      ...page,
      items: page.items.map(({ code, title, kind }) => ({
        code,
        title,
        kind,
        field: fieldOf(code),
        rows: byCode.get(code) ?? [],
      })),
      total: shown.length,
      on,
      jurisdictionCode,
      jurisdictionName: (await places(ctx))[jurisdictionCode] ?? jurisdictionCode,
      fields: [...Map.groupBy(withoutField, ({ code }) => fieldOf(code))].map(([field, of]) => ({
        field,
        count: of.length,
      })),
    }
  },

  /** Exactly what is filtered, row by row. */
  async exportStandards(ctx) {
    const { on, jurisdictionCode } = await asked(ctx)
    const codes = inOrder(await codesInForce(ctx.tx, jurisdictionCode, on)).filter((row) => fits(row, ctx.input))
    const rows = await standardsOn(
      ctx.tx,
      jurisdictionCode,
      on,
      codes.map(({ code }) => code),
    )
    const names = await places(ctx)
    return spooledWorkbook(`标准 ${names[jurisdictionCode] ?? jurisdictionCode} ${on}.xlsx`, [
      {
        name: '标准',
        lead: [`${names[jurisdictionCode] ?? ''}现行标准`, `截至${on}`],
        columns: [
          { title: '编码', width: 26 },
          { title: '标准', width: 30 },
          { title: '种类', width: 14 },
          { title: '领域', width: 14 },
          { title: '适用级别', width: 10 },
          { title: '职务层次', width: 14 },
          { title: '内容', width: 60 },
          { title: '制定地区', width: 14 },
          { title: '施行日期', kind: 'date', width: 12 },
          { title: '截止日期', kind: 'date', width: 12 },
          { title: '依据', width: 50 },
          { title: '可信度', width: 12 },
          { title: '说明', width: 40 },
        ],
        rows: codes.flatMap(({ code }) =>
          byScope(rows.filter((row) => row.code === code)).map((row) => sheetRow(row, names)),
        ),
      },
    ])
  },

  async viewStandard(ctx) {
    const { code } = ctx.input
    const { on, jurisdictionCode } = await asked(ctx)
    const versions = await versionsOf(ctx.tx, code, jurisdictionCode)
    const latest = found(versions[0], '标准')
    const names = await places(ctx)
    const below = await settersBelow(ctx.tx, code, codePrefix(jurisdictionCode), on)
    return {
      code,
      title: latest.title,
      kind: latest.kind,
      field: fieldOf(code),
      norms: [...new Set(versions.flatMap(({ norms }) => norms))].toSorted(),
      on,
      jurisdictionCode,
      rows: await standardsOn(ctx.tx, jurisdictionCode, on, [code]),
      versions,
      below: below
        .filter((row) => row.jurisdictionCode !== jurisdictionCode)
        .map((row) => ({ ...row, jurisdictionName: names[row.jurisdictionCode] ?? row.jurisdictionCode })),
      restedOnBy: (await standardsRestingOn(ctx.tx, [code], on)).filter((row) =>
        lineage(jurisdictionCode).includes(row.jurisdictionCode),
      ),
      places: namesOf(versions, names),
    }
  },

  async compareStandards(ctx) {
    const { from, to, field, code } = ctx.input
    const { jurisdictionCode } = await asked(ctx)
    const only = code === undefined ? null : [code]
    const within = ({ code: of }: Standard) => field === undefined || fieldOf(of) === field
    const before = (await standardsOn(ctx.tx, jurisdictionCode, from, only)).filter(within)
    const after = (await standardsOn(ctx.tx, jurisdictionCode, to, only)).filter(within)
    const compared = comparison(before, after)
    return {
      rows: compared.flatMap(({ how, ...pair }) => {
        const row = pair.after ?? pair.before
        return how === 'same' || row === null ? [] : [{ code: row.code, title: row.title, how, ...pair }]
      }),
      same: compared.filter(({ how }) => how === 'same').length,
    }
  },

  async catalogueLevels(ctx) {
    const { on, jurisdictionCode } = await asked(ctx)
    const line = lineage(jurisdictionCode).toReversed()
    const versions = await catalogueVersionsOf(ctx.tx, jurisdictionCode)
    const names = await places(ctx)
    return {
      on,
      jurisdictionCode,
      kinds: needKinds.map((needKind) => {
        const own = versions.filter((entry) => entry.needKind === needKind)
        const levels = line.map((code) => ({
          jurisdictionCode: code,
          entry: own.find((entry) => entry.jurisdictionCode === code && inForce(entry, on)) ?? null,
        }))
        return {
          needKind,
          effective: levels.findLast(({ entry }) => entry !== null)?.entry ?? null,
          levels,
          versions: own,
        }
      }),
      places: Object.fromEntries(line.map((code) => [code, names[code] ?? code])),
    }
  },
}

/** Day and place asked for: today, and where standards are asked for when nothing is said. */
async function asked(
  ctx: Pick<Act, 'today' | 'actor' | 'tx' | 'directory'> & {
    input: { on?: string | undefined; jurisdictionCode?: string | undefined }
  },
) {
  return { on: ctx.input.on ?? ctx.today, jurisdictionCode: await placeOf(ctx, ctx.input.jurisdictionCode) }
}

function fieldOf(code: string) {
  return definitionOf(code)?.field ?? null
}

const fieldOrder = Object.keys(standardFieldLabels)

/** By field in the order of the library, then by code; what belongs to no field comes last. */
function inOrder(codes: readonly CodeInForce[]): CodeInForce[] {
  const place = ({ code }: CodeInForce) => {
    const field = fieldOf(code)
    return field === null ? fieldOrder.length : fieldOrder.indexOf(field)
  }
  return codes.toSorted((a, b) => place(a) - place(b) || (a.code < b.code ? -1 : 1))
}

/** Province before city before county, the highest rank first; what holds for all comes before what holds for some. */
function byScope(rows: readonly Standard[]): Standard[] {
  const place = ({ level, rank }: Standard) =>
    (level === null ? 0 : (levels.indexOf(level) + 1) * 100) + (rank === null ? 0 : ranks.indexOf(rank) + 1)
  return rows.toSorted((a, b) => place(a) - place(b))
}

function fits(row: CodeInForce, { field, kind, source, provisional, text }: Filter): boolean {
  const words = (text ?? '').toLowerCase()
  return (
    (field === undefined || fieldOf(row.code) === field) &&
    (kind === undefined || row.kind === kind) &&
    (source === undefined || row.own === (source === 'own')) &&
    (provisional === undefined || row.provisional === provisional) &&
    (words === '' || row.title.toLowerCase().includes(words) || row.code.includes(words))
  )
}

async function places({ tx, today }: Pick<Act, 'tx' | 'today'>): Promise<Record<string, string>> {
  return Object.fromEntries((await jurisdictions(tx, today)).map(({ code, name }) => [code, name]))
}

function namesOf(rows: readonly Pick<Standard, 'jurisdictionCode'>[], names: Record<string, string>) {
  return Object.fromEntries(rows.map(({ jurisdictionCode: code }) => [code, names[code] ?? code]))
}

function inForce({ from, until }: Pick<CatalogueEntry, 'from' | 'until'>, on: string): boolean {
  return from <= on && (until === null || until >= on)
}

function sheetRow(row: Standard, names: Record<string, string>): SheetRow {
  const field = fieldOf(row.code)
  return [
    row.code,
    row.title,
    standardKindLabels[row.kind],
    field === null ? '' : standardFieldLabels[field],
    row.level === null ? '' : levelLabels[row.level],
    row.rank === null ? '' : rankLabels[row.rank],
    valueText(row.value),
    names[row.jurisdictionCode] ?? row.jurisdictionCode,
    row.from,
    row.until,
    row.citation,
    isProvisional(row) ? confidenceWords[row.confidence] : '',
    row.note,
  ]
}

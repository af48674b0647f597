import type { Confidence } from '#modules/standards/model.ts'
import type { DepreciationKind } from '#modules/standards/model/definitions/assets.ts'
import type { ClassEdition } from '../model.ts'

/**
 * The rows of the classification that offices need (facts 2.2). GB/T 14885-2022 and the procurement catalogue of 2022
 * share their codes; leaves are confidence C until they are held against the printed table.
 */
export type AssetClass = Readonly<{
  code: string
  edition: ClassEdition
  name: string
  unit: string
  /** Class of depreciation, `asset.depreciation-<kind>`; null for what is not depreciated or not known more closely. */
  depreciation: DepreciationKind | null
  /** Which typed detail its cards carry. */
  detail: string
  /** What it is in the edition of 2022, for codes of an older one. */
  now?: string
  /** May hold cards: the heads of the tables only group. */
  leaf: boolean
  source: string
  confidence: Confidence
}>

const gb2022 = 'GB/T 14885-2022、财库〔2022〕31号'
const gb2010 = 'GB/T 14885-2010、财库〔2013〕189号'

const head = (code: string, name: string): AssetClass => ({
  code,
  edition: '2022',
  name,
  unit: '',
  depreciation: null,
  detail: 'plain',
  leaf: false,
  source: gb2022,
  confidence: 'B',
})
const leaf =
  (detail: string) =>
  (code: string, name: string, unit: string, depreciation: DepreciationKind | null): AssetClass => ({
    code,
    edition: '2022',
    name,
    unit,
    depreciation,
    detail,
    leaf: true,
    source: gb2022,
    confidence: 'C',
  })
const equipment = leaf('equipment')
const furniture = leaf('furniture')
const plain = leaf('plain')
/** A code of the edition before, which means another thing in the edition of 2022. */
const former = (code: string, name: string, unit: string, depreciation: DepreciationKind, now: string): AssetClass => ({
  ...equipment(code, name, unit, depreciation),
  edition: '2013',
  now,
  source: gb2010,
  confidence: 'A',
})

const rows: AssetClass[] = [
  head('A01', '房屋和构筑物'),
  head('A02', '设备'),
  equipment('A02010104', '服务器', '台', 'computer'),
  equipment('A02010105', '台式计算机', '台', 'computer'),
  equipment('A02010108', '便携式计算机', '台', 'computer'),
  equipment('A02010109', '平板式计算机', '台', 'computer'),
  equipment('A02010201', '路由器', '台', 'computer'),
  equipment('A02010202', '交换设备', '台', 'computer'),
  equipment('A02010301', '防火墙', '台', 'computer'),
  equipment('A02020100', '复印机', '台', 'office-equipment'),
  equipment('A02020200', '投影仪', '台', 'office-equipment'),
  equipment('A02020400', '多功能一体机', '台', 'office-equipment'),
  equipment('A02020800', '触控一体机', '台', 'office-equipment'),
  equipment('A02021001', 'A3黑白打印机', '台', 'office-equipment'),
  equipment('A02021002', 'A3彩色打印机', '台', 'office-equipment'),
  equipment('A02021003', 'A4黑白打印机', '台', 'office-equipment'),
  equipment('A02021004', 'A4彩色打印机', '台', 'office-equipment'),
  equipment('A02021118', '扫描仪', '台', 'office-equipment'),
  equipment('A02021301', '碎纸机', '台', 'office-equipment'),
  equipment('A02051200', '起重设备', '台', 'machinery'),
  equipment('A02061504', '不间断电源', '台', 'electrical'),
  equipment('A02061804', '空调机', '台', 'electrical'),
  equipment('A02091001', '普通电视设备', '台', 'broadcasting'),
  head('A03', '文物和陈列品'),
  plain('A03000000', '文物和陈列品', '件', null),
  head('A04', '图书和档案'),
  plain('A04000000', '图书和档案', '册', null),
  head('A05', '家具和用具'),
  furniture('A05010201', '办公桌', '张', 'furniture'),
  furniture('A05010202', '会议桌', '张', 'furniture'),
  furniture('A05010204', '茶几', '个', 'furniture'),
  furniture('A05010301', '办公椅', '把', 'furniture'),
  furniture('A05010302', '桌前椅', '把', 'furniture'),
  furniture('A05010303', '会议椅', '把', 'furniture'),
  furniture('A05010401', '三人沙发', '个', 'furniture'),
  furniture('A05010402', '单人沙发', '个', 'furniture'),
  furniture('A05010501', '书柜', '组', 'furniture'),
  furniture('A05010502', '文件柜', '组', 'furniture'),
  furniture('A05010503', '更衣柜', '组', 'furniture'),
  furniture('A05010504', '保密柜', '组', 'furniture'),
  furniture('A05010505', '茶水柜', '组', 'furniture'),
  head('A06', '特种动植物'),
  head('A07', '物资'),
  head('A08', '无形资产'),
  former('A02010103', '服务器', '台', 'computer', 'A02010104'),
  former('A02010104', '台式计算机', '台', 'computer', 'A02010105'),
  former('A02010105', '便携式计算机', '台', 'computer', 'A02010108'),
  former('A0201060102', '激光打印机', '台', 'office-equipment', 'A02021003'),
  former('A020201', '复印机', '台', 'office-equipment', 'A02020100'),
  former('A02061504', '不间断电源', '台', 'electrical', 'A02061504'),
  former('A0206180203', '空调机', '台', 'electrical', 'A02061804'),
]

function presentOf(all: readonly AssetClass[]): AssetClass[] {
  return all
    .filter(({ edition, leaf: holds }) => edition === '2022' && holds)
    .toSorted((a, b) => (a.code < b.code ? -1 : 1))
}
const present = presentOf(rows)

const keyOf = ({ edition, code }: Pick<AssetClass, 'edition' | 'code'>): string => `${edition} ${code}`
const byKey = new Map(rows.map((one) => [keyOf(one), one]))

/** Every row of the classification, those of other modules among them. */
export const assetClasses: readonly AssetClass[] = rows

/**
 * Adds the classes of a kind of thing that another module owns (land, rooms, vehicles, flats); called once where the module is
 * loaded, beside its detail.
 * @returns takes them away again
 * @throws when a code of that edition is there already
 */
export function registerClasses(classes: readonly AssetClass[]): () => void {
  for (const one of classes) if (byKey.has(keyOf(one))) throw new Error(`class ${keyOf(one)} is registered already`)
  const put = (all: readonly AssetClass[]) => {
    rows.splice(0, rows.length, ...all)
    byKey.clear()
    for (const one of all) byKey.set(keyOf(one), one)
    present.splice(0, present.length, ...presentOf(all))
  }
  const before = [...rows]
  put([...rows, ...classes])
  return () => put(before)
}

/** The row of a code in its edition; null when there is none. */
export function classOf(edition: ClassEdition, code: string): AssetClass | null {
  return byKey.get(`${edition} ${code}`) ?? null
}

/** Code of the edition of 2022 for a class of any edition; null where none took its place. */
export const presentCode = ({ code, edition, now }: Pick<AssetClass, 'code' | 'edition' | 'now'>): string | null =>
  edition === '2022' ? code : (now ?? null)

/** Name of a class for lists and documents; a code nobody knows stays a code. */
export function classNameOf(edition: ClassEdition, code: string): string {
  return classOf(edition, code)?.name ?? code
}

/** Classes of the edition of 2022 that hold cards, in the order of their codes. */
export const presentClasses: readonly AssetClass[] = present

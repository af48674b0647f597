import type { StandardSeed } from './seed.ts'

/** The Regulation asks for dynamic adjustment and names no interval; a year is the project's choice. */
export const settingParameters: readonly StandardSeed[] = [
  {
    code: 'standards.review-months',
    value: { form: 'term', amount: 12, unit: 'month' },
    citation: '《山西省机关运行保障条例》第九条第一款；周期为项目默认值',
    from: '2021-01-01',
    confidence: 'D',
  },
]

/** Paper that labels are sold on, mm: sheets of A4, and rolls of a label printer with one on a page. */
export type LabelPaper = Readonly<{
  title: string
  page: Readonly<{ width: number; height: number }>
  label: Readonly<{ width: number; height: number }>
  across: number
  down: number
}>

const a4 = { width: 210, height: 297 } as const
const sheet = (width: number, height: number, across: number, down: number): LabelPaper => ({
  title: `A4 ${across * down} 枚（${width}×${height} mm）`,
  page: a4,
  label: { width, height },
  across,
  down,
})
const roll = (width: number, height: number): LabelPaper => ({
  title: `标签机 ${width}×${height} mm`,
  page: { width, height },
  label: { width, height },
  across: 1,
  down: 1,
})

export const labelPapers = {
  'a4-24': sheet(70, 37, 3, 8),
  'a4-16': sheet(105, 37, 2, 8),
  'a4-21': sheet(63.5, 38.1, 3, 7),
  'a4-40': sheet(48.5, 25.4, 4, 10),
  'roll-60x40': roll(60, 40),
  'roll-50x30': roll(50, 30),
} as const satisfies Record<string, LabelPaper>
export type LabelPaperName = keyof typeof labelPapers
export const labelPaperNames = Object.keys(labelPapers) as [LabelPaperName, ...LabelPaperName[]]

/** How many labels a page of the paper holds. */
export const labelsOnPage = (name: LabelPaperName): number => labelPapers[name].across * labelPapers[name].down

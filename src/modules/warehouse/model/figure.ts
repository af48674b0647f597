/** Figures of a year that can be opened down to the things they count (facts 3.1). */
export const figureLabels = {
  in: '入仓物品',
  out: '出仓物品',
  saved: '节约购置经费',
  stay: '在仓天数',
  returns: '到期的借用',
  repaired: '修复的物品',
} as const
export type Figure = keyof typeof figureLabels
export const figures = Object.keys(figureLabels) as [Figure, ...Figure[]]

/** What a row says beside its amount, by figure. */
export const figureWords = {
  loan: '借用',
  allotment: '调拨',
  'in-time': '按期归还',
  'late-back': '逾期归还',
  'late-out': '逾期未还',
  used: '修复后已出仓',
  unused: '修复后未出仓',
  in: '在仓',
  left: '已离仓',
} as const
export type FigureWord = keyof typeof figureWords
export const figureWordCodes = Object.keys(figureWords) as [FigureWord, ...FigureWord[]]

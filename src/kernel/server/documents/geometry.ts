/**
 * The measures of GB/T 9704-2012 (党政机关公文格式), in one place for both renderers.
 * Lengths on paper in millimetres, type in points: 二号 22, 三号 16, 四号 14, 小四 12, 五号 10.5.
 */
export const paper = { widthMm: 210, heightMm: 297 }
export const margins = { topMm: 37, bottomMm: 35, leftMm: 28, rightMm: 26 }
/** 22 lines of 28 characters fill the type area (5.2.2, 5.2.3). */
export const linesPerPage = 22
export const charactersPerLine = 28
export const bodyPt = 16
export const titlePt = 22
export const smallPt = 14
/** Page numbers stand with their dashes 7 mm below the type area (7.5). */
export const pageNumberDropMm = 7
/** The issuing organ stands 35 mm below the top of the type area, the red rule 4 mm below the number (7.2.4, 7.2.7). */
export const headDropMm = 35
export const headRuleGapMm = 4
export const headRed = 'E60012'
export const verificationGrey = '808080'

export const pointsPerMm = 72 / 25.4
export const textWidthMm = paper.widthMm - margins.leftMm - margins.rightMm
export const textHeightMm = paper.heightMm - margins.topMm - margins.bottomMm
export const textWidthPt = textWidthMm * pointsPerMm
/** 28.95 pt: rounded down to a twentieth of a point, so that 22 lines never overfill the page. */
export const linePitchPt = Math.floor(((textHeightMm * pointsPerMm) / linesPerPage) * 20) / 20
/** 15.79 pt from one character to the next. */
export const characterPitchPt = textWidthPt / charactersPerLine

/** A page turned sideways keeps its binding edge at the top (7.4): the margins turn with it. */
export const landscapeMargins = {
  topMm: margins.leftMm,
  bottomMm: margins.rightMm,
  leftMm: margins.bottomMm,
  rightMm: margins.topMm,
}

/** Width of the type area of a page, in points. */
export function areaWidthPt(landscape: boolean): number {
  return landscape ? textHeightMm * pointsPerMm : textWidthPt
}

/** Height of the type area of a page, in points. */
export function areaHeightPt(landscape: boolean): number {
  return landscape ? textWidthPt : textHeightMm * pointsPerMm
}

/** Type of a table: 小四 while it is narrow, 五号 beyond. */
export function tablePt(columns: number, landscape: boolean): number {
  return columns <= (landscape ? 9 : 6) ? 12 : 10.5
}

const wide =
  /[\u1100-\u115f\u2010-\u2027\u2030-\u205e\u2190-\u2bff\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]|[\u{1f000}-\u{3fffd}]/u

/** Width of one line of text in ems: Chinese characters and signs 1, Latin letters and digits about a half. */
export function textEms(text: string): number {
  let ems = 0
  for (const character of text) ems += wide.test(character) ? 1 : 0.55
  return ems
}

/**
 * Type of the issuing organ in the red head: as large as the width allows, letters narrowed to 70 % before they shrink.
 * @returns size in points and horizontal scale (1 = natural)
 */
export function headType(text: string, largestPt: number, widthPt: number): { sizePt: number; scale: number } {
  const ems = Math.max(1, textEms(text))
  const scale = Math.max(0.7, Math.min(1, widthPt / (ems * largestPt)))
  const sizePt = Math.min(largestPt, widthPt / (ems * scale))
  return { sizePt: Math.floor(sizePt * 2) / 2, scale: Math.round(scale * 100) / 100 }
}

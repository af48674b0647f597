/**
 * Names of log segments and the way through them, from a backup to the newest. A name is timeline, log and segment,
 * eight hexadecimal digits each; a `.history` file tells where a timeline left its parent (after a restore).
 */
export type WalPlace = { timeline: number; segment: number }

/** Segments of one `log` number: 4 GiB of them. */
function perLog(segmentBytes: number): number {
  return 0x1_0000_0000 / segmentBytes
}

const hex = (value: number) => value.toString(16).toUpperCase().padStart(8, '0')

export function walName({ timeline, segment }: WalPlace, segmentBytes: number): string {
  return hex(timeline) + hex(Math.floor(segment / perLog(segmentBytes))) + hex(segment % perLog(segmentBytes))
}

/** @returns null for names that are no segment (history, backup labels, unfinished files) */
export function walPlace(name: string, segmentBytes: number): WalPlace | null {
  if (!/^[0-9A-F]{24}$/.test(name)) return null
  const part = (start: number) => Number.parseInt(name.slice(start, start + 8), 16)
  return { timeline: part(0), segment: part(8) * perLog(segmentBytes) + part(16) }
}

/** The segment a position such as `0/3000028` lies in. */
export function segmentOf(lsn: string, segmentBytes: number): number {
  const [high = '0', low = '0'] = lsn.split('/')
  return Math.floor((Number.parseInt(high, 16) * 0x1_0000_0000 + Number.parseInt(low, 16)) / segmentBytes)
}

/** Where timelines left their parents, of a history file: `parent  lsn  reason` a line. */
function readHistory(text: string): { parent: number; lsn: string }[] {
  return [...text.matchAll(/^(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/gm)].map(([, parent, lsn]) => ({
    parent: Number(parent),
    lsn: lsn as string,
  }))
}

export type WalPath = {
  /** Segments that follow each other without a gap, as recovery reads them. */
  names: string[]
  /** The first segment that is not there. */
  next: string
  /** Later ones are: it was lost, and is not merely still to come. */
  isGap: boolean
}

/**
 * The way of recovery from a segment on, along the newest timeline that descends from it.
 * @param present names in the archive (without endings)
 * @param histories text of each `.history` file by its timeline
 */
export function walPath(
  from: WalPlace,
  present: ReadonlySet<string>,
  histories: ReadonlyMap<number, string>,
  segmentBytes: number,
): WalPath {
  const places = [...present].flatMap((name) => walPlace(name, segmentBytes) ?? [])
  const newest = [...histories.keys()]
    .filter((one) => descends(one, from, histories, segmentBytes))
    .sort((a, b) => b - a)[0]
  const switches = newest === undefined ? [] : readHistory(histories.get(newest) ?? '')
  const timelineAt = (segment: number): number => {
    // A segment with a switch in it is read from the later timeline, which begins with a copy of it.
    const line = switches.find(({ lsn, parent }) => parent >= from.timeline && segment < segmentOf(lsn, segmentBytes))
    return line?.parent ?? newest ?? from.timeline
  }
  const names: string[] = []
  for (let { segment } = from; ; segment++) {
    const place = { timeline: timelineAt(segment), segment }
    const name = walName(place, segmentBytes)
    if (present.has(name)) {
      names.push(name)
      continue
    }
    const later = places.some((other) => other.segment > segment && other.timeline === timelineAt(other.segment))
    return { names, next: name, isGap: later }
  }
}

function descends(
  timeline: number,
  from: WalPlace,
  histories: ReadonlyMap<number, string>,
  segmentBytes: number,
): boolean {
  if (timeline <= from.timeline) return false
  const left = readHistory(histories.get(timeline) ?? '').find(({ parent }) => parent === from.timeline)
  return left !== undefined && segmentOf(left.lsn, segmentBytes) >= from.segment
}

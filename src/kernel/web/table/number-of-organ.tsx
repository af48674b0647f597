import { useMe } from '../session.tsx'
import type { Column } from './column.ts'

type Numbered = { number: string | null; organName: string }

/**
 * The number of a paper or act, with its organ beside where it is not the reader's own: each organ counts for itself, so that
 * a list of a whole level has the same number many times.
 */
export function numberOfOrgan<Row extends Numbered>(title: string, width = 240): Column<Row> {
  return {
    key: 'number',
    title,
    value: ({ number, organName }) => (number === null ? organName : `${number} ${organName}`),
    render: ({ number, organName }) => <NumberOfOrgan number={number} organName={organName} />,
    width,
  }
}

function NumberOfOrgan({ number, organName }: Numbered) {
  const organ = useMe().organ
  if (organ?.name === organName) return number ?? '–'
  return (
    <>
      {number ?? '–'} <small>{withoutPlace(organName, organ?.jurisdictionName)}</small>
    </>
  )
}

/** 太原市审计局 is 审计局 to those who are of 太原市; a name that is nothing but the place stays whole. */
export function withoutPlace(organName: string, place: string | undefined): string {
  return place !== undefined && organName.startsWith(place) && organName.length > place.length + 1
    ? organName.slice(place.length)
    : organName
}

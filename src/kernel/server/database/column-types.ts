import pg from 'pg'

const { builtins } = pg.types

type Parse = (text: string) => unknown

/** @throws when the number is beyond what a double holds exactly: better no number than a wrong one */
function exactInteger(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value))
    throw new RangeError(`integer ${text} is beyond 2^53 - 1 and cannot be read exactly`)
  return value
}

const asText: Parse = (text) => text

/** Dates are calendar dates, not instants; numeric keeps its digits; int8 is money in 分 and counts. */
const scalars: Record<number, Parse> = {
  [builtins.DATE]: asText,
  [builtins.TIMESTAMP]: asText,
  [builtins.NUMERIC]: asText,
  [builtins.INT8]: exactInteger,
}

const arrays: Record<number, Parse> = { 1182: asText, 1115: asText, 1231: asText, 1016: exactInteger }

/** How column values become values of ours; arrays are read member by member in the same way. */
export const columnTypes = {
  getTypeParser(oid: number, format?: 'text' | 'binary'): Parse {
    const scalar = scalars[oid]
    if (scalar) return scalar
    const member = arrays[oid]
    if (member) return (text) => textArray(text).map((item) => (item === null ? null : member(item)))
    return pg.types.getTypeParser(oid, format as 'text') as Parse
  },
} as pg.CustomTypesConfig

const textArrayOid = 1009
const textArray = pg.types.getTypeParser(textArrayOid as never, 'text') as (text: string) => (string | null)[]

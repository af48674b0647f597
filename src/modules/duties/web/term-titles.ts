import { terms } from '../reference/terms.ts'

/** Terms under which something in the system runs, as the filter names them. */
export const carriedTermTitles: Readonly<Record<string, string>> = Object.fromEntries(
  terms.filter(({ carrier }) => carrier.by === 'case' || carrier.by === 'record').map(({ id, title }) => [id, title]),
)

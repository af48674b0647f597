import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { roles } from '#kernel/pure/actor.ts'
import { relations } from './places.ts'
import { situations } from './situations.ts'

/** What authorization.tsv says of a cell; `line` is where, for whoever reads a failure. */
export type Expected = Readonly<{ answer: string; article: string; line: number }>

export const answers = ['allow', 'without', 'masked', 'forbidden', 'hidden', 'refused', 'signed-out', 'open'] as const

type Row = Readonly<{
  operations: ReadonlySet<string> | null
  roles: ReadonlySet<string>
  relations: ReadonlySet<string>
  expected: Expected
}>

/** Nobody's role: a person who holds none, or nobody at all. */
export const noRole = 'none'
export const everyRole: readonly string[] = [noRole, ...roles]
export const everyRelation: readonly string[] = [...relations, 'public', ...situations]

/** Reads the table; of the rows that fit a cell the last decides. */
export class Expectations {
  readonly #rows: readonly Row[]
  readonly #rowsOf = new Map<string, readonly Row[]>()
  readonly #decided = new Set<Row>()

  /** @throws for a word that is no role, relation or answer, with its line */
  constructor(text = readFileSync(join(import.meta.dirname, 'authorization.tsv'), 'utf8')) {
    const groups = new Map<string, readonly string[]>()
    const rows: Row[] = []
    for (const [index, line] of text.split('\n').entries()) {
      const group = /^# (@[a-z]+) = (.+)$/.exec(line)
      if (group) groups.set(group[1] as string, (group[2] as string).split(' '))
      if (line === '' || line.startsWith('#') || line.startsWith('operation\t')) continue
      const [operation = '', role = '', relation = '', answer = '', article = ''] = line.split('\t')
      const at = `authorization.tsv:${index + 1}`
      const named = (words: string, all: readonly string[]) => {
        const spread = words === '*' ? all : words.split(' ').flatMap((word) => groups.get(word) ?? [word])
        for (const word of spread) if (!all.includes(word)) throw new Error(`${at}: ${word} is not known`)
        return new Set(spread)
      }
      if (!(answers as readonly string[]).includes(answer)) throw new Error(`${at}: ${answer} is no answer`)
      if (article === '') throw new Error(`${at}: on what ground?`)
      // Signed in or not is said apart: `*` does not mean nobody.
      const where = named(relation, relation === '*' ? relations : everyRelation)
      if (operation === '*' && relation !== 'public' && relation !== 'secret')
        throw new Error(`${at}: operations are named, one by one`)
      rows.push({
        operations: operation === '*' ? null : new Set(operation.split(' ')),
        roles: named(role, everyRole),
        relations: where,
        expected: { answer, article, line: index + 1 },
      })
    }
    this.#rows = rows
  }

  /** Null where nothing is said of the cell. */
  of(operation: string, role: string, relation: string): Expected | null {
    const rows =
      this.#rowsOf.get(operation) ?? this.#rows.filter(({ operations }) => operations?.has(operation) ?? true)
    this.#rowsOf.set(operation, rows)
    const row = rows.findLast((one) => one.roles.has(role) && one.relations.has(relation))
    if (!row) return null
    this.#decided.add(row)
    return row.expected
  }

  /** Lines that decided no cell asked for so far. */
  idle(): number[] {
    return this.#rows.filter((row) => !this.#decided.has(row)).map(({ expected }) => expected.line)
  }

  /** Operations named in the table. */
  operations(): Set<string> {
    return new Set(this.#rows.flatMap(({ operations }) => [...(operations ?? [])]))
  }
}

import { placeOf, type Carrier, type Norm, type Standing } from '../model.ts'

/** Tests of one outcome naming a norm; `null` outcome: no results were given, only the title is known. */
export type NamedTest = Readonly<{ norm: string; file: string; outcome: 'passed' | 'failed' | 'skipped' | null }>

/** What the source itself says: no opinion, only what was found where. */
export type CoverageFacts = Readonly<{
  /** Citations in working code: norm id and file. */
  citations: readonly { norm: string; file: string }[]
  tests: readonly NamedTest[]
  /** Whether the outcomes of a test run are known; without it, a test naming the norm is what is checked. */
  withResults: boolean
  /** `plans.submitDemand`. */
  operations: ReadonlySet<string>
  pages: ReadonlySet<string>
  /** `plans.demand` with its states. */
  caseKinds: ReadonlyMap<string, readonly string[]>
}>

export type NormCoverage = Readonly<{
  id: string
  article: number
  place: string
  status: Standing
  /** What is missing (in part) or which area of work will carry it (open); null otherwise. */
  open: string | null
  code: readonly string[]
  tests: readonly string[]
  /** Null when no results were given, or nothing names the norm. */
  passing: boolean | null
}>

export type CoverageFault = Readonly<{
  code: 'no-code' | 'no-test' | 'not-passing' | 'unknown-norm' | 'no-such-place'
  norm: string
  message: string
}>

export type Coverage = Readonly<{
  total: number
  carried: number
  partly: number
  display: number
  open: number
  withResults: boolean
  norms: readonly NormCoverage[]
  articles: readonly ArticleCoverage[]
  faults: readonly CoverageFault[]
}>
export type ArticleCoverage = Readonly<{
  article: number
  total: number
  carried: number
  openNorms: readonly string[]
}>

/**
 * Holds the catalogue against the source: what is marked as carried, whole or in part, must be cited by working code,
 * named by a test that passes, and placed where the system has such an operation, page or kind of case.
 */
export function coverageOf(norms: readonly Norm[], facts: CoverageFacts): Coverage {
  const covered = norms.map((norm) => coverageOfNorm(norm, facts))
  const count = (status: Standing) => covered.filter((norm) => norm.status === status).length
  const known = new Set(norms.map(({ id }) => id))
  const named = [...facts.citations, ...facts.tests].filter(({ norm }) => !known.has(norm))
  const unknown = [...new Map(named.map(({ norm, file }) => [`${norm} ${file}`, { norm, file }])).values()]
  return {
    total: norms.length,
    carried: count('whole'),
    partly: count('part'),
    display: count('display'),
    open: count('open'),
    withResults: facts.withResults,
    norms: covered,
    articles: [...new Set(norms.map(({ article }) => article))].map((article) => articleCoverage(article, covered)),
    faults: [
      ...norms.flatMap((norm, index) => faultsOf(norm, covered[index] as NormCoverage, facts)),
      ...unknown.map(({ norm, file }) => fault('unknown-norm', norm, `${file} 引用了目录中没有的规范 ${norm}`)),
    ],
  }
}

/** The carriers of a norm; none where nothing carries it. */
export function carriersOf({ carrying }: Pick<Norm, 'carrying'>): readonly Carrier[] {
  return carrying.how === 'whole' || carrying.how === 'part' ? carrying.by : []
}

/** What is still open of a norm, in words; null when nothing is. */
export function openOf({ carrying }: Pick<Norm, 'carrying'>): string | null {
  if (carrying.how === 'part') return carrying.missing
  return carrying.how === 'open' ? carrying.area : null
}

function coverageOfNorm(norm: Norm, facts: CoverageFacts): NormCoverage {
  const tests = facts.tests.filter((test) => test.norm === norm.id)
  return {
    id: norm.id,
    article: norm.article,
    place: placeOf(norm),
    status: norm.carrying.how,
    open: openOf(norm),
    code: filesOf(facts.citations.filter((citation) => citation.norm === norm.id)),
    tests: filesOf(tests),
    passing: facts.withResults && tests.length > 0 ? isPassing(tests) : null,
  }
}

/** One passing test is needed and one failing is enough to fail; skipped tests prove nothing. */
function isPassing(tests: readonly NamedTest[]): boolean {
  return tests.some(({ outcome }) => outcome === 'passed') && tests.every(({ outcome }) => outcome !== 'failed')
}

function faultsOf(norm: Norm, covered: NormCoverage, facts: CoverageFacts): CoverageFault[] {
  const carriers = carriersOf(norm)
  if (carriers.length === 0) return []
  const faults = carriers
    .flatMap((carrier) => placesMissing(carrier, facts))
    .map((place) => fault('no-such-place', norm.id, `${norm.id} 指向系统中没有的 ${place}`))
  if (covered.code.length === 0) faults.push(fault('no-code', norm.id, `${norm.id} 标为已承载，但没有代码引用`))
  if (covered.tests.length === 0)
    faults.push(fault('no-test', norm.id, `${norm.id} 标为已承载，但没有测试在名称中写明它`))
  else if (covered.passing === false)
    faults.push(fault('not-passing', norm.id, `${norm.id} 标为已承载，但写明它的测试没有全部通过`))
  return faults
}

function placesMissing(carrier: Carrier, { operations, pages, caseKinds }: CoverageFacts): string[] {
  const { module, page, operations: named = [], cases = [] } = carrier
  return [
    ...named.map((name) => `${module}.${name}`).filter((name) => !operations.has(name)),
    ...(page === undefined || pages.has(page) ? [] : [page]),
    ...cases.flatMap(({ kind, states = [] }) => {
      const known = caseKinds.get(kind)
      return known ? states.filter((state) => !known.includes(state)).map((state) => `${kind}/${state}`) : [kind]
    }),
  ]
}

function articleCoverage(article: number, covered: readonly NormCoverage[]): ArticleCoverage {
  const own = covered.filter((norm) => norm.article === article)
  return {
    article,
    total: own.length,
    carried: own.filter(({ status }) => status === 'whole' || status === 'display').length,
    openNorms: own.filter(({ open }) => open !== null).map(({ id }) => id),
  }
}

function filesOf(found: readonly { file: string }[]): string[] {
  return [...new Set(found.map(({ file }) => file))].sort()
}

function fault(code: CoverageFault['code'], norm: string, message: string): CoverageFault {
  return { code, norm, message: `${message}。` }
}

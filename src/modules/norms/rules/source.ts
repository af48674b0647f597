import type { NamedTest } from './coverage.ts'

/** A file of the repository: path from its root, with `/`, and its text. */
export type SourceFile = Readonly<{ file: string; text: string }>

const normId = /\bA\d{1,2}-\d{1,2}\b/g
const isTest = (file: string) => /\.(test|e2e)\.tsx?$/.test(file)

/**
 * Norms that working code cites. A line of a module's `law.ts` counts only where the module uses it (`law.notice`);
 * elsewhere the id must stand in a string, not merely in a comment. The catalogue itself is no citation, nor is the
 * declaration of a statutory term: what runs under it is.
 */
export function citationsIn(files: readonly SourceFile[]): { norm: string; file: string }[] {
  const declaring = ['src/modules/norms/', 'src/modules/duties/reference/']
  const working = files.filter(({ file }) => !isTest(file) && !declaring.some((folder) => file.startsWith(folder)))
  return working.flatMap(({ file, text }) => {
    if (file.endsWith('/law.ts')) {
      const folder = file.slice(0, -'law.ts'.length)
      const own = working.filter((other) => other.file.startsWith(folder) && other.file !== file)
      return entriesOf(text).flatMap(({ name, norm }) =>
        own
          .filter((other) => new RegExp(`\\blaw\\.${name}\\b`).test(other.text))
          .map((other) => ({ norm, file: other.file })),
      )
    }
    return [...withoutComments(text).matchAll(/(['"`])(A\d{1,2}-\d{1,2})\1/g)].map((match) => ({
      norm: match[2] as string,
      file,
    }))
  })
}

function entriesOf(lawText: string): { name: string; norm: string }[] {
  return [...lawText.matchAll(/^\s*(\w+): \{\s*norm: '(A\d{1,2}-\d{1,2})'/gm)].map((match) => ({
    name: match[1] as string,
    norm: match[2] as string,
  }))
}

function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')
}

/** Norms that titles of tests name: of the test itself, or of the group it stands in. */
export function testsIn(files: readonly SourceFile[]): NamedTest[] {
  return files
    .filter(({ file }) => isTest(file))
    .flatMap(({ file, text }) =>
      titlesOf(text).flatMap((title) => (title.match(normId) ?? []).map((norm) => ({ norm, file, outcome: null }))),
    )
}

/** `describe('…'`, `it('…'`, and the title after a table of cases: `])('…'`. */
function titlesOf(text: string): string[] {
  return [...text.matchAll(/^\s*(?:(?:describe|it|test)(?:\.each\(.*\)|[^'"`\n]*)|[\])}]+)\(\s*(['"`])(.*?)\1/gm)].map(
    (match) => match[2] as string,
  )
}

/** The part of a vitest JSON report that is read. */
export type TestReport = {
  testResults: { name: string; assertionResults: { fullName: string; status: string }[] }[]
}

/**
 * Norms named by the tests that ran, with how each ended.
 * @param root folder of the repository, taken off the front of file names
 */
export function testsInReport(report: TestReport, root: string): NamedTest[] {
  return report.testResults.flatMap(({ name, assertionResults }) => {
    const path = name.replaceAll('\\', '/')
    const start = `${root.replaceAll('\\', '/')}/`
    const file = path.startsWith(start) ? path.slice(start.length) : path
    return assertionResults.flatMap(({ fullName, status }) =>
      [...new Set(fullName.match(normId) ?? [])].map((norm) => ({ norm, file, outcome: outcomeOf(status) })),
    )
  })
}

function outcomeOf(status: string): 'passed' | 'failed' | 'skipped' {
  return status === 'passed' || status === 'failed' ? status : 'skipped'
}

/** Pages that modules declare in their routes. */
export function pagesIn(files: readonly SourceFile[]): Set<string> {
  return new Set(
    files
      .filter(({ file }) => file.endsWith('/web/routes.tsx'))
      .flatMap(({ text }) =>
        [...text.matchAll(/path: '([^']+)',\s*load:|^\s*'(\/[^']*)': '\w+\/\w+Page'/gm)].map(
          (match) => (match[1] ?? match[2]) as string,
        ),
      ),
  )
}

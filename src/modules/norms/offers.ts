import { readFile } from 'node:fs/promises'
import { root, sourceFiles } from './checkout.ts'
import { norms } from './reference/catalogue.ts'
import { coverageOf, type Coverage, type CoverageFacts } from './rules/coverage.ts'
import { citationsIn, pagesIn, testsIn, testsInReport, type TestReport } from './rules/source.ts'

export { isCheckout } from './checkout.ts'
export { normOf } from './reference/catalogue.ts'
export type { Coverage, NormCoverage } from './rules/coverage.ts'

/**
 * Holds the catalogue against the source of this checkout.
 * @param known operations and kinds of case of all modules
 * @param resultsFile report of a vitest run (`--reporter=json`); null: titles alone are looked at
 */
export async function coverageOfCheckout(
  known: Pick<CoverageFacts, 'operations' | 'caseKinds'>,
  resultsFile: string | null,
): Promise<Coverage> {
  const files = await sourceFiles()
  return coverageOf(norms, {
    ...known,
    citations: citationsIn(files),
    tests: resultsFile === null ? testsIn(files) : testsInReport(await reportIn(resultsFile), root),
    withResults: resultsFile !== null,
    pages: pagesIn(files),
  })
}

async function reportIn(path: string): Promise<TestReport> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new Error(error.code === 'ENOENT' ? `没有找到测试结果文件 ${path}。` : `不能读取测试结果文件 ${path}。`, {
      cause: error,
    })
  })
  const report = parsed(text)
  if (!Array.isArray(report?.testResults))
    throw new Error(`${path} 不是 vitest 的 JSON 测试结果。请用 --reporter=json 生成。`)
  return report
}

function parsed(text: string): TestReport | null {
  try {
    return JSON.parse(text) as TestReport | null
  } catch {
    return null
  }
}

import { statSync } from 'node:fs'
import { relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The matrix makes the demonstration that other files copy; files of the unit tests are small and fill what is left at the end. */
const projectOrder = ['authorization', 'db', 'unit', 'e2e']

/**
 * What takes long begins early, so that nothing long is left to run alone. First what needs no demonstration: whoever needs it
 * in the first minute of a run would only wait for it.
 */
export const early: readonly string[] = [
  'src/apps/commands/backup.db.test.ts',
  'src/kernel/server/cluster.db.test.ts',
  'src/kernel/server/backup/backup.db.test.ts',
  'journeys/crash-lab.db.test.ts',
  'src/apps/commands/cli.db.test.ts',
  'journeys/migration-lab.db.test.ts',
  'src/kernel/server/job-runner.db.test.ts',
  'journeys/database-away.db.test.ts',
  'journeys/bad-input.db.test.ts',
  'journeys/fail-at-n.db.test.ts',
  'journeys/fuzz/fuzz.db.test.ts',
  'journeys/hostile-files.db.test.ts',
  'src/modules/whatif/actions.db.test.ts',
  'journeys/plan-cycle.e2e.ts',
  'journeys/pages.e2e.ts',
  'src/modules/assets/web/assets.e2e.ts',
]

/** Orders by what is known of the files, not by how long they took the last time: a fresh clone runs as every other. */
export default class TestOrder extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { root } = this.ctx.config
    const places = new Map(files.map((file) => [file, placeOf(file, root)]))
    return files.toSorted((a, b) => compare(places.get(a) ?? [], places.get(b) ?? []))
  }
}

/** Compared number by number: group, project, whether it begins early and when, then the largest first. */
function placeOf({ project, moduleId }: TestSpecification, root: string): number[] {
  const turn = early.indexOf(relative(root, moduleId).replaceAll('\\', '/'))
  return [
    project.config.sequence.groupOrder,
    projectOrder.indexOf(project.name),
    turn < 0 ? early.length : turn,
    -statSync(moduleId).size,
  ]
}

function compare(a: readonly number[], b: readonly number[]): number {
  const differing = a.findIndex((value, at) => value !== b[at])
  return differing < 0 ? 0 : (a[differing] ?? 0) - (b[differing] ?? 0)
}

import { expect, test } from 'vitest'
import { runLab } from '../scripts/crash-lab/lab.ts'

/** A short run of the laboratory; `npm run crash-lab` runs it as long and as hard as one likes. */
test(
  'G17 G19 G20 killed applications and databases lose nothing, double nothing and come back by themselves',
  {
    timeout: 300_000,
  },
  async () => {
    const report = await runLab(
      {
        seconds: 6,
        seed: 20,
        clients: 10,
        killsOfApp: 1,
        killsOfDatabase: 1,
        otherFaults: 1,
        topology: 'apart',
        volumeMib: null,
        keep: false,
      },
      () => {},
    )
    expect(report.faults).toEqual([])
    expect(report.struck).toMatchObject({ 'kill-app': 1, 'kill-database': 1 })
    expect(report.operations.ok).toBeGreaterThan(20)
  },
)

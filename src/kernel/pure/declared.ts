import type { Operation } from './contract.ts'
import { machineAreas, type MachineArea } from './machine-scope.ts'
import type { ModuleWords } from './words.ts'

/** What the modules there are declare, for the modules that tell of all of them. */
export type Declared = {
  /** What machines may be let into. */
  machineAreas: readonly MachineArea[]
  /** `plans.submitDemand` → 提交需求申请, as the API documentation words it, without what only a machine needs to know. */
  summaries: ReadonlyMap<string, string>
  /** What a page is called: `/plans/demands` → 需求申请. */
  places: ReadonlyMap<string, string>
  /** What happened, in words: `plans.demand-submitted` → 提交审核. */
  facts: ReadonlyMap<string, string>
  /** What records are about, in words: `assets.card` → 资产卡片. */
  subjects: ReadonlyMap<string, string>
}

/** Gathers what modules declare. */
export function declaredBy(
  modules: readonly {
    name: string
    title: string
    closedToMachines?: boolean
    contract: Readonly<Record<string, Operation>>
    words?: ModuleWords
  }[],
): Declared {
  return {
    machineAreas: machineAreas(modules),
    summaries: new Map(
      modules.flatMap(({ contract }) =>
        Object.values(contract).map(
          ({ module, name, summary }) => [`${module}.${name}`, withoutAsides(summary)] as const,
        ),
      ),
    ),
    places: wordsOf(modules, 'places'),
    facts: wordsOf(modules, 'facts'),
    subjects: wordsOf(modules, 'subjects'),
  }
}

function wordsOf(
  modules: readonly { words?: ModuleWords }[],
  part: 'places' | 'facts' | 'subjects',
): ReadonlyMap<string, string> {
  return new Map(modules.flatMap(({ words }) => Object.entries(words?.[part] ?? {})))
}

function withoutAsides(summary: string): string {
  return summary.replace(/（[^（）]*）/g, (aside) => (aside.includes('If-Match') ? '' : aside))
}

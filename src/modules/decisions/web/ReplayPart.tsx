import { useFetched } from '#kernel/web/fetching.ts'
import { Section } from '#kernel/web/Page.tsx'
import { StateTag, type Tone } from '#kernel/web/StateTag.tsx'
import { contract } from '../contract.ts'
import { replayLabels, type Replay, type ReplayResult } from '../model.ts'
import { DifferencesTable } from './DifferencesTable.tsx'

const tones: Record<ReplayResult, Tone> = {
  equal: 'done',
  different: 'overdue',
  'other-rules': 'warn',
  'no-inputs': 'draft',
  purged: 'draft',
}

/** The decision judged again by the same rules from the kept inputs and exactly the standards of that day. */
export function ReplayPart({ decision }: { decision: string }) {
  const replay = useFetched(contract.replayDecision, { decision })
  return (
    <Section title="重放">
      <p>
        <StateTag tone={tones[replay.result]} word={replayLabels[replay.result]} />
      </p>
      <p className="prose">{saidOf(replay)}</p>
      {replay.differences.length > 0 && (
        <DifferencesTable differences={replay.differences} before="决定时" after="重放" />
      )}
    </Section>
  )
}

function saidOf({ result, rulesVersion, presentRulesVersion, differences }: Replay): string {
  switch (result) {
    case 'equal':
      return '用决定时保存的全部输入和当日有效的标准重新计算，每项核对、每步算式和结论都与决定时相同。'
    case 'different':
      return `规则版本没有变，重放却有 ${differences.length} 处不同。请告诉系统管理员：保存的决定或程序可能被改动。`
    case 'other-rules':
      return `决定时用的是第 ${rulesVersion} 版规则，现在是第 ${presentRulesVersion ?? '－'} 版，重放结果不同不是差错。决定时的核对、算式和结论仍如“明细”所示。`
    case 'no-inputs':
      return '这项决定作出时系统还不保存全部输入，不能重放；核对、算式和结论仍如“明细”所示。'
    case 'purged':
      return '内容依照保密规定清除，不能重放。'
  }
}

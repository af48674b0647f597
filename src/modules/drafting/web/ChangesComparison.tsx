import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import { catalogueText } from '#modules/standards/rules/catalogue.ts'
import { differingParts } from '#modules/standards/rules/comparison.ts'
import { valueText } from '#modules/standards/rules/value-text.ts'
import { changeActLabels } from '../model.ts'
import { lineWords } from '../rules/wording.ts'
import { contentOf, type ViewedChange } from './view.ts'
import './drafting.css'

const tones = { add: 'done', revise: 'warn', end: 'refused' } as const

/** 对照: what holds, what the level above says, what is proposed; the parts that differ are marked. */
export function ChangesComparison({ changes }: { changes: readonly ViewedChange[] }) {
  if (changes.length === 0) return <Empty title="还没有拟定内容">拟定后在这里与现行标准并列。</Empty>
  const withAbove = changes.some(({ above }) => above !== null)
  return (
    <div className="draft-scroll">
      <table className="draft-compare">
        <thead>
          <tr>
            <th scope="col">项目</th>
            <th scope="col">方式</th>
            {withAbove && <th scope="col">上级标准</th>}
            <th scope="col">现行</th>
            <th scope="col">拟定</th>
          </tr>
        </thead>
        <tbody>
          {changes.map((change) => {
            const { name, before, after } = lineWords({
              lineNo: change.lineNo,
              content: contentOf(change),
              before: change.before,
            })
            return (
              <tr key={change.id}>
                <th scope="row">{name}</th>
                <td>
                  <StateTag tone={tones[change.act]} word={changeActLabels[change.act]} />
                </td>
                {withAbove && <td className="quiet">{aboveText(change)}</td>}
                <td>{before === '' ? '–' : <Parts text={before} other={after} />}</td>
                <td>
                  <Parts text={after} other={before} />
                </td>
              </tr>
            )
          })}
        </tbody>
      </table>
    </div>
  )
}

function aboveText(change: ViewedChange): string {
  if (change.above === null) return '–'
  return change.subject === 'standard' ? valueText(change.above.value) : catalogueText(change.above)
}

/** The parts of a figure that the other has not, marked. */
function Parts({ text, other }: { text: string; other: string }) {
  return differingParts(text, other).map(({ part, differs }, place) =>
    differs ? <mark key={place}>{part}</mark> : <span key={place}>{part}</span>,
  )
}

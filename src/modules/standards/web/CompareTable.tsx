import { Go } from '#kernel/web/going.tsx'
import { Empty } from '#kernel/web/Panels.tsx'
import { StateTag } from '#kernel/web/StateTag.tsx'
import type { Standard } from '../model.ts'
import { differenceLabels, differingParts, type Difference } from '../rules/comparison.ts'
import { valueText } from '../rules/value-text.ts'
import { scopeText } from './scope.tsx'
import './standards.css'

type ComparedRow = {
  code: string
  title: string
  how: Exclude<Difference, 'same'>
  before: Standard | null
  after: Standard | null
}

const tones = { added: 'done', removed: 'refused', changed: 'warn' } as const

/** Two states of the table: rows that came, went or changed; what differs in a figure is marked. */
export function CompareTable({
  rows,
  same,
  from,
  to,
}: {
  rows: readonly ComparedRow[]
  same: number
  from: string
  to: string
}) {
  if (rows.length === 0)
    return <Empty title="两日的标准相同">{same === 0 ? '两日都没有适用的标准。' : `共 ${same} 行，没有变化。`}</Empty>
  return (
    <div className="standards-scroll">
      <table className="standards-compare">
        <thead>
          <tr>
            <th scope="col">标准</th>
            <th scope="col">变化</th>
            <th scope="col">{from}</th>
            <th scope="col">{to}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <ComparedLine key={(row.after ?? row.before)?.id} row={row} />
          ))}
        </tbody>
      </table>
      {same > 0 && <p className="quiet">其余 {same} 行没有变化。</p>}
    </div>
  )
}

function ComparedLine({ row: { code, title, how, before, after } }: { row: ComparedRow }) {
  const scope = scopeText(after ?? (before as Standard))
  const [was, is] = [before ? valueText(before.value) : '', after ? valueText(after.value) : '']
  return (
    <tr>
      <td>
        <Go to={`/standards/${code}`}>{title}</Go>
        {scope !== '' && <p className="quiet">{scope}</p>}
      </td>
      <td>
        <StateTag tone={tones[how]} word={differenceLabels[how]} />
      </td>
      <td className="was">{was === '' ? '–' : <Differing text={was} from={is} />}</td>
      <td>
        {is === '' ? '–' : <Differing text={is} from={was} />}
        {after && <p className="quiet">{after.citation}</p>}
      </td>
    </tr>
  )
}

/** The parts of a figure that the other has not, marked. */
function Differing({ text, from }: { text: string; from: string }) {
  return differingParts(text, from).map(({ part, differs }, place) =>
    differs ? <mark key={place}>{part}</mark> : <span key={place}>{part}</span>,
  )
}

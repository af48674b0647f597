import { InputNumber } from 'antd'
import { rankLabels, ranks, type Rank, type RankHeadcount } from '../model.ts'
import './headcount.css'

/** Posts and people of every rank; ranks with neither are left out. */
export function HeadcountInput({
  id,
  value = [],
  onChange,
}: {
  id?: string
  value?: RankHeadcount[]
  onChange?: (rows: RankHeadcount[]) => void
}) {
  const rowOf = (rank: Rank) => value.find((row) => row.rank === rank) ?? { rank, approved: 0, inPost: 0 }
  const change = (rank: Rank, part: Partial<RankHeadcount>) =>
    onChange?.(
      ranks
        .map((each) => (each === rank ? { ...rowOf(each), ...part } : rowOf(each)))
        .filter(({ approved, inPost }) => approved > 0 || inPost > 0),
    )
  const count = (rank: Rank, part: 'approved' | 'inPost', label: string, ofForm: string | undefined) => (
    <InputNumber
      {...(ofForm === undefined ? {} : { id: ofForm })}
      aria-label={`${rankLabels[rank]} ${label}`}
      min={0}
      max={100_000}
      precision={0}
      controls={false}
      value={rowOf(rank)[part]}
      onChange={(people) => change(rank, { [part]: people ?? 0 })}
    />
  )
  return (
    <table className="headcount">
      <thead>
        <tr>
          <th scope="col">职级</th>
          <th scope="col">编制（人）</th>
          <th scope="col">实有（人）</th>
        </tr>
      </thead>
      <tbody>
        {ranks.map((rank, index) => (
          <tr key={rank}>
            <th scope="row">{rankLabels[rank]}</th>
            <td>{count(rank, 'approved', '编制', index === 0 ? id : undefined)}</td>
            <td>{count(rank, 'inPost', '实有', undefined)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

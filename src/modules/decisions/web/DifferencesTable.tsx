import type { Difference } from '#kernel/pure/difference.ts'

/** Where two judgements differ: the place in words, how it was, how it is. */
export function DifferencesTable({
  differences,
  before,
  after,
}: {
  differences: readonly Difference[]
  before: string
  after: string
}) {
  return (
    <div className="decision-differences-frame">
      <table className="decision-differences">
        <thead>
          <tr>
            <th scope="col">所在</th>
            <th scope="col">{before}</th>
            <th scope="col">{after}</th>
          </tr>
        </thead>
        <tbody>
          {differences.map((one) => (
            <tr key={one.path}>
              <th scope="row">{one.label}</th>
              <td data-label={before}>{one.before ?? '（无）'}</td>
              <td data-label={after}>{one.after ?? '（无）'}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

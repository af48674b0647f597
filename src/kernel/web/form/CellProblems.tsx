/** What is wrong in a workbook, cell by cell: `C7 请填写数量。` */
export function CellProblems({
  problems,
}: {
  problems: readonly Readonly<{ row: number; column: string; message: string }>[]
}) {
  return (
    <ul>
      {problems.map(({ row, column, message }) => (
        <li key={`${column}${row}${message}`}>
          <b className="number">
            {column}
            {row}
          </b>{' '}
          {message}
        </li>
      ))}
    </ul>
  )
}

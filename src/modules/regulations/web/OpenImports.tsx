import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { shortInstant } from '#kernel/web/dates.ts'
import { contract } from '../contract.ts'

/** Texts that were uploaded and wait to be confirmed, for those who keep the library. */
export function OpenImports() {
  const { data } = useFetchedLater(contract.openImports, {})
  if (!data || data.items.length === 0) return null
  return (
    <p className="law-open-imports" role="note">
      尚未确认的导入：
      {data.items.map(({ id, fileName, uploadedByName, createdAt }) => (
        <span key={id}>
          <Go to={`/regulations/imports/${id}`}>{fileName}</Go>
          <span className="quiet">
            （{uploadedByName}，{shortInstant(createdAt)}）
          </span>
        </span>
      ))}
    </p>
  )
}

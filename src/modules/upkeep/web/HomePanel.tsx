import { useFetched } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { contract } from '../contract.ts'
import { WarningList } from './WarningList.tsx'

/** On the system administrator's first page: what needs somebody, and nothing when all is well. */
export default function HomePanel() {
  const { items } = useFetched(contract.warnings, {})
  if (items.length === 0) return null
  return (
    <section aria-label="运行状态提示">
      <WarningList items={items} />
      <p className="upkeep-more">
        <Go to="/upkeep">查看运行状态</Go>
      </p>
    </section>
  )
}

import { useFetchedLater } from '#kernel/web/fetching.ts'
import { Go } from '#kernel/web/going.tsx'
import { contract } from '../contract.ts'
import './warehouse.css'

/** On the first page of who runs the warehouse: what could be called for because it is over the standard. */
export default function HomePanel() {
  // The first page does not wait for it.
  const { data } = useFetchedLater(contract.overStandardTotals, {})
  if (data === undefined || data.lines === 0) return null
  return (
    <section aria-label="超标准配置">
      <ul className="warehouse-home">
        <li>
          <Go to="/warehouse/over-standard">
            <span className="quiet">超标准配置</span>
            <b className="number">
              {data.organs} 个机关 {data.lines} 项
            </b>
          </Go>
        </li>
        {data.idleLines > 0 && (
          <li>
            <Go to="/warehouse/over-standard?idle=true">
              <span className="quiet">超出部分中闲置</span>
              <b className="number">{data.idlePieces} 件</b>
            </Go>
          </li>
        )}
      </ul>
    </section>
  )
}

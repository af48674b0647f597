import { awaySince } from '../connection.ts'
import { clockTime } from '../dates.ts'
import { useSignal } from '../signals.ts'

/** Says that the server is away and that typing may go on. */
export function OfflineBar() {
  const since = useSignal(awaySince)
  return (
    <div role="status" className="no-print">
      {since !== null && (
        <p className="offline-bar">
          自 {clockTime(since)} 起未能连上服务器。可以继续填写，草稿暂存在本机，恢复后自动保存。
        </p>
      )}
    </div>
  )
}

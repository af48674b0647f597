import { useFetchedLater } from '#kernel/web/fetching.ts'
import { contract } from '../contract.ts'
import { lineStateLabels } from '../model.ts'
import { useOrganLines } from './use-organ-lines.ts'
import './review.css'

type Ids = { cycleId: string; organId: string; lineId: string }

/** In the row of a demand line under review: how many of it are there already. */
export default function ReviewRow({ cycleId, organId, lineId }: Ids) {
  const { data } = useFetchedLater(contract.viewCycle, { cycleId })
  return data?.proposal ? <Met proposalId={data.proposal.id} organId={organId} lineId={lineId} /> : null
}

function Met({ proposalId, organId, lineId }: Omit<Ids, 'cycleId'> & { proposalId: string }) {
  const line = useOrganLines(proposalId, organId).items.find(({ demandLineId }) => demandLineId === lineId)
  if (line === undefined) return null
  const { state, matched, acceptedPieces, unit } = line
  return (
    <small className={`matching-row matching-row-${state}`}>
      {state === 'accepted' ? '已调剂' : '可调剂'}
      {state === 'accepted' ? acceptedPieces : matched}
      {unit}
      {(state === 'refused' || state === 'withdrawn') && `，${lineStateLabels[state]}`}
    </small>
  )
}

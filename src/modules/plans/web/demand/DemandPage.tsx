import { useState } from 'react'
import { useFetched, usePutAnswer } from '#kernel/web/fetching.ts'
import type { PageProps } from '#kernel/web/routes.ts'
import { contract } from '../../contract.ts'
import { DemandEditor } from './DemandEditor.tsx'
import { DemandReader } from './DemandReader.tsx'
import type { DemandView } from './judged.ts'
import './demand.css'

/** A demand: the sheet while the organ may fill it in, after that the lines with what was decided on them. */
export default function DemandPage({ params: { demandId } }: PageProps<'/plans/demands/:demandId'>) {
  const view = useFetched(contract.viewDemand, { demandId })
  const put = usePutAnswer(contract.viewDemand, { demandId })
  const [sitting, setSitting] = useState(0)
  /** The lines came from elsewhere (an import, the saved state): the sheet begins anew with them. */
  const restart = (now: DemandView) => {
    put(now)
    setSitting(sitting + 1)
  }
  return view.may.edit === null ? (
    <DemandEditor key={sitting} view={view} onSaved={put} onRestart={restart} />
  ) : (
    <DemandReader view={view} onChanged={put} />
  )
}

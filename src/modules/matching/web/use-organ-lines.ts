import { useEffect } from 'react'
import { usePages } from '#kernel/web/fetching.ts'
import { contract } from '../contract.ts'

/** Lines of an organ that a proposal could meet, every one of them; parts of a page that ask for the same ask once. */
export function useOrganLines(proposalId: string, organId: string) {
  const pages = usePages(contract.lines, { proposalId, organId, limit: 200 })
  const { hasMore, fetching, more } = pages
  useEffect(() => {
    if (hasMore && !fetching) more()
  }, [hasMore, fetching, more])
  return pages
}

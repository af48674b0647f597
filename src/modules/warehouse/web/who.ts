import type { Me } from '#kernel/web/session.tsx'

/** Who runs the warehouse of a level: the asset reviewers of its authority. */
export const runsWarehouse = (me: Me): boolean =>
  me.roles.includes('asset-reviewer') && (me.organ?.parts ?? []).includes('authority')

import type { ActionsOf } from '#kernel/server/context.ts'
import { found } from '#kernel/server/errors.ts'
import { jurisdictionByCode } from '#modules/organs/offers.ts'
import { norms } from '#modules/norms/reference/catalogue.ts'
import { demandLinesByStandard } from '#modules/plans/offers.ts'
import { standardTable } from '#modules/standards/offers.ts'
import type { contract } from '../contract.ts'
import { fields, standingOn } from '../model.ts'
import { can, readableScopes } from '../policy.ts'
import { fieldOfArticle, fieldOfStandard } from '../rules/fields.ts'
import { citedArticles } from '../rules/references.ts'
import { listWorks, versionsOf, type VersionRow } from '../store/works.ts'

type SystemActions = Pick<ActionsOf<typeof contract>, 'system'>

/** More texts than a library holds of one level; the page is one view of all of them. */
const mostWorks = 2000

export const systemActions: SystemActions = {
  /** The standards system as a whole (A15-1): by field the texts, the standards, their use, and what is missing. */
  async system({ tx, actor, today }) {
    const { jurisdictionCode } = found(actor.organ, '所代表的机关')
    const year = Number(today.slice(0, 4))
    const { rows: works } = await listWorks(
      tx,
      readableScopes(actor),
      {},
      { after: null, limit: mostWorks, day: today },
    )
    const versions = await versionsOf(
      tx,
      works.map(({ id }) => id),
    )
    const uses = can.seeUses(actor) ? await demandLinesByStandard(tx, jurisdictionCode, year) : null
    const { rows } = await standardTable(tx, jurisdictionCode, today)
    const byCode = Map.groupBy(rows, ({ code }) => code)
    const standards = [...byCode.values()].map((ofCode) => {
      const newest = ofCode.reduce((a, b) => (b.from > a.from ? b : a))
      const { code, title, kind, citation, norms: served, from } = newest
      return {
        field: fieldOfStandard({ code, norms: served }),
        code,
        title:
          ofCode.length > 1
            ? (ofCode.find(({ level, rank }) => level === null && rank === null) ?? newest).title
            : title,
        kind,
        citation,
        rows: ofCode.length,
        from,
        workId: ofCode.map((row) => citedWork(row.citation, versions)).find((id) => id !== null) ?? null,
        uses: uses === null ? null : (uses.get(code) ?? 0),
      }
    })
    return {
      on: today,
      jurisdictionName: (await jurisdictionByCode(tx, jurisdictionCode))?.name ?? '',
      usesOfYear: uses === null ? null : year,
      fields: fields.map((field) => {
        const own = standards
          .filter((standard) => standard.field === field)
          .map(({ field: _, ...standard }) => standard)
        return {
          field,
          works: works
            .filter((work) => work.fields.includes(field))
            .map((work) => ({
              id: work.id,
              title: work.title,
              kind: work.kind,
              documentNumber: work.documentNumber,
              standing: standingOn(work, today),
              versions: work.versions,
            })),
          standards: own,
          norms: norms.filter(({ article }) => fieldOfArticle(article) === field).length,
          gaps: own.filter(({ workId }) => workId === null).length,
        }
      }),
    }
  },
}

/** The text of the library that a citation names, by title or 文号. */
function citedWork(citation: string, versions: readonly VersionRow[]): string | null {
  return versions.find((version) => citedArticles(citation, version) !== null)?.workId ?? null
}

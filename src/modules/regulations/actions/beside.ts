import type { Act } from '#kernel/server/context.ts'
import { placeOf } from '#modules/norms/model.ts'
import { norms } from '#modules/norms/reference/catalogue.ts'
import type { Standard } from '#modules/standards/model.ts'
import { standardTable } from '#modules/standards/offers.ts'
import type { Beside } from '../contract.ts'
import { regulationWorkId } from '../model.ts'
import { can } from '../policy.ts'
import { citedArticles } from '../rules/references.ts'
import { linksOf } from '../store/links.ts'
import type { VersionRow, WorkRow } from '../store/works.ts'

/**
 * What stands beside articles of a version: norms of the catalogue (of the Regulation alone), standards in force where
 * the reader works that cite the article or serve one of its norms, and links to works within reach.
 */
export async function besideArticles(
  { tx, actor, today }: Act,
  work: WorkRow,
  version: VersionRow,
  keys: readonly string[],
): Promise<Beside[]> {
  const isRegulation = work.id === regulationWorkId
  const { rows } = await standardTable(tx, actor.organ?.jurisdictionCode ?? work.jurisdictionCode, today)
  const served = standardsByArticle(rows, version, isRegulation)
  const links = await linksOf(tx, version.id)
  return keys.map((key) => ({
    article: key,
    norms: isRegulation ? normsOfArticle(key) : [],
    standards: served.get(key) ?? [],
    links: links
      .filter((link) => link.article === key && can.readWork(actor, { jurisdictionCode: link.toJurisdictionCode }))
      .map(({ id, toWorkId, toWorkTitle, toArticle, note, createdByName }) => ({
        id,
        workId: toWorkId,
        workTitle: toWorkTitle,
        article: toArticle,
        note,
        createdByName,
      })),
  }))
}

function normsOfArticle(key: string): Beside['norms'] {
  return norms
    .filter(({ article }) => `${article}` === key)
    .map((norm) => ({
      id: norm.id,
      place: placeOf(norm),
      kind: norm.kind,
      text: norm.text,
      standing: norm.carrying.how,
    }))
}

/** One entry a code: a standard may have a row for each level and rank. */
function standardsByArticle(
  rows: readonly Standard[],
  version: VersionRow,
  isRegulation: boolean,
): Map<string, Beside['standards']> {
  const found = new Map<string, Beside['standards']>()
  for (const row of rows)
    for (const key of articlesOf(row, version, isRegulation)) {
      const before = found.get(key) ?? []
      if (before.some(({ code }) => code === row.code)) continue
      const { code, title, kind, citation } = row
      found.set(key, [...before, { code, title, kind, citation }])
    }
  return found
}

function articlesOf({ citation, norms: served }: Standard, version: VersionRow, isRegulation: boolean): Set<string> {
  const cited = citedArticles(citation, version) ?? []
  const byNorm = isRegulation ? served.map((norm) => /^A(\d+)-/.exec(norm)?.[1] ?? '') : []
  return new Set([...cited, ...byNorm].filter((key) => key !== ''))
}

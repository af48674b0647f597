import { addDays, formatChineseDate } from '#kernel/pure/local-date.ts'
import { allOf, allowed, provided, type Verdict } from '#kernel/pure/verdict.ts'
import { law } from '../law.ts'
import type { Oddity, VersionFacts } from '../model.ts'
import { openErrors } from './oddities.ts'

/** The text may be taken in: no error is left that the clerk has not confirmed to be right. */
export function mayImport(oddities: readonly Oddity[], confirmed: readonly string[]): Verdict {
  return allOf(
    ...openErrors(oddities, confirmed).map(({ code, message, remedy, line }) =>
      provided(false, { code, message, remedy, basis: law.standardsSystem, facts: { 行: line } }),
    ),
  )
}

export type Period = { id: string; validFrom: string; validUntil: string | null }

/** When a version was made and counts: an end not before its beginning, and nothing that is not issued yet. */
export function mayDate({ issuedOn, validFrom, validUntil }: VersionFacts, today: string): Verdict {
  return allOf(
    provided(issuedOn <= today, {
      code: 'not-issued',
      message: `印发日期${issuedOn}晚于今天。`,
      remedy: '尚未印发的文本不能收录。请核对印发日期。',
    }),
    provided(validUntil === null || validUntil >= validFrom, {
      code: 'ends-before-begin',
      message: `失效日期${validUntil}早于施行日期${validFrom}。`,
      remedy: '请核对施行日期和失效日期。',
    }),
  )
}

/**
 * Where a new version stands among those there are: it may end one, which it supersedes, the day before it counts
 * itself; it overlaps with none.
 * @returns the verdict, and the last day of the superseded version where that changes
 */
export function placeAmong(
  versions: readonly Period[],
  facts: Pick<VersionFacts, 'validFrom' | 'validUntil'>,
  supersedes: string | null,
): { verdict: Verdict; endsOn: string | null } {
  const superseded = versions.find(({ id }) => id === supersedes) ?? null
  if (superseded && facts.validFrom <= superseded.validFrom)
    return {
      endsOn: null,
      verdict: provided(false, {
        code: 'not-later',
        message: `新版本的施行日期${facts.validFrom}不晚于被修订版本的施行日期${superseded.validFrom}。`,
        remedy: '请核对施行日期，或者选择另一个被修订的版本。',
      }),
    }
  const endsOn =
    superseded && (superseded.validUntil === null || superseded.validUntil >= facts.validFrom)
      ? addDays(facts.validFrom, -1)
      : null
  const others = versions.map((version) =>
    version === superseded && endsOn ? { ...version, validUntil: endsOn } : version,
  )
  const overlapping = others.find((version) => overlaps(version, facts))
  return {
    endsOn,
    verdict: overlapping
      ? provided(false, {
          code: 'period-overlap',
          message: `施行期间与已有版本重叠：已有版本自${formatChineseDate(overlapping.validFrom)}起施行${overlapping.validUntil ? `，至${formatChineseDate(overlapping.validUntil)}` : '，没有失效日期'}。`,
          remedy: '请选择被修订的版本，它将在新版本施行的前一天失效；或者改正施行、失效日期。',
        })
      : allowed,
  }
}

function overlaps(a: Omit<Period, 'id'>, b: Omit<Period, 'id'>): boolean {
  return (
    (b.validUntil === null || a.validFrom <= b.validUntil) && (a.validUntil === null || b.validFrom <= a.validUntil)
  )
}

/** A version ends on a day that it has reached, and for good. */
export function mayEnd(version: Period, lastDay: string): Verdict {
  return allOf(
    provided(version.validUntil === null || version.validUntil > lastDay, {
      code: 'already-ends',
      message: `这一版本已定于${version.validUntil}失效。`,
      remedy: '失效日期只能提前。请核对后重新填写。',
    }),
    provided(lastDay >= version.validFrom, {
      code: 'ends-before-begin',
      message: `失效日期${lastDay}早于施行日期${version.validFrom}。`,
      remedy: '请核对失效日期。',
    }),
  )
}

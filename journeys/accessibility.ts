import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const levels = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * What a page does against WCAG 2.2 A and AA, and what else keeps people out, each with its place; none where it is fit for
 * everybody. Looks at this page alone, without frames of other origins: we have none, and it takes a third of the time.
 */
export async function accessibilityFaults(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode(true)
    .options({ resultTypes: ['violations'] })
    .analyze()
  return violations
    .filter(
      ({ impact, tags }) => impact === 'serious' || impact === 'critical' || levels.some((tag) => tags.includes(tag)),
    )
    .map(({ id, nodes }) => `${id}: ${nodes[0]?.target.join(' ')}`)
}

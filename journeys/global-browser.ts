import chromium from '@sparticuz/chromium'
import type { TestProject } from 'vitest/node'

/** The browser is unpacked once, before journeys want it side by side (`openBrowser`). */
export async function setup(project: TestProject): Promise<void> {
  project.config.env = { ...project.config.env, YUNBAO_CHROMIUM: await chromium.executablePath() }
}

import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export function webDirectory(root: string): string {
  return join(root, 'dist', 'web')
}

/** Builds the web application if its sources are not those it was last built from. */
export async function prepareWeb(root: string, log: (line: string) => void): Promise<void> {
  const mark = join(root, 'dist', 'web-sources')
  const digest = sourceDigest(root)
  if (existsSync(join(webDirectory(root), 'index.html')) && existsSync(mark) && readFileSync(mark, 'utf8') === digest)
    return
  log('正在生成页面（首次启动或程序更新后需要，约 20 秒）……')
  const { build } = await import('vite')
  await build({ root: join(root, 'src/apps/web'), configFile: join(root, 'vite.config.ts'), logLevel: 'warn' })
  writeFileSync(mark, digest)
  log('页面已就绪。')
}

/** Digest of everything the web application is made of. */
function sourceDigest(root: string): string {
  const hash = createHash('sha256')
  for (const file of ['package-lock.json', 'vite.config.ts']) hash.update(readFileSync(join(root, file)))
  for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).sort())
    if (/\.(tsx?|css|html|svg|json)$/.test(file) && !/\.(test|e2e)\.tsx?$/.test(file))
      hash.update(file).update(readFileSync(join(root, 'src', file)))
  return hash.digest('hex')
}

import { readFile } from 'node:fs/promises'
import type { IdentityProvider } from '#kernel/server/identity-provider.ts'
import { openProvider } from '#modules/people/offers.ts'
import { WrongSetting, type Settings } from './settings.ts'

/**
 * The provider people may sign in through; undefined where the settings name none. Its secret is read once, its metadata
 * when first asked for.
 */
export async function identityProviderOf({ oidc }: Pick<Settings, 'oidc'>): Promise<IdentityProvider | undefined> {
  if (oidc === null) return undefined
  const { clientSecretFile, ...settings } = oidc
  if (clientSecretFile === undefined) return openProvider({ ...settings, clientSecret: null })
  const clientSecret = await readFile(clientSecretFile, 'utf8').catch(() => '')
  if (clientSecret.trim() === '')
    throw new WrongSetting(`环境变量 YUNBAO_OIDC_CLIENT_SECRET_FILE 所指的文件 ${clientSecretFile} 读不到内容。`)
  return openProvider({ ...settings, clientSecret: clientSecret.trim() })
}

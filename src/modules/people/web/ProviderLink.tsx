import { Button } from 'antd'
import { shortInstant } from '#kernel/web/dates.ts'
import { useFetched, useSend } from '#kernel/web/fetching.ts'
import { tell } from '#kernel/web/notice.tsx'
import { Section } from '#kernel/web/Page.tsx'
import { Refusals } from '#kernel/web/verdict/Refusals.tsx'
import { contract } from '../contract.ts'

/** One's own account and the identity provider: linked by a round trip there, taken apart here. Nothing without one. */
export function ProviderLink() {
  const { title, link } = useFetched(contract.oidcLink, {})
  const begin = useSend(contract.beginOidcLink, { onDone: ({ location }) => window.location.assign(location) })
  const end = useSend(contract.endOidcLink, {
    invalidates: [contract.oidcLink],
    onDone: () => tell('已解除关联。'),
  })
  if (title === null) return null
  return (
    <Section title={title}>
      <Refusals of={begin.error ?? end.error} />
      {link === null ? (
        <div className="stack">
          <p>
            关联后，可以用{title}登录本系统。点击后转到{title}，登录成功即完成关联。
          </p>
          <Button loading={begin.sending} onClick={() => begin.send({})}>
            关联{title}
          </Button>
        </div>
      ) : (
        <div className="stack">
          <p>
            已于 {shortInstant(link.linkedAt)} 关联，
            {link.lastUsedAt === null ? '还没有用来登录过。' : `最近一次登录 ${shortInstant(link.lastUsedAt)}。`}
          </p>
          <Button danger loading={end.sending} onClick={() => end.send({})}>
            解除关联
          </Button>
        </div>
      )}
    </Section>
  )
}

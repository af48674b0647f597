import apiReference from '@scalar/fastify-api-reference'
import type { FastifyInstance } from 'fastify'

/** Nothing of it leaves this machine: no fonts, no telemetry, no tools that would send the document elsewhere. */
const configuration = {
  withDefaultFonts: false,
  telemetry: false,
  showDeveloperTools: 'never',
  hideClientButton: true,
  agent: { disabled: true },
  mcp: { disabled: true },
}

/** The package's own page starts by a script in the page, which the content policy forbids; this one starts by its markup. */
const page = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>接口文档 · 运保</title>
  </head>
  <body>
    <div id="api-reference" data-url="/api/openapi.json" data-configuration="${JSON.stringify(configuration).replaceAll('"', '&quot;')}"></div>
    <script src="/api/docs/js/scalar.js"></script>
  </body>
</html>
`

/** `/api/docs`: the OpenAPI document for reading. */
export async function documentationRoutes(server: FastifyInstance): Promise<void> {
  await server.register(apiReference, {
    routePrefix: '/api/docs',
    configuration: { url: '/api/openapi.json' },
    hooks: {
      preHandler: (
        request: { url: string },
        reply: { type: (kind: string) => { send: (body: string) => void } },
        done: () => void,
      ) => (/\.js(?:$|\?)/.test(request.url) ? done() : void reply.type('text/html; charset=utf-8').send(page)),
    },
  } as never)
}

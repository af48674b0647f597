import helmet from '@fastify/helmet'
import type { FastifyInstance } from 'fastify'

/**
 * What a page of ours may load and do: nothing from elsewhere, no script in the page itself, no frame around it.
 * Source: ASVS 5.0 V3.4; styles alone may stand in the page, because Ant Design writes those of its components there.
 */
const contentPolicy = {
  defaultSrc: ["'self'"],
  scriptSrc: ["'self'"],
  scriptSrcAttr: ["'none'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  fontSrc: ["'self'", 'data:'],
  connectSrc: ["'self'"],
  objectSrc: ["'none'"],
  frameSrc: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
  frameAncestors: ["'none'"],
}

/** No page of ours asks for any of these; neither may anything that got into one. */
const never = ['accelerometer', 'display-capture', 'geolocation', 'gyroscope', 'microphone', 'midi', 'payment', 'usb']

/** Labels are scanned and things photographed by pages of our own; nobody else's page may. */
const permissionsPolicy = ['camera=(self)', ...never.map((feature) => `${feature}=()`)].join(', ')

/** What answers of the interface never are: kept by a browser or a proxy. Downloads with an entity tag say otherwise themselves. */
const neverKept = /^\/(?:api\/v1\/|api\/openapi\.json|health\/|metrics)/

/** The same headers for every answer: pages, files, the interface, and errors of each of them. */
export async function securityHeaders(server: FastifyInstance, { overTls }: { overTls: boolean }): Promise<void> {
  await server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: contentPolicy },
    strictTransportSecurity: overTls ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    frameguard: { action: 'deny' },
  })
  server.addHook('onRequest', async (request, reply) => {
    reply.header('permissions-policy', permissionsPolicy)
    if (neverKept.test(request.url)) reply.header('cache-control', 'no-store')
  })
}

import { runStep } from './run-step.ts'

/**
 * `npm run dev`: the server starts again when a file of its own changes, pages change in place. Vite serves the pages
 * (http://127.0.0.1:5173) and passes `/api` on to the server.
 */
const port = process.env['PORT'] ?? '8080'
await Promise.race([
  runStep('node', ['--watch', 'src/apps/start.ts', '--without-pages'], { PORT: port }),
  runStep('vite', ['--host', '127.0.0.1', '--port', '5173', '--strictPort'], {
    YUNBAO_API: `http://127.0.0.1:${port}`,
  }),
])
process.exit(1) // one of the two ended by itself; on Ctrl-C all three end

/** What happened, in words. */
export const facts = {
  'jobs.run-cancelled': '停止任务',
}

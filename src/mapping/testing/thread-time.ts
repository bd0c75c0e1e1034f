// How long something kept this thread busy. Limits on work are wall-clock limits; on a machine that does other things too,
// only the thread's own time says whether they were kept.

/** Milliseconds of this thread's processor time until `work` is done. */
export async function threadMs(work: () => unknown): Promise<number> {
  const before = process.threadCpuUsage();
  await work();
  const {user, system} = process.threadCpuUsage(before);
  return (user + system) / 1000;
}

/** The longest this thread was held without a pause while `work` went on, in milliseconds of its processor time. */
export async function longestHoldMs(work: () => Promise<unknown>): Promise<number> {
  let longestMs = 0;
  let before = process.threadCpuUsage();
  const measure = () => {
    const {user, system} = process.threadCpuUsage(before);
    longestMs = Math.max(longestMs, (user + system) / 1000);
    before = process.threadCpuUsage();
  };
  const timer = setInterval(measure, 1);
  try {
    await work();
  } finally {
    clearInterval(timer);
    measure();
  }
  return longestMs;
}

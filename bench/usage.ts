import { readFile } from 'node:fs/promises';
import { loadavg } from 'node:os';

/** Seconds of the processor that this process and its ended children have taken; `undefined` where the system says none. */
const cpuSeconds = async (): Promise<number | undefined> => {
  const stat = await readFile('/proc/self/stat', 'utf8').catch(() => undefined);
  // utime, stime, cutime and cstime in ticks of a hundredth of a second, proc_pid_stat(5); the name may hold spaces.
  const ticks = stat
    ?.slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .slice(11, 15);
  return ticks?.reduce((sum, tick) => sum + Number(tick) / 100, 0);
};

export interface Usage {
  readonly wallSeconds: number;
  readonly cpuSeconds: number | undefined;
}

/** What some work took, its child processes included. */
export const usageOf = async <T>(work: () => Promise<T>): Promise<readonly [T, Usage]> => {
  const [begun, before] = [performance.now(), await cpuSeconds()];
  const done = await work();
  const after = await cpuSeconds();
  const wallSeconds = (performance.now() - begun) / 1000;
  const cpu = before === undefined || after === undefined ? undefined : after - before;
  return [done, { wallSeconds, cpuSeconds: cpu }];
};

/** How many processes wanted a processor, in the last minute. */
export const loadNow = (): string => (loadavg()[0] ?? 0).toFixed(1);

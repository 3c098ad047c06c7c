import { getHeapSpaceStatistics, getHeapStatistics, setFlagsFromString } from 'node:v8';
import { optimizeLate, v8Version } from './v8-flags.ts';

/** Whether the young generation is to stay small: in Node 24 it would grow by 100 MB. */
const isYoungKept = v8Version > 12;
const flags = [
  // Otherwise V8 lets the heap grow to several times of what is used while much is read. This costs a tenth of the time.
  '--heap-growing-percent=60',
  ...(isYoungKept ? ['--semi-space-growth-factor=1'] : []),
];

/**
 * Tunes V8 for a process that ends soon: it collects garbage early, and optimizes late. With that a scan of
 * 10,000 resources takes 1.1 times the memory of one of 600 instead of 1.6 times, and a scan of 600 three quarters of the
 * processor's time.
 */
export const tuneForOneRun = (): void => {
  for (const flag of flags) setFlagsFromString(flag);
  // A few thousand calls of the SDK do not win back the time that optimizing its code takes.
  optimizeLate();
};

/** A flag of V8, and what it is at the start. */
interface Flag {
  readonly now: string;
  readonly atStart: string;
}
/** Flags that are changed when more is used than this. */
interface Change {
  readonly bytes: number;
  readonly used: () => number;
  readonly flags: readonly Flag[];
}

const youngSize = (): number =>
  getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space')?.space_size ?? 0;
/** The young generation stays at about 8 MB. By default it grows to 32, a quarter of what a large check takes. */
const youngKept: Change = {
  bytes: 8_000_000,
  used: youngSize,
  flags: [{ now: '--semi-space-growth-factor=1', atStart: '--semi-space-growth-factor=2' }],
};
/**
 * By default V8 marks in steps, beside the program, what of a heap of 12 MB is used. This takes a twelfth of the processor's time of a
 * small check, and begins at 32 MB here. Without it the heap of a large check grows by a fifth. In Node 24 the heap grows by 15 MB
 * while it is marked: there it begins where a large check ends.
 */
const markedInSteps: Change = {
  bytes: isYoungKept ? 64_000_000 : 32_000_000,
  used: () => getHeapStatistics().used_heap_size,
  flags: ['incremental-marking', 'concurrent-marking'].map((name) => ({
    now: `--${name}`,
    atStart: `--no-${name}`,
  })),
};
const changed: Flag[] = [];
const set = (flags: readonly string[]): void => {
  for (const flag of flags) setFlagsFromString(flag);
};

/**
 * Keeps the heap of V8 small at little cost for the processor. The limit of the young generation can be set only at the start of a
 * process; later only the factor can be set by which it grows.
 */
export const keepHeapSmall = (): void => {
  const unmarked = markedInSteps.flags.map(({ atStart }) => atStart);
  // `tuneForOneRun` keeps the young generation of Node 24 at 2 MB: it is collected so often that much is taken for old.
  const growing = isYoungKept ? youngKept.flags.map(({ atStart }) => atStart) : [];
  set(['--no-parallel-scavenge', ...unmarked, ...growing]);
  const waiting = new Set([markedInSteps, youngKept]);
  const looking = setInterval(() => {
    for (const change of waiting) {
      if (change.used() < change.bytes) continue;
      waiting.delete(change);
      changed.push(...change.flags);
      set(change.flags.map(({ now }) => now));
    }
    if (waiting.size === 0) clearInterval(looking);
  }, 5);
  looking.unref();
};

/** Compiles with the flags that the process began with: V8 takes kept code only with the same flags. */
export const asAtStart = <T>(compile: () => T): T => {
  set(changed.map(({ atStart }) => atStart));
  try {
    return compile();
  } finally {
    set(changed.map(({ now }) => now));
  }
};

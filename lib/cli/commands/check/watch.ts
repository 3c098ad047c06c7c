import { resolve } from 'node:path';
import { watch } from 'chokidar';
import { changeBetween, changeJson } from '../../../reports/declared/declared-change.ts';
import type { CheckResult, Located } from '../../../reports/declared/declared-result.ts';
import { declaredChange } from '../../../reports/declared/declared-text.ts';
import { columnsOf } from '../../../reports/wrap.ts';
import { UserError } from '../../../support/user-error.ts';
import type { Happened, RepeatedCheck } from '../../../templates/check/repeated-check.ts';
import { isReadNever, type Problem, shownPath } from '../../../templates/files.ts';
import { forTerminal } from '../../output/for-terminal.ts';
import type { CheckAsked } from './check-options.ts';

export interface Watching {
  readonly asked: CheckAsked;
  /** The baseline, then the parameters: with them all is evaluated anew. */
  readonly settings: readonly string[];
  /** Reads the settings. */
  readonly begin: () => Promise<RepeatedCheck>;
  readonly isShown: (one: Located) => boolean;
}

/**
 * An editor writes a file in several steps: so long after the last one it is read. What is written within 50 ms of a change
 * chokidar does not tell, so that it has to be longer.
 */
const settledMs = 60;

/** Gathers what happens to files until it is over, and somebody takes it. */
const createChangeGathering = () => {
  let changed = new Set<string>();
  let isListed = false;
  let timer: NodeJS.Timeout | undefined;
  let isOver = false;
  let wake: (() => void) | undefined;
  const over = () => {
    isOver = true;
    wake?.();
  };
  return {
    add(path: string, isOther: boolean): void {
      changed.add(resolve(path));
      isListed ||= isOther;
      isOver = false;
      clearTimeout(timer);
      timer = setTimeout(over, settledMs);
    },
    /** What happened since it was taken last; waits where that is nothing, or is going on. */
    async take(): Promise<Happened> {
      while (!isOver)
        await new Promise<void>((done) => {
          wake = done;
        });
      const taken = { changed, isListed };
      changed = new Set();
      isListed = false;
      isOver = false;
      return taken;
    },
    end: over,
  };
};
type ChangeGathering = ReturnType<typeof createChangeGathering>;

/** Tells the gathering of whatever happens below the paths; an atomic rename counts as a change. */
const watched = (paths: readonly string[], gathering: ChangeGathering) => {
  const watcher = watch([...paths], {
    ignoreInitial: true,
    ignored: (path) => isReadNever(path),
    ignorePermissionErrors: true,
  });
  watcher.on('change', (path) => gathering.add(path, false));
  watcher.on('add', (path) => gathering.add(path, true));
  watcher.on('unlink', (path) => gathering.add(path, true));
  watcher.on('unlinkDir', (path) => gathering.add(path, true));
  // What cannot be watched is told where it is read.
  watcher.on('error', () => undefined);
  return watcher;
};

/** Keeps what a file of settings says; one that is wrong is told, and what counted before counts on. */
const createWatchedCheck = ({ settings, begin }: Watching, first: RepeatedCheck) => {
  let check = first;
  let fault: Problem | undefined;
  const isSetting = new Set(settings.map((file) => resolve(file)));
  const renewed = async (happened: Happened): Promise<Happened> => {
    if (![...happened.changed].some((one) => isSetting.has(one))) return happened;
    try {
      check = await begin();
      fault = undefined;
      return { changed: new Set(), isListed: true };
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      const { message, file = settings[0] ?? '' } = error;
      fault = { file, message };
      return happened;
    }
  };
  return {
    get alsoRead() {
      return check.alsoRead;
    },
    async evaluate(happened: Happened): Promise<CheckResult> {
      const since = await renewed(happened);
      const result = await check.evaluate(since);
      return { ...result, problems: [...(fault ? [fault] : []), ...result.problems] };
    },
  };
};

/** Shows what a change brought: at a terminal as text, else as a line of JSON. */
const show = (
  { asked: { format }, isShown }: Watching,
  before: CheckResult | undefined,
  after: CheckResult,
  { changed, ms }: { readonly changed: ReadonlySet<string>; readonly ms: number },
): void => {
  const change = changeBetween(before, after, isShown);
  const files = [...changed].map((one) => shownPath(one));
  const took = Math.round(ms * 10) / 10;
  if (format === 'json') {
    console.log(changeJson(change, after, { changed: files, ms: took }));
    return;
  }
  const head = before ? `\n${files.join(', ')} changed; evaluated in ${took} ms\n\n` : '';
  console.log(`${head}${declaredChange(change, after, columnsOf(process.stdout))}`);
};

/**
 * Evaluates again whatever changes, until somebody ends it with Ctrl-C or SIGTERM.
 * @returns what was found last
 */
export const watchFiles = async (watching: Watching): Promise<CheckResult> => {
  const { asked, settings } = watching;
  const gathering = createChangeGathering();
  const check = createWatchedCheck(watching, await watching.begin());
  const watcher = watched([...asked.paths, ...settings], gathering);
  let isEnded = false;
  const end = () => {
    isEnded = true;
    gathering.end();
  };
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, end);
  let result: CheckResult | undefined;
  let happened: Happened = { changed: new Set(), isListed: true };
  while (!isEnded || !result) {
    const begun = performance.now();
    const now = await check.evaluate(happened);
    show(watching, result, now, {
      changed: happened.changed,
      ms: performance.now() - begun,
    });
    if (!result && asked.format !== 'json')
      console.error(forTerminal('\nWhat changes is evaluated again. Ctrl-C ends it.'));
    result = now;
    watcher.add([...check.alsoRead]);
    if (!isEnded) happened = await gathering.take();
  }
  await watcher.close();
  return result;
};

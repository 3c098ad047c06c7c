import { createHmac } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { Heard, HistoryStore, Written } from '../../aws/stores/history.ts';
import type { Baseline } from '../../engine/baseline/baseline.ts';
import { baselinesOf } from '../../engine/baseline/baseline-away.ts';
import { ofKey } from '../../engine/changes/change.ts';
import { settingsHash } from '../../engine/evaluation/control-evaluation.ts';
import { type HistoryLine, historySchema } from '../../engine/history/line.ts';
import {
  exemptedOf,
  goneOf,
  type Pseudonym,
  retaggedOf,
  statesOf,
  turnOf,
  unreadOf,
  type Window,
} from '../../engine/history/lines-of.ts';
import {
  linesKey,
  manifestKey,
  manifestSchema,
  manifestText,
  personKey,
  sha256,
} from '../../engine/history/manifest.ts';
import type { ResourceRow } from '../../engine/posture/row.ts';

/** What a history is written with. */
export interface Historian {
  readonly store: HistoryStore;
  readonly account: string;
  readonly baseline: Baseline;
  readonly baselineSum: string;
  readonly plumbline: string;
  /** For how long it is kept who a pseudonym is. */
  readonly peopleDays: number;
  readonly clock: () => Date;
  /** Ids of every control of a type. */
  controlsOf(type: string): Promise<readonly string[]>;
  /** Puts an object; of verdicts and manifests it says so, since they may be locked. */
  put(key: string, body: string | Uint8Array, kind: 'verdicts' | 'people'): Promise<void>;
}

const day = 86_400_000;
const lateBeatMs = 3_600_000;
/** Lines that are compressed at a time, so that a large account fits in memory. */
const chunkLines = 2000;

/** Lines of one account, compressed as they come: parts of gzip after each other are gzip. */
const createFile = () => {
  const parts: Uint8Array[] = [];
  let open: string[] = [];
  let lines = 0;
  const close = (): void => {
    if (open.length > 0) parts.push(gzipSync(`${open.join('\n')}\n`));
    open = [];
  };
  return {
    add(line: HistoryLine): void {
      open.push(JSON.stringify(line));
      lines += 1;
      if (open.length >= chunkLines) close();
    },
    lines: () => lines,
    bytes(): Uint8Array {
      close();
      return Buffer.concat(parts);
    },
  };
};
type File = ReturnType<typeof createFile>;

/** People of a month, each by a name that nobody can find without its secret. */
const createPeople = (month: string, secret: string) => {
  const known = new Map<string, string>();
  const pseudonym: Pseudonym = (person) => {
    const made = createHmac('sha256', secret).update(person).digest('hex').slice(0, 24);
    known.set(made, person);
    return made;
  };
  return { month, known, pseudonym };
};

const headOf = (account: string, { from, to }: Window, historian: Historian): HistoryLine => {
  const { baseline, baselineSum, plumbline } = historian;
  return {
    kind: 'day',
    schema: historySchema,
    account,
    from,
    to,
    plumbline,
    baseline: baselineSum,
    homeRegion: baseline.homeRegion,
    regions: [...baseline.regions],
    controls: Object.fromEntries(
      Object.entries(baseline.controls).map(([id, { parameters }]) => [
        id,
        settingsHash(parameters),
      ]),
    ),
    ...(baseline.reportTags ? { reportTags: [...baseline.reportTags] } : {}),
  };
};

const laterOf = (a: string, b: string): string => (a > b ? a : b);
const earlierOf = (a: string, b: string): string => (a < b ? a : b);

/** Times of the window in which nothing was heard. */
const silencesIn = (
  account: string,
  heard: readonly Heard[],
  { from, to }: Window,
): readonly HistoryLine[] =>
  heard.flatMap(({ region, lastBeatAt, silentSince, silences }) => {
    const isLate = lastBeatAt !== undefined && Date.parse(to) - Date.parse(lastBeatAt) > lateBeatMs;
    const open = silentSince ?? (isLate ? lastBeatAt : undefined);
    return [...silences, ...(open === undefined ? [] : [{ from: open, to }])].flatMap((silence) => {
      const cut = { from: laterOf(silence.from, from), to: earlierOf(silence.to, to) };
      return cut.from < cut.to ? [{ kind: 'silence' as const, account, region, ...cut }] : [];
    });
  });

/** The files of a window, by account. */
const filesOf = async (
  historian: Historian,
  window: Window,
  pseudonym: Pseudonym,
  isStated: boolean,
): Promise<ReadonlyMap<string, File>> => {
  const { store } = historian;
  const baselineIn = baselinesOf(historian.baseline, historian.account);
  const files = new Map<string, File>();
  const fileOf = (account: string): File => {
    const known = files.get(account);
    if (known) return known;
    const file = createFile();
    file.add(headOf(account, window, { ...historian, baseline: baselineIn(account) }));
    files.set(account, file);
    return file;
  };
  fileOf(historian.account);
  for (const line of silencesIn(historian.account, await store.heard(), window))
    fileOf(historian.account).add(line);
  const linesOf = async (key: string, row: ResourceRow): Promise<readonly HistoryLine[]> => {
    const own = baselineIn(row.ref.account);
    if (row.isUnreadable) {
      const ids = await historian.controlsOf(row.type);
      return unreadOf(
        key,
        ids.filter((id) => Object.hasOwn(own.controls, id)),
        window,
      );
    }
    return [
      ...goneOf(key, row, window),
      ...exemptedOf(key, row, own, window),
      ...(isStated ? statesOf(key, row) : retaggedOf(key, row, window)),
    ];
  };
  for await (const kept of store.kept(window.from, window.to)) {
    const { account } = ofKey(kept.key).ref;
    // Whoever writes the table may name a key as he likes, and files are named by it.
    if (!/^\d{12}$/.test(account)) continue;
    const file = fileOf(account);
    if ('row' in kept) {
      for (const line of await linesOf(kept.key, kept.row)) file.add(line);
      continue;
    }
    for (const transition of kept.transitions) {
      const line = turnOf(kept.key, kept.of, transition, pseudonym);
      if (line) file.add(line);
    }
  }
  return files;
};

/** Puts the lines of an account, then what proves them; answers the sum of the manifest. */
const putFile = async (
  account: string,
  file: File,
  { from, to }: Window,
  previous: string | undefined,
  { put }: Historian,
): Promise<string> => {
  const bytes = file.bytes();
  const key = linesKey(account, to);
  await put(key, bytes, 'verdicts');
  const manifest = manifestText({
    schema: manifestSchema,
    account,
    from,
    to,
    file: { key, sha256: sha256(bytes), lines: file.lines() },
    ...(previous === undefined ? {} : { previous }),
  });
  await put(manifestKey(account, to), manifest, 'verdicts');
  return sha256(manifest);
};

/** What is written just before midnight may be in the table a little later. */
const settledMs = 3_600_000;
/** Of what is older the table has lost some, which must not look as if nothing had happened. */
const mostDays = 85;

/** The window that is due: up to the last midnight, from where the last one ended. */
const windowDue = (written: Written | undefined, now: Date): Window | undefined => {
  const midnight = Math.floor((now.getTime() - settledMs) / day) * day;
  const to = new Date(midnight).toISOString();
  const [yesterday, oldest] = [1, mostDays].map((days) =>
    new Date(midnight - days * day).toISOString(),
  );
  const from = laterOf(written?.to ?? yesterday ?? to, oldest ?? to);
  return from < to ? { from, to } : undefined;
};

/**
 * Writes what was recorded until the last midnight: for each account a file and its manifest, and who the people in them
 * are. Begun anew after a crash it writes the same window again, over what is there; nothing is left out, since the window
 * begins where the last one that was noted ended.
 * @returns how many accounts; 0 where nothing is due
 */
export const writeHistory = async (historian: Historian): Promise<number> => {
  const { store, clock, put, peopleDays } = historian;
  const written = await store.written();
  const window = windowDue(written, clock());
  if (!window) return 0;
  const month = window.to.slice(0, 7);
  const people = createPeople(month, await store.secretOf(month, peopleDays));
  const files = await filesOf(historian, window, people.pseudonym, written?.stated !== month);
  for (const [pseudonym, person] of people.known)
    await put(personKey(month, pseudonym), `${JSON.stringify({ pseudonym, person })}\n`, 'people');
  const manifests: Record<string, string> = { ...written?.manifests };
  for (const [account, file] of files)
    manifests[account] = await putFile(account, file, window, manifests[account], historian);
  const isFirst = await store.noteWritten(written, { to: window.to, manifests, stated: month });
  if (!isFirst) throw new Error('somebody else wrote this window of the history as well');
  return files.size;
};
